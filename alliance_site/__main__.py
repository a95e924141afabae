"""`python -m alliance_site` and the command `alliance-site`.

Never: imports what a command may not need.
"""

import sys


def main() -> None:
    """Run the command line and exit with its code."""
    from alliance_site.cli import run  # noqa: PLC0415 - kept out of the import of this module

    sys.exit(run())


if __name__ == "__main__":
    main()
