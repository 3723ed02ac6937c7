"""A changeset's facts: its changes rendered for the server, read as SQL, and moved to where they stand in the changelog."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from schemalint.dialects import dialect as named
from schemalint.model.clauses import Guard
from schemalint.model.facts import Fact, Invalid, Opaque
from schemalint.model.frozen import frozen
from schemalint.model.source import Script
from schemalint.model.span import SourceFile, Span
from schemalint.parsers.liquibase.changelog import Step, Walk, label
from schemalint.parsers.liquibase.conditions import condition, runs_on
from schemalint.parsers.liquibase.databases import Database
from schemalint.parsers.liquibase.inverse import inverse
from schemalint.parsers.liquibase.nodes import Node
from schemalint.parsers.liquibase.render import NotKnown, statements
from schemalint.parsers.liquibase.texts import Chunk, Places, Sql, Text, part, said, stripped, verbatim
from schemalint.sql import read
from schemalint.sql.plain import decode, encode

_NO_CHANGES = frozenset(
    {
        "id", "author", "dbms", "context", "contextFilter", "labels", "runOnChange", "runAlways", "runInTransaction",
        "failOnError", "logicalFilePath", "ignore", "objectQuotingStrategy", "onValidationFail", "created", "runOrder",
        "runWith", "runWithSpoolFile", "filePath", "comment", "comments", "preConditions", "rollback", "validCheckSum",
        "modifySql", "splitStatements", "endDelimiter", "stripComments", "rollbackSplitStatements", "rollbackEndDelimiter",
    }
)  # fmt: skip
"""Children of a changeset that are no changes; attributes of formatted SQL that nobody knows are none, either."""
_SQL = frozenset({"sql", "sqlFile", "createProcedure", "createFunction", "createTrigger", "createPackage"})
_ROUTINES = _SQL - {"sql", "sqlFile"}
_LONE = re.compile(r"/|go", re.I)


@frozen
class Reader:
    """Reads changesets for one dialect."""

    walk: Walk
    dialect: str | None
    release: tuple[int, ...] | None

    @property
    def database(self) -> Database:
        return Database(self.dialect, self.release)

    def script(self, step: Step, others: Mapping[str, Step]) -> Script | None:
        """The script that a changeset is; None when it is not for this server."""
        path = step.path
        if step.why is not None:
            at = Span(path, *step.node.at)
            guard = None if step.doubt is None else Guard(step.doubt, True)
            return Script(path, said(step.node.get("file", "path")) or "?", (Opaque(at, at, step.why, None, guard),))
        runs, unknown = condition(step.node, self.dialect)
        if not runs:
            return None
        guard = self._guard(step, unknown)
        made = list(changes(step.node))
        facts = _guarded(self._changes(step, made), guard)
        back = self._back(step, others)
        down = None if back is None else _guarded(back, guard)
        wrapped = self._transactional(step.node.flag("runInTransaction") is not False)
        return Script(
            path,
            label(step),
            facts,
            down,
            None if down is None else path,
            transactional=wrapped,
            down_transactional=wrapped,
            statements=len(made),
        )

    def _transactional(self, wrapped: bool) -> bool | None:
        if not wrapped:
            return False
        return True if named(self.dialect).family in ("postgres", "sqlite", "tsql") else None

    def _guard(self, step: Step, unknown: tuple[int, int] | None) -> Guard | None:
        swallowed = step.node.child("failOnError") if step.node.flag("failOnError") is False else None
        handler = None if swallowed is None else Span(step.path, *swallowed.at)
        place = step.doubt or (None if unknown is None else Span(step.path, *unknown))
        if place is None and handler is None:
            return None
        return Guard(place or Span(step.path, *step.node.at), place is not None, handler)

    def _changes(self, step: Step, nodes: list[Node]) -> Iterator[Fact]:
        edits = [one for one in step.node.children if one.name == "modifySql"]
        mine = [one for one in edits if runs_on(one.says("dbms"), self.dialect) is not False]
        for node in nodes:
            if mine and any(child.name not in _NO_EDIT for one in mine for child in one.children):
                at = Span(step.path, *mine[0].at)
                yield Opaque(
                    at, Span(step.path, *node.whole), "modifySql changes what is sent in a way that is not read", None
                )
                continue
            yield from self._change(step, node, mine)

    def _change(self, step: Step, node: Node, edits: list[Node]) -> Iterator[Fact]:
        """The facts of one change."""
        if node.name in _SQL:
            yield from self._own_sql(step, node)
            return
        statement = Span(step.path, *node.whole)
        try:
            chunks = [chunk for sql in statements(node, self.database) for chunk in _ended(sql, edits)]
        except NotKnown as error:
            touches = None
            if error.table is not None:
                touches = (named(self.dialect).table_name(said(error.table), True),)
            yield Opaque(Span(step.path, *node.at), statement, error.why, touches)
            return
        for fact in self._read(step.path, tuple(chunks), statement):
            # Liquibase makes a table of SQLite anew where ALTER TABLE could not do it.
            if not (self.dialect == "sqlite" and isinstance(fact, Invalid)):
                yield fact

    def _own_sql(self, step: Step, node: Node) -> Iterator[Fact]:
        runs = runs_on(node.says("dbms"), self.dialect)
        if runs is False:
            return
        path, text = step.path, node.get("sql", "procedureText", "procedureBody") or node.value()
        if node.get("path") is not None:
            found = self.walk.logs.files.find(path, node.says("path"), node.flag("relativeToChangelogFile") is True)
            file = None if found is None else self.walk.logs.tree.file(found)
            if file is None or found is None:
                at = Span(path, *node.at)
                yield Opaque(at, at, f"{node.says('path')} is not in this project, so what it does is not known", None)
                return
            self.walk.used.setdefault(found, Span(path, *node.at))
            path, text = found, self.walk.parameters.text(step.path, verbatim(file.text, 0, len(file.text)))
        guard = Guard(Span(step.path, *node.at), True) if runs is None else None
        yield from _guarded(self._read(path, self._delimited(node, text), None), guard)

    def _delimited(self, node: Node, text: Text) -> Text:
        """SQL with its own end of statements, such that ours finds them."""
        stated = node.says("endDelimiter").replace("\\n", "").replace("\\r", "").strip()
        whole = node.flag("splitStatements") is False or node.name in _ROUTINES
        family = named(self.dialect).family
        at = text[0].start if text else node.at[0]
        if family == "mysql" and (whole or stated not in ("", ";")):
            mark = "$schemalint$" if whole else stated
            return (Chunk(f"DELIMITER {mark}\n", at, at), *text, Chunk(f"\n{mark}\n", at, at))
        if stated in ("", ";") or family == "tsql" or whole:
            return text
        pattern = rf"(?m)^[ \t]*{re.escape(stated)}[ \t\r]*$" if _LONE.fullmatch(stated) else re.escape(stated)
        found: list[Chunk] = []
        done = 0
        for match in re.finditer(pattern, said(text), re.I):
            found += (*part(text, done, match.start()), Chunk(";", *_edges(part(text, *match.span()))))
            done = match.end()
        return (*found, *part(text, done, len(said(text))))

    def _read(self, path: str, text: Text, statement: Span | None) -> Iterator[Fact]:
        """The facts of SQL that was put together; `statement` is the place of the whole where it is no SQL of a file."""
        sql = said(text)
        if not sql.strip():
            return
        places = Places(path, text)
        for fact in read(SourceFile(path, sql), self.dialect).facts:
            yield decode(places.moved(encode(fact), statement))

    def _back(self, step: Step, others: Mapping[str, Step]) -> list[Fact] | None:
        """The way back: as written, else as Liquibase makes it up; None where it refuses to go back."""
        stated = [one for one in step.node.children if one.name == "rollback"]
        if stated:
            return [fact for one in stated for fact in self._stated(step, one, others)]
        found: list[Fact] = []
        for node in reversed(list(changes(step.node))):
            taken = inverse(node)
            if taken is None:
                return None
            found += (fact for one in taken for fact in self._change(step, one, []))
        return found

    def _stated(self, step: Step, node: Node, others: Mapping[str, Step]) -> Iterator[Fact]:
        name = node.says("changeSetId", "changesetId")
        if name:
            other = others.get(f"{node.says('changeSetAuthor', 'changesetAuthor')}:{name}")
            if other is None:
                at = Span(step.path, *node.at)
                yield Opaque(at, at, f"the changeset {name} that this runs again was not found", None)
            else:
                yield from self._changes(other, list(changes(other.node)))
            return
        text = stripped(node.text or ())
        if said(text).lower() not in ("", "empty", "not required"):
            yield from self._read(step.path, self._delimited(_rollback_options(step.node), text), None)
        yield from self._changes(step, list(changes(node)))


_NO_EDIT = frozenset({"append", "prepend", "dbms", "context", "contextFilter", "labels", "applyToRollback"})


def changes(node: Node) -> Iterator[Node]:
    """The changes in a changeset or rollback."""
    for child in node.children:
        if child.name == "changes":
            yield from child.children
        elif child.name not in _NO_CHANGES and not (
            child.text is not None and not child.children and _is_option(child)
        ):
            yield child


def _is_option(node: Node) -> bool:
    """Whether a child with nothing but a value is an attribute, like those that only extensions know."""
    return node.name not in _SQL and node.name not in ("customChange", "createView")


def _rollback_options(node: Node) -> Node:
    """How the SQL of a rollback ends its statements, in formatted SQL."""
    names = {"rollbackSplitStatements": "splitStatements", "rollbackEndDelimiter": "endDelimiter"}
    own = [one for one in node.children if one.name in names]
    taken = [Node(names[one.name], one.at, one.whole, one.text) for one in own]
    return Node("sql", node.at, node.whole, None, taken)


def _ended(sql: Sql, edits: list[Node]) -> Iterator[Chunk]:
    """A statement with what modifySql puts around it, and its end."""
    for one in edits:
        yield from (chunk for child in one.children if child.name == "prepend" for chunk in _given(child))
    yield from (chunk for chunk in sql.chunks if chunk.text)
    for one in edits:
        yield from (chunk for child in one.children if child.name == "append" for chunk in _given(child))
    yield Chunk(";\n", *sql.whole)


def _given(node: Node) -> Text:
    child = node.child("value")
    return (child.text if child is not None else node.text) or ()


def _edges(text: Text) -> tuple[int, int]:
    return text[0].start, text[-1].end


def _guarded(facts: Iterable[Fact], guard: Guard | None) -> tuple[Fact, ...]:
    """Facts that a condition stands before, or whose failure is swallowed. What a server refuses is left out where the
    condition may be which server it is."""
    if guard is None:
        return tuple(facts)
    kept = (fact for fact in facts if not (guard.conditional and isinstance(fact, Invalid)))
    return tuple(fact if fact.guard is not None else replace(fact, guard=guard) for fact in kept)
