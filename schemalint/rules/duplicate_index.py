"""SL208 duplicate-index. Docs and tests: rules/SL208-duplicate-index.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.keys import Key, title
from schemalint.model.catalog import DeploymentPath, Played
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import Name
from schemalint.model.schema import Index, PrimaryKey, Table, UniqueConstraint
from schemalint.model.span import Span
from schemalint.rules import Rule, listed, rule

Shape = tuple[object, ...]


@rule("SL208", "duplicate-index", severity=Severity.WARNING, on=Played)
def check(self: Rule, played: Played) -> Iterator[Finding]:
    if played.path.dialect in (None, "generic"):
        return
    for table in played.catalog.tables.values():
        unread = (*played.catalog.opaque, *table.incomplete)
        known: dict[Shape, list[Key]] = {}
        for key in _keys(table):
            shape = _shape(key, table)
            if shape is not None:
                known.setdefault(shape, []).append(key)
        for first, *others in known.values():
            others = [key for key in others if not _repeated(first, key)]
            if unread:
                others = [key for key in others if _of_one_script(first, key, unread)]
            if others:
                yield _finding(self, played.path, table, first, others)


def _of_one_script(first: Key, key: Key, unread: tuple[Span, ...]) -> bool:
    """Whether a script that was read makes two indexes, one beside the other, whatever becomes of them by what was not read."""
    script = first.span.path
    both = isinstance(first, Index) and isinstance(key, Index) and key.span.path == script and script.endswith(".sql")
    return both and all(span.path != script for span in unread)


def _repeated(first: Key, key: Key) -> bool:
    """Whether Sequelize's `alter` has sent a unique once more, of which SL412 tells."""
    return isinstance(first, UniqueConstraint) and isinstance(key, UniqueConstraint) and key.inline


def _keys(table: Table) -> Iterator[Key]:
    """What is kept as an index, what must stay first."""
    if table.primary_key is not None:
        yield table.primary_key
    yield from table.uniques
    yield from (index for index in table.indexes if not index.implied)


def _shape(key: Key, table: Table) -> Shape | None:
    """All that an index is but its name; None for one that is never made."""
    if isinstance(key, PrimaryKey):
        return _plain(key.columns, key.include, True)
    if isinstance(key, UniqueConstraint):
        return _plain(key.columns, key.include, key.nulls_distinct)
    if not key.parts or any(part.column and part.column not in table.columns for part in key.parts):
        return None  # with a column that is not there it is never made: SL101
    parts = tuple(
        (part.column or part.expr, bool(part.descending), part.prefix, part.collation, part.opclass, part.nulls)
        for part in key.parts
    )
    include = frozenset(name for name, _ in key.include)
    return parts, key.unique, key.where, key.method or "btree", include, key.nulls_distinct


def _plain(columns: tuple[Name, ...], include: tuple[Name, ...], nulls_distinct: bool) -> Shape:
    parts = tuple((name, False, None, None, None, None) for name in columns)
    return parts, True, None, "btree", frozenset(include), nulls_distinct


def _finding(self: Rule, path: DeploymentPath, table: Table, first: Key, others: list[Key]) -> Finding:
    """An index is easier to part with than a constraint; of two indexes the later one goes."""
    second, *more = others
    what, both = f"{title(second)} of {table.name} is", "both keep"
    if more:
        what, both = f"{len(others)} keys of {table.name} are", "all keep"
    names = listed([key.name for key in others if key.name])
    them = f"{names}: they are" if more else f"{names or 'the second'}: it is"
    return self.finding(
        f"{what} the same as {title(first)}: {both} ({_listed(second)})",
        Location(second.span, "kept a second time here"),
        Location(first.span, "kept already by this"),
        *(Location(key.span, "and here") for key in more[:10]),
        help=f"remove {them} written on every INSERT and never needed",
        table=table.name,
        object=second.name,
        sources=(table.source,),
        path=path,
    )


def _listed(key: Key) -> str:
    if not isinstance(key, Index):
        return listed(key.columns)
    names: list[Name | str] = [part.column or (part.expr.raw if part.expr else "…") for part in key.parts]
    return listed(names)
