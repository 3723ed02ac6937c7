"""One package's entities as a source: its data sources' options, its dialect, what runs `synchronize`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from posixpath import dirname
from typing import Any

from schemalint.dialects import dialect
from schemalint.jssource.environments import environment
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.files import Files
from schemalint.jssource.here import Here
from schemalint.jssource.modules import path_text
from schemalint.model.facts import CreateTable, Fact, Opaque
from schemalint.model.objects import CreateEnum
from schemalint.model.source import Call, Part, Script, Source, SourceKind, Sync
from schemalint.model.span import Span
from schemalint.parsers import DialectChoice, Extract, Project
from schemalint.parsers.typeorm_entities.classes import Classes
from schemalint.parsers.typeorm_entities.entities import Entities
from schemalint.parsers.typeorm_entities.naming import Naming
from schemalint.parsers.typeorm_entities.options import Lack, Options
from schemalint.parsers.typeorm_entities.tables import Tables

_DRIVERS = {
    "postgres": "postgres",
    "aurora-postgres": "postgres",
    "mysql": "mysql",
    "aurora-mysql": "mysql",
    "mariadb": "mariadb",
    "mssql": "tsql",
    **dict.fromkeys(("sqlite", "better-sqlite3", "sqljs", "expo", "capacitor", "cordova", "react-native"), "sqlite"),
    **dict.fromkeys(("cockroachdb", "oracle", "sap", "spanner"), "generic"),
}
_FAMILY = {"mariadb": "mysql"}
_SYNC = Sync(
    adds_columns=True,
    adds_indexes=True,
    adds_foreign_keys=True,
    alters_columns=True,
    alters_indexes=True,
    drops_columns=True,
)

_OFF_UNLESS_SET = re.compile(
    r"(!!|Boolean\()?process\.env(\.\w+|\[['\"]\w+['\"]\])\)?|process\.env(\.(?!NODE_ENV)\w+)\s*===?\s*(['\"])\w+\4"
)
"""A flag of the environment that is off where nobody sets it."""


@dataclass(slots=True)
class _Package:
    """The files of one package, and what its data sources are told. `chosen` is the condition on which options are taken, by
    where they stand, with what it says of them: the condition itself, or its opposite as `!`."""

    unit: str
    files: dict[str, Extract]
    options: list[Options]
    chosen: dict[Span, Here]


def sources(extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
    """One source a package that has entities."""
    evaluator = Evaluator(Files(extracts, project.tree))
    units: dict[str, dict[str, Extract]] = {}
    for path, extract in extracts.items():
        units.setdefault(project.unit(path), {})[path] = extract
    told = {unit: list(_options(evaluator, files)) for unit, files in units.items()}
    everywhere = [one for options in told.values() for one in options]
    classes = Classes(evaluator, extracts)
    for unit, files in sorted(units.items()):
        package = _Package(unit, files, told[unit] or everywhere, dict(_chosen(evaluator, files)))
        choices = list(_dialects(package, project))
        for choice in choices:
            made = _source(evaluator, classes, package, project, choice)
            if made is not None:
                yield replace(made, id=f"{made.id}#{choice.name}") if len(choices) > 1 else made


def _options(evaluator: Evaluator, files: Mapping[str, Extract]) -> Iterator[Options]:
    for path, extract in files.items():
        for held in extract.get("sources", ()):
            options = Options(evaluator, Here(path, held))
            driver = options.literal("type")
            if not isinstance(driver, str) or driver in _DRIVERS:
                yield options


def _chosen(evaluator: Evaluator, files: Mapping[str, Extract]) -> Iterator[tuple[Span, Here]]:
    """`new DataSource(onServer ? one : other)`: the options that are taken on a condition."""
    for path, extract in files.items():
        for held in extract.get("makers", ()):
            for given in Here(path, held).arguments()[:1]:
                found = evaluator.follow(given)
                if found.kind != "cond":
                    continue
                test = found.value["c"]
                for side, condition in (("l", test), ("r", test | {"t": "un", "op": "!", "v": test})):
                    yield evaluator.follow(found.at(found.value[side])).span, found.at(condition)


def _source(
    evaluator: Evaluator, classes: Classes, package: _Package, project: Project, choice: DialectChoice
) -> Source | None:
    naming = _naming(evaluator, package.options)
    entities = Entities(evaluator, classes, naming)
    made = [one for one in entities.read() if one.of.path in package.files]
    schemas = [Span(path, *place) for path, extract in package.files.items() for place in extract.get("schemas", ())]
    lost = [(place, why) for place, why in entities.lost if place.path in package.files]
    if not made and not schemas and not lost:
        return None
    tables = Tables(evaluator, dialect(choice.name), naming, _schema(package.options), certain=True)
    facts = list(tables.facts(made))
    facts += [Opaque(place, place, "an EntitySchema is not read", touches=()) for place in schemas]
    facts += [Opaque(place, place, why, touches=()) for place, why in lost]
    calls = list(_calls(package, project))
    return Source(
        id=f"typeorm-entities:{package.unit or '.'}",
        kind=SourceKind.MODELS,
        parser="typeorm-entities",
        root=package.unit,
        dialect=choice.name,
        dialect_why=choice.why,
        states=_states(facts),
        scripts=(Script(package.unit, package.unit or ".", tuple(facts)),),
        files=tuple(sorted({one.of.path for one in made} | {call.span.path for call in calls})),
        calls=tuple(calls),
    )


def _naming(evaluator: Evaluator, options: list[Options]) -> Naming:
    """The strategy and the prefix that all data sources agree on; where they do not, what both known strategies agree on."""
    kinds, prefixes = set(), set()
    for one in options:
        strategy = one.here("namingStrategy")
        absent = strategy is Lack.ABSENT
        kinds.add("default" if absent else "custom" if isinstance(strategy, Lack) else _strategy(evaluator, strategy))
        prefix = one.literal("entityPrefix")
        prefixes.add(prefix if isinstance(prefix, str) else None if prefix is Lack.UNKNOWN else "")
        if "entityPrefix" in one.entries and prefix is Lack.UNKNOWN:
            kinds.add("custom")
    kind = next(iter(kinds), "default") if len(kinds) < 2 else "either" if "custom" not in kinds else "custom"
    prefix = next(iter(prefixes)) if len(prefixes) == 1 else ""
    return Naming(kind, prefix or "")


def _strategy(evaluator: Evaluator, strategy: Here) -> str:
    if strategy.kind != "new":
        return "custom"
    value = evaluator.follow(strategy.at(strategy.value["f"])).value
    taken = (value["o"].get("m"), value["p"]) if value["t"] == "mem" else (value.get("m"), value.get("n"))
    known: dict[tuple[object, object], str] = {
        ("typeorm", "DefaultNamingStrategy"): "default",
        ("typeorm-naming-strategies", "SnakeNamingStrategy"): "snake",
    }
    return known.get(taken, "custom")


def _schema(options: list[Options]) -> str | None:
    """The schema that all data sources name; "public" is the server's own."""
    found = {one.literal("schema") for one in options}
    only = found.pop() if len(found) == 1 else None
    return only if isinstance(only, str) and only != "public" else None


def _dialect(package: _Package, project: Project) -> DialectChoice:
    """The project's choice, unless the data sources agree on a driver for another family."""
    choice = project.dialect_of(package.unit)
    told: dict[str, str] = {}
    for one in package.options:
        driver = one.literal("type")
        if isinstance(driver, str) and driver in _DRIVERS and one.span is not None:
            told.setdefault(_DRIVERS[driver], one.span.path)
    if len(told) != 1:
        return choice
    ((name, path),) = told.items()
    if choice.name is None or _FAMILY.get(choice.name, choice.name) != _FAMILY.get(name, name):
        return DialectChoice(name, f"the data source in {path}")
    return choice


def _dialects(package: _Package, project: Project) -> Iterator[DialectChoice]:
    """What the entities are meant for: each server that the package has migrations for, where nothing else tells."""
    choice = _dialect(package, project)
    if choice.name is not None:
        yield choice
        return
    roots = [root for one in package.options for root in _roots(one)]
    folders = sorted(
        {dirname(path) for path, extract in package.files.items() if any(map(_migrates, extract.get("classes", ())))}
    )
    named = [folder for folder in folders if any(f"{folder}/".startswith(f"{root}/") for root in roots)]
    found: dict[str, DialectChoice] = {}
    for folder in named or folders:
        told = project.dialect_of(folder)
        if told.name is not None:
            found.setdefault(told.name, DialectChoice(told.name, f"the migrations in {folder}"))
    yield from found.values() or (choice,)


def _migrates(held: dict[str, Any]) -> bool:
    return "up" in held["methods"] and "down" in held["methods"]


def _roots(options: Options) -> Iterator[str]:
    """The folders that a data source takes migrations from, as far as its patterns are known."""
    listed = options.here("migrations")
    if isinstance(listed, Lack):
        return
    for item in listed.arguments():
        value = item.value
        parts = [part for part in value.get("a", ()) if isinstance(part, dict)]
        known = None
        while known is None and len(parts) > 1:
            known = path_text(item.at(value | {"a": parts}))
            parts.pop()
        root = (known or "").partition("*")[0].rstrip("/")
        if root:
            yield root


def _calls(package: _Package, project: Project) -> Iterator[Call]:
    """`synchronize: true` of data sources, and the command line's `schema:sync` where it is deployed."""
    for one in package.options:
        entry = one.entries.get("synchronize")
        said = one.literal("synchronize")
        if entry is None or said is False or said is Lack.ABSENT:
            continue
        place = Span(entry.span.path, entry.span.start, entry.value.span.end)
        if entry.value.span.path != entry.span.path or place.end <= place.start:
            place = entry.span
        written = _text(place, project)
        chosen = None if one.span is None else package.chosen.get(one.span)
        if said is True and chosen is not None:
            text = _text(chosen.span, project)
            negated = chosen.kind == "un" and chosen.value["op"] == "!" and not text.startswith("!")
            where = environment(one.evaluator, chosen, True)
            condition = f"!({text})" if negated else text
            yield Call(place, written or "synchronize: true", _SYNC, None, condition, where)
        elif said is True:
            others = [other for other in package.options if other.literal("synchronize") is not True]
            if not any("migrations" in other.entries for other in others):  # else which one is taken is not known
                yield Call(place, written or "synchronize: true", _SYNC)
        else:
            condition = _text(entry.value.span, project)
            if _OFF_UNLESS_SET.fullmatch(condition) and "migrations" in one.entries:
                continue  # migrations make the schema, unless somebody asks for this
            yield Call(
                place, "synchronize", _SYNC, None, condition or None, environment(one.evaluator, entry.value, True)
            )
    for call in project.deployment.tool_calls:
        if call.tool == "typeorm-entities" and call.where in ("image", "compose", "code"):
            yield Call(call.span, call.text, _SYNC)


def _text(place: Span, project: Project) -> str:
    file = project.tree.file(place.path)
    told = "" if file is None else " ".join(file.text[place.start : place.end].split())
    return told if len(told) <= 80 else told[:79] + "…"


def _states(facts: list[Fact]) -> frozenset[Part]:
    """What the entities are complete about. Many projects leave keys and indexes to migrations: those are only stated by a
    project that has some."""
    created = [fact for fact in facts if isinstance(fact, CreateTable)]
    states = {Part.COLUMNS, Part.NULLABILITY, Part.DEFAULTS}
    if not any(isinstance(fact, Opaque) for fact in facts):
        states.add(Part.TABLES)
    if any(isinstance(fact, CreateEnum) for fact in facts):
        states.add(Part.ENUMS)
    if any(fact.indexes for fact in created):
        states.add(Part.INDEXES)
    if any(fact.uniques or any(index.unique for index in fact.indexes) for fact in created):
        states.add(Part.UNIQUES)
    states.add(Part.FOREIGN_KEYS)
    return frozenset(states)
