"""gormigrate's migrations as a history: every step as the facts of what GORM's migrator sends for it.

What AutoMigrate does to a table that is there depends on the table: columns and indexes that it lacks are added, so that both
are facts that apply where they apply. A struct declared inside of a migration shows its table as it was then, and often only the
columns that the migration is about; where it says another thing of one than a migration before, AutoMigrate may change that
column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

import schemalint.sql as sql
from schemalint.model.clauses import Guard
from schemalint.model.facts import (
    AddColumn,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropTable,
    Fact,
    Opaque,
    RenameColumn,
    RenameTable,
)
from schemalint.model.names import Name, TableName
from schemalint.model.source import Script
from schemalint.model.span import SourceFile, Span
from schemalint.parsers.gorm.arguments import given_to
from schemalint.parsers.gorm.expressions import Data
from schemalint.parsers.gorm.naming import Naming
from schemalint.parsers.gorm.relations import Registry
from schemalint.parsers.gorm.schema import Schema
from schemalint.parsers.gorm.tables import Maker
from schemalint.parsers.gorm.world import World


def scripts(extracts: Mapping[str, Data], steps: Steps) -> Iterator[Script]:
    """The migrations of a module in the order they are run: that of their list, or of their IDs where they stand in
    several files and every ID begins with the same number of digits."""
    found = [(path, migration) for path, extract in extracts.items() for migration in extract["migrations"]]
    ids = [migration["id"] or "" for _, migration in found]
    several = len({path for path, _ in found}) > 1
    stamped = [re.match(r"\d{6,}", text) for text in ids]
    sortable = all(stamped) and len({len(stamp[0]) for stamp in stamped if stamp}) == 1
    if several and sortable:
        found.sort(key=lambda one: one[1]["id"])
    unsure = several and not sortable
    read = [list(steps.facts(path, migration["up"])) for path, migration in found]
    why = ""
    if any(extract["init_schema"] for extract in extracts.values()):
        why = "an empty database is made by InitSchema, not by these migrations"
    elif unsure:
        why = "in which order these migrations are run could not be told"
    elif _begins_later(fact for facts in read for fact in facts):
        why = "these migrations begin with tables that something else has made"
    for number, ((path, migration), facts) in enumerate(zip(found, read, strict=True)):
        at = Span(path, *migration["at"])
        if why:  # what AutoMigrate finds there may be more than it would make
            facts = list(_open(facts))
        before = [Opaque(at, at, why, None)] if why and number == 0 else []
        down = migration["down"]
        back = None if down is None else tuple(steps.facts(path, down))
        yield Script(path, migration["id"] or "?", (*before, *facts), back, path if back is not None else None)


def _begins_later(facts: Iterable[Fact]) -> bool:
    """Whether a history works on a table that it has not made."""
    made: set[TableName] = set()
    for fact in facts:
        table = getattr(fact, "table", None)
        if isinstance(fact, CreateTable):
            made.add(fact.table)
        elif isinstance(fact, RenameTable):
            made.add(fact.new)
        elif table is not None and table not in made:
            return True
    return False


def _open(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Facts in which a table that may have been there already is not known in full."""
    for fact in facts:
        yield fact
        if isinstance(fact, CreateTable) and fact.if_not_exists:
            yield Opaque(fact.span, fact.statement, "AutoMigrate adds to what is there already", (fact.table,))


def repeated(extracts: Mapping[str, Data]) -> Iterator[tuple[str, list[tuple[str, Span]]]]:
    """IDs that two migrations have: gormigrate refuses to run any."""
    places: dict[str, list[tuple[str, Span]]] = {}
    for path, extract in extracts.items():
        for migration in extract["migrations"]:
            if migration["id"]:
                places.setdefault(migration["id"], []).append((migration["id"], Span(path, *migration["at"])))
    yield from ((name, found) for name, found in places.items() if len(found) > 1)


def dropped(history: Iterable[Script]) -> Iterator[TableName]:
    """The tables that a history drops for good: the structs of these are kept for its sake only."""
    last: dict[TableName, bool] = {}
    for script in history:
        for fact in script.facts:
            match fact:
                case DropTable():
                    last[fact.table] = True
                case RenameTable():
                    last[fact.table], last[fact.new] = True, False
                case CreateTable():
                    last[fact.table] = False
                case _:
                    pass
    yield from (table for table, gone in last.items() if gone)


class Steps:
    """Turns steps into facts. Models of the module mean the same in every migration."""

    def __init__(self, world: World, maker: Maker, naming: Naming, derived: bool, dialect: str | None) -> None:
        self._world = world
        self._maker = maker
        self._naming = naming
        self._derived = derived
        self._dialect = dialect
        self._registry = Registry(world, naming, derived)  # an empty database gets all migrations from one process
        self._stated: dict[tuple[TableName, Name], tuple[object, ...]] = {}

    def facts(self, path: str, steps: Iterable[Data]) -> Iterator[Fact]:
        """The facts of one way of one migration."""
        for step in steps:
            guard = Guard(Span(path, *step["guard"]), True) if step["guard"] else None
            for fact in self._step(path, step):
                if guard is not None and not step["plain"] and not isinstance(fact, Opaque):
                    table = getattr(fact, "table", None)
                    touched = None if table is None else (table,)
                    yield Opaque(fact.span, fact.statement, "whether this step is run could not be told", touched)
                    continue
                yield fact if isinstance(fact, Opaque) or fact.guard is not None else replace(fact, guard=guard)

    def _step(self, path: str, step: Data) -> Iterator[Fact]:
        span, statement = Span(path, *step["at"]), Span(path, *step["statement"])
        if "open" in step:
            yield Opaque(span, statement, step["open"], None)
        elif "sql" in step:
            text, start = step["sql"]
            pin = span if start is None else None
            yield from sql.read_literal(SourceFile(path, text), start or 0, text, self._dialect, span=pin).facts
        elif step["do"] == "DropTable":
            for table in self._tables(path, step):
                if table is None:
                    yield Opaque(span, statement, "which table is dropped could not be told", None)
                else:
                    yield DropTable(span, statement, table, if_exists=True)
        elif step["do"] in ("AutoMigrate", "CreateTable"):
            yield from self._made(path, step, span, statement)
        elif step["do"] == "RenameTable":
            old, new = (self._name(path, given) for given in _two(step))
            if old is None or new is None:
                yield Opaque(span, statement, "which table is renamed could not be told", None)
            else:
                yield RenameTable(span, statement, old, new, span)
        else:
            yield from self._changed(path, step, span, statement)

    def _made(self, path: str, step: Data, span: Span, statement: Span) -> Iterator[Fact]:
        given = given_to({"arguments": step["models"], "at": step["at"]}, path, self._world)
        for place in given.open:
            yield Opaque(place, statement, f"what {step['do']} is given here could not be told", None)
        automatic = step["do"] == "AutoMigrate"
        for schema in self._registry.order(given.structs, adds=automatic):
            if schema.table is None:
                yield Opaque(span, statement, f"the table name of {schema.name} is computed", None)
                continue
            table = replace(self._maker.table(schema, self._registry.constraints(schema)), model=None)
            if not automatic:
                yield replace(table, statement=statement)
                continue
            sure = Guard(statement, True)
            yield replace(table, statement=statement, if_not_exists=True, guard=sure)
            for column in table.columns:
                yield AddColumn(column.span, statement, table.table, column, if_not_exists=True, guard=sure)
                said = (column.type, column.nullable, column.default)
                if self._stated.setdefault((table.table, column.name), said) != said:
                    why = "AutoMigrate may change a column that is there"
                    yield Opaque(column.span, statement, why, (table.table,))
            for index in table.indexes:
                yield CreateIndex(index.span, statement, table.table, table.span, index, if_not_exists=True, guard=sure)

    def _changed(self, path: str, step: Data, span: Span, statement: Span) -> Iterator[Fact]:
        """A column of a model, or anything else of its table, which then is open."""
        schema, table = self._model(path, step)
        names = step["names"][1:]
        texts = [name[0] for name in names]
        places = [Span(path, name[1], name[2]) for name in names]
        if table is None:
            yield Opaque(span, statement, f"on which table {step['do']} works could not be told", None)
            return
        known = all(text is not None for text in texts)
        column = self._column(schema, texts[0]) if known and texts else None
        if step["do"] == "AddColumn" and schema is not None and column is not None:
            made = self._maker.table(schema, [])
            added = next((one for one in made.columns if one.name.text == column), None)
            if added is not None:
                yield AddColumn(places[0], statement, table, replace(added, span=places[0]))
                return
        elif step["do"] == "DropColumn" and column is not None:
            yield DropColumn(places[0], statement, table, self._maker.column_name(column))
            return
        elif step["do"] == "RenameColumn" and column is not None and len(texts) == 2:
            new = self._column(schema, texts[1])
            if new is not None:
                old = self._maker.column_name(column)
                yield RenameColumn(places[0], statement, table, old, self._maker.column_name(new), places[1])
                return
        yield Opaque(span, statement, f"{step['do']} is not followed", (table,))

    def _column(self, schema: Schema | None, text: str) -> str | None:
        """GORM looks a name up among the model's fields, and takes it as it is where there is no such field."""
        if schema is None:
            return text
        field = schema.look_up(text, self._naming)
        return field.db if field is not None and field.db else text

    def _tables(self, path: str, step: Data) -> Iterator[TableName | None]:
        for given in step["models"]:
            yield self._name(path, given)

    def _model(self, path: str, step: Data) -> tuple[Schema | None, TableName | None]:
        if not step["models"] or not step["names"]:
            return None, None
        given = step["models"][0]
        if "table" in given:
            return None, self._maker.table_name(given["table"])
        found = given_to({"arguments": [given], "at": step["at"]}, path, self._world)
        if len(found.structs) != 1 or found.open:
            return None, None
        schema = Registry(self._world, self._naming, self._derived).parse(found.structs[0])
        return schema, self._maker.table_name(schema.table) if schema.table is not None else None

    def _name(self, path: str, given: Data) -> TableName | None:
        if "table" in given:
            return self._maker.table_name(given["table"])
        return self._model(path, {"models": [given], "names": [None], "at": given.get("at") or [0, 0]})[1]


def _two(step: Data) -> tuple[Data, Data]:
    """The two arguments of RenameTable, of which the second is a name where it is one."""
    first = step["models"][0] if step["models"] else {"open": step["at"]}
    second = step["names"][1] if len(step["names"]) > 1 else [None, *step["at"]]
    return first, {"table": second[0]} if second[0] is not None else {"open": step["at"]}
