"""SL513 new-enum-value. Docs and tests: rules/SL513-new-enum-value.md"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from schemalint.model.facts import AddColumn, AddConstraint, AlterColumn, CreateIndex, CreateTable, Fact
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import Name, TableName
from schemalint.model.objects import AddEnumValue, CreateEnum, RenameType, Transaction
from schemalint.model.schema import Check, Expr
from schemalint.model.source import Script, Source
from schemalint.model.span import Span
from schemalint.rules import Rule, rule

_AT_ONCE = frozenset({"dbmate", "diesel", "prisma", "sqlx"})
"""Tools that send a way as one command: the server makes a transaction of its statements
(https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-MULTI-STATEMENT)."""
_OPTION = frozenset({"golang-migrate"})
"""Tools that do so unless an option of the connection has the statements sent one by one."""

_Types = dict[tuple[TableName, Name], str]


@rule("SL513", "new-enum-value", severity=Severity.ERROR, on=Source)
def check(self: Rule, source: Source) -> Iterator[Finding]:
    if source.dialect != "postgres":
        return
    types: _Types = {}
    known: set[tuple[str, str]] = set()
    for script in source.scripts:
        severity = _together(source.parser, script)
        judged = severity is not None and not any(isinstance(fact, Transaction | RenameType) for fact in script.facts)
        yield from _judge(self, source, script, severity if judged else None, types, known)


def _together(tool: str, script: Script) -> Severity | None:
    """How certain it is that the statements of a script are one transaction; None where they are not known to be."""
    if script.transactional and tool not in _OPTION:
        return Severity.ERROR
    told = len({fact.statement for fact in script.facts})
    if max(told, script.statements or 0) < 2:
        return None
    if tool in _OPTION:
        return Severity.WARNING if script.transactional else None
    return Severity.ERROR if tool in _AT_ONCE else None


def _judge(
    self: Rule,
    source: Source,
    script: Script,
    severity: Severity | None,
    types: _Types,
    known: set[tuple[str, str]],
) -> Iterator[Finding]:
    """Goes through a script; `types` are the user types of columns, `known` the values of enumerations so far."""
    made: set[str] = set()
    added: dict[tuple[str, str], AddEnumValue] = {}
    for fact in script.facts:
        certain = fact.guard is None or not fact.guard.conditional
        if isinstance(fact, CreateEnum):
            made.add(fact.name.name.key)
            known |= {(fact.name.name.key, value) for value in fact.values or ()}
        elif isinstance(fact, AddEnumValue):
            one = (fact.name.name.key, fact.value)
            if certain and one not in known and one[0] not in made:
                added[one] = fact
            known.add(one)
        _keep(fact, types)
        for (type_, value), adds in added.items() if severity is not None and certain else ():
            place = next(_uses(fact, type_, value, types), None)
            if place is not None:
                yield self.finding(
                    f"{value} is used in the transaction that adds it to {type_}: PostgreSQL refuses that",
                    Location(place, "used before it is committed"),
                    Location(adds.span, "added here"),
                    severity=severity,
                    help=f"add the value in a migration of its own that runs before {script.label}",
                    notes=(f'PostgreSQL: unsafe use of new value "{value}" of enum type {type_} (55P04)',),
                    table=getattr(fact, "table", None),
                    object=f"{type_}.{value}",
                    sources=(source.id,),
                )
                return


def _keep(fact: Fact, types: _Types) -> None:
    """Notes the user types of the columns that a fact makes or changes."""
    if isinstance(fact, CreateTable):
        columns = [(column.name, column.type) for column in fact.columns]
    elif isinstance(fact, AddColumn):
        columns = [(fact.column.name, fact.column.type)]
    elif isinstance(fact, AlterColumn) and fact.type is not None:
        columns = [(fact.column, fact.type)]
    else:
        return
    for name, kind in columns:
        types[(fact.table, name)] = (
            "" if kind is None or kind.user_type is None else kind.user_type.replace('"', "").rpartition(".")[2]
        )


def _uses(fact: Fact, type_: str, value: str, types: Mapping[tuple[TableName, Name], str]) -> Iterator[Span]:
    """Where a fact takes the value for one of the enumeration."""
    if not isinstance(fact, AlterColumn | AddColumn | CreateTable | CreateIndex | AddConstraint):
        return
    table = fact.table

    def is_it(column: Name) -> bool:
        return types.get((table, column)) == type_

    if isinstance(fact, AlterColumn) and fact.default is not None and is_it(fact.column):
        yield from [fact.span] if _is_literal(fact.default, value) else ()
    elif isinstance(fact, AddColumn | CreateTable):
        for column in (fact.column,) if isinstance(fact, AddColumn) else fact.columns:
            if column.default is not None and is_it(column.name) and _is_literal(column.default, value):
                yield column.span
    if isinstance(fact, CreateIndex) and fact.index.where is not None:
        names = [name.text for name, _ in fact.index.where_mentions if is_it(name)]
        yield from [fact.span] if _compares(fact.index.where, type_, value, names) else ()
    elif isinstance(fact, AddConstraint) and isinstance(fact.constraint, Check):
        names = [name.text for name, _ in fact.constraint.mentions if is_it(name)]
        yield from [fact.constraint.span] if _compares(fact.constraint.expr, type_, value, names) else ()


def _is_literal(default: Expr, value: str) -> bool:
    return default.raw.lstrip().startswith("'" + value.replace("'", "''") + "'")


def _compares(expr: Expr, type_: str, value: str, columns: list[str]) -> bool:
    """Whether the value is cast to the enumeration, or compared with a column of it."""
    literal = re.escape("'" + value.replace("'", "''") + "'")
    if re.search(rf'{literal}\s*::\s*(?:\w+\.|"\w+"\.)?"?{re.escape(type_)}"?(?!\w)', expr.raw, re.I):
        return True
    return any(
        re.search(rf'(?<!\w)"?{re.escape(name)}"?\s*(?:=|<>|!=)\s*{literal}(?!\s*::)', expr.raw) for name in columns
    )
