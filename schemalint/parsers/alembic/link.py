"""Revisions of a folder: their graph put into an order, their steps turned into facts."""

from __future__ import annotations

import re
import sys
from collections.abc import Container, Iterable, Iterator, Mapping
from functools import partial
from posixpath import dirname

from schemalint.dialects import dialect as dialect_named
from schemalint.loaded import absent
from schemalint.model.clauses import Guard
from schemalint.model.facts import AddColumn, CreateTable, Fact, Invalid, Opaque
from schemalint.model.frozen import replace
from schemalint.model.names import TableName
from schemalint.model.source import Fault, FaultKind, Part, Script, Source, SourceKind
from schemalint.model.span import Span
from schemalint.parsers import Extract, Project
from schemalint.parsers.alembic.batches import grouped, remake
from schemalint.parsers.alembic.conventions import convention_of, is_younger
from schemalint.parsers.alembic.engines import by_bind
from schemalint.parsers.alembic.execute import EXECUTES, Executes
from schemalint.parsers.alembic.faults import faults, too_long
from schemalint.parsers.alembic.helpers import Helpers
from schemalint.parsers.alembic.locations import kept
from schemalint.parsers.alembic.operation import Operation
from schemalint.parsers.alembic.operations import IGNORED, Operations
from schemalint.parsers.alembic.order import in_order, is_orphan
from schemalint.parsers.alembic.releases import before_2_1
from schemalint.parsers.alembic.revisions import Revision, folder_of, joined_of, revision_of
from schemalint.parsers.alembic.tenants import Tenants
from schemalint.parsers.alembic.textfiles import files_of
from schemalint.parsers.alembic.unwritable import Unwritable
from schemalint.pysource.columns import ColumnReader
from schemalint.pysource.naming import NO_CONVENTION, UNKNOWN_CONVENTION, Convention
from schemalint.pysource.nodes import Attr, Call, Const, Elsewhere, Node, Other, Ref, Text, node, span
from schemalint.pysource.resolve import External, Modules
from schemalint.pysource.sqltypes import TypeReader
from schemalint.pysource.tables import Builder
from schemalint.sql import mentioning
from schemalint.sql.refusals.pgvalues import of_default

_SCHEMA_WORDS = re.compile(
    r"create|drop|add|remove|rename|alter|upgrade|downgrade|migrate|apply|exec|run|table|column|index|constraint|enum",
    re.I,
)
_HARMLESS = frozenset(
    {"commit", "rollback", "close", "flush", "begin", "add", "add_all", "append", "extend", "update"}
    | {"info", "debug", "warning", "warn", "error", "print", "join", "pop", "items", "keys", "values"}
    | {"get", "query", "filter", "delete", "merge", "fetchall", "fetchone", "all", "first", "one"}
    | {"scalar_one", "refresh", "expire_all", "setdefault", "format", "strip", "split", "getLogger"}
    | {"sleep", "time", "now", "uuid4", "inspect", "loads", "dumps"}
)
_METADATA = re.compile(rb"^[ \t]*target_metadata\s*=\s*(?!None\b)", re.M)
_DATA_LIBRARIES = frozenset({"sqlalchemy", "sqlmodel", "geoalchemy2", "pgvector"})


def sources(extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
    """One source a versions folder; folders whose revisions follow each other are one history."""
    read = {path: extract for path, extract in extracts.items() if "graph" in extract}
    modules = Modules(project.tree, {path: extract for path, extract in read.items() if "module" in extract})
    places: dict[str, list[Revision]] = {}
    for path, extract in read.items():
        revision = revision_of(path, extract)
        if revision is not None:
            places.setdefault(dirname(path), []).append(revision)
    away = kept(places, project)
    everywhere = frozenset(each.name for place, known in places.items() if place not in away for each in known)
    folders: dict[str, list[Revision]] = {}
    for place, revisions in places.items():
        if place not in away:
            folders.setdefault(folder_of(revisions[0].path), []).extend(revisions)
    for folder, revisions in sorted(joined_of(folders).items()):
        graph = (*faults(revisions, extracts, everywhere, project), *too_long(revisions, extracts, project))
        for bind, known in by_bind({each.path: read[each.path] for each in revisions}):
            yield _history(folder, revisions, bind, known, modules, project, () if bind else graph)
    for place in sorted(away):
        known = {each.path: read[each.path] for each in places[place]}
        yield replace(_history(place, places[place], None, known, modules, project, ()), aside=True)


def _history(
    folder: str,
    revisions: list[Revision],
    bind: str | None,
    known: Mapping[str, Extract],
    modules: Modules,
    project: Project,
    graph: tuple[Fault, ...],
) -> Source:
    choice = project.dialect_of(folder)
    named = convention_of(modules, project, project.unit(folder))
    reader = _Reader(modules, choice.name, project, folder, tuple(known.values()), named)
    ordered = [(each, known[each.path]) for each in in_order(revisions)]
    scripts = tuple(reader.scripts(ordered))
    if is_younger(named, scripts):
        reader = _Reader(modules, choice.name, project, folder, tuple(known.values()), UNKNOWN_CONVENTION)
        scripts = tuple(reader.scripts(ordered))
    return Source(
        f"alembic:{folder or '.'}" + ("" if bind is None else f":{bind}"),
        SourceKind.MIGRATIONS,
        "alembic",
        folder,
        choice.name,
        choice.why,
        frozenset(Part),
        scripts,
        tuple(sorted({each.path for each in revisions} | files_of(scripts))),
        ignored=absent(scripts),
        faults=(*graph, *(fault for revision, extract in ordered for fault in reader.faults(revision, extract))),
        database=bind,
        any_schema=reader.operations.tenants.met or reader.translated,
    )


class _Reader:
    """Turns the steps of revisions into facts."""

    def __init__(
        self,
        modules: Modules,
        dialect: str | None,
        project: Project,
        folder: str,
        extracts: Iterable[Extract],
        convention: Convention,
    ) -> None:
        self.modules, self.dialect = modules, dialect
        types = TypeReader(modules, dialect, any_schema=True, always_creates=before_2_1(folder, project))
        columns = ColumnReader(types)
        builder = Builder(dialect, partial(mentioning, dialect), convention)
        tenants = Tenants(dialect_named(dialect).default_schemas, extracts)
        self.operations = Operations(columns, builder, tenants)
        self.executes = Executes(columns, builder, dialect, project.tree)
        self.helpers = Helpers(modules)
        self.engines: dict[TableName, set[str]] = {}  # which of several databases a table is made in
        text = _environment(project, folder)
        # `schema_translate_map` puts the tables of one schema into another, whether its name is written out or computed.
        self.translated = b"schema_translate_map" in text
        self.unwritable = Unwritable(
            self.operations,
            project.dialect_of(folder).why.startswith("configuration") or b"render_as_batch" in text,
            _METADATA.search(text) is not None,
        )
        self.transactional = dialect_named(dialect).family in ("postgres", "tsql") and _transactional(project, folder)

    def scripts(self, revisions: list[tuple[Revision, Extract]]) -> Iterator[Script]:
        """Every revision: all ways up are one run of Alembic, each way down is a run of its own."""
        names = {revision.name for revision, _ in revisions}
        ups = [
            (*self._before(revision, extract, names), *self._facts(revision.path, extract["up"]))
            for revision, extract in revisions
        ]
        for (revision, extract), up in zip(revisions, ups, strict=True):
            self.operations.start_run()
            down = None if extract["down"] is None else tuple(self._facts(revision.path, extract["down"]))
            if not extract["down"] and up:
                down = None  # `pass` or `raise`: there is no way back
            transactional = True if self.transactional and not extract["autocommit"] else None
            down_path = None if down is None else revision.path
            yield Script(revision.path, revision.name, up, down, down_path, transactional, transactional)

    def _before(self, revision: Revision, extract: Extract, names: Container[str]) -> Iterator[Fact]:
        """What revisions that are not there may have done before this one."""
        if is_orphan(revision, names):
            _, start, end, *_ = extract["graph"]["down_revision"]
            place = Span(revision.path, start, end)
            yield Opaque(place, place, "what this revision follows is not there", None)

    def faults(self, revision: Revision, extract: Extract) -> Iterator[Fault]:
        """What is refused before a statement is sent, on either way; nothing that stands under a condition."""
        for way, steps in (("upgrade", extract["up"]), ("downgrade", extract["down"] or ())):
            calls = [node(step["call"]) for step in steps if not (step["if"] or step["handler"] or step["dialects"])]
            found = [span(revision.path, call) for call in calls if self._is_nameless(revision.path, call)]
            if found:
                yield Fault(FaultKind.NAMELESS, tuple((revision.name, place) for place in found), way)
            refused: dict[tuple[str, str], list[Span]] = {}
            for call in calls:
                name, batch = self._operation(revision.path, call) if isinstance(call, Call) else (None, None)
                if isinstance(call, Call) and name is not None and not self._is_nameless(revision.path, call):
                    for one in self.unwritable.of(Operation(revision.path, name, call, batch)):
                        refused.setdefault((one.why, one.help), []).append(one.place)
            for (why, help), places in refused.items():
                yield Fault(FaultKind.UNWRITABLE, tuple((revision.name, place) for place in places), way, why, help)

    def _is_nameless(self, path: str, call: Node) -> bool:
        """`drop_constraint(None, …)`, which SQLAlchemy refuses to write whatever the database is: always for a foreign key,
        for others where no naming convention makes up a name. Run with Alembic 1.20 and SQLAlchemy 2.1."""
        name, batch = self._operation(path, call) if isinstance(call, Call) else (None, None)
        if not isinstance(call, Call) or name != "drop_constraint":
            return False
        given, kind = call.argument(0, "constraint_name"), call.argument(1 if batch is not None else 2, "type_")
        if kind is None or not (isinstance(given, Const) and given.value is None):
            return False
        _, text = self.modules.value(path, kind)
        unnamed = self.operations.builder.convention == NO_CONVENTION
        return isinstance(text, Text) and (text.value == "foreignkey" or (text.value == "unique" and unnamed))

    def _facts(self, path: str, steps: list[Extract], depth: int = 0) -> Iterator[Fact]:
        if self.dialect != "sqlite":
            yield from self._of(path, steps, depth)
            return
        running = [step for step in steps if self._guard(path, step)[1]]
        calls = [node(step["call"]) for step in running]
        told = [self._operation(path, call) if isinstance(call, Call) else (None, None) for call in calls]
        for group, batch in grouped(running, told):
            facts = tuple(self._of(path, group, depth))
            if batch is not None and facts:
                made = remake(self.operations, path, batch, facts, self.unwritable.batches)
                yield from () if made is None else (made,)
            yield from facts

    def _of(self, path: str, steps: list[Extract], depth: int) -> Iterator[Fact]:
        for step in steps:
            guard, runs = self._guard(path, step)
            if not runs:
                continue
            called = self.helpers.steps(path, step["call"], depth)
            if called is not None:
                facts = self._facts(*called, depth + 1)
            else:
                facts = self._step(path, node(step["call"]), step["assigned"])
            for fact in facts if guard is None or not guard.conditional else _accepted(facts):
                yield fact if guard is None else _guarded(fact, guard)
                if step["engine"] is not None and isinstance(fact, CreateTable):
                    self.engines.setdefault(fact.table, set()).add(step["engine"][0])
                    if len(self.engines[fact.table]) > 1:
                        yield Opaque(
                            fact.span, fact.statement, "several databases have a table of this name", (fact.table,)
                        )

    def _guard(self, path: str, step: Extract) -> tuple[Guard | None, bool]:
        """What stands around a step, and whether the step is for this dialect."""
        condition = None if step["if"] is None else Span(path, *step["if"])
        for names, positive in step["dialects"]:
            asked = self._asked(names)
            if asked is None:
                condition = condition or Span(path, step["call"][1], step["call"][2])
            elif asked != positive:
                return None, False
        if step["handler"] is not None:
            handler, block = step["handler"]
            return Guard(Span(path, *block), condition is not None, Span(path, *handler)), True
        return (None if condition is None else Guard(condition, True)), True

    def _asked(self, names: list[str]) -> bool | None:
        """Whether the dialect is one of these. MariaDB may be reached by a URL that says mysql."""
        if self.dialect is None:
            return None
        if self.dialect == "mariadb" and len({"mysql", "mariadb"} & set(names)) == 1:
            return None
        return self.dialect in names

    def _step(self, path: str, item: Node, assigned: bool) -> Iterator[Fact]:
        if isinstance(item, Other):
            yield Opaque(span(path, item), span(path, item), item.text, None)
            return
        if not isinstance(item, Call):
            return
        name, batch = self._operation(path, item)
        if name is not None:
            if self.operations.knows(name):
                for fact in self.operations.facts(Operation(path, name, item, batch)):
                    if self.operations.builder.family == "postgres":
                        yield from _refused(fact)
                    yield fact
            elif name == "execute":
                yield from self._execute(path, item)
            elif name not in IGNORED and not self._is_entity(path, name, item):
                yield Opaque(span(path, item.func), span(path, item), f"{name} is no operation that is known", None)
            return
        made = self.executes.type_call(path, item)
        if made is not None:
            yield from made
            return
        yield from self._other(path, item, assigned)

    def _operation(self, path: str, call: Call) -> tuple[str | None, Call | None]:
        """The name of an operation and the batch it stands in; no name for any other call."""
        func = call.func
        if isinstance(func, Attr):
            base = _called_from(func.base)
            if isinstance(base, Call) and self._operation(path, base)[0] == "batch_alter_table":
                return func.name, base
            if isinstance(base, Ref) and isinstance(func.base, Elsewhere):
                return self._operation(
                    func.base.path, replace(call, func=Ref(call.start, call.end, (*base.parts, func.name)))
                )
            return None, None
        found = self.modules.resolve(path, func)
        if isinstance(found, External) and found.dotted.startswith("alembic.op."):
            return found.last, None
        if isinstance(func, Ref) and len(func.parts) == 2 and func.parts[0] in ("op", "operations") and found is None:
            return func.parts[1], None  # a helper's own parameter called op
        return None, None

    def _is_entity(self, path: str, name: str, call: Call) -> bool:
        """Whether alembic_utils makes, changes or drops something that is no table and no view."""
        if not name.endswith("_entity") or not call.args or not isinstance(call.args[0], Call):
            return False
        found = self.modules.resolve(path, call.args[0].func)
        return isinstance(found, External) and found.library == "alembic_utils" and "View" not in found.last

    def _execute(self, path: str, call: Call) -> Iterator[Fact]:
        file = self.modules.file(path)
        if file is not None:
            yield from self.executes.execute(path, file, call)

    def _other(self, path: str, call: Call, assigned: bool) -> Iterator[Fact]:
        """A call of anything else: it may change the schema where no one can see."""
        func = call.func
        last = func.name if isinstance(func, Attr) else func.parts[-1] if isinstance(func, Ref) else ""
        method = isinstance(func, Attr) or (isinstance(func, Ref) and len(func.parts) > 1)
        if method and last in EXECUTES:
            yield from self._execute(path, call)
            return
        place, statement = span(path, func), span(path, call)
        if last in ("create_all", "drop_all"):
            yield Opaque(place, statement, f"{last}: which tables the models had then is not known", None)
            return
        if method and last in ("create", "drop") and call.args:
            yield Opaque(place, statement, f"{last}() of something that is not known", None)
            return
        if last in _HARMLESS:
            return
        found = self.modules.resolve(path, func)
        if isinstance(found, External) and found.library in _DATA_LIBRARIES:
            return
        handed = any(_is_op(arg) for arg in (*call.args, *(value for _, value in call.keywords)))
        if handed or (not assigned and self._may_change(func, last, found)):
            yield Opaque(place, statement, "a function from elsewhere may change the schema", None)

    def _may_change(self, func: Node, last: str, found: object) -> bool:
        """Whether the name of a function that is not read sounds like one that changes a schema."""
        if not isinstance(func, Ref):
            return not last  # what is called is itself computed
        if not _SCHEMA_WORDS.search(last):
            return False
        if len(func.parts) == 1:
            return True
        return len(func.parts) == 2 and isinstance(found, External) and found.library not in sys.stdlib_module_names


def _called_from(item: Node) -> Node:
    """A batch that a function of another file was given, as a call whose arguments stand in that file."""
    if not isinstance(item, Elsewhere) or not isinstance(item.value, Call):
        return item.value if isinstance(item, Elsewhere) else item
    call, path = item.value, item.path
    args = tuple(Elsewhere(arg.start, arg.end, path, arg) for arg in call.args)
    words = tuple((word, Elsewhere(value.start, value.end, path, value)) for word, value in call.keywords)
    return Call(item.start, item.end, Elsewhere(item.start, item.end, path, call.func), args, words)


def _is_op(item: Node) -> bool:
    """Whether `op`, or a batch of it, is handed on."""
    if isinstance(item, Ref):
        return item.parts in (("op",), ("batch_op",))
    return isinstance(item, Call) and isinstance(item.func, Ref) and item.func.parts[-1] == "batch_alter_table"


def _accepted(facts: Iterable[Fact]) -> Iterator[Fact]:
    """What stands under a condition, without the statements that this server refuses: they are meant for another one."""
    listed = tuple(facts)
    refused = {fact.statement for fact in listed if isinstance(fact, Invalid)}
    yield from (fact for fact in listed if fact.statement not in refused)


def _refused(fact: Fact) -> Iterator[Invalid]:
    """What PostgreSQL says to the defaults of new columns."""
    columns = fact.columns if isinstance(fact, CreateTable) else (fact.column,) if isinstance(fact, AddColumn) else ()
    for place, reason, words, _ in (one for column in columns for one in of_default(column)):
        yield Invalid(place, fact.statement, reason, words, getattr(fact, "table", None))


def _guarded(fact: Fact, guard: Guard) -> Fact:
    """A fact inside a block. A guard of its own (a DO block) stays, conditional where this one is."""
    if fact.guard is None:
        return replace(fact, guard=guard)
    if guard.conditional and not fact.guard.conditional:
        return replace(fact, guard=replace(fact.guard, conditional=True))
    return fact


def _transactional(project: Project, folder: str) -> bool:
    """Whether env.py leaves transactions as Alembic has them; False when it is not there to say."""
    text = _environment(project, folder)
    return text != b"" and b"transactional_ddl" not in text and b"AUTOCOMMIT" not in text


def _environment(project: Project, folder: str) -> bytes:
    """The text of env.py; none where it is not there."""
    for above in (dirname(folder), folder, dirname(dirname(folder))):
        path = f"{above}/env.py".lstrip("/")
        text = project.tree.read(path) if project.tree.exists(path) else None
        if text is not None:
            return text
    return b""
