"""The closing line: what was found, in how much, and what was not looked at."""

from __future__ import annotations

from schemalint.model.finding import Severity
from schemalint.model.report import Report
from schemalint.reporters.terminal import safe


def counted(number: int, what: str) -> str:
    """ "1 table", "2 tables"."""
    return f"{number} {what}{'' if number == 1 else 's'}"


def summary(report: Report, min_severity: Severity, fixable: tuple[int, int] = (0, 0)) -> str:
    """The line that ends the formats for people."""
    shown: list[tuple[Severity, int]] = []
    hidden: list[tuple[Severity, int]] = []
    for severity in (Severity.ERROR, Severity.WARNING, Severity.NOTE):
        number = report.count(severity.value)
        if number or severity is not Severity.NOTE:
            (shown if severity.rank >= min_severity.rank else hidden).append((severity, number))
    found = ", ".join(counted(number, severity.value) for severity, number in shown + hidden)
    if lowest := next((severity for severity, number in reversed(hidden) if number), None):
        found += f" (--min-severity {lowest.value} shows them)"
    tables = sum(source.tables for source in report.sources)
    sources = f"{counted(len(report.sources), 'source')}, {counted(tables, 'table')}"
    sentences = [f"{found} in {sources}" if report.sources else f"{found}; no schema was found"]
    if any(fixable):
        sentences.append(_fixable(*fixable))
    if report.unread:
        were = "was" if len(report.unread) == 1 else "were"
        sentences.append(f"{counted(len(report.unread), 'statement')} {were} not read (--show-unread)")
    if report.unreadable:
        sentences.append(f"{counted(len(report.unreadable), 'file')} could not be read")
    if report.aside:
        folders = [f"{safe(folder)}/" for folder in report.aside if folder not in report.claimed]
        tests = len(report.aside) - len(folders)  # files that are tests by their own names
        if len(folders) > 4:
            folders[3:] = [f"{len(folders) - 3} more folders"]
        places = [*folders, counted(tests, "test")] if tests else folders
        number = sum(report.aside.values())
        below = places[0] if len(places) == 1 else f"{', '.join(places[:-1])} and {places[-1]}"
        what = f"{counted(number, 'file')} below {below}" if folders else below
        sentences.append(f"{what} {'was' if number == 1 else 'were'} read but not judged")
    if report.suppressed:
        sentences.append(f"{counted(report.suppressed, 'finding')} silenced by comments")
    if report.baselined:
        sentences.append(f"{counted(report.baselined, 'finding')} known to the baseline")
    return ". ".join(sentences) + "."


def _fixable(safe: int, unsafe: int) -> str:
    """What `--fix` would do, and what it would do only if it is told to."""
    if not safe:
        return f"{counted(unsafe, 'finding')} can be fixed with --fix --unsafe-fixes"
    more = f" ({unsafe} more with --unsafe-fixes)" if unsafe else ""
    return f"{counted(safe, 'finding')} can be fixed with --fix{more}"
