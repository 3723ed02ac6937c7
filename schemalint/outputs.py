"""Where reports go: `--output-format FORMAT[=FILE]`, standard output, and whether it gets colours; and the diff of `--diff`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TextIO

import click

from schemalint.config import UsageError, nearest
from schemalint.discover import DiskTree, Tree
from schemalint.fixes.run import Done, run
from schemalint.model.report import Report
from schemalint.reporters import View, formats, reporter
from schemalint.reporters.terminal import safe

CARRY_FIXES = frozenset({"json", "sarif"})
"""Formats that hold every fix, whatever it takes to make it."""


def targets(outputs: Sequence[str]) -> list[tuple[str, str | None]]:
    """(format, file) of each --output-format; no file is standard output, which only one of them can have."""
    found = []
    for output in outputs:
        name, equals, path = output.partition("=")
        if name not in formats():
            raise UsageError(f"--output-format: {name!r} is not known{nearest(name, formats())}")
        if equals and not path:
            raise UsageError(f"--output-format {output}: the name of a file is missing after =")
        found.append((name, path or None))
    if sum(path is None for _, path in found) > 1:
        raise UsageError("only one --output-format can go to standard output: give the others a file, FORMAT=FILE")
    return found


def write(report: Report, view: View, targets: Iterable[tuple[str, str | None]], color: str) -> None:
    """Writes a report in every format to its file, or to standard output."""
    for name, path in targets:
        if path is None:
            if hasattr(sys.stdout, "reconfigure"):  # a terminal may not know every character of a file
                sys.stdout.reconfigure(errors="backslashreplace")
            reporter(name)(report, sys.stdout, replace(view, color=colored(color, sys.stdout)))
            continue
        try:
            with open(path, "w", encoding="utf-8", newline="\n") as out:
                reporter(name)(report, out, replace(view, color=color == "always"))
        except OSError as error:
            raise UsageError(f"--output-format: {path} cannot be written: {error.strerror}") from None


def fix(
    tree: DiskTree,
    report: Report,
    check: Callable[[Tree], Report],
    named: Callable[[str], bool],
    unsafe: bool,
    dry: bool,
) -> Done:
    """Fixes the files, or prints the diff of a dry run, and says on standard error what was done and what was not."""
    done = run(tree, report, check, named, unsafe, dry)
    if done.diff:
        sys.stdout.flush()
        sys.stdout.buffer.write(done.diff.encode("utf-8", "surrogateescape"))
    for line in done.said:
        click.echo(safe(line), err=True)
    return done


def colored(wish: str, out: TextIO) -> bool:
    """The flag, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal that can."""
    if wish != "auto":
        return wish == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "0") not in ("", "0"):
        return True
    return out.isatty() and os.environ.get("TERM") != "dumb"
