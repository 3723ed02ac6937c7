"""Up, then down: is a script's way back refused, and does it give the state before it?"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Set

from schemalint.equality import same_default, same_type
from schemalint.model.catalog import DeploymentPath, Problem, Step, Undone
from schemalint.model.facts import (
    DropTable,
    Fact,
    Opaque,
    RenameTable,
)
from schemalint.model.frozen import replace
from schemalint.model.names import Name, ObjectKind, TableName
from schemalint.model.objects import CopyTable, CreateEnum, DropObject
from schemalint.model.schema import Column, Expr, ForeignKey, Index, Table
from schemalint.model.source import Script, Source
from schemalint.model.types import Outcome
from schemalint.replay.blocks import execute
from schemalint.replay.leftovers import WaysBack, left_over
from schemalint.replay.problems import TABLES, note, problem_of
from schemalint.replay.state import State
from schemalint.replay.tablecopies import carried

_TEXT = re.compile(r"'(?:[^']|'')*'")


def undo(
    before: State, after: State, path: DeploymentPath, step: Step, script: Script, refused: bool, ways: WaysBack
) -> Iterator[Undone]:
    """Replays the script's way back on the state after it, and yields what is refused there and what differs then from the
    state before. That state is the right one: the ways back of later scripts have been run by then. Says nothing where
    something unread took part, and of refusals nothing where the way up was `refused` itself: nobody gets there."""
    end = after.copy()
    end.script, end.ahead, end.rows = (), None, {}
    end.key_checks, end.legacy_renames, end.saved, end.assumed = not step.source.unchecked, False, None, {}
    problems: list[Problem] = []
    for fact, trouble, causes in execute(end, script.down or (), step.source.id):
        if not trouble.refusal.silent and not causes:
            note(end, problems, problem_of(path, step, script, fact, trouble))
    if refused:
        problems = []
    elif problems:
        doubtful = frozenset(_doubtful(script, step.source))
        problems = [one for one in problems if _certain(one, after, doubtful)]
    told = {table for one in problems for table in (one.table, one.existing and one.existing.name, _table(one.fact))}
    changed = tuple(
        pair for pair in _changes(before, end, script, ways) if not any(one and one.name in told for one in pair)
    )
    types = tuple(_left(before, end, script))
    if changed or problems or types:
        yield Undone(script, changed, tuple(_once(problems)), types)


def _left(before: State, end: State, script: Script) -> Iterator[CreateEnum]:
    """The types that the way up makes whether they are there or not, and that are still there after the way back."""
    if end.opaque or any(isinstance(fact, Opaque) for fact in (*script.facts, *(script.down or ()))):
        return
    there, after = before.enums.keys() | before.types.keys(), end.enums.keys() | end.types.keys()
    for fact in script.facts:
        if (
            isinstance(fact, CreateEnum)
            and fact.name in after - there
            and not fact.if_not_exists
            and fact.guard is None
            and not _goes_along(script, fact.name)
        ):
            yield fact


def _goes_along(script: Script, name: TableName) -> bool:
    """Whether something may be in a schema that the way back drops: without one, it is in the one that is called like the user,
    where there is such a schema (search_path is "$user", public)."""
    return name.schema is None and any(
        isinstance(fact, DropObject) and fact.kind is ObjectKind.SCHEMA for fact in script.down or ()
    )


def _table(fact: Fact) -> TableName | None:
    return getattr(fact, "table", None)


def _once(problems: list[Problem]) -> Iterable[Problem]:
    """One problem for everything that fails for want of one table."""
    found: dict[object, Problem] = {}
    for one in problems:
        key = one.table if one.refusal in TABLES else id(one)
        first = found.setdefault(key, one)
        if first is not one:
            found[key] = replace(first, follows=(*first.follows, one.span))
    return found.values()


def _certain(problem: Problem, after: State, doubtful: frozenset[TableName | None]) -> bool:
    """Whether the statement is refused for certain: no earlier problem left its mark on what it needs, and nothing that
    may or may not have happened concerns it."""
    if any((problem.table, name) in after.assumed for name in problem.names):
        return False
    if problem.existing is not None and problem.existing.incomplete:
        return False  # what was not read may have dropped what stands in the way
    return problem.table not in doubtful if problem.table is not None else not doubtful


def _doubtful(script: Script, source: Source) -> Iterator[TableName | None]:
    """The tables that may stand otherwise than the way up says when the way back is run: those of its conditional
    statements, and those of later scripts that have no way back, so that they are not undone before."""
    for fact in script.facts:
        if fact.guard is not None and fact.guard.conditional:
            yield _table(fact)
    scripts = source.scripts
    for later in scripts[scripts.index(script) + 1 :]:
        if not later.down:
            for fact in later.facts:
                yield _table(fact)
                yield getattr(fact, "new", None)


def _changes(before: State, end: State, script: Script, ways: WaysBack) -> Iterator[tuple[Table | None, Table | None]]:
    """Every table that is certainly another one than before."""
    dropped = {fact.table for fact in script.facts if isinstance(fact, DropTable | RenameTable)}
    remade = {fact.table for fact in (*script.facts, *(script.down or ())) if isinstance(fact, CopyTable)}
    unsure = end.unknown ^ before.unknown
    whole = set()
    for name in end.touched:
        old, new = before.tables.get(name), end.tables.get(name)
        if old is None and _goes_along(script, name):
            continue
        if name in unsure or (end.opaque and (old is None or name not in ways.certain)):
            continue
        whole.add(name)
        if old is None and name in dropped:
            continue  # it was there before, made by something that is not known here
        if old is not None and name in remade:
            old = carried(old)  # SL425 tells what a copy loses
        if not alike(old, new, before.dialect.name, before.tables, end.tables):
            yield old, new
    if end.opaque or unsure:
        for old, new in left_over(before, end, script, ways):
            known = old or new
            if (
                known is not None
                and (known.incomplete or known.name not in whole)
                and (old or not _goes_along(script, known.name))
            ):
                yield old, new


def alike(
    old: Table | None,
    new: Table | None,
    dialect: str,
    before: Mapping[TableName, Table],
    after: Mapping[TableName, Table],
) -> bool:
    """Whether a table is not certainly another one than before; None is a table that is not there. `before` and `after` are
    the tables around each."""
    if old is new or (old and old.incomplete) or (new and new.incomplete):
        return True
    if old is None or new is None:
        return False
    if _shape(old, before) != _shape(new, after) or old.columns.keys() != new.columns.keys():
        return False
    return not any(_changed(column, new.columns[name], dialect) for name, column in old.columns.items())


def apart(
    old: Table | None,
    new: Table | None,
    dialect: str,
    before: Mapping[TableName, Table],
    after: Mapping[TableName, Table],
) -> frozenset[tuple[str, object]]:
    """In what a table is another one than before: itself "gone" or "behind", a column, key or index "lost" or "added"; a column
    "changed", with its name, how it was and how it is."""
    if old is None or new is None:
        return frozenset({("gone" if new is None else "behind", None)} if old is not new else ())
    found: set[tuple[str, object]] = set()
    for ours, theirs in (
        (old.columns.keys(), new.columns.keys()),
        *zip(_shape(old, before), _shape(new, after), strict=True),
    ):
        found |= {("lost", one) for one in ours - theirs} | {("added", one) for one in theirs - ours}
    twins = ((name, column, new.columns.get(name)) for name, column in old.columns.items())
    changed = ((name, column, twin) for name, column, twin in twins if twin and _changed(column, twin, dialect))
    return frozenset(found | {("changed", (name, _said(column), _said(twin))) for name, column, twin in changed})


def _said(column: Column) -> tuple[object, ...]:
    """What a column says, without where it says so."""
    return column.type and column.type.name, column.nullable, column.identity, column.default and column.default.key


def _changed(column: Column, twin: Column, dialect: str) -> bool:
    """Whether a column is certainly another one."""
    if (column.nullable, column.identity) != (twin.nullable, twin.identity):
        return True
    if same_type(column.type, twin.type, dialect, dialect).outcome is Outcome.DIFFERENT:
        return True
    if any(each.type is not None and each.type.user_type for each in (column, twin)):
        return False  # the default of an enum's column follows when the enum renames the value
    return same_default(column, twin, dialect, dialect).outcome is Outcome.DIFFERENT


def _shape(table: Table, tables: Mapping[TableName, Table]) -> tuple[Set[object], ...]:
    """What a table amounts to beside its columns, without positions, spelling or the order and names of its parts. `tables`
    are those around it: a key that names no columns means the primary key of its target."""
    keys = {frozenset(key.columns) for key in table.uniques}
    indexes = {
        (index.name, _parts(index), _texts(index.where), index.unique, index.method or "btree")
        for index in table.indexes
        if not index.implied
    }
    foreign = {
        (key.columns, key.ref_table, _referred(key, tables), _action(key.on_delete)) for key in table.foreign_keys
    }
    checks = {_texts(check.expr) for check in table.checks}
    primary = {table.primary_key.columns} if table.primary_key else set()
    return primary, keys, indexes, foreign, checks


def _parts(index: Index) -> tuple[object, ...]:
    return tuple((part.column or _texts(part.expr), bool(part.descending), part.prefix) for part in index.parts)


def _texts(expr: Expr | None) -> frozenset[str] | None:
    """What of an expression can be compared for certain: its texts. A down is often copied from a dump, where the server
    wrote `lower(name)` as `lower((name)::text)` and `a != 0` as `(a <> (0)::double precision)`."""
    return None if expr is None else frozenset(_TEXT.findall(expr.key))


def _referred(key: ForeignKey, tables: Mapping[TableName, Table]) -> tuple[Name, ...]:
    target = tables.get(key.ref_table)
    primary = target.primary_key if target else None
    return key.ref_columns or (primary.columns if primary else ())


def _action(written: str | None) -> str | None:
    return None if written == "NO ACTION" else written
