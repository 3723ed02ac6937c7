"""Views with their queries, in an order in which each finds those that it reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from schemalint.model.names import TableName
from schemalint.model.schema import Table, View
from schemalint.replay.readers import words_of
from schemalint.reporters.dump import views
from schemalint.reporters.dump.sql.spelling import Speller
from schemalint.reporters.dump.sql.tables import indexes
from schemalint.reporters.terminal import safe

_SYSTEM = frozenset({"information_schema", "pg_catalog", "mysql", "performance_schema", "sys"})


def create_views(write: Speller, path: str) -> Iterator[str]:
    """Every view, or a comment that says why it is not written. `path` is the search path that is in force."""
    missing: dict[TableName, None] = {}
    for view in _ordered(views(write.source, write.catalog)):
        why = _obstacle(write, view, missing)
        if why is not None:
            missing[view.name] = None
            yield f"-- view {safe(str(view.name))}: {why}"
            continue
        name = write.name(view.name)
        if view.schema is not None and write.family == "postgres":
            # Its query was written where unqualified names meant that schema, its own name may be elsewhere.
            name = name if view.name.schema else f"public.{name}"
            yield f"SET search_path TO {write.quoted(view.schema)}, public;"
        columns = f" ({write.names(view.columns)})" if view.columns else ""
        kind = "MATERIALIZED VIEW" if view.materialized else "VIEW"
        made = f"CREATE {kind} {name}{columns} AS {view.query};"
        yield f"GO\n{made}\nGO" if write.family == "tsql" else made
        if view.comment and write.family == "postgres":
            yield f"COMMENT ON {kind} {name} IS {write.literal(view.comment)};"
        for column, text in view.remarks if write.family == "postgres" else ():
            yield f"COMMENT ON COLUMN {name}.{write.quoted(column)} IS {write.literal(text)};"
        if view.schema is not None and write.family == "postgres":
            yield path
        yield from indexes(write, Table(view.name, view.span, write.source.id, {}, indexes=view.indexes))


def _obstacle(write: Speller, view: View, missing: dict[TableName, None]) -> str | None:
    """Why the view cannot be written."""
    if not view.query:
        return "its query is not kept"
    if view.stale:
        return "its text says a name that was changed since"
    for name, _ in view.reads or ():
        if name in missing:
            return f"it reads {safe(str(name))}, which is not written"
        there = name in write.catalog.tables or name in write.catalog.views
        system = (name.schema and name.schema.key.lower() in _SYSTEM) or name.name.key.startswith("pg_")
        if not there and not system and write.family != "sqlite":
            return f"nothing here creates {safe(str(name))}, which it reads"
    return None


def _ordered(found: Mapping[TableName, View]) -> Iterator[View]:
    """Views behind those that they read; otherwise in the order of the catalog."""
    called: dict[str, list[TableName]] = {}
    for name in found:
        called.setdefault(name.name.key.lower(), []).append(name)
    done: set[TableName] = set()
    for first in found:
        stack = [(first, iter(_read(found[first], called)))] if first not in done else []
        done.add(first)
        while stack:
            name, rest = stack[-1]
            inner = next(rest, None)
            if inner is None:
                stack.pop()
                yield found[name]
            elif inner in found and inner not in done:
                done.add(inner)
                stack.append((inner, iter(_read(found[inner], called))))


def _read(view: View, called: Mapping[str, list[TableName]]) -> list[TableName]:
    """What a view reads; where its query was not understood, the views whose names are in it."""
    if view.reads is not None:
        return [name for name, _ in view.reads]
    return [name for word in sorted(words_of(view.query)) for name in called.get(word, ()) if name != view.name]
