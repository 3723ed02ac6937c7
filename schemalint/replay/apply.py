"""Which function a fact goes to.

Each takes the state, the fact and the source's id, changes the state as the server would (or, after a refusal, as the
author's obvious repair would) and yields what went wrong.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from schemalint.model import described, facts, objects
from schemalint.model.facts import Fact
from schemalint.model.frozen import replace
from schemalint.model.names import TableName
from schemalint.model.schema import PrimaryKey, UniqueConstraint
from schemalint.replay import (
    columndrops,
    columns,
    constraintchanges,
    constraints,
    derived,
    indexes,
    rebuilt,
    remarks,
    rows,
    search,
    settings,
    tablecopies,
    tables,
    things,
    types,
    viewindexes,
    views,
)
from schemalint.replay.elsewhere import meet
from schemalint.replay.grown import shrink
from schemalint.replay.state import State
from schemalint.replay.statements import unmet
from schemalint.replay.swaps import swapped
from schemalint.replay.trouble import Trouble, Troubles

_APPLY: dict[type, Callable[[State, Any, str], Troubles]] = {
    facts.CreateTable: tables.create_table,
    facts.DropTable: tables.drop_table,
    facts.RenameTable: tables.rename_table,
    facts.AddColumn: columns.add_column,
    facts.AlterColumn: columns.alter_column,
    facts.DropColumn: columndrops.drop_column,
    facts.RenameColumn: types.rename_column,
    facts.CreateIndex: indexes.create_index,
    facts.DropIndex: indexes.drop_index,
    facts.RenameIndex: tables.rename_index,
    facts.AddConstraint: constraints.add_constraint,
    facts.DropConstraint: constraintchanges.drop_constraint,
    facts.RenameConstraint: constraintchanges.rename_constraint,
    facts.NeedConstraint: constraintchanges.need_constraint,
    facts.Inherit: derived.inherit,
    objects.CreateEnum: types.create_enum,
    objects.AddEnumValue: types.add_enum_value,
    objects.RenameEnumValue: types.rename_enum_value,
    objects.RenameType: types.rename_type,
    objects.DropType: types.drop_type,
    facts.AlterType: types.alter_type,
    objects.SetType: types.set_type,
    objects.CreateView: views.create_view,
    objects.DropView: views.drop_view,
    objects.RefreshView: viewindexes.refresh,
    objects.CreateObject: things.create_object,
    objects.AlterObject: things.alter_object,
    objects.DropObject: things.drop_object,
    objects.Write: rows.write,
    objects.Transaction: tables.transaction,
    objects.Savepoint: tables.savepoint,
    described.Comment: remarks.comment,
    described.CommentOn: remarks.comment_on,
    described.AlterIndex: settings.alter_index,
    described.AlterSettings: settings.alter_settings,
    objects.KeyChecks: tables.key_checks,
    objects.LegacyRenames: tables.legacy_renames,
    objects.CopyTable: tablecopies.copy_table,
    objects.RemakeTable: rebuilt.remake,
    objects.SearchPath: search.search_path,
    objects.Alone: tables.alone,
    facts.Invalid: tables.invalid,
    facts.Opaque: tables.opaque,
}


_MYSQL_ORDER: dict[type, int] = {
    described.AlterSettings: -1,
    described.AlterIndex: -1,
    facts.DropConstraint: 0,
    facts.DropIndex: 0,
    facts.DropColumn: 1,
    facts.RenameColumn: 2,
    facts.NeedConstraint: 2,
    facts.AlterColumn: 2,
    facts.AddColumn: 3,
    facts.CreateIndex: 4,
    facts.AddConstraint: 5,
    facts.RenameTable: 6,
}
"""In which order MySQL does what one ALTER TABLE says: it makes a new table of it all."""


def _pass(fact: Fact) -> int:
    """The pass of PostgreSQL's ALTER TABLE that does it (AT_PASS_… in tablecmds.c): what goes, new types, new columns, what
    columns are set to, keys with an index, other constraints, and the rest."""
    if isinstance(fact, facts.DropColumn | facts.DropConstraint):
        return 0
    if isinstance(fact, facts.AlterColumn):
        if fact.type is not None or fact.replacement is not None:
            return 1
        gone = fact.drop_default or fact.drop_generated or fact.nullable or fact.identity is False
        return 0 if gone else 3
    if isinstance(fact, facts.AddColumn):
        return 2
    if isinstance(fact, facts.AddConstraint):
        return 4 if isinstance(fact.constraint, PrimaryKey | UniqueConstraint) else 5
    if isinstance(fact, facts.NeedConstraint):
        return 6
    return 3  # not of ALTER TABLE there: what a tool sends beside it


def run(state: State, facts: Iterable[Fact], source: str) -> Iterator[tuple[Fact, Trouble]]:
    """Applies facts of the source of that id, statement by statement in the server's order."""
    for _, group in groupby(facts, key=lambda fact: fact.statement):
        state.statement = tuple(group)
        for fact in _ordered(state, state.statement):
            if state.search:
                fact = search.found(state, fact)
            meet(state, fact)
            for trouble in apply(state, fact, source):
                yield fact, trouble
        if state.dialect.family in ("mysql", "postgres"):
            yield from unmet(state, state.statement)
    state.statement = ()


def _ordered(state: State, statement: tuple[Fact, ...]) -> Iterable[Fact]:
    if len(statement) == 1:  # nearly all are so
        return statement
    family = state.dialect.family
    # What is refused changes nothing, and often holds of others.
    invalid = [fact for fact in statement if isinstance(fact, facts.Invalid)]
    changes = [fact for fact in statement if not isinstance(fact, facts.Invalid)]
    tables = {getattr(fact, "table", None) for fact in changes if type(fact) in _MYSQL_ORDER}
    if len(tables) != 1 or not all(type(fact) in _MYSQL_ORDER for fact in changes):
        return statement
    if family == "postgres":
        return invalid + sorted(changes, key=_pass)
    if family == "mysql":
        return invalid + swapped(state, sorted(changes, key=lambda fact: _mysql_order(state, fact)))
    return statement


def _mysql_order(state: State, fact: Fact) -> int:
    """MariaDB leaves ADD COLUMN IF NOT EXISTS out where the column is there before the statement, which may drop it."""
    if isinstance(fact, facts.AddColumn) and fact.if_not_exists:
        table = state.tables.get(fact.table)
        return 0 if table is not None and fact.column.name in table.columns else 3
    return _MYSQL_ORDER[type(fact)]


def apply(state: State, fact: Fact, source: str) -> Troubles:
    """Applies one fact of the source of that id, and what it means for the tables below."""
    if (trouble := types.set_by_type(state, fact)) is not None:
        yield trouble
        return
    _leave_open(state, fact)
    if state.grown:
        shrink(state, fact)
    below = derived.handed_down(state, fact)
    refused = False
    for trouble in _APPLY[type(fact)](state, fact, source):
        refused = True
        yield trouble
    for inherited in () if refused else below:
        for trouble in apply(state, inherited, source):
            if isinstance(inherited, facts.RenameColumn):
                yield trouble
            # else it keeps what it has already


def _leave_open(state: State, fact: Fact) -> None:
    """MySQL: what is done to `shop`.`users` where only `users` is known: the current database may be `shop`, so that what `users`
    lacks is not known any more."""
    name = getattr(fact, "table", None)
    if state.dialect.family != "mysql" or name is None or name.schema is None or name in state.tables:
        return
    if (twin := state.tables.get(TableName(None, name.name))) is not None:
        state.put(replace(twin, incomplete=(*twin.incomplete, fact.span)))
