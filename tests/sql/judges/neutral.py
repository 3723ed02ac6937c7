"""What a statement says, in lines that belong to no parser: `ours` writes our facts so, each judge its own tree.

`Words` is what differs between judges: how an expression and a type are spelled, so that ours are put into the judge's own
spelling before they are compared. Names stand as the database resolves them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from schemalint.model import facts, objects
from schemalint.model.facts import Fact
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Check, Column, ForeignKey, Index, PrimaryKey, UniqueConstraint
from schemalint.model.span import SourceFile
from schemalint.sql import read


@dataclass(frozen=True)
class Words:
    """`expression` and `type` turn our text into what the judge makes of the same text."""

    expression: Callable[[str], str]
    type: Callable[[str], str]


# The lines, each made in one place so that two sides can only differ in what they say.


def create_table(table: str, columns: Iterable[str], if_not_exists: bool, temporary: bool) -> str:
    flags = _flags(if_not_exists=if_not_exists, temporary=temporary)
    return f"create table {table} ({', '.join(columns)}){flags}"


def column(
    name: str,
    type_: str | None,
    nullable: bool | None,
    default: str | None = None,
    identity: bool = False,
    generated: str | None = None,
    collation: str | None = None,
) -> str:
    """A column without its table; `type_` None where none is written, `nullable` None where its type says it."""
    text = f"{name} {type_ or '-'} {'null?' if nullable is None else 'null' if nullable else 'not null'}"
    text += f" default {default}" if default is not None else ""
    text += " identity" if identity else ""
    text += f" generated {generated}" if generated is not None else ""
    return text + (f" collate {collation}" if collation else "")


def primary_key(name: str | None, columns: Iterable[str]) -> str:
    return f"primary key {name or '-'} ({', '.join(columns)})"


def unique(name: str | None, columns: Iterable[str]) -> str:
    return f"unique {name or '-'} ({', '.join(columns)})"


def check(name: str | None, expression: str) -> str:
    return f"check {name or '-'} {expression}"


def foreign_key(
    name: str | None,
    columns: Iterable[str],
    target: str,
    wanted: Iterable[str],
    on_delete: str | None,
    on_update: str | None,
) -> str:
    """NO ACTION, which is also what silence means, is not written."""
    text = f"foreign key {name or '-'} ({', '.join(columns)}) to {target} ({', '.join(wanted)})"
    text += f" on delete {on_delete.lower()}" if on_delete and on_delete != "NO ACTION" else ""
    return text + (f" on update {on_update.lower()}" if on_update and on_update != "NO ACTION" else "")


def part(name: str | None, expression: str | None, descending: bool, prefix: int | None = None) -> str:
    text = name if name is not None else "{" + str(expression) + "}"
    return text + (f"({prefix})" if prefix else "") + (" desc" if descending else "")


def index(
    name: str | None, parts: Iterable[str], unique_: bool, method: str | None, include: Iterable[str], where: str | None
) -> str:
    text = f"index {name or '-'} ({', '.join(parts)}){_flags(unique=unique_)}"
    text += f" using {method}" if method and method != "btree" else ""
    included = ", ".join(include)
    text += f" include ({included})" if included else ""
    return text + (f" where {where}" if where is not None else "")


def drop(kind: str, name: str, if_exists: bool = False, cascade: bool = False) -> str:
    return f"drop {kind} {name}{_flags(if_exists=if_exists, cascade=cascade)}"


def rename(kind: str, name: str, new: str) -> str:
    return f"rename {kind} {name} to {new}"


def _flags(**flags: bool) -> str:
    return "".join(f" [{flag.replace('_', ' ')}]" for flag, on in flags.items() if on)


SHAPED_ELSEWHERE = "columns of another table or query"
"""A judge's word for LIKE, INHERITS, PARTITION OF, OF and AS: how the reader says so is not compared."""


def ours(sql: str, dialect: str, words: Words) -> list[str]:
    """The facts of one statement as lines. What we could not read is a line too."""
    reading = read(SourceFile("statement.sql", sql), dialect)
    return [line for fact in reading.facts for line in _lines(fact, words)]


def _lines(fact: Fact, words: Words) -> Iterator[str]:
    match fact:
        case facts.CreateTable():
            table = fact.table.key
            yield create_table(table, _keys(c.name for c in fact.columns), fact.if_not_exists, fact.temporary)
            yield from (f"{table}: column {_column(one, words)}" for one in fact.columns)
            yield from (f"{table}: {line}" for line in _keyed(fact, words))
            yield from (f"{table}: {_index(one, words)}" for one in fact.indexes)
            if fact.unread:
                yield f"{table}: unread"
        case facts.AddColumn():
            table = fact.table.key
            yield (
                _on(table, f"add {_column(fact.column, words)}", fact.table_if_exists)
                + _flags(if_not_exists=fact.if_not_exists, first=fact.first)
                + (f" [after {fact.after.key}]" if fact.after else "")
            )
            yield from (f"{table}: {line}" for line in _keyed(fact, words))
        case facts.AlterColumn():
            changes = _changes(fact, words)
            yield from (_on(fact.table.key, f"alter {change}", fact.table_if_exists) for change in changes)
        case facts.AddConstraint():
            line = _constraint(fact.constraint, words)
            if line is not None:
                line += f" by index {fact.using_index.key}" if fact.using_index else ""
                yield _on(fact.table.key, line, fact.table_if_exists) + _flags(if_not_exists=fact.if_not_exists)
        case facts.CreateIndex():
            line = f"{fact.table.key}: {_index(fact.index, words)}"
            yield line + _flags(if_not_exists=fact.if_not_exists, concurrently=fact.concurrently)
        case facts.DropConstraint():
            kind = fact.kind or "constraint"
            line = drop(kind, fact.name.key if fact.name else "-", fact.if_exists, fact.cascade)
            yield _on(fact.table.key, line, fact.table_if_exists)
        case facts.DropColumn():
            line = drop("column", fact.column.key, fact.if_exists, fact.cascade)
            yield _on(fact.table.key, line, fact.table_if_exists)
        case facts.RenameColumn():
            yield _on(fact.table.key, rename("column", fact.column.key, fact.new.key), fact.table_if_exists)
        case facts.RenameConstraint():
            yield _on(fact.table.key, rename("constraint", fact.name.key, fact.new.key), fact.table_if_exists)
        case _:
            yield from _short(fact)


def _short(fact: Fact) -> Iterator[str]:
    """Facts of one line. Kinds that no judge is asked about (triggers, functions, data) give none."""
    match fact:
        case facts.DropTable():
            yield drop("table", fact.table.key, fact.if_exists, fact.cascade)
        case facts.RenameTable():
            yield rename("table", fact.table.key, fact.new.key) + _flags(if_exists=fact.if_exists)
        case facts.DropIndex():
            name = fact.name.key + (f" on {fact.table.key}" if fact.table else "")
            yield drop("index", name, fact.if_exists, fact.cascade)
        case facts.RenameIndex():
            name = fact.name.key + (f" on {fact.table.key}" if fact.table else "")
            yield rename("index", name, fact.new.key) + _flags(if_exists=fact.if_exists)
        case objects.CreateEnum():
            values = "" if fact.values is None else f" {fact.values!r}"
            yield f"create type {fact.name.key}{values}{_flags(if_not_exists=fact.if_not_exists)}"
        case objects.AddEnumValue():
            yield f"add value {fact.value!r} to {fact.name.key}{_flags(if_not_exists=fact.if_not_exists)}"
        case objects.RenameEnumValue():
            yield f"{fact.name.key}: {rename('value', repr(fact.value), repr(fact.new))}"
        case objects.RenameType():
            yield rename("type", fact.name.key, fact.new.key)
        case objects.DropType():
            yield drop("type", fact.name.key, fact.if_exists, fact.cascade)
        case objects.CreateView():
            flags = _flags(materialized=fact.materialized, or_replace=fact.or_replace, if_not_exists=fact.if_not_exists)
            yield f"create view {fact.name.key}{flags}"
        case objects.DropView():
            yield drop("view", fact.name.key, fact.if_exists, fact.cascade)
        case facts.Comment():
            yield f"comment {fact.table.key}" + (f" {fact.column.key}" if fact.column else "")
        case facts.Invalid(only=()):  # others depend on the server's version, which parsers do not know
            yield f"invalid: {fact.reason}"
        case facts.Opaque():
            touches = "anything" if fact.touches is None else ", ".join(table.key for table in fact.touches)
            yield f"unread, touches {touches}"


def _on(table: str, line: str, if_exists: bool) -> str:
    return f"{table}: {line}{_flags(table_if_exists=if_exists)}"


def _keys(names: Iterable[Name]) -> list[str]:
    return [name.key for name in names]


def _column(one: Column, words: Words) -> str:
    return column(
        one.name.key,
        None if one.type is None else words.type(one.type.name),
        one.nullable,
        None if one.default is None else words.expression(one.default.raw),
        bool(one.identity),
        None if one.generated is None else words.expression(one.generated.raw),
        one.collation,
    )


def _changes(fact: facts.AlterColumn, words: Words) -> Iterator[str]:
    name = fact.column.key
    if fact.replacement is not None:
        yield f"{name} into {_column(fact.replacement, words)}"
    if fact.type is not None:
        yield f"{name} type {words.type(fact.type.name)}"
    if fact.nullable is not None:
        yield f"{name} {'null' if fact.nullable else 'not null'}"
    if fact.default is not None:
        yield f"{name} default {words.expression(fact.default.raw)}"
    if fact.drop_default:
        yield f"{name} no default"
    if fact.identity is not None:
        yield f"{name} {'identity' if fact.identity else 'no identity'}"
    if fact.drop_generated:
        yield f"{name} no expression"


def _keyed(fact: facts.CreateTable | facts.AddColumn, words: Words) -> Iterator[str]:
    made = [fact.primary_key, *fact.uniques, *fact.foreign_keys, *fact.checks]
    yield from (line for one in made if one is not None and (line := _constraint(one, words)) is not None)


def _constraint(one: object, words: Words) -> str | None:
    match one:
        case PrimaryKey():
            return primary_key(_key(one.name), _keys(one.columns))
        case UniqueConstraint():
            return unique(_key(one.name), _keys(one.columns))
        case ForeignKey():
            columns, wanted = _keys(one.columns), _keys(one.ref_columns)
            return foreign_key(_key(one.name), columns, one.ref_table.key, wanted, one.on_delete, one.on_update)
        case Check():
            return check(_key(one.name), words.expression(one.expr.raw))
    return None


def _index(one: Index, words: Words) -> str:
    parts = [
        part(_key(p.column), p.expr and words.expression(p.expr.raw), bool(p.descending), p.prefix) for p in one.parts
    ]
    where = None if one.where is None else words.expression(one.where.raw)
    return index(_key(one.name), parts, one.unique, one.method, _keys(n for n, _ in one.include), where)


def _key(name: Name | TableName | None) -> str | None:
    return None if name is None else name.key
