"""Sequelize in JavaScript and TypeScript, versions 5 to 7: models and what `sync()` would make of them, migrations."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from posixpath import basename, join, normpath
from typing import TYPE_CHECKING, Any

from schemalint.dialects import dialect as dialect_of_name
from schemalint.model.source import Part, Requirement, Script, Source, SourceKind
from schemalint.model.span import SourceFile, Span
from schemalint.parsers import Extract, Project

if TYPE_CHECKING:
    from schemalint.jssource.evaluate import Evaluator
    from schemalint.jssource.here import Entry
    from schemalint.jssource.values import Value
    from schemalint.model.facts import Fact
    from schemalint.parsers.sequelize.cli import Settings
    from schemalint.parsers.sequelize.package import Package

_CODE = (".js", ".cjs", ".mjs", ".ts", ".cts", ".mts", ".jsx", ".tsx")
_LARGEST = 1_000_000
_WORDS = (
    b"equelize",
    b"DataTypes",
    b"ueryInterface",
    b"ery_interface",
    b".hasMany(",
    b".belongsTo",
    b".hasOne(",
    b".sync(",
)
_DEFINING = (b".define(", b".init(", b"@Table", b"@Attribute")
_CONFIG_WORDS = (b"underscored", b"freezeTableName", b"dialect")
_ASIDE = re.compile(
    r"(^|/)(tests?|__tests__|__mocks__|specs?|e2e|fixtures?|examples?|docs?|benchmarks?|node_modules|cypress)/|"
    r"\.(test|spec|stories)\.[cm]?[jt]sx?$"
)
_VERSION = re.compile(r"(\d+)(?:\.(\d+|x|\*))?")
_DEPENDENCY = re.compile(r'"(sequelize|@sequelize/core|@sequelize/sqlite3|sequelize-typescript)"\s*:\s*"([^"\\]*)"')
_LOCKED = re.compile(
    r'"(?:node_modules/)?sequelize"\s*:\s*\{\s*"version"\s*:\s*"([^"\\]*)"|(?m:^"?sequelize@.*\n\s+version "([^"]*)")'
)
_RUN = re.compile(r"(?:npm run|yarn(?: run)?|pnpm(?: run)?) ([\w:.-]+)")
_STARTED = re.compile(r"[\w./-]+\.[cm]?[jt]s\b")


class SequelizeParser:
    """Reads source files, config.json and package.json; one source a package."""

    name = "sequelize"
    kind = SourceKind.MODELS
    needs_dialect = False
    endings = frozenset({"json", "sequelizerc", "js", "cjs", "mjs", "ts", "cts", "mts", "jsx", "tsx"})

    def claims(self, path: str, content: bytes) -> bool:
        """Source files that mention Sequelize, associations or its configuration; package.json; config/config.json."""
        if path.endswith(".json"):
            if basename(path) == "package.json":
                return b"sequelize" in content
            return b'"dialect"' in content and len(content) < _LARGEST // 10
        if basename(path) == ".sequelizerc":
            return len(content) < _LARGEST // 10
        if not path.endswith(_CODE) or path.endswith((".d.ts", ".min.js")) or "node_modules/" in path:
            return False
        if len(content) > _LARGEST:
            return b"equelize" in content and any(word in content for word in _DEFINING)
        return any(word in content for word in _WORDS) or any(word in content for word in _CONFIG_WORDS)

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        """What one file says, as plain data."""
        if basename(file.path) == "package.json":
            return _manifest(file)
        if file.path.endswith(".json"):
            return _json(file)
        from schemalint.parsers.sequelize.migrations import is_migration
        from schemalint.parsers.sequelize.reading import read, read_migration

        migrates = len(file.text) <= _LARGEST and is_migration(file.path, file.text)
        return read_migration(file) if migrates else read(file)

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        """One source a folder of migrations, one a package that has models."""
        from schemalint.jssource.evaluate import Evaluator

        evaluator = Evaluator(extracts)
        if any(extract.get("migration") for extract in extracts.values()):
            from schemalint.parsers.sequelize.migrations import histories_of

            def models_of(unit: str) -> Package:
                files = {
                    path: one for path, one in extracts.items() if project.unit(path) == unit and not _aside(path, unit)
                }
                return _package(evaluator, files, unit, project)

            yield from histories_of(extracts, project, _spoken(evaluator, extracts, project), models_of)
        units: dict[str, dict[str, Extract]] = {}
        for path, extract in extracts.items():
            units.setdefault(project.unit(path), {})[path] = extract
        for unit in sorted(units):
            files = {path: extract for path, extract in units[unit].items() if not _aside(path, unit)}
            yield from _sources(evaluator, unit, files, project)


def _spoken(evaluator: Evaluator, extracts: Mapping[str, Extract], project: Project) -> Mapping[str, tuple[str, str]]:
    """The dialect that all of a package's `new Sequelize` agree on, and where it is said."""
    from schemalint.parsers.sequelize.instances import instances

    told: dict[str, dict[str, str]] = {}
    for path, extract in extracts.items():
        unit = project.unit(path)
        for one in instances(evaluator, path, extract) if not _aside(path, unit) else ():
            if one.dialect is not None:
                told.setdefault(unit, {})[one.dialect] = f"new Sequelize in {path}"
    return {unit: next(iter(found.items())) for unit, found in told.items() if len(found) == 1}


def _aside(path: str, unit: str) -> bool:
    """Whether a file of a package is a test or an example of it. A package that lies in such a folder whole is not."""
    return _ASIDE.search(path[len(unit) + 1 :] if unit else path) is not None


def _sources(evaluator: Any, unit: str, files: Mapping[str, Extract], project: Project) -> Iterator[Source]:
    """One source a database that the models of a package are bound to."""
    manifest = files.get(join(unit, "package.json"), {}).get("package", {})
    package = _package(evaluator, files, unit, project)
    for target, part in package.databases() if package.models else ():
        yield _source(part, target, unit, project, manifest, _version(manifest, unit, project))


def _package(evaluator: Evaluator, files: Mapping[str, Extract], unit: str, project: Project) -> Package:
    """The models of a package with what their associations add."""
    from schemalint.parsers.sequelize.associations import associate
    from schemalint.parsers.sequelize.package import Package

    manifest = files.get(join(unit, "package.json"), {}).get("package", {})
    package = Package(evaluator, files, _version(manifest, unit, project)[0], settings=_settings(project))
    package.load()
    if package.models:
        associate(package)
    return package


def _source(
    package: Package, target: str, unit: str, project: Project, manifest: Mapping[str, Any], version: tuple[int, int]
) -> Source:
    from schemalint.parsers.sequelize.calls import Calls, loaded
    from schemalint.parsers.sequelize.cli import settings
    from schemalint.parsers.sequelize.facts import lost, tables
    from schemalint.parsers.sequelize.hazards import hazards

    evaluator, files = package.evaluator, package.files
    choice, why = _dialect(package, unit, project, settings(files, unit))
    made = tables(package, dialect_of_name(choice))
    circle = None
    if made.circles and version >= (6, 20) and choice != "sqlite":
        names = " and ".join(sorted(model.name for model in made.circles[0]))
        circle = f"alters: the foreign keys of {names} are cyclic"
    read = {path: project.tree.file(path) for path, extract in files.items() if extract.get("syncs")}
    read |= {
        path: project.tree.file(path) for path, extract in files.items() if extract.get("runs") and path not in read
    }
    commands = _commands(project)
    named = [path for path in files if basename(path) in commands]
    started = loaded(
        evaluator, files, [*named, *(normpath(join(unit, entry)) for entry in manifest.get("started", ()))]
    )
    calls = Calls(package, made.names, read, circle, version).calls(started)
    used = sorted({model.here.path for model in package.models} | {call.span.path for call in calls})
    return Source(
        id=f"sequelize:{unit or '.'}{'#' if target else ''}{target}",
        kind=SourceKind.MODELS,
        parser="sequelize",
        root=unit,
        dialect=choice,
        dialect_why=why,
        states=_states(made.facts) - ({Part.TABLES} if lost(package) else set()),
        scripts=(Script(unit, unit or ".", (*made.facts, *lost(package))),),
        files=tuple(used),
        calls=tuple(calls),
        hazards=tuple(hazards(package.models, made, calls, choice, version)),
        unchecked=any(one.unchecked for one in package.instances),
        requires=tuple(
            Requirement(name, written, Span(join(unit, "package.json"), start, end))
            for name, written, start, end in manifest.get("requires", ())
        ),
    )


def _commands(project: Project) -> str:
    """What images and services run, as one text."""
    texts = [command for one in project.deployment.dockerfiles for stage in one.stages for command, _ in stage.commands]
    texts += [service.command or "" for one in project.deployment.compose for service in one.services]
    return "\n".join(texts)


def _settings(project: Project) -> Mapping[str, Entry] | None:
    """`[tool.schemalint.sequelize] define`, in the shape of an object that was read."""
    from schemalint.jssource.here import Entry, Here

    define = project.config.sequelize.define
    if not define:
        return None
    nowhere = Span("", 0, 0)
    return {key: Entry(key, nowhere, Here("", _plain(value))) for key, value in define.items()}


def _dialect(package: Package, unit: str, project: Project, tool: Settings) -> tuple[str | None, str]:
    told = {instance.dialect for instance in package.instances if instance.dialect is not None}
    if len(told) == 1:
        here = next(one for one in package.instances if one.dialect is not None).here
        return told.pop(), f"new Sequelize in {here.path}"
    chosen = project.dialect_of(unit)
    return tool.chosen(chosen.name, chosen.why)


def _states(facts: list[Fact]) -> frozenset[Part]:
    """What the models are complete about. Many projects leave keys and indexes to SQL: those are only stated by a
    project that has some."""
    from schemalint.model.facts import AddConstraint, CreateTable

    created = [fact for fact in facts if isinstance(fact, CreateTable)]
    states = {Part.COLUMNS, Part.NULLABILITY, Part.DEFAULTS, Part.ENUMS}
    if len(created) == sum(not isinstance(fact, AddConstraint) and hasattr(fact, "table") for fact in facts):
        states.add(Part.TABLES)
    if any(fact.indexes for fact in created):
        states.add(Part.INDEXES)
    if any(fact.uniques for fact in created):
        states.add(Part.UNIQUES)
    if any(fact.foreign_keys for fact in created):
        states.add(Part.FOREIGN_KEYS)
    return frozenset(states)


# package.json and config.json


def _manifest(file: SourceFile) -> Extract:
    try:
        held = json.loads(file.text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(held, dict):
        return {}
    requires = [[match[1], match[2], match.start(), match.end()] for match in _DEPENDENCY.finditer(file.text)]
    scripts = held.get("scripts")
    texts = [held.get("main")]
    if isinstance(scripts, dict):
        texts += _started(scripts)
    started = [found for text in texts if isinstance(text, str) for found in _STARTED.findall(text)]
    return {"package": {"requires": requires, "started": started}}


def _started(scripts: Mapping[str, Any]) -> list[str]:
    """The commands that start the program, and those that they run by name."""
    texts: list[str] = []
    waiting = ["start", "prestart", "dev", "serve", "start:prod", "start:dev", "postinstall"]
    seen: set[str] = set()
    while waiting:
        name = waiting.pop()
        text = scripts.get(name)
        if isinstance(text, str) and name not in seen:
            seen.add(name)
            texts.append(text)
            waiting += _RUN.findall(text)
    return texts


def _version(manifest: Mapping[str, Any], unit: str, project: Project) -> tuple[int, int]:
    """Major and minor of the Sequelize in use: locked, else the newest that the range allows, else 6."""
    written = {name: version for name, version, _, _ in manifest.get("requires", ())}
    if "@sequelize/core" in written:
        return 7, 0
    for lock in ("package-lock.json", "yarn.lock"):
        for folder in dict.fromkeys((unit, "")):
            file = project.tree.file(join(folder, lock))
            match = None if file is None else _LOCKED.search(file.text)
            if match is not None and (found := _VERSION.search(match[1] or match[2])) is not None:
                return int(found[1]), int(found[2] or 0)
    text = written.get("sequelize", "")
    found = _VERSION.search(text)
    if found is None or text.startswith((">", "*", "latest")):
        return 6, 37
    major = int(found[1])
    exact = found[2] is not None and found[2].isdigit() and not text.startswith("^")
    return major, int(found[2]) if exact else 99


def _json(file: SourceFile) -> Extract:
    try:
        return {"exports": [["*", _plain(json.loads(file.text))]]}
    except (ValueError, RecursionError):
        return {}


def _plain(held: Any, depth: int = 0) -> Value:
    """A value of JSON or TOML as the value of an expression without a place."""
    made: Value = {"t": "other", "s": 0, "e": 0}
    if held is None:
        made["t"] = "null"
    elif isinstance(held, bool):
        made |= {"t": "bool", "v": held}
    elif isinstance(held, (int, float)):
        made |= {"t": "num", "v": str(held)}
    elif isinstance(held, str):
        made |= {"t": "str", "v": held}
    elif isinstance(held, list) and depth < 12:
        made |= {"t": "arr", "a": [_plain(one, depth + 1) for one in held]}
    elif isinstance(held, dict) and depth < 12:
        made |= {"t": "obj", "p": [[str(key), 0, 0, _plain(one, depth + 1)] for key, one in held.items()]}
    return made


PARSER = SequelizeParser()
