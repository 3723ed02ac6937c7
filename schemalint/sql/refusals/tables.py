"""What is wrong with a table as a whole, though each of its clauses is right: in MySQL and MariaDB; of the others elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from schemalint.model.described import AlterSettings
from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropConstraint,
    Fact,
    Opaque,
    Servers,
)
from schemalint.model.names import Name
from schemalint.model.schema import Column, ForeignKey, Index, UniqueConstraint
from schemalint.model.types import Family
from schemalint.sql.cursor import Cursor
from schemalint.sql.refusals import tsql_tables
from schemalint.sql.refusals.definitions import (
    of_checks,
    of_index,
    of_own_check,
    of_partitioned,
    of_prefix,
    of_settings,
)
from schemalint.sql.refusals.keysize import bytes_of, prefixed, too_long
from schemalint.sql.refusals.mysql_computed import of_computed
from schemalint.sql.refusals.mysql_functional import of_expression
from schemalint.sql.refusals.pgfacts import of_postgres
from schemalint.sql.refusals.phrases import layout, phrase
from schemalint.sql.refusals.rowsize import may_be_too_wide, too_wide
from schemalint.sql.refusals.say import MYSQL, MYSQL_SYNTAX, Found
from schemalint.sql.refusals.values import LONGEST_NAME, of_column

_ONE_AUTO = "Incorrect table definition; there can be only one auto column and it must be defined as a key (1075)"


def faults(cursor: Cursor, fact: Fact, statement: list[Fact]) -> Iterable[Found]:
    """What a server refuses about a new table, column or index, a fact of that statement. Nothing is said of a table that is not
    known whole."""
    return of_postgres(cursor, fact) if cursor.family == "postgres" else _of_others(cursor, fact, statement)


def _of_others(cursor: Cursor, fact: Fact, statement: list[Fact]) -> Iterator[Found]:
    if cursor.family == "tsql":
        yield from tsql_tables.faults(cursor, fact)
    if cursor.family != "mysql":
        return
    if isinstance(fact, AddColumn):
        yield from _added_auto(fact, statement)
        yield from of_column(fact.column, _written(cursor, fact.column))
        yield from of_own_check(fact.column, fact.checks)
    elif isinstance(fact, AlterSettings):
        yield from of_settings(fact)
    elif isinstance(fact, AlterColumn) and fact.replacement is not None:
        yield from of_column(fact.replacement, _written(cursor, fact.replacement))
    elif isinstance(fact, CreateIndex):
        yield from _expressions(cursor, fact.index)
    elif isinstance(fact, AddConstraint) and isinstance(fact.constraint, ForeignKey):
        yield from _uneven(fact.constraint)
        yield from _added_again(fact, statement)
    elif isinstance(fact, CreateTable):
        yield from _of_table(cursor, fact)


def _of_table(cursor: Cursor, fact: CreateTable) -> Iterator[Found]:
    automatic = frozenset(column.name for column in fact.columns if column.identity) if fact.indexes else frozenset()
    for index in fact.indexes:
        yield from _expressions(cursor, index, automatic)
    yield from _columns(cursor, fact)
    yield from _wrong_names(fact)
    yield from _names_twice(fact)
    yield from of_settings(fact)
    yield from of_checks(fact)
    yield from _on_partitions(fact)
    if fact.foreign_keys:
        yield from _foreign_keys(fact)
    if not fact.unread:
        yield from _nullable_key(cursor, fact)
        yield from _auto(cursor, fact)
        yield from _long_keys(cursor, fact)
        yield from _special(fact)
        if fact.partition_by is not None and not fact.likes and fact.query is None:
            yield from of_partitioned(fact)
        yield from too_long(cursor, fact)
        if any(column.generated or (column.default and "(" in column.default.raw) for column in fact.columns):
            yield from of_computed(cursor, fact)
        if may_be_too_wide(fact):
            yield from too_wide(fact, bytes_of(cursor, fact))
    if any(check.mentions for check in fact.checks) and cursor.script.pin is None:
        yield from _own_checks(cursor, fact)


def _columns(cursor: Cursor, fact: CreateTable) -> Iterator[Found]:
    """Each column by itself; what stands behind its name is looked at once, however many columns it makes."""
    base = cursor.script.base
    tails = {cursor.tokens[at][2] + base: tail for at, tail in cursor.tails}
    for column in fact.columns:
        tail = tails.get(column.span.start)
        if tail is None:
            yield from of_column(column, _written(cursor, column))
        elif tail.sound:
            if len(column.name.text) > LONGEST_NAME or column.name.text[-1:] in (" ", ""):
                yield from of_column(column)
        else:
            found = list(of_column(column, _written(cursor, column)))
            tail.sound = not found
            yield from found


def _written(cursor: Cursor, column: Column) -> str:
    """The type as it stands in the text."""
    if column.type_span is None or cursor.script.pin is not None:
        return ""
    base = cursor.script.base
    return cursor.text[column.type_span.start - base : column.type_span.end - base]


def _own_checks(cursor: Cursor, fact: CreateTable) -> Iterator[Found]:
    """Checks that stand with a column."""
    base, known = cursor.script.base, {column.span.start: column for column in fact.columns}
    for start, end in layout(cursor, [token[1] for token in cursor.tokens]).columns:
        begin, stop = cursor.tokens[start][2] + base, cursor.tokens[end][2] + base
        column = known.get(begin)
        if column is not None:
            yield from of_own_check(column, tuple(check for check in fact.checks if begin <= check.span.start < stop))


def _special(fact: CreateTable) -> Iterator[Found]:
    """Keys that take something of their columns: the beginning, the words, the place."""
    special = [
        index for index in fact.indexes if index.method is not None or any(p.prefix is not None for p in index.parts)
    ]
    if special or (fact.primary_key is not None and fact.primary_key.prefixes):
        known = {column.name: column for column in fact.columns}
        for index in special:
            yield from of_index(index, known)
        yield from _prefixes(fact, known)


def _prefixes(fact: CreateTable, known: dict[Name, Column]) -> Iterator[Found]:
    """Those of the primary key."""
    key = fact.primary_key
    for name, prefix in zip(key.columns, key.prefixes, strict=True) if key is not None and key.prefixes else ():
        column = known.get(name)
        if prefix and column is not None and column.type is not None:
            yield from of_prefix(key.span if key else column.span, prefix, column.type)


def _added_again(fact: AddConstraint, statement: list[Fact]) -> Iterator[Found]:
    """A foreign key that one statement drops and adds again: the old one is there until the statement ends."""
    name = fact.constraint.name
    if name is not None and any(isinstance(one, DropConstraint) and one.name == name for one in statement):
        reason = f"the old {name} is there until the statement ends: add the key in a statement of its own, or by another name"
        yield fact.span, reason, f"Duplicate foreign key constraint name '{name.text}' (1826)", MYSQL
        yield fact.span, reason, "", (Servers("mariadb"),)


def _uneven(key: ForeignKey) -> Iterator[Found]:
    """A foreign key of as many columns as it does not point at."""
    if key.ref_columns and len(key.columns) != len(key.ref_columns):
        words = "Incorrect foreign key definition for '…': Key reference and table reference don't match (1239)"
        yield key.span, f"the key has {len(key.columns)} columns and points at {len(key.ref_columns)}", words, ()


def _foreign_keys(fact: CreateTable) -> Iterator[Found]:
    """Foreign keys that no table of its kind, and no column of its kind, has."""
    for key in fact.foreign_keys:
        yield from _uneven(key)
    if fact.temporary and fact.foreign_keys:
        yield fact.foreign_keys[0].span, "a temporary table has no foreign keys", "", ()
        return
    keyed = {name for key in fact.foreign_keys for name in key.columns}
    large = {column.name: column for column in fact.columns if column.name in keyed and _large(column)} if keyed else {}
    for key in fact.foreign_keys if large else ():
        column = next((large[name] for name in key.columns if name in large), None)
        if column is not None:
            yield key.span, f"{_type(column)} has no foreign key", "", ()
    computed = {column.name: column for column in fact.columns if column.generated is not None}
    for key in fact.foreign_keys if computed else ():
        column = next((computed[name] for name in key.columns if name in computed), None)
        if column is not None and "SET NULL" in (key.on_delete, key.on_update):
            clause = "ON DELETE SET NULL" if key.on_delete == "SET NULL" else "ON UPDATE SET NULL"
            words = f"Cannot define foreign key with {clause} clause on a generated column"
            yield key.span, f"{column.name} is computed, and cannot be set to NULL", words, ()
        elif column is not None and not column.stored:
            yield key.span, f"{column.name} is computed when it is read: a foreign key needs STORED", "", MYSQL


def _on_partitions(fact: CreateTable) -> Iterator[Found]:
    """Neither server has foreign keys on tables with partitions (asked: MySQL 9.7, MariaDB 10.11)."""
    if fact.partitioned and fact.temporary:
        yield fact.span, "a temporary table has no partitions", "", ()
    searched = next((index for index in fact.indexes if index.method == "fulltext"), None)
    if fact.partitioned and searched is not None:
        yield searched.span, "a table with partitions has no FULLTEXT index", "", MYSQL
    if fact.partitioned and fact.foreign_keys:
        yield fact.foreign_keys[0].span, "a table with partitions has no foreign keys", "", ()


def _expressions(cursor: Cursor, index: Index, automatic: frozenset[Name] = frozenset()) -> Iterator[Found]:
    """An index on an expression, which stands in parentheses of its own."""
    for part in index.parts:
        if part.expr is None:
            continue
        begin = part.span.start - cursor.script.base
        if cursor.script.pin is None and not cursor.text.startswith("(", begin):
            yield part.span, "an expression in an index stands in parentheses of its own", MYSQL_SYNTAX, ()
        else:
            reason = "indexes on expressions came with MySQL 8.0.13, and MariaDB has none"
            yield part.span, reason, MYSQL_SYNTAX, (Servers("mysql", None, (8, 0, 13)), Servers("mariadb"))
            yield from of_expression(part, automatic)


def _added_auto(fact: AddColumn, statement: list[Fact]) -> Iterator[Found]:
    """A column that is added with AUTO_INCREMENT is a key by the end of the statement. Where the old one of its name goes, the
    replay knows whether that was one."""
    if not fact.column.identity or fact.primary_key is not None or fact.uniques:
        return
    again = any(isinstance(other, DropColumn) and other.column == fact.column.name for other in statement)
    if not again and not any(isinstance(other, CreateIndex | AddConstraint | Opaque) for other in statement):
        yield fact.column.span, "a column with AUTO_INCREMENT must be a key", _ONE_AUTO, ()


def _auto(cursor: Cursor, table: CreateTable) -> Iterator[Found]:
    """An AUTO_INCREMENT column is the only one, and a key. (MyISAM lets it come second in the key.)"""
    automatic = [column for column in table.columns if column.identity]
    if not automatic:
        return
    keys: list[tuple[Name | None, ...]] = [table.primary_key.columns] if table.primary_key is not None else []
    keys += [unique.columns for unique in table.uniques]
    keys += [tuple(part.column for part in index.parts) for index in table.indexes]
    keyed, leading = {name for key in keys for name in key}, {key[0] for key in keys}
    words = _ONE_AUTO
    if len(automatic) > 1:
        first, second = automatic[:2]
        yield second.span, f"{first.name} is AUTO_INCREMENT already, and a table has only one such column", words, ()
    elif automatic[0].name not in keyed:
        yield automatic[0].span, "a column with AUTO_INCREMENT must be a key", words, ()
    elif automatic[0].name not in leading and {token[1] for token in cursor.tokens}.isdisjoint(("ENGINE", "TYPE")):
        yield automatic[0].span, "InnoDB wants a column with AUTO_INCREMENT to come first in a key", words, ()


_NULL = re.compile(r"\S+ (?:\S+ )+?(?<!NOT )(?<!SET )(?<!IS )NULL ")


def _nullable_key(cursor: Cursor, table: CreateTable) -> Iterator[Found]:
    """A column of a primary key that is called NULL, or is so by its default. In the column itself a pattern sees it."""
    key = table.primary_key
    if key is None or not any(_called_null(cursor, table, name) for name in key.columns):
        return
    made = layout(cursor, [token[1] for token in cursor.tokens])
    named = {column.span.start - cursor.script.base: column for column in table.columns if column.name in key.columns}
    for start, end in made.columns:
        column = named.get(cursor.tokens[start][2])
        text = phrase(cursor.tokens, made.partners, start, end).text
        if column is not None and _NULL.match(text) and "PRIMARY KEY" not in text:
            words = "All parts of a PRIMARY KEY must be NOT NULL; if you need NULL in a key, use UNIQUE instead (1171)"
            yield column.span, "a primary key cannot be NULL", words, (Servers("mysql", (5, 7, 3)),)


def _called_null(cursor: Cursor, table: CreateTable, name: Name) -> bool:
    """Whether NULL may stand in a column's definition, other than in NOT NULL: most need no closer look."""
    at = next((at for at, column in enumerate(table.columns) if column.name == name), None)
    if at is None or cursor.script.pin is not None:
        return False
    start = table.columns[at].span.start - cursor.script.base
    last = cursor.tokens[-1][3]
    stop = table.columns[at + 1].span.start - cursor.script.base if at + 1 < len(table.columns) else last
    text = cursor.text[start:stop].upper()
    return text.count("NULL") > text.count("NOT NULL")


_CHECKED = (Servers("mysql", (8, 0, 16)), Servers("mariadb", (10, 2, 1)))


def _wrong_names(table: CreateTable) -> Iterator[Found]:
    """Names that are too long, and a blank at the end of one."""
    name = table.table.name.text
    if len(name) > LONGEST_NAME:
        yield table.span, f"a name has at most {LONGEST_NAME} characters", "", ()
    elif name.endswith(" "):
        yield table.span, "no name ends with a blank", f"Incorrect table name '{name}' (1103)", ()
    for check in table.checks:
        if check.name is not None and len(check.name.text) > LONGEST_NAME:
            words = f"Identifier name '{check.name.text}' is too long (1059)"
            yield check.span, f"a name has at most {LONGEST_NAME} characters", words, _CHECKED


def _names_twice(table: CreateTable) -> Iterator[Found]:
    """Two keys of one name, and a key that is called PRIMARY."""
    seen: set[str] = set()
    both: tuple[UniqueConstraint | Index, ...] = (*table.uniques, *table.indexes)
    for key in sorted(both, key=lambda one: one.span.start):
        if key.name is None:
            continue
        if key.name.key in seen:
            yield key.span, f"two keys are called {key.name}", f"Duplicate key name '{key.name.text}' (1061)", ()
        elif key.name.key == "primary":
            yield (
                key.span,
                "only the primary key is called PRIMARY",
                f"Incorrect index name '{key.name.text}' (1280)",
                (),
            )
        elif len(key.name.text) > 64:
            words = f"Identifier name '{key.name.text}' is too long (1059)"
            yield key.span, "a name has at most 64 characters", words, ()
        seen.add(key.name.key)


def _long_keys(cursor: Cursor, table: CreateTable) -> Iterator[Found]:
    """TEXT and BLOB in a key need the length that is indexed. MariaDB asks for it in a primary key only."""
    yield from _json_keys(table)
    large = {column.name: column for column in table.columns if _large(column)}
    if not large:
        return
    key = table.primary_key
    if key is not None and not prefixed(cursor):
        for name in key.columns:
            if (column := large.get(name)) is not None:
                yield column.span, f"{_type(column)} in a key needs a length", _words(column), ()
    for unique in table.uniques:
        for name in unique.columns:
            if (column := large.get(name)) is not None:
                yield column.span, f"{_type(column)} in a key needs a length", _words(column), MYSQL
    for index in table.indexes:
        if index.method in ("fulltext", "spatial"):
            continue
        for part in index.parts:
            column = large.get(part.column) if part.column is not None else None
            if column is not None and part.prefix is None:
                yield part.span, f"{_type(column)} in a key needs a length", _words(column), MYSQL


def _json_keys(table: CreateTable) -> Iterator[Found]:
    """MySQL indexes no JSON at all; that of MariaDB is a text."""
    documents = {
        column.name for column in table.columns if column.type is not None and column.type.family is Family.JSON
    }
    if not documents:
        return
    keys = [(table.primary_key.span, table.primary_key.columns)] if table.primary_key is not None else []
    keys += [(unique.span, unique.columns) for unique in table.uniques]
    keys += [
        (index.span, tuple(part.column for part in index.parts if part.column is not None)) for index in table.indexes
    ]
    for span, columns in keys:
        name = next((name for name in columns if name in documents), None)
        if name is not None:
            words = f"JSON column '{name.text}' supports indexing only via generated columns on a specified JSON path. (3152)"
            yield span, f"{name} is JSON, which has no index: one on a generated column does it", words, MYSQL


def _large(column: Column) -> bool:
    kind = column.type
    return (
        kind is not None
        and kind.family in (Family.TEXT, Family.BINARY)
        and kind.name.lower().endswith(("text", "blob"))
    )


def _type(column: Column) -> str:
    return column.type.name.upper() if column.type is not None else ""


def _words(column: Column) -> str:
    return f"BLOB/TEXT column '{column.name.text}' used in key specification without a key length (1170)"
