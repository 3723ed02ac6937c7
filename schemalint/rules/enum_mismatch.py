"""SL312 enum-mismatch. Docs and tests: rules/SL312-enum-mismatch.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.compare import drifting, shared, sides
from schemalint.dialects import dialect
from schemalint.equality.choices import choices
from schemalint.model.catalog import Catalog
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.frozen import frozen
from schemalint.model.pair import TablePair
from schemalint.model.schema import Column, Table
from schemalint.model.source import Call
from schemalint.model.span import Span
from schemalint.model.types import Family
from schemalint.rules import Rule, listed, rule


@frozen
class _Values:
    """The texts that one side takes for a column, and where it says so."""

    texts: tuple[str, ...]
    span: Span


@rule("SL312", "enum-mismatch", severity=Severity.WARNING, on=TablePair)
def check(self: Rule, pair: TablePair) -> Iterator[Finding]:
    tables = drifting(pair)
    if tables is None or pair.comparison.reference.opaque:
        return  # values are added by statements of their own, and one that was not read may be such a one
    table, model = tables
    comparison = pair.comparison
    family = dialect(sides(comparison)[0]).family
    for column, twin in shared(pair):
        ours = _choices(twin) or _values(twin, model, comparison.other, family)
        theirs = None if ours is None else _values(column, table, comparison.reference, family)
        if ours is None or theirs is None:
            continue
        here, there = (
            {_folded(text, family): text for text in ours.texts},
            {_folded(text, family) for text in theirs.texts},
        )
        refused = [text for key, text in here.items() if key not in there]
        unknown = [text for text in theirs.texts if _folded(text, family) not in here]
        if refused:
            yield _refused(self, pair, twin, ours, theirs, refused)
        elif unknown:
            yield _unknown(self, pair, twin, ours, theirs, unknown)


def _choices(column: Column) -> _Values | None:
    """The list that an ORM keeps to, even where the database gets a plain text."""
    return _Values(column.choices, column.type_span or column.span) if column.choices else None


def _values(column: Column, table: Table, catalog: Catalog, family: str) -> _Values | None:
    """What a column takes: an ENUM of its own, a type of that name, or a check that lists texts."""
    kind = column.type
    if kind is None:
        return None
    if kind.values and kind.family is Family.ENUM:
        return _Values(kind.values, column.type_span or column.span)
    if kind.user_type is not None:
        enum = next((one for name, one in catalog.enums.items() if name.key == kind.user_type), None)
        return None if enum is None else _Values(enum.values, enum.span)
    lists = [(one.span, found) for one in table.checks if (found := choices(one, family)) and found[0] == column.name]
    return _Values(lists[0][1][1], lists[0][0]) if len(lists) == 1 else None


def _folded(text: str, family: str) -> str:
    """A text as the server compares it: MySQL's usual collations look at neither case nor blanks at the end."""
    return text.rstrip(" ").casefold() if family == "mysql" else text


def _refused(self: Rule, pair: TablePair, twin: Column, ours: _Values, theirs: _Values, refused: list[str]) -> Finding:
    comparison = pair.comparison
    severity = Severity.ERROR if comparison.proved else Severity.WARNING
    effect = "an INSERT of it is refused" if len(refused) == 1 else "an INSERT of any of them is refused"
    call = _adding(pair)
    if call is not None:
        severity, effect = Severity.NOTE, f"{call.title} will add what is missing"
    help = "add the values to the database by a migration, or take them out of the model"
    if {text.casefold() for text in refused} <= {text.casefold() for text in theirs.texts}:
        help = "only the letter case differs"
        if comparison.other_source.parser == "sqlalchemy":
            help = (
                "SQLAlchemy stores the names of a Python enumeration's members: to store their values, give Enum"
                " values_callable=lambda kind: [member.value for member in kind]"
            )
    return _finding(
        self,
        pair,
        twin,
        f"may be {_quoted(refused)} in the model, which the database does not know: {effect}",
        severity,
        help,
        (ours, theirs),
    )


def _adding(pair: TablePair) -> Call | None:
    """The sync that repairs it: Sequelize adds values to a PostgreSQL type at every sync, others where columns change."""
    comparison = pair.comparison
    assert pair.other is not None
    call = comparison.sync_of(pair.other.name)
    if call is None:
        return None
    adds = comparison.other_source.parser == "sequelize" and dialect(sides(comparison)[0]).family == "postgres"
    return call if adds or call.sync.alters_columns else None


def _unknown(self: Rule, pair: TablePair, twin: Column, ours: _Values, theirs: _Values, unknown: list[str]) -> Finding:
    severity, effect = Severity.NOTE, "rows that others write may hold it"
    if pair.comparison.other_source.parser == "sqlalchemy":
        severity, effect = Severity.WARNING, "reading such a row raises LookupError"
    return _finding(
        self,
        pair,
        twin,
        f"may be {_quoted(unknown)} in the database, which the model does not know: {effect}",
        severity,
        "add the values to the model, or take them out of the database",
        (ours, theirs),
    )


def _finding(
    self: Rule, pair: TablePair, twin: Column, said: str, severity: Severity, help: str, sides: tuple[_Values, _Values]
) -> Finding:
    ours, theirs = sides
    assert pair.other is not None
    return self.finding(
        f"{pair.other.name}.{twin.name} {said}",
        Location(ours.span, f"{_quoted(ours.texts)} here"),
        Location(theirs.span, f"{_quoted(theirs.texts)} here"),
        severity=severity,
        help=help,
        table=pair.other.name,
        column=twin.name,
        sources=(pair.comparison.other_source.id,),
        path=pair.comparison.path,
    )


def _quoted(texts: tuple[str, ...] | list[str]) -> str:
    return listed([f"'{text}'" for text in texts])
