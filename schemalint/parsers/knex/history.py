"""Folders of Knex migrations as histories: chains of calls on `knex` and `knex.schema` turned into facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import basename, dirname

from schemalint import histories
from schemalint.dialects import dialect as dialect_named
from schemalint.jssource.around import Around, Step
from schemalint.jssource.chains import LINKS
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.files import Files
from schemalint.jssource.here import Here
from schemalint.jssource.history import (
    Receivers,
    Unread,
    decider,
    inside,
    left_out,
    sql,
    tool,
    ways,
    with_what_was_there,
)
from schemalint.jssource.running import Runner
from schemalint.loaded import absent
from schemalint.model.facts import DropTable, Fact, RenameTable
from schemalint.model.names import TableName
from schemalint.model.source import Script, Source
from schemalint.model.span import Span
from schemalint.parsers import Extract, Project
from schemalint.parsers.knex import views
from schemalint.parsers.knex.configured import chosen
from schemalint.parsers.knex.spelling import respelled
from schemalint.parsers.knex.tables import Change

_SUFFIXES = (".js", ".cjs", ".ts")
_MEMBERS = {
    ("knex", "schema"): "schema",
    ("knex", "knex"): "knex",
    ("knex", "transaction()"): "knex",
    ("knex", "client"): "client",
    ("schema", "withSchema()"): "schema",
}
_BUILDERS = {"createTable", "createTableIfNotExists", "alterTable", "table"}
_QUIET = {
    "refreshMaterializedView",
    "hasTable",
    "hasColumn",
    "createExtension",
    "createExtensionIfNotExists",
    "createSchema",
    "on",
    "queryContext",
} | {
    "createSchemaIfNotExists",
    "debug",
    "generateDdlCommands",
    "toString",
    "toSQL",
    "options",
    "connection",
}


def sources(extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
    """One source a folder that has migrations."""
    evaluator = Evaluator(Files(extracts, project.tree))
    folders: dict[str, list[str]] = {}
    for path in extracts:
        if ways(evaluator, path)[0] is not None:
            folders.setdefault(dirname(path), []).append(path)
    for folder in sorted(folders):
        dialect, why = chosen(evaluator, extracts, folder, project.dialect_of(folder))
        reader = _Reader(evaluator, project, dialect)
        scripts = list(reader.scripts(folder))
        scripts = with_what_was_there(scripts, project.tree)
        if scripts:
            scripts = respelled(scripts, project)
            yield histories.history("knex", folder, dialect, why, scripts, absent(scripts))


class _Reader:
    """Turns the files of a folder into scripts."""

    def __init__(self, evaluator: Evaluator, project: Project, dialect: str | None) -> None:
        self.evaluator, self.project, self.dialect = evaluator, project, dialect
        self.named = dialect_named(dialect)
        self.receivers = Receivers(evaluator, _MEMBERS)
        self.runner = Runner(evaluator, decider(evaluator, dialect), self._is_step, tool("knex"))

    def scripts(self, folder: str) -> Iterator[Script]:
        """Every file of the folder that exports a way up, in Knex's order."""
        for path in self.project.tree.within(folder):
            if not path.endswith(_SUFFIXES) or path.endswith(".d.ts"):
                continue
            up, down = ways(self.evaluator, path)
            if up is None:
                continue
            forth = tuple(self._way(up))
            if self.evaluator.broken(path):
                at = histories.first_line(path, self.project)
                forth = (left_out(at, "its syntax is not understood in every place"), *forth)
            back = None if down is None else tuple(self._way(down))
            if forth and not back:
                back = None
            whole = histories.transactional(self.dialect, self._wrapped(path))
            yield Script(path, basename(path), forth, back, None if back is None else path, whole, whole)

    def _wrapped(self, path: str) -> bool | None:
        """Whether Knex wraps the file in a transaction; None where its configuration may say otherwise."""
        config = self.evaluator.exported(path, "config")
        if config is None or config.kind != "obj":
            return True
        entry = self.evaluator.entry(config, "transaction")
        if entry is None:
            return True
        told = self.evaluator.follow(entry.value)
        return bool(told.value["v"]) if told.kind == "bool" else None

    # Calls

    def _links(self, call: Here) -> tuple[Here, list[Here]]:
        """What a chain of calls starts from, and its calls in order."""
        calls: list[Here] = []
        here = call
        for _ in range(400):
            if here.kind == "call":
                calls.append(here)
                here = here.at(here.value["f"])
            elif here.kind == "mem" and (here.value["o"]["t"] in {"call", "mem"}):
                if self.receivers.of(here) is not None:
                    break
                here = here.at(here.value["o"])
            else:
                break
        if here.kind == "mem" and calls and self.receivers.of(here) is None:
            here = here.at(here.value["o"])
        return here, list(reversed(calls))

    def _is_step(self, call: Here) -> bool:
        method = call.value["f"].get("p")
        if method in LINKS | {"transaction", "all"} and call.value["f"]["t"] == "mem":
            return False
        return self.receivers.of(self._links(call)[0]) is not None

    def _way(self, function: Here) -> Iterator[Fact]:
        for step in self.runner.run(function, [function.at(tool("knex"))]):
            if isinstance(step, Span):
                yield left_out(step, "a part of the migration that is not followed")
            else:
                yield from inside(self._step(step), step.around.guard)

    def _step(self, step: Step) -> Iterator[Fact]:
        call = step.call
        root, calls = self._links(call)
        owner = self.receivers.of(root)
        if owner is None:
            if self.receivers.handed(call):
                yield left_out(call.span, "a function from elsewhere is given the database")
            return
        schema: str | None = None
        for each in calls:
            method = each.value["f"].get("p")
            arguments = each.arguments()
            if method == "raw" and arguments:
                yield from sql(self.evaluator, self.project.tree, arguments[0], self.dialect, each.span)
            elif method == "withSchema" and arguments:
                schema = self.evaluator.text(arguments[0])
            elif owner == "schema" and method not in _QUIET and isinstance(method, str):
                try:
                    yield from list(self._operation(method, each, schema, step.around))
                except Unread as unread:
                    yield unread.fact(each)

    def _operation(self, method: str, call: Here, schema: str | None, around: Around) -> Iterator[Fact]:
        arguments = call.arguments()
        if method in _BUILDERS and len(arguments) > 1:
            yield from self._built(method, call, schema, around)
        elif method in {"dropTable", "dropTableIfExists"} and arguments:
            table, place = self._table(arguments[0], schema)
            yield DropTable(place, call.span, table, if_exists=method == "dropTableIfExists")
        elif method in {"renameTable", "renameView"} and len(arguments) > 1 and self._knows(method):
            table, place = self._table(arguments[0], schema)
            new, new_place = self._table(arguments[1], schema)
            yield RenameTable(place, call.span, table, new, new_place)
        elif method in views.DROPS and arguments and self._knows(method):
            view, place = self._table(arguments[0], schema)
            yield views.dropped(method, view, call, place)
        elif method in views.MAKES and len(arguments) > 1 and self._knows(method):
            yield from self._viewed(method, call, schema, around)
        elif "View" in method and arguments:
            raise Unread(f"{method} is not read", self._table(arguments[0], schema)[0])
        else:
            yield left_out(call.span, f"{method} is not read")

    def _knows(self, method: str) -> bool:
        """Whether Knex does it for this server: the others of its dialects throw."""
        families = views.ONLY.get(method)
        return families is None or self.named.family in families

    def _viewed(self, method: str, call: Here, schema: str | None, around: Around) -> Iterator[Fact]:
        arguments = call.arguments()
        view, place = self._table(arguments[0], schema)
        function = self.evaluator.follow(arguments[-1])
        if function.kind != "fn":
            raise Unread("what the view is made of stands elsewhere", view)
        told: list[Here] = []
        for step in self.runner.body(function, [function.at(tool("view"))], Around(level=around.level)):
            if isinstance(step, Span):
                raise Unread("a part of the view is not followed", view)
            root, calls = self._links(step.call)
            told += calls if self.receivers.of(root) == "view" else []
        yield from views.made(self.evaluator, self.named, method, view, call, place, told)

    def _table(self, here: Here, schema: str | None) -> tuple[TableName, Span]:
        text = self.evaluator.text(here)
        if text is None:
            raise Unread("the table's name is computed")
        if schema is None and "." in text:
            schema, text = text.split(".", 1)
        return self.named.table_name(text, quoted=True, schema=schema, schema_quoted=True), here.span

    def _built(self, method: str, call: Here, schema: str | None, around: Around) -> Iterator[Fact]:
        arguments = call.arguments()
        table, place = self._table(arguments[0], schema)
        function = self.evaluator.follow(arguments[-1])
        if function.kind != "fn":
            raise Unread("what is done with the table stands elsewhere", table)
        change = Change(self.evaluator, self.named, table, place, call.span, method)
        for step in self.runner.body(function, [function.at(tool("table"))], Around(level=around.level)):
            if isinstance(step, Span):
                change.unread(step, "a part of the table is not followed")
                continue
            root, calls = self._links(step.call)
            if self.receivers.of(root) == "table":
                change.add(calls, step.around.guard)
            elif self.receivers.handed(step.call):
                change.unread(step.call.span, "a function from elsewhere is given the table")
        yield from change.facts()
