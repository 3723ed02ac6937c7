"""SL513 unsafe-enum-value. Docs and tests: rules/SL513-unsafe-enum-value.md"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateIndex,
    CreateTable,
    DropTable,
    Fact,
    RenameColumn,
    RenameTable,
    Servers,
)
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import Name, TableName
from schemalint.model.objects import AddEnumValue, CreateEnum, RenameType, Transaction, Write
from schemalint.model.schema import Check, Column, Expr
from schemalint.model.source import Script, Source
from schemalint.model.span import Span
from schemalint.rules import Rule, rule

_AT_ONCE = frozenset({"dbmate", "diesel", "prisma", "sqlx"})
"""Tools that send a script as one command: the server makes a transaction of its statements
(https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT)."""
_MAY_SPLIT = frozenset({"golang-migrate"})
"""Such a tool, whose connection has an option to send the statements one by one."""
_OLD = (Servers("postgres", None, (12,)),)
"""They take no new value in a transaction at all, which is SL510's."""

_Types = dict[tuple[TableName, Name], str]
"""The user-defined types of columns, as far as they are certain."""


@rule("SL513", "unsafe-enum-value", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    if source.dialect != "postgres" or (source.server is not None and source.server.is_one_of(_OLD)):
        return
    if not any(isinstance(fact, AddEnumValue) for fact in source.facts):
        return
    types: _Types = {}
    known: set[tuple[str, str]] = set()
    for script in source.scripts:
        yield from _judge(self, source, script, types, known)


def _judge(self: Rule, source: Source, script: Script, types: _Types, known: set[tuple[str, str]]) -> Iterator[Finding]:
    """Goes through a script; `known` are the values of enumerations so far."""
    together = bool(script.transactional or source.parser in _AT_ONCE)
    made: set[str] = set()  # in the transaction under way
    fresh: dict[tuple[str, str], AddEnumValue] = {}
    for fact in script.facts:
        certain = fact.guard is None or not fact.guard.conditional
        if isinstance(fact, Transaction):
            together = fact.verb == "BEGIN"
            fresh.clear()
            made.clear()
        elif isinstance(fact, RenameType):
            fresh.clear()
        elif isinstance(fact, CreateEnum):
            made.add(fact.name.name.key)
            known |= {(fact.name.name.key, value) for value in fact.values or ()}
        elif isinstance(fact, AddEnumValue):
            one = (fact.name.name.key, fact.value)
            if together and certain and one not in known and one[0] not in made:
                fresh[one] = fact
            known.add(one)
        _learn(types, fact)
        for (type_, value), added in fresh.items() if certain else ():
            place = next(_uses(fact, type_, value, types), None)
            if place is not None:
                yield _finding(self, source, script, added, place, getattr(fact, "table", None))
                break


def _finding(
    self: Rule, source: Source, script: Script, added: AddEnumValue, place: Span, table: TableName | None
) -> Finding:
    split = source.parser in _MAY_SPLIT
    return self.finding(
        f"the new value '{added.value}' of {added.name} is used in the transaction that adds it",
        Location(place, "used here"),
        Location(added.span, "added here, and not committed yet"),
        severity=Severity.WARNING if split else Severity.ERROR,
        help=f"add the value in a migration of its own that runs before {script.label}",
        notes=(f'PostgreSQL: unsafe use of new value "{added.value}" of enum type {added.name} (55P04)',),
        table=table,
        object=f"{added.name}.{added.value}",
        sources=(source.id,),
    )


def _uses(fact: Fact, type_: str, value: str, types: Mapping[tuple[TableName, Name], str]) -> Iterator[Span]:
    """Where a statement certainly takes the value for one of the enumeration."""
    table: TableName | None = getattr(fact, "table", None)
    if table is None:
        return

    own = {name for of, name in types if of == table and types[of, name] == type_}

    def of_type(mentions: tuple[tuple[Name, Span], ...]) -> list[str]:
        return [name.text for name, _ in mentions if name in own]

    match fact:
        case CreateTable(columns=columns):
            yield from (one.span for one in columns if _is_default(one, type_, value))
        case AddColumn(column=column) if _is_default(column, type_, value):
            yield column.span
        case AlterColumn(column=name, default=Expr() as default):
            if name in own and _is_value(default.raw, type_, value):
                yield fact.span
        case Write(verb="UPDATE", values=values):
            if any(name in own and _is_value(raw, type_, value) for name, raw in values):
                yield fact.span
        case CreateIndex(index=index) if index.where is not None:
            if _compares(index.where, type_, value, of_type(index.where_mentions)):
                yield fact.span
        case AddConstraint(constraint=Check() as constraint):
            if _compares(constraint.expr, type_, value, of_type(constraint.mentions)):
                yield constraint.span
        case _:
            return


def _is_default(column: Column, type_: str, value: str) -> bool:
    typed = column.type is not None and _plain(column.type.user_type) == type_
    return typed and column.default is not None and _is_value(column.default.raw, type_, value)


def _is_value(raw: str, type_: str, value: str) -> bool:
    """Whether an expression is the value and nothing else, perhaps with its type behind it."""
    return re.fullmatch(rf"{_literal(value)}(?:{_cast(type_)})?", raw.strip()) is not None


def _compares(expr: Expr, type_: str, value: str, columns: list[str]) -> bool:
    """Whether the value is cast to the enumeration, or compared with a column of it."""
    if re.search(rf"{_literal(value)}{_cast(type_)}(?!\w)", expr.raw):
        return True
    return any(
        re.search(rf'(?<!\w)"?{re.escape(name)}"?\s*(?:=|<>|!=)\s*{_literal(value)}(?!\s*::)', expr.raw)
        for name in columns
    )


def _literal(value: str) -> str:
    return re.escape("'" + value.replace("'", "''") + "'")


def _cast(type_: str) -> str:
    return rf'\s*::\s*(?:\w+\.|"\w+"\.)?"?(?i:{re.escape(type_)})"?'


def _learn(types: _Types, fact: Fact) -> None:
    """What a statement says of the types of columns."""
    match fact:
        case CreateTable(table=table, columns=columns):
            types.update({(table, column.name): _type(column) for column in columns})
        case AddColumn(table=table, column=column):
            types[table, column.name] = _type(column)
        case AlterColumn(table=table, column=name, type=type_) if type_ is not None:
            types[table, name] = _plain(type_.user_type)
        case RenameColumn(table=table, column=name):
            types.pop((table, name), None)
        case DropTable(table=table) | RenameTable(table=table):
            for key in [key for key in types if key[0] == table]:
                del types[key]
        case _:
            return


def _type(column: Column) -> str:
    return "" if column.type is None else _plain(column.type.user_type)


def _plain(user_type: str | None) -> str:
    """A type's own name, without its schema."""
    return "" if user_type is None else user_type.replace('"', "").rpartition(".")[2]
