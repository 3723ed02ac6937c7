"""SQLite, for which Sequelize 7 makes a table anew to change one column (`query-interface.internal.js` of
@sequelize/sqlite3, the same in 7.0.0-alpha.40 to alpha.48, and run with the last: tests/oracles/sequelize, and migrations).

What it knows of the table comes from the pragmas, as in Sequelize 5 and 6 (`anew`), and its foreign keys, now with their
actions, from the text of its CREATE TABLE: one that Sequelize did not write itself is taken as partly unknown.
`changeColumn` and `removeColumn` switch foreign keys off, which a transaction does not allow, and make the indexes again by
their columns alone; `renameColumn`, `addConstraint` and `removeConstraint` do neither. All but `renameColumn` give the copy
the old name, which SQLite refuses while a view reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.model.catalog import Refusal
from schemalint.model.facts import CreateTable, Fact
from schemalint.model.frozen import replace
from schemalint.model.names import Name, TableName
from schemalint.model.objects import RemakeTable
from schemalint.model.schema import Column, Expr, ForeignKey, Index, IndexPart, Table
from schemalint.model.span import Span
from schemalint.replay.anew import (
    Anew,
    fails,
    fresh_tables,
    lost,
    made_anew,
    remake_table,
    rewritten,
    rows_lost,
    undescribed,
    unique_alone,
)
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles, missing_column, missing_table

_NUMBERS = {"TINYINT", "SMALLINT", "MEDIUMINT", "INTEGER", "FLOAT", "REAL", "DOUBLE"}
_TEXTS = {"STRING", "TEXT", "CITEXT", "TIME"}
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def remake(state: State, fact: RemakeTable, source: str) -> Troubles:
    """One changeColumn, renameColumn, removeColumn, addConstraint or removeConstraint of a migration."""
    if not fact.seven:
        yield from remake_table(state, fact, source)
        return
    if fact.table in state.tables:
        yield from _rebuilt(state, fact, fresh_tables(state, fact.statement), frozenset())
    else:
        yield from missing_table(state, fact.table, fact.span)


def altered(
    state: State, model: CreateTable, before: Table, place: Span, fresh: frozenset[TableName]
) -> Iterator[tuple[Fact, Trouble]]:
    """`sync({ alter: true })` for one table, in the order of the columns that it had."""
    wanted = {column.name.text: column for column in model.columns}
    primary = model.primary_key.columns if model.primary_key else ()
    again = frozenset(index.name for index in model.indexes if index.name is not None)
    again |= {key.name for key in model.uniques if key.name is not None}
    named = [(key.name or state.dialect.identifier("FOREIGN", quoted=True), key) for key in before.foreign_keys]
    gone: set[Name] = set()
    for name, held in before.columns.items():
        given = wanted.get(name.text)
        if name in primary or held.generated is not None or (given is None and model.unread):
            continue
        steps = [RemakeTable(place, place, model.table, name, seven=True)]
        if given is not None:
            said = replace(given, nullable=None) if given.null_unsaid else given
            if said.has_default is False and not said.client_default:
                said = replace(said, has_default=None)
            key = next((one for one in model.foreign_keys if one.columns == (name,)), None)
            for constraint, old in named:
                if constraint not in gone and key is not None and _same_target(key, old):
                    gone.add(constraint)  # that of a column is found by a name that its text does not have, and stays
                    step = RemakeTable(place, place, model.table, None, constraint=constraint, seven=True)
                    steps.insert(0, step)
            steps[-1] = replace(steps[-1], given=said, key=key)
        for step in steps:
            for trouble in _rebuilt(state, step, fresh, again):
                yield model, trouble


def _same_target(key: ForeignKey, old: ForeignKey) -> bool:
    return key.ref_table == old.ref_table and set(key.ref_columns) <= set(old.ref_columns)


def _rebuilt(state: State, fact: RemakeTable, fresh: frozenset[TableName], again: frozenset[Name]) -> Troubles:
    table = state.tables[fact.table]
    if not _reads_back(table):
        table = replace(table, incomplete=(*table.incomplete, fact.statement))
        state.put(table)
    if (
        fact.column is not None
        and fact.column not in table.columns
        and (fact.given is not None or fact.new is not None)
    ):
        yield from missing_column(state, table, fact.column, fact.span)
        return
    if undescribed(table):
        yield from fails(state, table, fact.span, fact.statement)
        return
    if fact.new is None and (stopped := list(_stopped(state, table, fact))):
        yield from stopped
        state.put(replace(table, incomplete=(*table.incomplete, fact.statement)))
        return
    if fact.column is None:
        yield from rewritten(state, table, fact, fresh, again)
        return
    anew = Anew(_read(table), state.dialect, seven=True)
    if fact.new is not None:
        anew.rename(fact.column, fact.new)
        yield from made_anew(state, table, anew, fact.span, fact.statement, again, fresh)
        _put_quoted(state, table)
        return
    if fact.given is not None:
        anew.unique([*_by_constraint(table), *([fact.column] if fact.unique else [])])
        anew.change(_with_default(table.columns[fact.column], fact), None, fact.key)
    else:
        anew.unique(dict.fromkeys([*unique_alone(table), *_by_constraint(table)]))
        anew.drop(fact.column)
    after = replace(anew.table(fact.statement), indexes=tuple(map(_again, table.indexes)))
    kept = frozenset(index.name for index in table.indexes if index.name is not None)
    yield from lost(state, table, after, fact.span, kept)
    if fact.held:
        yield from rows_lost(state, table, fact.span, fresh)
    else:
        state.key_checks = True  # it switches them on behind it, whatever they were before
    state.put(after)
    _put_quoted(state, table)


def _reads_back(table: Table) -> bool:
    """Whether Sequelize finds the table's keys in its text."""
    names = (table.name.name, *table.columns)
    return table.quoted and not any(" " in name.text for name in names)


def _read(table: Table) -> Table:
    """The table as `showConstraints` tells of it: what a column that is the key itself refers to is not seen. Of two keys
    of a column the one with a name is read last, and counts."""
    primary = table.primary_key.columns if table.primary_key else ()
    keys = [key for key in table.foreign_keys if key.name is not None or len(primary) != 1 or key.columns != primary]
    return replace(table, foreign_keys=tuple(sorted(keys, key=lambda key: key.name is None)))


def _stopped(state: State, table: Table, fact: RemakeTable) -> Troubles:
    """What the copy fails of: a view, an index over a column that goes, and a default that its type does not take."""
    refusal = Refusal.COPY_FAILS
    if table.incomplete:
        return
    for name, view in state.views.items():
        if any(relation == table.name for relation, _ in view.reads or ()):
            yield Trouble(refusal, fact.span, table.name, existing=table, taken=view.span, holder=name)
            return
    if fact.column is None:
        return
    if fact.given is None:
        index = next((one for one in table.indexes if one.columns and fact.column in one.columns), None)
        if index is not None:
            names = (fact.column,)
            yield Trouble(refusal, fact.span, table.name, index.name, names, table, index, index.span)
    elif fact.given.has_default is None and _refuses(table.columns[fact.column], fact.kept):
        yield Trouble(refusal, fact.span, table.name, fact.column, (), table, taken=table.columns[fact.column].span)


def _refuses(column: Column, kept: str) -> bool:
    """Whether a default that is read back as a text is none that the type takes."""
    text = _text(column)
    if text is None:
        return False
    no_number = kept in _NUMBERS and _NUMBER.fullmatch(text) is None
    return no_number or kept == "BOOLEAN" or (kept == "DATE" and text == "CURRENT_TIMESTAMP")


def _text(column: Column) -> str | None:
    """A default as SQLite tells of it, without its quotes."""
    raw = column.default.raw.strip() if column.default is not None else "NULL"
    return None if raw == "NULL" else raw.replace("'", "")


def _with_default(old: Column, fact: RemakeTable) -> Column:
    """What is given, with the default that it keeps as its type writes that; None where that is not known."""
    given = fact.given or old
    if given.has_default is not None:
        return given
    text = _text(old)
    if text is None:
        return replace(given, default=old.default, has_default=old.has_default)
    if fact.kept in _NUMBERS:
        return replace(given, default=Expr(text, text), has_default=True)
    return given if fact.kept in _TEXTS else replace(given, default=None, has_default=None)


def _by_constraint(table: Table) -> Iterator[Name]:
    """The columns of the keys for which SQLite made an index by itself: each is unique by itself afterwards."""
    primary = table.primary_key.columns if table.primary_key else ()
    if len(primary) > 1 or any(not table.columns[name].identity for name in primary if name in table.columns):
        yield from primary
    for key in table.uniques:
        yield from key.columns


def _again(index: Index) -> Index:
    """An index that is made again: by its name, its columns, and whether it is unique."""
    parts = tuple(IndexPart(part.span, part.column) for part in index.parts)
    return Index(index.name, parts, index.span, index.unique)


def _put_quoted(state: State, before: Table) -> None:
    """Sequelize wrote the new table itself."""
    state.put(replace(state.tables[before.name], quoted=True))
