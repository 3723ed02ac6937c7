"""What a run ends with: everything a reporter prints, and nothing that it would have to compute."""

from __future__ import annotations

from collections.abc import Mapping

from schemalint.model.catalog import Catalog
from schemalint.model.finding import Finding
from schemalint.model.frozen import frozen
from schemalint.model.names import TableName
from schemalint.model.source import Source
from schemalint.model.span import SourceFile, Span


@frozen
class SourceSummary:
    """`tables` counts the tables of the source's own catalog. `server` is the server it is meant for, with the evidence."""

    id: str
    kind: str
    parser: str
    root: str
    files: int
    tables: int
    dialect: str | None
    dialect_why: str
    aside: bool
    server: str | None = None
    why: str = ""


@frozen
class StepSummary:
    """`evidence`: "docker-compose.yml:20 mounts the script"."""

    source: str
    evidence: tuple[str, ...]


@frozen
class PathSummary:
    name: str
    steps: tuple[StepSummary, ...]


@frozen
class DatabaseSummary:
    id: str
    dialect: str | None
    sources: tuple[SourceSummary, ...]
    paths: tuple[PathSummary, ...]


@frozen
class Unread:
    """A statement or clause that was not understood. `touches` None: it may concern any table. `back`: it stands in a way back,
    which is only judged by itself."""

    span: Span
    why: str
    touches: tuple[TableName, ...] | None
    back: bool = False


@frozen
class Unreadable:
    """A file that could not be read, or a part of it; `span` is where it fails when that is known."""

    path: str
    why: str
    span: Span | None = None
    partly: bool = False


@frozen
class UnusedIgnore:
    """A word of a comment that should silence findings and silences none. `how` is "ignore" or "ignore-file"; `known`: there
    is a rule of that code or name; `cut` is what to take out of the file to be rid of it, None where that is not sure.
    `parsers` are those of the sources that the file is part of."""

    span: Span
    word: str
    how: str
    known: bool
    cut: Span | None
    parsers: tuple[str, ...] = ()


@frozen
class Report:
    """`findings` are sorted by path, offset and code. `catalogs` hold every source's own final catalog, in id order.
    `claimed` says which parsers read which file. `aside` counts the files below test and example folders that were read
    but not judged. `broken` names what went wrong inside schemalint itself, a line each."""

    findings: tuple[Finding, ...]
    files: Mapping[str, SourceFile]
    databases: tuple[DatabaseSummary, ...]
    catalogs: tuple[tuple[Source, Catalog], ...]
    claimed: Mapping[str, tuple[str, ...]]
    unread: tuple[Unread, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    aside: Mapping[str, int] | None = None
    suppressed: int = 0
    baselined: int = 0
    broken: tuple[str, ...] = ()

    @property
    def sources(self) -> tuple[SourceSummary, ...]:
        """Every source that was judged."""
        return tuple(source for database in self.databases for source in database.sources if not source.aside)

    @property
    def nothing_read(self) -> bool:
        """Whether no schema source was found at all, in judged folders or aside."""
        return not self.catalogs

    def count(self, severity: str) -> int:
        """How many findings have this severity."""
        return sum(finding.severity.value == severity for finding in self.findings)
