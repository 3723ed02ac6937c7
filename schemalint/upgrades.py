"""Upgrade scripts → what they say last of every column and index, for a database that somebody installed earlier.

The scripts change tables that they never make, so nothing but their own words is known. What is said under a condition, in a
statement that was not read, or in scripts of which nobody knows which comes first, is not said at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropConstraint,
    DropIndex,
    DropTable,
    Fact,
    Opaque,
    RenameColumn,
    RenameIndex,
    RenameTable,
)
from schemalint.model.names import Name, TableName
from schemalint.model.quick import replace
from schemalint.model.schema import Column, Index, PrimaryKey, UniqueConstraint
from schemalint.model.span import Span

ColumnKey = tuple[TableName, Name]
IndexKey = tuple[TableName | None, Name]


@dataclass(frozen=True, slots=True)
class ColumnWord:
    """What is said last of a column. `there` False: it was dropped or renamed, at `span`. `column` holds what is known of it,
    None or unstated where nothing is; `typed`, `nulls` and `filled` are where its type, nullability and default are said."""

    there: bool
    span: Span
    column: Column | None = None
    typed: Span | None = None
    nulls: Span | None = None
    filled: Span | None = None


@dataclass(frozen=True, slots=True)
class IndexWord:
    """What is said last of an index. `table` and `columns` are None where they are not known."""

    there: bool
    span: Span
    table: TableName | None
    columns: tuple[Name, ...] | None = None
    unique: bool | None = None


@dataclass(slots=True)
class Words:
    """What scripts said last. A key with None is one that something was said of, and nothing is certain any more. Indexes go
    by table and name where the dialect (`scoped`) looks for them in their table, else by name alone."""

    scoped: bool
    tables: dict[TableName, bool | None] = field(default_factory=dict)
    columns: dict[ColumnKey, ColumnWord | None] = field(default_factory=dict)
    indexes: dict[IndexKey, IndexWord | None] = field(default_factory=dict)

    def key(self, table: TableName | None, name: Name) -> IndexKey:
        """The key of an index of that table."""
        return (table if self.scoped else None, name)

    def forget(self, table: TableName) -> None:
        """Something happened to a table that is not known: nothing said of it holds any more."""
        self.tables[table] = None
        for column in [key for key in self.columns if key[0] == table]:
            self.columns[column] = None
        for index, word in list(self.indexes.items()):
            if index[0] == table or (word is not None and word.table == table):
                self.indexes[index] = None

    def doubt(self, others: Words) -> None:
        """Scripts that may just as well run at another moment said something: nothing is certain of that."""
        for table in others.tables:
            self.forget(table)
        self.columns.update(dict.fromkeys(others.columns))
        self.indexes.update(dict.fromkeys(others.indexes))


def last_words(groups: Iterable[Iterable[Iterable[Fact]]], loose: Iterable[Iterable[Fact]], scoped: bool) -> Words:
    """What is said last by groups of scripts that run one behind the other. In which order the scripts of one group run, or
    when the loose ones do, is not known."""
    words = Words(scoped)
    for group in groups:
        scripts = [tuple(script) for script in group]
        for facts in scripts:
            say(words, facts)
        if len(scripts) > 1:
            words.doubt(_in_common([_alone(script, scoped) for script in scripts], scoped))
    for script in loose:
        words.doubt(_alone(script, scoped))
    return words


def _alone(facts: Iterable[Fact], scoped: bool) -> Words:
    words = Words(scoped)
    say(words, facts)
    return words


def _in_common(scripts: list[Words], scoped: bool) -> Words:
    """What more than one of the scripts speaks of; a table that one of them makes, drops or renames is its columns as well."""
    common = Words(scoped)
    for number, one in enumerate(scripts):
        for other in scripts[number + 1 :]:
            named = {key[0] for key in other.columns} | {key[0] for key in one.columns}
            common.tables.update(dict.fromkeys((one.tables.keys() | other.tables.keys()) & named))
            common.columns.update(dict.fromkeys(one.columns.keys() & other.columns.keys()))
            common.indexes.update(dict.fromkeys(one.indexes.keys() & other.indexes.keys()))
    return common


def say(words: Words, facts: Iterable[Fact]) -> None:
    """Takes in what a script says, from its top to its end."""
    for fact in facts:
        if isinstance(fact, Opaque):
            for table in fact.touches if fact.touches is not None else list(_all_tables(words)):
                words.forget(table)
        elif fact.guard is not None and not fact.guard.doubted:
            _perhaps(words, fact)
        else:
            _said(words, fact)


def _all_tables(words: Words) -> set[TableName]:
    held = {word.table for word in words.indexes.values() if word is not None and word.table is not None}
    return {*words.tables, *(key[0] for key in words.columns), *held}


def _perhaps(words: Words, fact: Fact) -> None:
    """A statement that runs under a condition only."""
    match fact:
        case AddColumn():
            words.columns[(fact.table, fact.column.name)] = None
        case AlterColumn() | DropColumn():
            words.columns[(fact.table, fact.column)] = None
            if isinstance(fact, AlterColumn) and fact.replacement is not None:
                words.columns[(fact.table, fact.replacement.name)] = None
        case RenameColumn():
            words.columns[(fact.table, fact.column)] = words.columns[(fact.table, fact.new)] = None
        case CreateTable() | DropTable():
            words.forget(fact.table)
        case RenameTable():
            words.forget(fact.table)
            words.forget(fact.new)
        case CreateIndex() if fact.index.name is not None:
            words.indexes[words.key(fact.table, fact.index.name)] = None
        case DropIndex():
            words.indexes[words.key(fact.table, fact.name.name)] = None
        case RenameIndex():
            words.indexes[words.key(fact.table, fact.name.name)] = None
            words.indexes[words.key(fact.table, fact.new)] = None
        case AddConstraint(constraint=UniqueConstraint(name=Name() as name)):
            words.indexes[words.key(fact.table, name)] = None
        case DropConstraint(name=Name() as name):
            words.indexes[words.key(fact.table, name)] = None


def _said(words: Words, fact: Fact) -> None:
    match fact:
        case CreateTable() if fact.temporary:
            words.tables.setdefault(fact.table, None)
        case CreateTable():
            _create(words, fact)
        case DropTable():
            words.forget(fact.table)
            words.tables[fact.table] = False
        case RenameTable():
            _rename_table(words, fact)
        case AddColumn():
            whole = not fact.if_not_exists
            words.columns[(fact.table, fact.column.name)] = _stated(fact.column, fact.span, whole)
            _constraints(words, fact.table, fact.uniques)
        case AlterColumn():
            _alter(words, fact)
        case DropColumn():
            words.columns[(fact.table, fact.column)] = ColumnWord(False, fact.span)
            _without(words, fact.table, fact.column)
        case RenameColumn():
            _move(words, fact.table, fact.column, fact.new, fact.span)
        case CreateIndex():
            _index(words, fact.table, fact.index, whole=not fact.if_not_exists)
        case DropIndex():
            words.indexes[words.key(fact.table, fact.name.name)] = IndexWord(False, fact.span, fact.table)
        case RenameIndex():
            _rename_index(words, fact)
        case AddConstraint(constraint=UniqueConstraint() as key):
            _constraints(words, fact.table, (key,))
        case AddConstraint(constraint=PrimaryKey() as primary):
            for column in primary.columns:
                _unnulled(words, fact.table, column)
        case DropConstraint(name=Name() as name) if fact.kind in (None, "unique"):
            words.indexes[words.key(fact.table, name)] = IndexWord(False, fact.span, fact.table)


def _create(words: Words, fact: CreateTable) -> None:
    known = words.tables.get(fact.table)
    words.forget(fact.table)
    odd = fact.unread or fact.likes or fact.inherits or fact.of or fact.query
    if odd or (fact.if_not_exists and known is not False):
        return
    words.tables[fact.table] = True
    for column in fact.columns:
        words.columns[(fact.table, column.name)] = _stated(column, column.span, True)
    for index in fact.indexes:
        _index(words, fact.table, index, whole=True)
    _constraints(words, fact.table, fact.uniques)
    for column_name in fact.primary_key.columns if fact.primary_key else ():
        _unnulled(words, fact.table, column_name)


def _stated(column: Column, span: Span, whole: bool) -> ColumnWord:
    if not whole:  # it may have been there, with another definition
        return ColumnWord(True, span)
    return ColumnWord(True, span, column, column.type_span or span, span, span)


def _unnulled(words: Words, table: TableName, column: Name) -> None:
    """A primary key takes no NULL, whatever its columns say."""
    word = words.columns.get((table, column))
    if word is not None and word.column is not None:
        words.columns[(table, column)] = replace(word, column=replace(word.column, nullable=None))


def _alter(words: Words, fact: AlterColumn) -> None:
    if fact.replacement is not None:
        new = fact.replacement
        if new.name != fact.column:
            _move(words, fact.table, fact.column, new.name, fact.span)
        words.columns[(fact.table, new.name)] = _stated(new, new.span, True)
        return
    key = (fact.table, fact.column)
    word = words.columns.get(key) or ColumnWord(True, fact.span)
    if not word.there:
        word = ColumnWord(True, fact.span)
    changed: dict[str, Any] = {}
    places: dict[str, Span] = {"span": fact.span}
    if fact.type is not None:
        changed["type"] = fact.type
        places["typed"] = fact.span
    if fact.nullable is not None:
        changed["nullable"] = fact.nullable
        places["nulls"] = fact.span
    if fact.drop_default or fact.default is not None:
        changed |= {"default": fact.default, "has_default": fact.default is not None}
        places["filled"] = fact.span
    if fact.identity is not None or fact.serial or fact.drop_generated:
        words.columns[key] = ColumnWord(True, fact.span)  # who counts it now takes more than these words
        return
    column = word.column or Column(name=fact.column, span=fact.span)
    words.columns[key] = replace(word, column=replace(column, **changed), **places)


def _move(words: Words, table: TableName, old: Name, new: Name, span: Span) -> None:
    known = (table, old) in words.columns
    word = words.columns.pop((table, old), None)
    if known and word is None:
        words.columns[(table, new)] = None
    else:
        column = word.column and replace(word.column, name=new) if word else None
        words.columns[(table, new)] = (
            replace(word, there=True, column=column) if word and word.there else ColumnWord(True, span)
        )
    words.columns[(table, old)] = ColumnWord(False, span)
    for key, index in list(words.indexes.items()):
        if index is not None and index.table == table and index.columns is not None and old in index.columns:
            columns = tuple(new if name == old else name for name in index.columns)
            words.indexes[key] = replace(index, columns=columns)


def _without(words: Words, table: TableName, column: Name) -> None:
    """An index goes with its column in PostgreSQL, and loses it in MySQL."""
    for key, index in list(words.indexes.items()):
        if index is not None and index.table == table and (index.columns is None or column in index.columns):
            words.indexes[key] = None


def _rename_table(words: Words, fact: RenameTable) -> None:
    words.forget(fact.new)
    for key in [key for key in words.columns if key[0] == fact.table]:
        words.columns[(fact.new, key[1])] = words.columns.pop(key)
    for place, index in list(words.indexes.items()):
        if place[0] == fact.table or (index is not None and index.table == fact.table):
            del words.indexes[place]
            words.indexes[words.key(fact.new, place[1])] = index and replace(index, table=fact.new)
    words.tables[fact.new] = words.tables.get(fact.table) or None
    words.tables[fact.table] = False


def _index(words: Words, table: TableName, index: Index, whole: bool) -> None:
    if index.name is None or index.implied:
        return
    word = IndexWord(True, index.span, table, index.columns if whole else None, index.unique if whole else None)
    words.indexes[words.key(table, index.name)] = word


def _constraints(words: Words, table: TableName, keys: Iterable[UniqueConstraint]) -> None:
    for key in keys:
        if key.name is not None:
            words.indexes[words.key(table, key.name)] = IndexWord(True, key.span, table, key.columns, True)


def _rename_index(words: Words, fact: RenameIndex) -> None:
    old, new = words.key(fact.table, fact.name.name), words.key(fact.table, fact.new)
    known = old in words.indexes
    word = words.indexes.pop(old, None)
    if known and word is None:
        words.indexes[new] = None
    else:
        words.indexes[new] = (
            replace(word, there=True) if word and word.there else IndexWord(True, fact.span, fact.table)
        )
    words.indexes[old] = IndexWord(False, fact.span, fact.table)
