"""The installed command."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import NoReturn

from schemalint.cli import main


def program() -> NoReturn:
    """`main`, and then an end at once: taking apart a million objects that nobody needs any more would be a tenth of a long
    run. mypy leaves in the same way (`mypy.util.hard_exit`)."""
    code: object = 0
    try:
        main()
    except SystemExit as done:
        code = done.code
    with suppress(OSError):
        sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 1)


if __name__ == "__main__":
    program()
