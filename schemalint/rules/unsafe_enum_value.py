"""SL513 unsafe-enum-value. Docs and tests: rules/SL513-unsafe-enum-value.md"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from schemalint.model.facts import (
    AddColumn,
    AlterColumn,
    CreateTable,
    DropTable,
    Fact,
    RenameColumn,
    RenameTable,
    Servers,
)
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import Name, TableName
from schemalint.model.objects import AddEnumValue, CreateEnum, Transaction, Write
from schemalint.model.schema import Column
from schemalint.model.source import Script, Source
from schemalint.rules import Rule, rule

_AT_ONCE = frozenset({"dbmate", "diesel", "sqlx"})
"""Tools that send a script as one command, which the server takes for a transaction."""
_MAY_SPLIT = frozenset({"golang-migrate"})
"""Such a tool, whose connection has an option to send the statements one by one."""
_OLD = (Servers("postgres", None, (12,)),)
"""They take no new value in a transaction at all, which is SL510's."""
_TEXT = re.compile(r"'((?:[^']|'')*)'\s*(?:::\s*([\w\".]+)\s*)?")

Types = dict[tuple[TableName, Name], str]
"""The user-defined types of columns, as far as they are certain."""


@rule("SL513", "unsafe-enum-value", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    if source.dialect != "postgres" or (source.server is not None and source.server.is_one_of(_OLD)):
        return
    if not any(isinstance(fact, AddEnumValue) for fact in source.facts):
        return
    types: Types = {}
    for script in source.scripts:
        at_once = script.transactional or source.parser in _AT_ONCE
        yield from _judge(self, source, script, types, bool(at_once))


def _judge(self: Rule, source: Source, script: Script, types: Types, at_once: bool) -> Iterator[Finding]:
    made: set[TableName] = set()  # in the transaction under way
    fresh: dict[tuple[str, str], AddEnumValue] = {}
    begun = False
    for fact in script.facts:
        if isinstance(fact, Transaction):
            begun = fact.verb == "BEGIN"
            fresh.clear()
            made.clear()
        elif isinstance(fact, CreateEnum):
            made.add(fact.name)
        elif isinstance(fact, AddEnumValue) and (at_once or begun) and fact.name not in made:
            if not (fact.guard and fact.guard.conditional):
                fresh[fact.name.key, fact.value] = fact
        elif fresh:
            for type_, value, column in _used(fact, types):
                added = fresh.get((type_, value))
                if added is not None and not (fact.guard and fact.guard.conditional):
                    yield _finding(self, source, fact, added, column)
                    break
        _learn(types, fact)


def _finding(self: Rule, source: Source, fact: Fact, added: AddEnumValue, column: Name) -> Finding:
    split = source.parser in _MAY_SPLIT
    return self.finding(
        f"the new value '{added.value}' of {added.name} is used in the transaction that adds it, for {column}",
        Location(fact.span, "used here"),
        Location(added.span, "added here, and not committed yet"),
        severity=Severity.WARNING if split else Severity.ERROR,
        help="use the value in a later migration than the one that adds it",
        notes=(f'PostgreSQL: unsafe use of new value "{added.value}" of enum type {added.name} (55P04)',),
        table=getattr(fact, "table", None),
        column=column,
        object=added.value,
        sources=(source.id,),
    )


def _used(fact: Fact, types: Types) -> Iterator[tuple[str, str, Name]]:
    """The values of enumerations that a statement certainly names, each with its type and the column that it is for."""
    match fact:
        case CreateTable(columns=columns):
            yield from _defaults(columns)
        case AddColumn(column=column):
            yield from _defaults((column,))
        case AlterColumn(table=table, column=name, default=default) if default is not None:
            yield from _named(default.raw, types.get((table, name)), name)
        case Write(verb="UPDATE", table=table, values=values):
            for name, raw in values:
                yield from _named(raw, types.get((table, name)), name)
        case _:
            return


def _defaults(columns: Iterable[Column]) -> Iterator[tuple[str, str, Name]]:
    for column in columns:
        if column.default is not None and column.type is not None:
            yield from _named(column.default.raw, column.type.user_type, column.name)


def _named(raw: str, type_: str | None, name: Name) -> Iterator[tuple[str, str, Name]]:
    match = _TEXT.fullmatch(raw.strip())
    if match is not None and type_ is not None and (match[2] is None or match[2].strip('"').lower() == type_):
        yield type_, match[1].replace("''", "'"), name


def _learn(types: Types, fact: Fact) -> None:
    """What a statement says of the types of columns."""
    match fact:
        case CreateTable(table=table, columns=columns):
            for column in columns:
                _keep(types, table, column.name, column)
        case AddColumn(table=table, column=column):
            _keep(types, table, column.name, column)
        case AlterColumn(table=table, column=name, type=type_) if type_ is not None:
            types.pop((table, name), None)
            if type_.user_type is not None:
                types[table, name] = type_.user_type
        case RenameColumn(table=table, column=name):
            types.pop((table, name), None)
        case DropTable(table=table) | RenameTable(table=table):
            for key in [key for key in types if key[0] == table]:
                del types[key]
        case _:
            return


def _keep(types: Types, table: TableName, name: Name, column: Column) -> None:
    types.pop((table, name), None)
    if column.type is not None and column.type.user_type is not None:
        types[table, name] = column.type.user_type
