"""All of a module's files together: its models, its calls, and facts in the order in which GORM creates the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from schemalint.dialects import NameKind
from schemalint.dialects import dialect as dialect_named
from schemalint.model.facts import CreateTable, Fact, Opaque
from schemalint.model.names import TableName
from schemalint.model.source import (
    AUTHORITY,
    Call,
    Fault,
    FaultKind,
    Hazard,
    Part,
    Script,
    Source,
    SourceKind,
)
from schemalint.model.span import Span
from schemalint.parsers import Project
from schemalint.parsers.gorm.apart import Opened, Programs, opened
from schemalint.parsers.gorm.arguments import Given, given_to
from schemalint.parsers.gorm.choice import OF_HISTORY, OF_TESTS, Made, is_another, of_today, rank
from schemalint.parsers.gorm.evidence import Evidence
from schemalint.parsers.gorm.expressions import Data
from schemalint.parsers.gorm.external import GORM
from schemalint.parsers.gorm.handles import Handles
from schemalint.parsers.gorm.hazards import Hazards
from schemalint.parsers.gorm.history import Steps, dropped, repeated, scripts
from schemalint.parsers.gorm.inspection import hazards
from schemalint.parsers.gorm.keyhazards import KeyHazards
from schemalint.parsers.gorm.legacy import LEGACY
from schemalint.parsers.gorm.legacy.source import Models
from schemalint.parsers.gorm.naming import Naming
from schemalint.parsers.gorm.relations import Registry
from schemalint.parsers.gorm.resolver import elsewhere
from schemalint.parsers.gorm.schema import Schema, table_name
from schemalint.parsers.gorm.settings import Settings, release
from schemalint.parsers.gorm.slips import Slips
from schemalint.parsers.gorm.starts import given_away, start_call, unknown
from schemalint.parsers.gorm.tables import Maker
from schemalint.parsers.gorm.world import Struct, World
from schemalint.parsers.gorm.written import Written


class Module:
    """One Go module (or one folder of models without a go.mod, or what a module keeps in a folder of tests or examples)
    as a source. `manifest` is the go.mod in force, which may not be there. With `one` it is what the module does to that
    database only."""

    def __init__(
        self,
        root: str,
        manifest: str,
        extracts: Mapping[str, Data],
        world: World,
        project: Project,
        one: Opened | None = None,
    ) -> None:
        self.root = root
        self._one = one
        self._extracts = {path: extract for path, extract in extracts.items() if path.endswith(".go")}
        self._world = world
        self._project = project
        self._manifest = manifest
        self._mod = extracts.get(manifest, {})
        self._set = Settings(root, manifest, self._extracts, world, project, one)
        self._apart: tuple[Opened, ...] = ()
        self._hazards: tuple[Hazard, ...] = ()
        self._history: tuple[Script, ...] = ()

    def apart(self) -> Iterator[Source]:
        """Where the module migrates several databases, what it does to each; `source` then is the rest."""
        kept = [
            (path, call, frozenset(struct.key for struct in given_to(call, path, self._world).structs))
            for path, extract in self._extracts.items()
            for call in extract["calls"]
            if not OF_TESTS.search(path) and not call.get("history")
        ]
        if not any(extract["opens"] for extract in self._extracts.values()):
            return
        found = opened(Handles(self._extracts, self._world), kept, Programs(self._extracts, self._world))
        told = frozenset[tuple[str, int]]().union(*(one.calls for one in found))
        loose = frozenset((path, call["at"][0]) for path, call, _ in kept) - told
        self._apart = tuple(replace(one, loose=loose) for one in found)
        extracts = {**self._extracts, self._manifest: self._mod} if self._mod else self._extracts
        ids = {one.name: f"gorm:{self.root or '.'}#{one.name}" for one in self._apart}
        for one in self._apart:
            made = Module(self.root, self._manifest, extracts, self._world, self._project, one).source()
            if made is not None:
                rivals = frozenset(ids.values()) - {ids[one.name]}
                yield replace(made, id=ids[one.name], rivals=rivals, variable=one.variable)

    def source(self) -> Source | None:
        """The source, or None when the module holds no models."""
        imports = {entry[1] for extract in self._extracts.values() for entry in extract["imports"]}
        if LEGACY in imports and not any(path.startswith("gorm.io/") for path in imports):
            facts, calls = self._legacy()
            made = self._made(facts, calls, {fact.span.path for fact in facts} | {call.span.path for call in calls})
            return replace(made, states=made.states - {Part.FOREIGN_KEYS}) if facts or calls else None
        modern = any(path.startswith("gorm.io/") for path in (*imports, *(r.name for r in self._set.requirements())))
        if not modern and self._project.tree.exists(self._manifest):
            return None  # TableName methods and plain structs of another ORM
        facts, calls, paths = self._facts()
        return replace(self._made(facts, calls, paths), hazards=self._hazards) if facts or calls else None

    def _made(self, facts: list[Fact], calls: list[Call], paths: set[str]) -> Source:
        choice = self._set.dialect()
        states = set(Part) - {Part.ENUMS}
        if self._set.flag("DisableForeignKeyConstraintWhenMigrating") or self._set.flag(
            "IgnoreRelationshipsWhenMigrating"
        ):
            states.discard(Part.FOREIGN_KEYS)
        own = (
            {self._manifest} if self._mod and self._manifest.removesuffix("go.mod").rstrip("/") == self.root else set()
        )
        files = sorted(paths | own)
        return Source(
            id=f"gorm:{self.root or '.'}",
            kind=SourceKind.MODELS,
            parser="gorm",
            root=self.root,
            dialect=choice.name,
            dialect_why=choice.why,
            states=frozenset(states),
            scripts=(Script(files[0] if files else self.root, "models", tuple(facts)),),
            files=tuple(files),
            authority=AUTHORITY[SourceKind.MODELS],
            calls=tuple(calls),
            requires=tuple(self._set.requirements()),
        )

    def history(self) -> Source | None:
        """What the module runs with gormigrate, None where it does not. Filled by `source`."""
        if not self._history:
            return None
        choice, files = self._set.dialect(), tuple(sorted({script.path for script in self._history}))
        root = files[0].rpartition("/")[0] if len(files) == 1 else self.root
        return Source(
            id=f"gormigrate:{root or '.'}",
            kind=SourceKind.MIGRATIONS,
            parser="gormigrate",
            root=root,
            dialect=choice.name,
            dialect_why=choice.why,
            states=frozenset(set(Part) - {Part.ENUMS}),
            scripts=self._history,
            files=files,
            authority=AUTHORITY[SourceKind.MIGRATIONS],
            requires=tuple(self._set.requirements()),
            faults=tuple(Fault(FaultKind.DUPLICATE, tuple(places)) for _, places in repeated(self._extracts)),
            ledgers=frozenset(
                TableName(None, dialect_named(choice.name).identifier(name, True, NameKind.TABLE))
                for path, extract in self._extracts.items()
                for said in extract["ledgers"]
                if (name := self._world.text(said, path))
            ),
        )

    def _legacy(self) -> tuple[list[Fact], list[Call]]:
        """What the module says with GORM v1, which makes no foreign keys but where a call adds one."""
        models = Models(self._extracts, self._world, dialect_named(self._set.dialect().name))
        facts, calls = models.read(self._evidence, OF_TESTS)
        facts.extend(self._beside("migrations of gormigrate with GORM v1 are not read", "gormigrate"))
        return facts, calls

    def _beside(self, why: str, word: str) -> Iterator[Fact]:
        """That something is not read, said at the first import that tells of it."""
        for path, extract in self._extracts.items():
            for _, imported, start, end in extract["imports"]:
                if word in imported:
                    span = Span(path, start, end)
                    yield Opaque(span, span, why, None)
                    return

    def _left_out(self) -> Iterator[Fact]:
        """Files with models that no build for Linux holds."""
        for path, extract in self._extracts.items():
            for start, end in extract.get("left_out", ()):
                span = Span(path, start, end)
                yield Opaque(span, span, "this file is not built for Linux, and its models are left out", ())

    def _facts(self) -> tuple[list[Fact], list[Call], set[str]]:
        choice = dialect_named(self._set.dialect().name)
        family = choice.family if choice.family != "generic" else None
        naming, derived = self._set.naming(family, self._apart)
        maker = Maker(
            dialect=choice,
            driver=self._set.driver(family),
            naming=naming,
            written=Written(choice.name),
            names_uniques=release(self._set.requires(GORM)) >= (1, 25, 7),
        )
        self._history = tuple(
            scripts(self._extracts, Steps(self._world, maker, naming, derived, choice.name))
            if self._one is None and any(extract["migrations"] for extract in self._extracts.values())
            else ()
        )
        live = set(self._live(naming if derived else None))
        given = [
            (
                path,
                call,
                of_today(
                    given_to(call, path, self._world),
                    path,
                    call,
                    lambda one: table_name(self._world, one, naming if derived else None) in live,
                ),
            )
            for path, extract in self._extracts.items()
            if not OF_TESTS.search(path)
            for call in extract["calls"]
        ]
        made, facts = Made(), list[Fact]()
        calls: list[Call] = []
        registries: dict[tuple[str, int], Registry] = {}
        without_relations = self._set.flag("IgnoreRelationshipsWhenMigrating")
        without_keys = without_relations or self._set.flag("DisableForeignKeyConstraintWhenMigrating")
        migrated: set[str] = set()
        followed: set[tuple[str, str]] = set()
        reached: dict[str, Struct] = {}
        done: list[Schema] = []
        at_start: set[str] = set()
        renamed: set[str] = set()
        apart: set[str] = set()
        special: set[TableName] = set()
        for path, call, arguments in given:
            followed |= arguments.followed
            if any((path, call["at"][0]) in one.calls for one in self._apart):
                apart.update(struct.key for struct in arguments.structs)
                continue
            if self._one is not None and (path, call["at"][0]) not in self._one.calls:
                if (path, call["at"][0]) in self._one.loose:
                    facts.append(self._loose(path, call, arguments, Registry(self._world, naming, derived), maker))
                continue
            named = self._named(path, call, arguments, naming, derived) if call["other_table"] else None
            if not call.get("history"):
                facts.extend(unknown(path, call, arguments, call["other_table"] and named is None))
            if call["other_table"]:
                renamed.update(struct.key for struct in arguments.structs)
                if named is not None:
                    table = maker.table(named, [])
                    made.add(table)
                    special.add(table.table)
                    calls.append(start_call(path, call, (table.table,)))
                continue
            migrated.update(struct.key for struct in arguments.structs)
            registry = registries.setdefault((path, call["function"]), Registry(self._world, naming, derived))
            groups = [[struct] for struct in arguments.structs] if call["each"] else [arguments.structs]
            schemas: list[Schema] = []
            for group in groups:
                if without_relations:
                    schemas.extend(registry.parse(struct) for struct in group)
                else:
                    schemas.extend(registry.order(group, adds=not call["creates"]))
                for schema in schemas:
                    if schema.table is not None and not (
                        schema.table in live and OF_HISTORY.search(schema.struct.path)
                    ):
                        made.add(maker.table(schema, [] if without_keys else registry.constraints(schema)))
            done.extend(schemas)
            if not call.get("history"):
                at_start.update(one.struct.key for one in schemas if not OF_HISTORY.search(one.struct.path))
            wanted = [schema.table for schema in schemas]
            wanted += [table_name(self._world, one, naming) for one in arguments.stand_ins]
            names = dict.fromkeys(maker.table_name(name) for name in wanted if name is not None)
            if (schemas or arguments.open) and not call.get("history"):
                known = not arguments.open or (names and not arguments.unordered)  # what code fills may hold any model
                calls.append(start_call(path, call, tuple(names) if known else None, arguments))
            reached.update(registry.targets())
        evidence = self._evidence(migrated)
        models = [
            one
            for one in evidence.models()
            if self._one is None and one.key not in apart and (one.key not in renamed or evidence.proved(one))
        ]
        unproved = {(struct.path, struct.start) for struct in models if not evidence.proved(struct)}
        rest = Registry(self._world, naming, derived)
        for struct in [*models, *reached.values()]:
            rest.parse(struct)
        schemas = rest.order([*models, *reached.values(), *rest.targets().values()], adds=True)
        listed = set(map(id, schemas))  # ReorderModels keeps one model for each table
        schemas.extend(schema for schema in map(rest.parse, models) if id(schema) not in listed)
        tables = [maker.table(one, [] if without_keys else rest.constraints(one)) for one in schemas if one.table]
        widest: dict[TableName, CreateTable] = {}  # of several models of one table: the others are rows of a query
        for table in tables:
            if table.table not in widest or rank(table) > rank(widest[table.table]):
                widest[table.table] = table
        for table in tables:
            if table.table not in made.tables:
                made.add(widest[table.table])
        facts.extend(
            replace(table, certain=table.table in special or (table.span.path, table.span.start) not in unproved)
            for table in made.tables.values()
        )
        facts.extend(one for one in tables if is_another(one, made.tables[one.table]))
        facts.extend(_computed(one) for one in schemas if one.table is None and not one.is_join)
        sent = dict(elsewhere(self._extracts, self._world, maker, naming if derived else None))
        gone = {*dropped(self._history), *sent}
        facts = [fact for fact in facts if not isinstance(fact, CreateTable) or fact.table not in gone]
        if self._one is None:
            facts.extend(sent.values())
            facts.extend(self._lists(followed))
            facts.extend(given_away(self._extracts, self._world, OF_TESTS))
            facts.extend(self._beside("models of GORM v1 beside those of v2 are not read", LEGACY))
            facts.extend(self._left_out())
        if facts or calls:
            facts.extend(self._sql(maker))
        version = release(self._set.requires(GORM))
        self._hazards = hazards(
            self._world,
            schemas,
            done,
            at_start,
            Slips(version, *self._world.tag_keys),
            Hazards(
                family,
                choice.name,
                version,
                release(self._set.requires("gorm.io/driver/mysql")),
                maker.driver.time_precision,
            ),
            KeyHazards(family, version, release(self._set.requires("gorm.io/driver/mysql"))),
        )
        paths = {fact.span.path for fact in facts} | {call.span.path for call in calls}
        return facts, calls, paths

    def _named(self, path: str, call: Data, given: Given, naming: Naming, derived: bool) -> Schema | None:
        """The schema of the one struct that `db.Table("name")` makes a table of; None where that is computed, or where the
        struct brings other tables along, which GORM would give the same name."""
        table = self._world.text(call["table"], path)
        if not table or len(given.structs) != 1 or given.open:
            return None
        registry = Registry(self._world, naming, derived, {given.structs[0].key: table})
        schemas = registry.order(given.structs, adds=not call["creates"])
        return schemas[0] if len(schemas) == 1 and not registry.constraints(schemas[0]) else None

    def _loose(self, path: str, call: Data, given: Given, registry: Registry, maker: Maker) -> Fact:
        """A call of which it is not known which database it migrates: any of them may have its tables."""
        schemas = registry.order(given.structs, adds=not call["creates"])
        tables = tuple(maker.table_name(schema.table) for schema in schemas if schema.table is not None)
        span, statement = Span(path, *call["at"]), Span(path, *call["statement"])
        return Opaque(span, statement, f"on which of the databases {call['text']} runs could not be told", tables)

    def _evidence(self, migrated: set[str]) -> Evidence:
        named = set(migrated)
        structs: list[Struct] = []
        for path, extract in self._extracts.items():
            folder = path.rpartition("/")[0]
            for declared in (one for one in extract["types"] if "key" not in one):
                struct = self._world.struct(folder, declared["name"])
                if struct is not None and struct.path == path:
                    structs.append(struct)
            if any(entry[1] == LEGACY or entry[1].startswith("gorm.io/") for entry in extract["imports"]):
                for package, name in extract["uses"]:
                    kind = {"wrap": [], "kind": "name", "name": name, "package": package or None}
                    used = self._world.meaning(kind, path).struct
                    if used is not None:
                        named.add(used.key)
        return Evidence(self._world, structs, named)

    def _live(self, naming: Naming | None) -> Iterator[str]:
        """The tables of structs that are no part of a migration."""
        for path, extract in self._extracts.items():
            for declared in () if OF_HISTORY.search(path) else extract["types"]:
                if "key" in declared or not any(
                    "tag" in entry or entry["anonymous"] for entry in declared.get("fields", ())
                ):
                    continue
                struct = self._world.struct(path.rpartition("/")[0], declared["name"])
                if struct is not None and (table := table_name(self._world, struct, naming)) is not None:
                    yield table

    def _lists(self, followed: set[tuple[str, str]]) -> Iterator[Fact]:
        """Lists of models that no call was seen to get: who knows what they are given to."""
        for path, extract in self._extracts.items():
            folder = path.rpartition("/")[0]
            for name, value in extract["values"].items():
                items = [item for item in value.get("list", ()) if "type" in item]
                known = [item for item in items if self._world.meaning(item["type"], path).struct is not None]
                if len(known) > 1 and (folder, name) not in followed:
                    span = Span(path, *known[0]["at"])
                    yield Opaque(span, span, f"what the models listed in {name} are given to could not be told", ())

    def _sql(self, maker: Maker) -> Iterator[Fact]:
        """Tables that SQL inside the Go code creates: another parser reads it, and what the model adds is not known."""
        for path, extract in self._extracts.items():
            for name, start, end in extract["sql"]:
                span = Span(path, start, end)
                yield Opaque(span, span, "SQL in the Go code makes it, too", (maker.table_name(name),))


def _computed(schema: Schema) -> Fact:
    span = Span(schema.struct.path, schema.struct.start, schema.struct.end)
    return Opaque(span, span, f"the table name of {schema.name} is computed", None)
