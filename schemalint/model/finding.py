"""Findings: one reported conflict each, with a location on every side."""

from __future__ import annotations

from enum import Enum
from hashlib import blake2b

from schemalint.model.frozen import frozen
from schemalint.model.span import Span


class Severity(Enum):
    NOTE = "note"
    WARNING = "warning"
    ERROR = "error"

    @property
    def rank(self) -> int:
        """0 for a note, 2 for an error."""
        return ("note", "warning", "error").index(self.value)


@frozen
class Location:
    """A span with this side's half of the story."""

    span: Span
    label: str = ""


@frozen
class Edit:
    """Replace what `span` covers by `text`."""

    span: Span
    text: str


@frozen
class Fix:
    title: str
    edits: tuple[Edit, ...]
    safe: bool


@frozen
class Repair:
    """What a column of a SQLAlchemy model would have to say for both sides to agree: the argument `word` ("nullable",
    "unique", "index", "length") with `value`, in the place of `was` where that is known. `span` is the column's name as
    the model has it. Whether one edit can say it, and which, the file's text decides: see `schemalint.fixes`."""

    span: Span
    word: str
    value: int
    was: int | None = None
    safe: bool = False


@frozen
class Finding:
    """`notes` are further facts in the order a reader wants them, such as the server's own words. `sources` are the ids of
    the sources concerned, for the fingerprint. `paths` names the deployment paths it was met on; `evidence` holds, for
    each of them, the places that prove its steps. `repairs` are what becomes a `fix` when somebody asks for one."""

    code: str
    name: str
    severity: Severity
    message: str
    primary: Location
    related: tuple[Location, ...] = ()
    help: str | None = None
    notes: tuple[str, ...] = ()
    database: str | None = None
    table: str | None = None
    column: str | None = None
    object: str | None = None
    sources: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    evidence: tuple[tuple[Location, ...], ...] = ()
    fix: Fix | None = None
    repairs: tuple[Repair, ...] = ()

    @property
    def fingerprint(self) -> str:
        """16 hex digits made of code, names and source ids, never of line numbers: it survives edits around it."""
        parts = (self.code, self.database, self.table, self.column, self.object, *sorted(self.sources))
        return blake2b("\0".join(part or "" for part in parts).encode("utf-8", "replace"), digest_size=8).hexdigest()
