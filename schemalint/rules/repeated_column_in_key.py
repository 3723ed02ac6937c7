"""SL210 repeated-column-in-key. Docs and tests: rules/SL210-repeated-column-in-key.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.dialects import dialect
from schemalint.model.facts import AddConstraint, CreateIndex, CreateTable, Fact
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Check, Exclusion, ForeignKey, Index, PrimaryKey, UniqueConstraint
from schemalint.model.source import Source
from schemalint.rules import Rule, rule

Key = PrimaryKey | UniqueConstraint | Index | ForeignKey


@rule("SL210", "repeated-column-in-key", severity=Severity.WARNING, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    family = dialect(source.dialect).family
    for fact in source.facts:
        for table, key in _keys(fact):
            again = _repeated(key.columns or ())
            if isinstance(key, Index) and family == "postgres" and not _alike(key):
                continue
            if again is None and isinstance(key, ForeignKey):
                again = _repeated(key.ref_columns)
            if again is not None:
                yield _finding(self, source, table, key, again, family)


def _keys(fact: Fact) -> Iterator[tuple[TableName, Key]]:
    match fact:
        case CreateTable():
            if fact.primary_key is not None:
                yield fact.table, fact.primary_key
            for keys in (fact.uniques, fact.indexes, fact.foreign_keys):
                yield from ((fact.table, key) for key in keys)
        case CreateIndex():
            yield fact.table, fact.index
        case AddConstraint() if not isinstance(fact.constraint, Check | Exclusion):
            yield fact.table, fact.constraint
        case _:
            pass


def _alike(index: Index) -> bool:
    """Whether a column stands in an index twice in the same way. PostgreSQL may index one column twice, each time for other
    operators or in another order."""
    parts = [(part.column, part.opclass, part.collation, part.descending) for part in index.parts if part.column]
    return len(set(parts)) < len(parts)


def _repeated(columns: tuple[Name, ...]) -> Name | None:
    if len(columns) < 2:
        return None
    return next((name for at, name in enumerate(columns) if name in columns[:at]), None)


def _finding(self: Rule, source: Source, table: TableName, key: Key, name: Name, family: str) -> Finding:
    kind = {PrimaryKey: "primary key", UniqueConstraint: "unique constraint", ForeignKey: "foreign key"}.get(
        type(key), "index"
    )
    words = _words(source, key, name, kind, family)
    span = key.span
    if isinstance(key, Index):
        span = next(part.span for part in reversed(key.parts) if part.column == name)
    elif isinstance(key, UniqueConstraint) and len(key.column_spans) == len(key.columns):
        span = next(s for s, c in zip(reversed(key.column_spans), reversed(key.columns), strict=True) if c == name)
    return self.finding(
        f"the {kind}{f' {key.name}' if key.name else ''} of {table} names {name} twice",
        Location(span, f"{name} stands twice in it"),
        severity=Severity.ERROR if words else None,
        help=f"write {name} once; the second was probably meant to be another column",
        notes=(words,) if words else (),
        table=table,
        column=name,
        object=f"{kind} {key.name or ''}".strip(),
        sources=(source.id,),
    )


def _words(source: Source, key: Key, name: Name, kind: str, family: str) -> str | None:
    """What the server says when it refuses, None where it does not."""
    own = _repeated(key.columns or ()) is not None
    title = dialect(source.dialect).title
    if family == "mysql":
        return f"{title}: Duplicate column name '{name}' (1060)" if own else None
    if family == "tsql" and own:
        number = "Cannot use duplicate column names in index. Column name '{}' listed more than once (1909)"
        several = f"Duplicate columns specified in {kind.upper()} key list (8136)"
        return f"{title}: {number.format(name) if isinstance(key, Index) else several}"
    if family == "postgres" and not isinstance(key, ForeignKey | Index):
        return f'PostgreSQL: column "{name.key}" appears twice in {kind} (42701)'.replace(
            "primary key (", "primary key constraint ("
        )
    if family == "postgres" and not own:
        return "PostgreSQL: foreign key referenced-columns list must not contain duplicates (42830)"
    return None
