"""Upgrade scripts → what they say last of every column and index, for a database that somebody installed earlier.

The scripts change tables that they never make, so nothing but their own words is known. What is said under a condition, in a
statement that was not read, or in scripts of which nobody knows which comes first, is not said at all.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
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
from schemalint.model.frozen import frozen, replace
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Column, Index, PrimaryKey, UniqueConstraint
from schemalint.model.span import Span

IndexKey = tuple[TableName | None, Name]


@frozen
class ColumnWord:
    """What is said last of a column. `there` False: it was dropped or renamed, at `span`. `column` holds what is known of it,
    None or unstated where nothing is; `typed`, `nulls` and `filled` are where its type, nullability and default are said."""

    there: bool
    span: Span
    column: Column | None = None
    typed: Span | None = None
    nulls: Span | None = None
    filled: Span | None = None


@frozen
class IndexWord:
    """What is said last of an index. `table` and `columns` are None where they are not known."""

    there: bool
    span: Span
    table: TableName | None
    columns: tuple[Name, ...] | None = None


@frozen
class TableWord:
    """What is said last of a table. `there` True: it was made at `span`, and every change of it since then is known."""

    there: bool
    span: Span


@dataclass(slots=True)
class Words:
    """What scripts said last, by table and column, and of indexes by name. What is None is something that was spoken of, and
    nothing is certain any more. Where the dialect looks for indexes in their table (`scoped`), that is part of their key.
    `owned` are the keys of the indexes of each table, None where a statement names only the index."""

    scoped: bool
    tables: dict[TableName, TableWord | None] = field(default_factory=dict)
    columns: dict[TableName, dict[Name, ColumnWord | None]] = field(default_factory=dict)
    indexes: dict[IndexKey, IndexWord | None] = field(default_factory=dict)
    owned: dict[TableName | None, dict[IndexKey, None]] = field(default_factory=dict)

    def of(self, table: TableName) -> dict[Name, ColumnWord | None]:
        """What was said of the columns of a table."""
        return self.columns.setdefault(table, {})

    def put(self, table: TableName | None, name: Name, word: IndexWord | None) -> None:
        """Something is said of an index."""
        key = self.key(table, name)
        self.indexes[key] = word
        self.owned.setdefault(table, {})[key] = None

    def key(self, table: TableName | None, name: Name) -> IndexKey:
        """The key of an index of that table."""
        return (table if self.scoped else None, name)

    def words_on(self, table: TableName | None) -> Iterator[tuple[IndexKey, IndexWord]]:
        """What was said of the indexes of a table, as far as anything is certain."""
        for key in tuple(self.owned.get(table, ())):
            word = self.indexes[key]
            if word is not None and word.table == table:
                yield key, word

    def forget(self, table: TableName) -> None:
        """Something happened to a table that is not known: nothing said of it holds any more."""
        self.tables[table] = None
        self.columns[table] = dict.fromkeys(self.columns.get(table, ()))
        for owner in (table, None):
            for key, _ in self.words_on(owner):
                self.indexes[key] = None

    def doubt(self, others: Words) -> None:
        """Scripts that may just as well run at another moment said something: nothing is certain of that."""
        for table in others.tables:
            self.forget(table)
        for table, columns in others.columns.items():
            self.of(table).update(dict.fromkeys(columns))
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
    named = Counter(table for one in scripts for table in {*one.tables, *one.columns})
    columns = Counter((table, name) for one in scripts for table, said in one.columns.items() for name in said)
    indexes = Counter(key for one in scripts for key in one.indexes)
    common = Words(scoped)
    common.tables.update((table, None) for one in scripts for table in one.tables if named[table] > 1)
    for (table, name), times in columns.items():
        if times > 1:
            common.of(table)[name] = None
    common.indexes.update((key, None) for key, times in indexes.items() if times > 1)
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
    return {*words.tables, *words.columns, *(table for table in words.owned if table is not None)}


def _perhaps(words: Words, fact: Fact) -> None:
    """A statement that runs under a condition only."""
    match fact:
        case AddColumn():
            words.of(fact.table)[fact.column.name] = None
        case AlterColumn() | DropColumn():
            words.of(fact.table)[fact.column] = None
            if isinstance(fact, AlterColumn) and fact.replacement is not None:
                words.of(fact.table)[fact.replacement.name] = None
        case RenameColumn():
            words.of(fact.table)[fact.column] = words.of(fact.table)[fact.new] = None
        case CreateTable() | DropTable():
            words.forget(fact.table)
        case RenameTable():
            words.forget(fact.table)
            words.forget(fact.new)
        case CreateIndex() if fact.index.name is not None:
            words.put(fact.table, fact.index.name, None)
        case DropIndex():
            words.put(fact.table, fact.name.name, None)
        case RenameIndex():
            words.put(fact.table, fact.name.name, None)
            words.put(fact.table, fact.new, None)
        case AddConstraint(constraint=UniqueConstraint(name=Name() as name)):
            words.put(fact.table, name, None)
        case DropConstraint(name=Name() as name):
            words.put(fact.table, name, None)


def _said(words: Words, fact: Fact) -> None:
    match fact:
        case CreateTable() if fact.temporary:
            words.tables.setdefault(fact.table, None)
        case CreateTable():
            _create(words, fact)
        case DropTable():
            words.forget(fact.table)
            words.tables[fact.table] = TableWord(False, fact.span)
        case RenameTable():
            _rename_table(words, fact)
        case AddColumn():
            whole = not fact.if_not_exists
            words.of(fact.table)[fact.column.name] = _stated(fact.column, fact.span, whole)
            _constraints(words, fact.table, fact.uniques)
        case AlterColumn():
            _alter(words, fact)
        case DropColumn():
            words.of(fact.table)[fact.column] = ColumnWord(False, fact.span)
            _without(words, fact.table, fact.column)
        case RenameColumn():
            _move(words, fact.table, fact.column, fact.new, fact.span)
        case CreateIndex():
            _index(words, fact.table, fact.index, whole=not fact.if_not_exists)
        case DropIndex():
            words.put(fact.table, fact.name.name, IndexWord(False, fact.span, fact.table))
        case RenameIndex():
            _rename_index(words, fact)
        case AddConstraint(constraint=UniqueConstraint() as key):
            _constraints(words, fact.table, (key,))
        case AddConstraint(constraint=PrimaryKey() as primary):
            for column in primary.columns:
                _unnulled(words, fact.table, column)
        case DropConstraint(name=Name() as name) if fact.kind in (None, "unique"):
            words.put(fact.table, name, IndexWord(False, fact.span, fact.table))


def _create(words: Words, fact: CreateTable) -> None:
    known = words.tables.get(fact.table)
    words.forget(fact.table)
    odd = fact.unread or fact.likes or fact.inherits or fact.of or fact.query
    if odd or (fact.if_not_exists and (known is None or known.there)):
        return
    words.tables[fact.table] = TableWord(True, fact.span)
    for column in fact.columns:
        words.of(fact.table)[column.name] = _stated(column, column.span, True)
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
    word = words.of(table).get(column)
    if word is not None and word.column is not None:
        words.of(table)[column] = replace(word, column=replace(word.column, nullable=None))


def _alter(words: Words, fact: AlterColumn) -> None:
    columns = words.of(fact.table)
    if fact.replacement is not None:
        new = fact.replacement
        if new.name != fact.column:
            _move(words, fact.table, fact.column, new.name, fact.span)
        columns[new.name] = _stated(new, new.span, True)
        return
    if fact.identity is not None or fact.serial or fact.drop_generated:
        columns[fact.column] = ColumnWord(True, fact.span)  # who counts it now takes more than these words
        return
    word = columns.get(fact.column)
    if word is None or not word.there:
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
    column = word.column or Column(name=fact.column, span=fact.span)
    columns[fact.column] = replace(word, column=replace(column, **changed), **places)


def _move(words: Words, table: TableName, old: Name, new: Name, span: Span) -> None:
    columns = words.of(table)
    doubtful = old in columns and columns[old] is None
    word = columns.get(old)
    if word is None or not word.there:
        columns[new] = None if doubtful else ColumnWord(True, span)
    else:
        columns[new] = replace(word, column=word.column and replace(word.column, name=new))
    columns[old] = ColumnWord(False, span)
    for key, index in words.words_on(table):
        if index.columns is not None and old in index.columns:
            renamed = tuple(new if name == old else name for name in index.columns)
            words.indexes[key] = replace(index, columns=renamed)


def _without(words: Words, table: TableName, column: Name) -> None:
    """An index goes with its column in PostgreSQL, and loses it in MySQL."""
    for key, index in words.words_on(table):
        if index.columns is None or column in index.columns:
            words.indexes[key] = None


def _rename_table(words: Words, fact: RenameTable) -> None:
    made = words.tables.get(fact.table)
    words.forget(fact.new)
    words.columns[fact.new] = words.columns.pop(fact.table, {})
    for key, index in list(words.words_on(fact.table)):
        del words.indexes[key]
        words.put(fact.new, key[1], replace(index, table=fact.new))
    words.tables[fact.new] = made if made is not None and made.there else None
    words.tables[fact.table] = TableWord(False, fact.span)


def _index(words: Words, table: TableName, index: Index, whole: bool) -> None:
    if index.name is not None and not index.implied:
        words.put(table, index.name, IndexWord(True, index.span, table, index.columns if whole else None))


def _constraints(words: Words, table: TableName, keys: Iterable[UniqueConstraint]) -> None:
    for key in keys:
        if key.name is not None:
            words.put(table, key.name, IndexWord(True, key.span, table, key.columns))


def _rename_index(words: Words, fact: RenameIndex) -> None:
    old = words.key(fact.table, fact.name.name)
    word = words.indexes.get(old)
    table = fact.table or (word.table if word else None)
    if word is not None and word.there:
        words.put(table, fact.new, word)
    else:
        words.put(table, fact.new, None if old in words.indexes and word is None else IndexWord(True, fact.span, table))
    words.put(table, fact.name.name, IndexWord(False, fact.span, table))
