"""All extracts together: models find their bases, keys find their tables, and each unit's tables become one source."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial

from schemalint.folders import aside
from schemalint.gitignore import patterns
from schemalint.model.facts import AddConstraint, CreateTable, Fact, Opaque
from schemalint.model.frozen import replace
from schemalint.model.names import TableName
from schemalint.model.objects import CreateEnum
from schemalint.model.source import Call, Part, Script, Source, SourceKind, Sync
from schemalint.model.span import Span
from schemalint.parsers import Extract, Project
from schemalint.parsers.sqlalchemy.calls import environment
from schemalint.parsers.sqlalchemy.classes import Classes, assignments
from schemalint.parsers.sqlalchemy.models import Model, ModelReader, Unnamed, module_values, target_of
from schemalint.parsers.sqlalchemy.revisions import Revised, certainly_loaded, made_by, revised
from schemalint.parsers.sqlalchemy.starts import Starts, is_test, stamped_for
from schemalint.pysource.columns import ColumnRead, ForeignRead, Target
from schemalint.pysource.constraints import IndexRead, Read
from schemalint.pysource.nodes import Call as CallNode
from schemalint.pysource.nodes import Node, Op, Ref, Seq, node, span
from schemalint.pysource.resolve import ClassDef, Modules, Value
from schemalint.pysource.tables import Builder, TableRead
from schemalint.sql import mentioning

STATES = frozenset(
    {Part.TABLES, Part.COLUMNS, Part.NULLABILITY, Part.DEFAULTS, Part.INDEXES, Part.UNIQUES, Part.FOREIGN_KEYS}
)
"""Checks and enumerations are read where they are written; nobody is expected to repeat all of them in a model."""

MAX_HOPS = 12

Key = tuple[str, int]


def sources(extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
    """One source a unit, models in tests and examples apart."""
    revisions = revised(extracts)
    modules = Modules(project.tree, {**extracts, **revisions})
    read = {path: extract for path, extract in extracts.items() if "module" in extract}
    classes = Classes(modules, assignments(modules, read))
    include = patterns(project.config.include)
    starts = Starts(project)

    def unit_of(path: str) -> str:
        return aside(path, include) or project.unit(path)

    units: dict[str, list[str]] = {}
    for path in read:
        units.setdefault(unit_of(path), []).append(path)
    linked: dict[str, _Linker] = {}
    for root, paths in sorted(units.items()):
        choice = project.dialect_of(root)
        linked[root] = _Linker(classes, choice.name, root, {path: read[path] for path in paths})
    for path, extract in read.items():
        for call in extract["calls"]:
            if not is_test(path) or aside(path, include) is not None:
                owner = classes.root_of_metadata(path, node(call["on"]))
                if owner is None and call["on"][0] == "call":
                    continue  # the metadata that a function makes: nobody knows of which tables
                file = owner.place.rpartition(":")[0] if owner is not None else path
                home = linked.get(unit_of(file) if file in read else unit_of(path)) or linked[unit_of(path)]
                if unit_of(path) == home.root or aside(path, include) is None:
                    stamps = call["stamps"] or stamped_for(call["within"], project)
                    call = {**call, "stamps": stamps, "by_hand": starts.by_nothing(path)}
                    call["flask"] = owner is not None and owner.kind == "flask"
                    home.calls.append((path, call, owner.place if owner is not None else None))
    for path, revision in revisions.items():
        for call in revision["calls"]:
            owner = classes.root_of_metadata(path, node(call["on"]))
            file = path if owner is None else owner.place.rpartition(":")[0]
            unit = unit_of(file) if file in read else unit_of(path)
            if owner is not None and unit in linked:
                linked[unit].revisions.append((path, call, owner.place, certainly_loaded(path, modules, project)))
    for root, linker in linked.items():
        choice = project.dialect_of(root)
        for bind, script, calls, files in linker.results():
            yield Source(
                f"sqlalchemy:{root or '.'}" + ("" if bind is None else f":{bind}"),
                SourceKind.MODELS,
                "sqlalchemy",
                root,
                choice.name,
                choice.why,
                STATES,
                (script,),
                files,
                calls=calls,
                database=bind,
                revisions=tuple(
                    made_by(each, linker.models, linker.dialect) for each in linker.revisions if bind is None
                ),
            )


class _Linker:
    """Makes the facts of one unit."""

    def __init__(self, classes: Classes, dialect: str | None, root: str, extracts: Mapping[str, Extract]) -> None:
        self.classes, self.modules, self.root, self.extracts = classes, classes.modules, root, extracts
        self.dialect = dialect
        self.reader = ModelReader(classes, dialect)
        self.calls: list[tuple[str, Extract, str | None]] = []
        self.revisions: list[Revised] = []
        self.models: list[Model] = []
        self._models: dict[Key, Model | Unnamed | None] = {}

    def results(self) -> Iterator[tuple[str | None, Script, tuple[Call, ...], tuple[str, ...]]]:
        """For each database that the models are kept in (None: the usual one) the script that creates everything, the
        calls, and the files."""
        found, unnamed = self._read()
        self.models = found
        for bind in dict.fromkeys((None, *sorted({model.bind for model in found if model.bind is not None}))):
            models = [model for model in found if model.bind == bind]
            lost = unnamed if bind is None else []
            if not models and not lost:
                continue
            files = {model.read.span.path for model in models} | {each.span.path for each in lost}
            facts = self._facts(models)
            facts += [Opaque(each.span, each.statement, each.why, touches=()) for each in lost]
            made = [each for each in self.calls if _concerns(each[1], bind)]
            order = {fact.table: -at for at, fact in enumerate(reversed(facts)) if isinstance(fact, CreateTable)}
            calls = tuple(self._call(path, call, place, models, order) for path, call, place in made)
            ordered = tuple(sorted(files))
            yield bind, Script(ordered[0], "models", tuple(facts)), calls, ordered

    def _read(self) -> tuple[list[Model], list[Unnamed]]:
        found: dict[Key, Model] = {}
        unnamed: list[Unnamed] = []
        classes = [
            ClassDef(path, data) for path, extract in self.extracts.items() for data in extract["module"]["classes"]
        ]
        self._assigned()
        for each in classes:
            if not self.reader.is_mapped(each):
                continue
            model = self.reader.model(each)
            if isinstance(model, Unnamed):
                unnamed.append(model)
            elif model is not None:
                found[each.key] = model
        for each in classes:
            if each.key not in found and self.reader.is_mapped(each):
                self._single(each, found)
        modules = {path: extract["module"] for path, extract in self.extracts.items()}
        for value in module_values(modules):
            if self.reader.is_table(value.path, value.value):
                made = self.reader.core(value)
                if isinstance(made, Unnamed):
                    unnamed.append(made)
                elif made is not None:
                    found.setdefault((value.path, value.name_span.start), made)
        self._later(found, modules)
        return list(found.values()), unnamed

    def _single(self, each: ClassDef, found: dict[Key, Model]) -> None:
        """A class of single-table inheritance: its columns go to the table of the nearest parent that has one."""
        parent = self.reader.parent(each)
        for _ in range(MAX_HOPS):
            if parent is None or parent.key in found:
                break
            parent = self.reader.parent(parent)
        if parent is None or parent.key not in found:
            return
        columns, constraints, unread = self.reader.addition(each)
        model = found[parent.key]
        known = {column.name for column in model.read.columns}
        added = tuple(column for column in columns if column.name not in known)
        read = replace(
            model.read,
            columns=(*model.read.columns, *added),
            constraints=(*model.read.constraints, *constraints),
            unread=(*model.read.unread, *unread),
        )
        found[parent.key] = replace(model, read=read)

    def _assigned(self) -> None:
        """`User.nick = Column(…)` outside the class."""
        for path, extract in self.extracts.items():
            for item, _ in extract["module"]["expressions"]:
                if item[0] != "op" or item[3] != "=":
                    continue
                made = node(item)
                if isinstance(made, Op) and isinstance(made.left, Ref) and len(made.left.parts) > 1:
                    owner = self.modules.resolve(path, Ref(made.start, made.end, made.left.parts[:-1]))
                    if isinstance(owner, ClassDef) and self.reader.columns.is_column(path, made.right):
                        self.reader.assign(owner, made.left.parts[-1], span(path, made.left), made.right)

    def _later(self, found: dict[Key, Model], modules: Mapping[str, Extract]) -> None:
        """What module-level calls add to tables: `Index("n", User.email)`, `User.__table__.append_column(…)`."""
        calls: list[tuple[str, Node]] = [(value.path, value.value) for value in module_values(modules)]
        for path, data in modules.items():
            calls += [(path, node(item)) for item, _ in data["expressions"] if item[0] == "call"]
        for path, call in calls:
            if not isinstance(call, CallNode):
                continue
            if self.reader.constraints.kind(path, call) == "Index":
                index = self.reader.constraints.index(path, call)
                if isinstance(index, IndexRead) and index.table is not None:
                    self._extend(found, path, index.table, (replace(index, table=None),), ())
            elif isinstance(call.func, Ref) and call.func.parts[-1] in ("append_column", "append_constraint"):
                owner = Ref(call.start, call.end, (*call.func.parts[:-1], ""))
                self._extend(found, path, owner, (), (span(path, call),))

    def _extend(
        self, found: dict[Key, Model], path: str, owner: Ref, constraints: tuple[Read, ...], unread: tuple[Span, ...]
    ) -> None:
        key = self._owner(path, target_of(owner)[0], found)
        if key is not None:
            model = found[key]
            read = replace(
                model.read,
                constraints=(*model.read.constraints, *constraints),
                unread=(*model.read.unread, *unread),
            )
            found[key] = replace(model, read=read)

    def _owner(self, path: str, item: Ref, found: Mapping[Key, Model]) -> Key | None:
        """The key of the table that a name means: a model, or a Core table."""
        target = self.modules.resolve(path, item) if item.parts else None
        if isinstance(target, Value):
            return (target.path, target.name_span.start) if (target.path, target.name_span.start) in found else None
        while isinstance(target, ClassDef):
            if target.key in found:
                return target.key
            target = self.reader.parent(target)
        return None

    # Facts

    def _facts(self, models: list[Model]) -> list[Fact]:
        sql = partial(mentioning, self.dialect)
        builders: dict[object, Builder] = {}
        typed = self._typed(models)
        tables: list[CreateTable] = []
        enums: dict[TableName, CreateEnum] = {}
        for model in typed:
            if model.convention.key not in builders:
                builders[model.convention.key] = Builder(self.dialect, sql, model.convention, names_matter=False)
            builder = builders[model.convention.key]
            for enum in builder.enums(model.read):
                enums.setdefault(enum.name, enum)
            tables.append(builder.table(model.read, self._lookup))
        return [*enums.values(), *_in_order(tables)]

    def _lookup(self, target: Target) -> Target | None:
        """The table and column of `User.id` in a foreign key."""
        if not isinstance(target.ref, Ref) or len(target.ref.parts) < 2:
            return None
        owner, attribute = target_of(target.ref)
        found = self.modules.resolve(target.path, owner)
        model: Model | Unnamed | None = None
        if isinstance(found, ClassDef):
            model = self._model_of(found)
        elif isinstance(found, Value) and self.reader.is_table(found.path, found.value):
            model = self.reader.core(found)
        if not isinstance(model, Model):
            return None
        column = next((each.name for each in model.read.columns if attribute in (each.attribute, each.key)), None)
        if column is None:
            return None
        return Target(model.read.schema, model.read.name, column, target.span, target.span)

    def _model_of(self, found: ClassDef) -> Model | Unnamed | None:
        if found.key not in self._models:
            model = self.reader.model(found) if self.reader.is_mapped(found) else None
            parent = self.reader.parent(found)
            if model is None and parent is not None:
                model = self._model_of(parent)
            self._models[found.key] = model
        return self._models[found.key]

    def _typed(self, models: list[Model]) -> list[Model]:
        """A column with a foreign key and no type is of the type that it points at."""
        by_name: dict[tuple[str | None, str], TableRead] = {}
        for model in models:
            by_name.setdefault((model.read.schema, model.read.name), model.read)

        def typed(table: TableRead, column: ColumnRead, left: int) -> ColumnRead:
            if column.typed or not column.foreign_keys or left <= 0:
                return column
            key: ForeignRead = column.foreign_keys[0]
            target = key.targets[0] if key.targets else None
            if target is not None and target.ref is not None:
                target = self._lookup(target)
            if target is None or target.table is None:
                return column
            schema = target.schema if target.schema is not None else table.metadata_schema
            other = by_name.get((schema, target.table))
            wanted = target.column or column.key
            found = next((each for each in other.columns if wanted in (each.name, each.key)), None) if other else None
            if found is None or other is None or found is column:
                return column
            source = typed(other, found, left - 1)
            made = replace(source.type, enum=None)
            return replace(column, type=made, typed=source.typed)

        return [
            replace(
                model,
                read=replace(
                    model.read, columns=tuple(typed(model.read, each, MAX_HOPS) for each in model.read.columns)
                ),
            )
            for model in models
        ]

    def _call(
        self, path: str, call: Extract, place: str | None, models: list[Model], order: Mapping[TableName, int]
    ) -> Call:
        """A call with the tables that it works on, in the `order` in which SQLAlchemy makes them."""
        builder = Builder(self.dialect, partial(mentioning, self.dialect))
        tables: tuple[TableName, ...] | None = None
        if call["tables"] is not None:
            tables = self._named_tables(path, node(call["tables"]), builder)
            if tables is None and "one" in call:
                tables = ()  # one table that is not known, not all of them
        elif place is not None and len({model.root for model in models}) > 1:
            own = [model for model in models if model.root in (place, "")]
            tables = tuple(builder.table_name(model.read.name, model.read.schema) for model in own)
        if tables is not None:
            tables = tuple(sorted(tables, key=lambda table: order.get(table, 0)))
        return Call(
            Span(path, *call["span"]),
            call["text"],
            Sync(),
            tables,
            call["condition"],
            environment(call["condition"]),
            call["stamps"],
            by_hand=call["by_hand"],
        )

    def _named_tables(self, path: str, item: Node, builder: Builder) -> tuple[TableName, ...] | None:
        """`tables=[User.__table__]`; None when one of them is not known."""
        where, meant = self.modules.value(path, item)
        if not isinstance(meant, Seq):
            return None
        names: list[TableName] = []
        for each in meant.items:
            if not isinstance(each, Ref):
                return None
            parts = each.parts[:-1] if each.parts[-1] == "__table__" else each.parts
            found = self.modules.resolve(where, Ref(each.start, each.end, parts))
            model = self._model_of(found) if isinstance(found, ClassDef) else None
            if isinstance(found, Value):
                model = self.reader.core(found) if self.reader.is_table(found.path, found.value) else None
            if not isinstance(model, Model):
                return None
            names.append(builder.table_name(model.read.name, model.read.schema))
        return tuple(names)


def _concerns(call: Extract, bind: str | None) -> bool:
    """Whether a call makes tables in a database: Flask-SQLAlchemy (2.5, 3.1) works on all binds that it is not told of."""
    if call["binds"] is None:
        return bind is None or bool(call["flask"])
    return bind in call["binds"]


def _in_order(tables: list[CreateTable]) -> list[Fact]:
    """Parents before children, as create_all makes them; a key that closes a circle is added at the end."""
    by_name = {table.table: table for table in tables}
    done: dict[int, None] = {}
    placed: set[TableName] = set()
    late: list[Fact] = []
    ordered: list[Fact] = []
    for start in tables:
        stack: list[tuple[CreateTable, bool]] = [(start, False)]
        open_tables: set[int] = set()
        while stack:
            table, finished = stack.pop()
            if id(table) in done:
                continue
            if finished or id(table) in open_tables:
                done[id(table)] = None
                now = tuple(
                    k
                    for k in table.foreign_keys
                    if k.ref_table in placed or k.ref_table not in by_name or k.ref_table == table.table
                )
                rest = [key for key in table.foreign_keys if key not in now]
                ordered.append(replace(table, foreign_keys=now) if rest else table)
                late += [AddConstraint(key.span, table.statement, table.table, key) for key in rest]
                placed.add(table.table)
                continue
            open_tables.add(id(table))
            stack.append((table, True))
            for key in reversed(table.foreign_keys):
                other = by_name.get(key.ref_table)
                if other is not None and id(other) not in done and id(other) not in open_tables:
                    stack.append((other, False))
    return [*ordered, *late]
