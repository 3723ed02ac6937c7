"""The names that a server gives to keys, indexes and constraints that were written without one."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import count

from schemalint.dialects import NameKind, Taken
from schemalint.model.facts import DropConstraint
from schemalint.model.frozen import replace
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Check, Exclusion, ForeignKey, Index, IndexPart, Table, UniqueConstraint
from schemalint.replay.labels import labels_of
from schemalint.replay.parts import named
from schemalint.replay.state import State

_NUMBERED = re.compile(r"(.*_(?:ibfk|chk)_)([1-9]\d{0,8})")
_CALL = re.compile(r"([^\W\d][\w$]*)\s*\(")


def _part(column: str | None, part: IndexPart) -> str:
    """What an index part adds to a generated name: PostgreSQL calls a plain call after its function."""
    if column is not None:
        return column
    call = _CALL.match(part.expr.raw) if part.expr else None
    return call[1].lower() if call else "expr"


def _distinct(parts: tuple[str, ...]) -> tuple[str, ...]:
    """The columns of an index as PostgreSQL calls them: each repeated one with a number (`ChooseIndexColumnNames`)."""
    made: list[str] = []
    for part in parts:
        made.append(next(name for n in count() if (name := f"{part}{n or ''}") not in made))
    return tuple(made)


def _is_named(state: State, table: Table) -> bool:
    """Whether there is nothing to name. MySQL calls every primary key PRIMARY, whatever it was called."""
    primary = table.primary_key
    if primary is not None and (
        primary.name is None or (state.dialect.family == "mysql" and primary.name.text != "PRIMARY")
    ):
        return False
    for some in (table.uniques, table.indexes, table.exclusions, table.foreign_keys):
        for key in some:
            if key.name is None:
                return False
    return not any(check.name is None and check.of is None for check in table.checks)


def _highest(state: State, table: Table) -> dict[str, int]:
    """MySQL and MariaDB count on from the highest number that an earlier statement gave to a foreign key or (MySQL) to a check,
    by what stands before the number. A foreign key that goes in the same statement still counts."""
    before = state.tables.get(table.name)
    names = [one.name for some in (before.foreign_keys, before.checks) for one in some] if before is not None else []
    dropped = [fact.name for fact in state.statement if isinstance(fact, DropConstraint)]
    names += [name for name in dropped if name is not None and "_ibfk_" in name.key]
    found: dict[str, int] = {}
    for name in names:
        numbered = _NUMBERED.fullmatch(name.key) if name is not None else None
        if numbered is not None:
            found[numbered[1]] = max(found.get(numbered[1], 0), int(numbered[2]))
    return found


def name_all(state: State, table: Table) -> Table:
    """The table with every unnamed key, index and constraint named as the server would, in the server's order: primary
    key, uniques, indexes, checks, foreign keys."""
    if _is_named(state, table):
        return table
    used = set(named(table))

    def taken(name: str) -> bool:
        if state.dialect.fold(name, True, NameKind.INDEX) in used:
            return True
        if state.dialect.index_scope == "table":
            return False
        key = TableName(table.name.schema, state.dialect.identifier(name, True, NameKind.INDEX))
        return key in state.homes or state.relation(key) is not None or key in state.views

    highest = _highest(state, table) if state.dialect.family == "mysql" else {}

    def passed(name: str) -> bool:
        numbered = _NUMBERED.fullmatch(name.lower()) if highest else None
        return taken(name) or (numbered is not None and int(numbered[2]) <= highest.get(numbered[1], 0))

    def pick(
        kind: NameKind, make: Callable[[str, tuple[str, ...], Taken], str | None], columns: tuple[str, ...]
    ) -> Name | None:
        text = make(spelled(table.name.name), columns, passed)
        if text is None:
            return None
        name = state.dialect.identifier(text, True, kind)
        used.add(name.key)
        return name

    def spelled(name: Name) -> str:
        """PostgreSQL builds names of folded names, the others of names as they were written first."""
        return name.key if state.dialect.family == "postgres" else name.text

    def texts(columns: tuple[Name, ...]) -> tuple[str, ...]:
        known = {name.key: spelled(name) for name in table.columns}
        return tuple(known.get(column.key, spelled(column)) for column in columns)

    primary = table.primary_key
    if primary is not None and (primary.name is None or state.dialect.family == "mysql"):
        text = state.dialect.primary_key_name(spelled(table.name.name))
        if text is not None and primary.name is None and taken(text):
            text = next(f"{text}{n}" for n in count(1) if not taken(f"{text}{n}"))
        if text is not None:
            primary = replace(primary, name=state.dialect.identifier(text, True, NameKind.CONSTRAINT))
            used.add(primary.name.key if primary.name else "")

    def parts_of(parts: tuple[IndexPart, ...], labels: tuple[Name | None, ...]) -> tuple[str, ...]:
        if state.dialect.family == "mysql":
            return tuple(spelled(part.column) if part.column else "functional_index" for part in parts)
        made = tuple(_part(spelled(label) if label else None, part) for label, part in zip(labels, parts, strict=False))
        carried = texts(tuple(filter(None, labels[len(parts) :])))
        return _distinct((*made, *carried)) if state.dialect.family == "postgres" else made

    def unique(key: UniqueConstraint) -> UniqueConstraint:
        if key.name is not None:
            return key
        columns = texts(tuple(filter(None, labels_of(key))))
        columns = _distinct(columns) if key.include else columns
        return replace(key, name=pick(NameKind.CONSTRAINT, state.dialect.unique_name, columns))

    def index(key: Index) -> Index:
        if key.name is not None:
            return key
        return replace(key, name=pick(NameKind.INDEX, state.dialect.index_name, parts_of(key.parts, labels_of(key))))

    def exclusion(key: Exclusion) -> Exclusion:
        make = state.dialect.exclusion_name
        if key.name is not None or make is None:
            return key
        return replace(key, name=pick(NameKind.CONSTRAINT, make, parts_of(key.parts, labels_of(key))))

    def foreign(key: ForeignKey) -> ForeignKey:
        if key.name is not None:
            return key
        return replace(key, name=pick(NameKind.CONSTRAINT, state.dialect.foreign_key_name, texts(key.columns)))

    def check(key: Check) -> Check:
        if key.name is not None or key.of is not None:
            return key
        columns = tuple(dict.fromkeys(texts(tuple(name for name, _ in key.mentions))))
        return replace(
            key, name=pick(NameKind.CONSTRAINT, state.dialect.check_name, columns if len(columns) == 1 else ())
        )

    return replace(
        table,
        primary_key=primary,
        uniques=tuple(unique(key) for key in table.uniques),
        indexes=tuple(index(key) for key in table.indexes),
        exclusions=tuple(exclusion(key) for key in table.exclusions),
        checks=tuple(check(key) for key in table.checks),
        foreign_keys=tuple(foreign(key) for key in table.foreign_keys),
    )
