"""SL120 multiple-cascade-paths. Docs and tests: rules/SL120-multiple-cascade-paths.md"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from schemalint.dialects import dialect
from schemalint.model.catalog import DeploymentPath, Played
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import TableName
from schemalint.model.schema import ForeignKey, Table
from schemalint.model.source import SourceKind
from schemalint.rules import Rule, listed, rule

Edge = tuple[Table, ForeignKey]
"""A table with its foreign key: rows of it are changed when rows of the other go."""


@rule("SL120", "multiple-cascade-paths", severity=Severity.ERROR, on=Played)
def check(self: Rule, played: Played) -> Iterator[Finding]:
    path, catalog = played.path, played.catalog
    if dialect(path.dialect).family != "tsql" or catalog.opaque:
        return
    sql = {step.source.id for step in path.steps if step.source.kind is not SourceKind.MODELS}
    troubled = {problem.table for problem in played.problems if not problem.refusal.silent}
    tables = {
        name: table
        for name, table in catalog.tables.items()
        if table.source in sql and not table.incomplete and name not in troubled
    }
    for event in ("DELETE", "UPDATE"):
        yield from _of_event(self, path, tables, event)


def _of_event(self: Rule, path: DeploymentPath, tables: Mapping[TableName, Table], event: str) -> Iterator[Finding]:
    """A table may be reached once from another: "the tree of cascading referential actions must only have one path to a
    particular table". What is set to NULL or to its default is reached, and nothing behind it; nor is it looked behind a key
    that is updated, which another table may not point at. One key of a circle is told."""
    below: dict[TableName, list[Edge]] = {}
    for table in tables.values():
        for key in table.foreign_keys:
            if _action(key, event) not in (None, "NO ACTION") and key.ref_table in tables:
                below.setdefault(key.ref_table, []).append((table, key))
    said: set[int] = set()
    seen: set[TableName] = set()
    steps = 0
    for top in _tops(below, event, seen):
        reached: dict[TableName, Edge] = {}
        todo = [top]
        while todo and steps < _MOST_STEPS:
            for table, key in below.get(todo.pop(), ()):
                steps += 1
                first, back = reached.get(table.name), table.name == top
                if (back or first is not None) and id(key) not in said:
                    said.add(id(key))
                    edge = _latest((table, key), reached, top) if back else (table, key)
                    yield _finding(self, path, tables[edge[1].ref_table if back else top], edge, first, event)
                if first is None and not back:
                    reached[table.name] = (table, key)
                    if _goes_on(key, event):
                        todo.append(table.name)
        seen |= {top, *reached}


def _latest(edge: Edge, reached: Mapping[TableName, Edge], top: TableName) -> Edge:
    """The key of a circle that was probably made last."""
    circle = [edge]
    while circle[-1][1].ref_table != top:
        circle.append(reached[circle[-1][1].ref_table])
    return max(circle, key=lambda one: (one[1].span.path, one[1].span.start))


_MOST_STEPS = 100_000
"""Keys that are followed: no schema has so many ways, and hostile input may."""


def _tops(below: Mapping[TableName, list[Edge]], event: str, seen: set[TableName]) -> Iterator[TableName]:
    """Where ways begin: at tables that nothing else is deleted with, and then in circles. What begins further down is met on the
    way from above."""
    inner = {table.name for edges in below.values() for table, key in edges if _goes_on(key, event)}
    yield from (top for top in below if top not in inner)
    yield from (top for top in below if top in inner and top not in seen)


def _goes_on(key: ForeignKey, event: str) -> bool:
    return event == "DELETE" and key.on_delete == "CASCADE"


def _action(key: ForeignKey, event: str) -> str | None:
    return key.on_delete if event == "DELETE" else key.on_update


def _finding(self: Rule, path: DeploymentPath, top: Table, edge: Edge, first: Edge | None, event: str) -> Finding:
    table, key = edge
    what = f"ON {event} {_action(key, event)} of {table.name} ({listed(key.columns)})"
    if first is None:
        way = "refers to its own table" if table.name == key.ref_table else f"comes back to {top.name}, where it began"
    else:
        way = f"is a second way from {top.name} to {table.name}"
    name = key.name.text if key.name else "…"
    return self.finding(
        f"{what} {way}",
        Location(key.ref_span or key.span, "this key is refused"),
        *([Location(first[1].ref_span or first[1].span, "the first way ends here")] if first is not None else []),
        help=f"write ON {event} NO ACTION on one of the keys, and do the rest in a trigger or in the program",
        notes=(
            f"SQL Server: Introducing FOREIGN KEY constraint '{name}' on table '{table.name}' may cause cycles or multiple"
            " cascade paths (1785)",
        ),
        table=table.name,
        column=listed(key.columns),
        object=key.name,
        sources=(table.source,),
        path=path,
    )
