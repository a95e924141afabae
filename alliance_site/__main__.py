"""`python -m alliance_site` and the command `alliance-site`.

Never: imports what a command may not need.
"""

import sys
from io import TextIOWrapper

from alliance_site.quick import answer


def main() -> None:
    """Run the command line and exit with its code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Words that the terminal's encoding does not have end no build.
            stream.reconfigure(errors="backslashreplace")
    code = answer(sys.argv[1:])
    if code is None:
        from alliance_site.cli import run  # noqa: PLC0415 - heavy, and often not needed

        code = run(sys.argv[1:])
    sys.exit(code)


if __name__ == "__main__":
    main()
