"""What migrations in JavaScript have in common, whatever their tool: where the ways up and back are, which object a call is made
on, what a test of the dialect decides, and the SQL that is handed over as text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from schemalint.dialects import dialect as named
from schemalint.discover import Tree
from schemalint.folders import aside
from schemalint.jssource.around import Around
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.files import CODE
from schemalint.jssource.here import Here
from schemalint.jssource.pieces import sent
from schemalint.jssource.running import Decide
from schemalint.jssource.textfiles import reading
from schemalint.jssource.values import Value
from schemalint.model.clauses import Guard
from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropConstraint,
    Fact,
    Invalid,
    Opaque,
    RenameColumn,
    RenameTable,
)
from schemalint.model.frozen import frozen
from schemalint.model.names import TableName
from schemalint.model.objects import RemakeTable, Write
from schemalint.model.source import Script
from schemalint.model.span import Span
from schemalint.sql import read_literal

SERVERS = {
    "postgres": "postgres",
    "postgresql": "postgres",
    "pg": "postgres",
    "mysql": "mysql",
    "mysql2": "mysql",
    "mariadb": "mariadb",
    "sqlite": "sqlite",
    "sqlite3": "sqlite",
    "better-sqlite3": "sqlite",
    "mssql": "tsql",
    "cockroachdb": "cockroachdb",
    "oracle": "oracle",
    "oracledb": "oracle",
}
"""What dialects, clients and drivers are called, and which server is meant."""
_LONGEST = 400
_DEEPEST = 12
_ASKED = {"dialect", "client", "type", "getDialect", "dialectName", "driverName"}
_BEARS = re.compile(r"(?is)(?:\s|--[^\n]*\n|/\*.*?\*/)*(?:CREATE|ALTER|DROP|RENAME|DO|BEGIN|EXEC|CALL|COMMENT|SET)\b")
_ON_TABLE = re.compile(r"(?i)\s*(?:ALTER\s+TABLE|DROP\s+TABLE)\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?([\"`]?)(\w+)\1\s")


class Unread(Exception):
    """A call whose arguments are not known. `table` is the one that it changes, as far as that is known."""

    def __init__(self, why: str, table: TableName | None = None) -> None:
        super().__init__(why)
        self.why, self.table = why, table

    def fact(self, call: Here) -> Opaque:
        """What is said of the call instead."""
        return Opaque(call.at(call.value["f"]).span, call.span, self.why, None if self.table is None else (self.table,))


def tool(name: str) -> Value:
    """The value that a parameter is given for an object of the tool."""
    return {"t": "tool", "v": name, "s": 0, "e": 0}


@frozen
class Receivers:
    """Finds out on which object of the tool a call is made. `members` says what further objects are had from one:
    ("queryInterface", "sequelize") → "sequelize"; a method that gives one is written with `()`."""

    evaluator: Evaluator
    members: Mapping[tuple[str, str], str]

    def of(self, here: Here, depth: int = 0) -> str | None:
        """The object of the tool that an expression is; None when it is none."""
        path: list[str] = []
        root = here
        for _ in range(_LONGEST):
            if root.kind == "mem":
                path.append(root.value["p"])
                root = root.at(root.value["o"])
            elif root.kind == "call" and root.value["f"]["t"] == "mem":
                path.append(root.value["f"]["p"] + "()")
                root = root.at(root.value["f"]["o"])
            else:
                break
        found = self.evaluator.follow(root) if root.kind in {"id", "imp", "tool", "param", "this", "at"} else root
        if found.kind == "tool":
            owner: str | None = str(found.value["v"])
        elif found.kind in {"mem", "call"} and depth < _DEEPEST:
            owner = self.of(found, depth + 1)
        else:
            return None
        for part in reversed(path):
            owner = None if owner is None else self.members.get((owner, part))
        return owner

    def called(self, call: Here) -> tuple[str, str] | None:
        """The object and the method of a call; None for a call of anything else."""
        callee = call.at(call.value["f"])
        if callee.kind != "mem":
            return None
        owner = self.of(callee.at(callee.value["o"]))
        return None if owner is None else (owner, str(callee.value["p"]))

    def handed(self, call: Here) -> bool:
        """Whether one of the tool's objects is handed on to a call."""
        return any(
            self.of(argument) is not None
            or (
                argument.kind == "obj"
                and any(isinstance(entry[3], dict) and self.of(argument.at(entry[3])) for entry in argument.value["p"])
            )
            for argument in call.arguments()
        )


def decider(evaluator: Evaluator, dialect: str | None) -> Decide:
    """Decides `sequelize.getDialect() === 'postgres'` and its like for a history of that dialect."""

    def is_one_of(asked: Here, names: list[str | None]) -> bool | None:
        if dialect is None or not _asks(asked) or None in names:
            return None
        spoken = {SERVERS.get(name or "", "") for name in names}
        if "" in spoken:
            return None
        if dialect == "mariadb" and len(spoken & {"mysql", "mariadb"}) == 1:
            return None  # a driver for MySQL reaches MariaDB as well
        return dialect in spoken

    def decide(found: Here) -> bool | None:
        value = found.value
        if found.kind == "bin" and value["op"] in {"===", "==", "!==", "!="}:
            sides = [found.at(value["l"]), found.at(value["r"])]
            texts = [evaluator.text(side) for side in sides]
            if (texts[0] is None) == (texts[1] is None):
                return None
            at = 0 if texts[0] is None else 1
            same = is_one_of(evaluator.follow(sides[at]), [texts[1 - at]])
            return None if same is None else same is (value["op"][0] == "=")
        if found.kind == "call" and value["f"].get("p") == "includes" and value["a"]:
            array = evaluator.follow(found.at(value["f"]["o"]))
            if array.kind == "arr":
                asked = evaluator.follow(found.arguments()[0])
                return is_one_of(asked, [evaluator.text(item) for item in array.arguments()])
        return None

    return decide


def _asks(found: Here) -> bool:
    value = found.value["f"] if found.kind == "call" else found.value
    return value["t"] == "mem" and value["p"] in _ASKED


def ways(evaluator: Evaluator, path: str) -> tuple[Here | None, Here | None]:
    """The functions `up` and `down` that a file exports."""
    whole = evaluator.exported(path, "default") or evaluator.exported(path, "*")
    found: list[Here | None] = []
    for name in ("up", "down"):
        way = evaluator.exported(path, name)
        if way is None or way.kind != "fn":
            entry = evaluator.entry(whole, name) if whole is not None and whole.kind == "obj" else None
            way = None if entry is None else evaluator.follow(entry.value)
        found.append(way if way is not None and way.kind == "fn" else None)
    return found[0], found[1]


def guarded(fact: Fact, guard: Guard | None) -> Fact:
    """A fact inside a block. A guard of its own (a DO block) stays, conditional where this one is."""
    if guard is None:
        return fact
    if fact.guard is None:
        return replace(fact, guard=guard)
    if guard.conditional and not fact.guard.conditional:
        return replace(fact, guard=replace(fact.guard, conditional=True))
    return fact


def inside(facts: Iterable[Fact], guard: Guard | None) -> Iterator[Fact]:
    """Facts of a call inside a block. Under a condition what this server refuses is meant for another one."""
    listed = tuple(facts)
    unsure = guard is not None and guard.conditional
    refused = {fact.statement for fact in listed if unsure and isinstance(fact, Invalid)}
    yield from (guarded(fact, guard) for fact in listed if fact.statement not in refused)


def sql(evaluator: Evaluator, tree: Tree, here: Here, dialect: str | None, statement: Span) -> Iterator[Fact]:
    """The facts of SQL that is handed over as text, at their places where it stands verbatim in the file or in one that is read
    for it; Opaque where it is computed and may change the schema."""
    found = evaluator.follow(here)
    if found.kind == "obj" and (inner := evaluator.entry(found, "query") or evaluator.entry(found, "sql")) is not None:
        found = evaluator.follow(inner.value)
    if found.kind == "str":
        text, start, end = found.value["v"], found.value["s"], found.value["e"]
        file = tree.file(found.path)
        if file is None:
            return
        verbatim = end - start == len(text) + 2 and file.text[start + 1 : end - 1] == text
        pin = None if verbatim else statement
        yield from read_literal(file, start + 1, text, dialect, pin).facts
        return
    text = reading(evaluator, found)
    if text is not None:
        yield from sent(text, statement, tree, dialect)
        return
    head = _head(evaluator, found)
    if head is not None and re.match(r"\s*\w+\s", head) and not _BEARS.match(head):
        return
    touches: tuple[TableName, ...] | None = None
    if head is not None and (told := _ON_TABLE.match(head)) is not None:
        touches = (named(dialect).table_name(told[2], bool(told[1])),)
    yield Opaque(here.span, statement, "SQL that is computed", touches)


def _head(evaluator: Evaluator, found: Here) -> str | None:
    """The known beginning of a text that is put together."""
    for _ in range(20):
        kind, value = found.kind, found.value
        if kind == "str":
            return str(value["v"])
        if kind == "tmpl" and value["a"]:
            first = value["a"][0]
            if isinstance(first, str):
                second = value["a"][1] if len(value["a"]) > 1 else None
                told = evaluator.text(found.at(second)) if isinstance(second, dict) else None
                rest = value["a"][2] if len(value["a"]) > 2 and isinstance(value["a"][2], str) else ""
                return first if told is None else first + told + rest
            found = evaluator.follow(found.at(first))
        elif kind == "bin" and value["op"] == "+":
            found = evaluator.follow(found.at(value["l"]))
        elif kind == "call" and value["f"]["t"] == "mem":
            found = evaluator.follow(found.at(value["f"]["o"]))
        else:
            return None
    return None


def left_out(span: Span, why: str, around: Around | None = None) -> Opaque:
    """A part of a migration that was not gone through: it may touch any table."""
    return Opaque(span, span, why, None, None if around is None else around.guard)


_MAKES = CreateTable | RenameTable
_TABLED = (
    AddColumn
    | AlterColumn
    | DropColumn
    | RenameColumn
    | CreateIndex
    | AddConstraint
    | DropConstraint
    | RenameTable
    | RemakeTable
    | Write
)
_MAKERS = (b".sync(", b"synchronize")


def with_what_was_there(scripts: list[Script], tree: Tree) -> list[Script]:
    """The scripts of a history, the first with what it finds: the tables that something else made before. Empty where nothing
    of it changes a schema."""
    if not any(script.facts for script in scripts):
        return []
    first = replace(scripts[0], facts=(*_made_elsewhere(scripts, tree), *scripts[0].facts))
    return [first, *scripts[1:]]


def _made_elsewhere(scripts: Sequence[Script], tree: Tree) -> tuple[Opaque, ...]:
    """The tables that a history changes and never makes, in a project whose ORM makes tables by itself at start: what they hold
    before the history is not known. Without such an ORM, a table that nothing makes is a mistake."""
    made: set[TableName] = set()
    found: dict[TableName, Fact] = {}
    for script in scripts:
        for fact in script.facts:
            if isinstance(fact, _TABLED) and fact.table not in made:
                found.setdefault(fact.table, fact)
            if isinstance(fact, _MAKES):
                made.add(fact.new if isinstance(fact, RenameTable) else fact.table)
    if not found or not any(_makes_tables(path, tree) for path in tree.paths):
        return ()
    why = "the table is made by something else before these migrations"
    return tuple(Opaque(fact.span, fact.statement, why, (table,)) for table, fact in found.items())


def _makes_tables(path: str, tree: Tree) -> bool:
    if not path.endswith(CODE) or aside(path):
        return False
    content = tree.read(path) or b""
    return any(word in content for word in _MAKERS)
