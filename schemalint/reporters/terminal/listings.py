"""What `check` shows on request beside its findings: settings, files, statements that were not read, counts by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from schemalint.model.report import Report
from schemalint.reporters.terminal import safe


def settings(report: Report, path: Path | None, said: Mapping[str, Any]) -> Iterator[str]:
    """The configuration that differs from the default, every source with its dialect, every path with its evidence."""
    yield f"configuration: {safe(str(path)) if path is not None else 'no file'}"
    for key, value in sorted(said.items()):
        yield f"  {safe(key)} = {safe(repr(value))}"
    for database in report.databases:
        yield f"database {safe(database.id)} ({database.dialect or 'dialect unknown'})"
        for source in database.sources:
            what = f"{source.kind}, {source.files} files, {source.tables} tables"
            dialect = f"{source.dialect or 'dialect unknown'}: {safe(source.dialect_why)}"
            aside = ", read but not judged" if source.aside else ""
            yield f"  source {safe(source.id)} ({what}{aside})"
            yield f"    {dialect}"
            if source.why:
                yield f"    {safe(source.why)}"
            if source.server is not None:
                yield f"    server {safe(source.server)}"
        for one in database.paths:
            yield f"  path {safe(one.name)}"
            for number, step in enumerate(one.steps, 1):
                yield f"    {number}. {safe(step.source)}"
                yield from (f"       {safe(evidence)}" for evidence in step.evidence)


def files(report: Report, unreadable: Mapping[str, str]) -> Iterator[str]:
    """Every file that was read and by which parser, then those that could not be."""
    for path, parsers in sorted(report.claimed.items()):
        yield f"{safe(path)}: {', '.join(parsers)}"
    reasons = dict(unreadable) | {one.path: one.why for one in report.unreadable}
    for path, why in sorted(reasons.items()):
        yield f"{safe(path)}: not read, {safe(why)}"


def unread(report: Report) -> Iterator[str]:
    """Every statement or clause that was not understood, with the tables on which absence is therefore not asserted."""
    for one in report.unread:
        file = report.files.get(one.span.path)
        where = "{}:{}".format(*file.position(one.span.start)) if file else "1:1"
        tables = "any table" if one.touches is None else ", ".join(map(str, one.touches)) or "no table"
        concerns = "stands in a way back" if one.back else f"may concern {safe(tables)}"
        yield f"{safe(one.span.path)}:{where}: not read: {safe(one.why)} ({concerns})"


def statistics(report: Report) -> Iterator[str]:
    """How many findings each rule has, the most first."""
    counts = Counter((finding.code, finding.name) for finding in report.findings)
    width = max((len(str(count)) for count in counts.values()), default=1)
    for (code, name), count in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield f"{count:>{width}}  {code}  {name}"
