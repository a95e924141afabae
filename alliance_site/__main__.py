"""`python -m alliance_site` and the command `alliance-site`.

Never: imports what a command may not need.
"""

import gc
import os
import sys
from contextlib import suppress
from io import TextIOWrapper
from typing import NoReturn

from alliance_site.quick import answer

_SELDOM = (1_000_000, 50, 50)
"""How rarely to look for what is in circles: a build makes a great many things, and few of those.

Looking as often as Python does by itself took a fifth of a rebuild's time.
"""


def main() -> int:
    """Run the command line.

    Returns:
        The exit code.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Words that the terminal's encoding does not have end no build.
            stream.reconfigure(errors="backslashreplace")
    code = answer(sys.argv[1:])
    if code is None:
        gc.set_threshold(*_SELDOM)
        from alliance_site.cli import run  # noqa: PLC0415 - heavy, and often not needed

        code = run(sys.argv[1:])
    return code


def enter() -> NoReturn:
    """Run the command line and end the process with its exit code.

    All that was to be closed is closed by then. What is left would be taken apart piece by piece,
    which takes as long as many a build; the system takes it back at once.
    """
    code = main()
    for stream in (sys.stdout, sys.stderr):
        with suppress(BrokenPipeError):  # whoever read our output has gone
            stream.flush()
    os._exit(code)


if __name__ == "__main__":
    enter()
