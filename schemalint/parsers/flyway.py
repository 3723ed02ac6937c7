"""Flyway's SQL: `V1_2__title.sql` by version, part by part as numbers, then `R__title.sql` by title; `U1_2__title.sql` is the
way back, and a new database gets the latest `B1_2__title.sql` in place of what came before. Locations, prefixes, placeholders
and the target are taken from configuration; folders below a location count. Java migrations are steps that are not read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from posixpath import basename

from schemalint import histories
from schemalint.histories import flyway
from schemalint.histories.filling import fill
from schemalint.histories.flyway import DEFAULT, Group, Named
from schemalint.histories.flywayrelease import is_before
from schemalint.model.facts import CreateIndex, DropIndex, Fact
from schemalint.model.source import Ignored, Script, Source, SourceKind, Takeover
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

_CODE = re.compile(r"(?:V(?P<version>[0-9]+(?:[._][0-9]+)*)|R)__(?P<title>.*)\.(?:java|kt)$")
_NOT_WRAPPED = re.compile(r"^[ \t]*executeInTransaction[ \t]*=[ \t]*false", re.M)
_NOT_FILLED = re.compile(r"^[ \t]*placeholderReplacement[ \t]*=[ \t]*false", re.M)
_WAITS = (
    "since Flyway 9.1.2 CREATE INDEX CONCURRENTLY waits for ever for a lock of Flyway's own, unless"
    " flyway.postgresql.transactional.lock is false"
)
_LOCKS = (9, 1, 2)
_BASELINES = re.compile(rb"\.(?:b|setB)aselineOnMigrate\(\s*true")
_BASELINES_HERE = re.compile(r"(?i)-baselineOnMigrate=[\"']?true")
_MIXED = re.compile(rb"\.(?:mixed\(\s*true|setMixed\(\s*true)")
_LOCK = re.compile(rb"postgresql\.transactional\.lock|TransactionalLock\(\s*false")
_FIRST = ("beforeConnect", "createSchema", "beforeCreateSchema", "beforeMigrate")
_BEHIND_VERSIONS = ("afterVersioned", "beforeRepeatables")
_LAST = ("afterMigrate", "afterMigrateApplied")
_EACH = ("beforeEachMigrate", "afterEachMigrate", "beforeEachMigrateStatement", "afterEachMigrateStatement")


class Flyway:
    """Reads SQL migrations of Flyway."""

    name = "flyway"
    kind = SourceKind.MIGRATIONS
    needs_dialect = True
    endings = frozenset({"sql"})

    def claims(self, path: str, content: bytes) -> bool:
        named = DEFAULT.named(path)
        return named is not None and named.kind != "C"

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        return histories.reading(file, dialect)

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        told = list(flyway.groups(project))
        made = []
        for group in told:
            paths = [path for path in project.tree.paths if group.holds(path)]
            if any(named(group, path) for path in paths):
                made.append(_History(group, paths, extracts, project).source())
        yield from _apart(made)
        roots = {group.root for group in told}
        for root, paths in histories.owned(self.name, project):
            if root not in roots:
                group = Group(root, (root,), flyway.settings(project, root))
                yield _History(group, paths, extracts, project).source()


def _apart(histories_: list[Source]) -> Iterator[Source]:
    """The histories, where those that have scripts in common are for databases of their own: no database gets both."""
    held = [frozenset(source.files) for source in histories_]

    def rivals(source: Source, files: frozenset[str]) -> Iterator[str]:
        for other, theirs in zip(histories_, held, strict=True):
            if other is not source and other.dialect == source.dialect and not files.isdisjoint(theirs):
                yield other.id

    for source, files in zip(histories_, held, strict=True):
        yield replace(source, rivals=frozenset(rivals(source, files)))


def named(group: Group, path: str) -> Named | None:
    """What a file's name says to Flyway, in code or in SQL."""
    match = _CODE.match(basename(path))
    if match is not None and match["version"]:
        return Named("V", flyway.version(match["version"]), match["version"].replace("_", "."), match["title"])
    if match is not None:
        return Named("R", (), "", match["title"])
    return group.settings.named(path)


class _History:
    """One history while its scripts are put in order."""

    def __init__(self, group: Group, paths: list[str], extracts: Mapping[str, Extract], project: Project) -> None:
        self.group = group
        self.settings = group.settings
        self.paths = paths
        self.extracts = extracts
        self.project = project
        self.choice = project.dialect_of(group.root)
        self.ignored: list[Ignored] = []

    def source(self) -> Source:
        """The history as a source."""
        code = tuple(place for folder in self.group.folders for place in _code_folders(folder))
        beside = (
            path for path in self.project.tree.paths if code and path.startswith(code) and _CODE.match(basename(path))
        )
        by_kind: dict[str, list[tuple[Named, str]]] = {}
        for path in dict.fromkeys((*self.paths, *beside)):
            found = named(self.group, path)
            if found is not None:
                by_kind.setdefault(found.kind, []).append((found, path))
        scripts = [*self._events(by_kind, _FIRST), *self._versions(by_kind), *self._events(by_kind, _BEHIND_VERSIONS)]
        for found, path in sorted(by_kind.get("R", ()), key=lambda one: one[0].title.replace("_", " ")):
            scripts.append(self._script(path, f"R {found.title}"))
        scripts += self._events(by_kind, _LAST)
        faults = (
            fault
            for kind in "VB"
            for fault in histories.duplicates(
                ((one.version, one.written, path) for one, path in by_kind.get(kind, ())), self.project
            )
        )
        mine = {path for kind in by_kind.values() for _, path in kind}
        ignored = tuple(one for folder in self.group.folders for one in self._passed_over(folder, mine))
        made = histories.history(
            "flyway",
            self.group.root,
            self.choice.name,
            self.choice.why,
            scripts,
            (*ignored, *self.ignored),
            tuple(faults),
        )
        profile = f"#{self.group.profile}" if self.group.profile else ""
        return replace(made, id=made.id + profile, takeover=self._takeover(made.scripts, by_kind))

    def _takeover(self, scripts: tuple[Script, ...], by_kind: Mapping[str, list[tuple[Named, str]]]) -> Takeover | None:
        """With baselineOnMigrate, what there is up to baselineVersion is taken as run in a schema that holds something."""
        if "baselineonmigrate" not in self.settings.values:
            calls = (call for call in self.project.deployment.tool_calls if call.tool == "flyway")
            told = any(_BASELINES_HERE.search(call.text) for call in calls) or self._sets(_BASELINES)
            return Takeover(None) if told else None
        switched = self.settings.values["baselineonmigrate"]
        if switched is not None and switched.lower() != "true":
            return None
        written = self.settings.values.get("baselineversion", "1") or ""
        elsewhere = {"schemas", "defaultschema"}.intersection(self.settings.values)
        if switched is None or elsewhere or "B" in by_kind or not re.fullmatch(r"[0-9]+(?:[._][0-9]+)*", written):
            return Takeover(None)
        begun = {path for one, path in by_kind.get("V", ()) if one.version <= flyway.version(written)}
        return Takeover(tuple(script for script in scripts if script.path not in begun))

    def _versions(self, by_kind: Mapping[str, list[tuple[Named, str]]]) -> Iterator[Script]:
        """What a new database gets: the latest baseline there is up to the target, and the versions behind it."""
        target = self._target()
        reached = [one for one in by_kind.get("B", ()) if target is None or one[0].version <= target]
        start = max(reached, key=lambda one: one[0].version, default=None)
        steps = [one for one in by_kind.get("V", ()) if start is None or one[0].version > start[0].version]
        backs = {one.version: path for one, path in by_kind.get("U", ())}
        each = [one for one in by_kind.get("C", ()) if one[0].title in _EACH and self._facts(one[1])]
        for at, (one, path) in enumerate(sorted((*([start] if start else []), *steps), key=lambda one: one[0].version)):
            if target is not None and one.version > target:
                why = f"flyway.target is {self.settings.get('target', '')}"
                self.ignored.append(histories.passed_over(path, why, self.project))
                continue
            yield self._script(path, one.written, backs.get(one.version))
            if at == 0:
                for event, callback in each:
                    why = f"{event.title} runs again with every migration"
                    yield Script(callback, event.title, histories.opaque(callback, why, self.project))

    def _target(self) -> tuple[int, ...] | None:
        written = self.settings.get("target", "").rstrip("?")
        return flyway.version(written) if re.fullmatch(r"[0-9]+(?:[._][0-9]+)*", written) else None

    def _events(self, by_kind: Mapping[str, list[tuple[Named, str]]], events: tuple[str, ...]) -> Iterator[Script]:
        """The callbacks of these events that say something, in the order of the events, then of their names."""
        for event in events:
            for found, path in sorted(by_kind.get("C", ()), key=lambda one: one[1]):
                if found.title == event and self._facts(path):
                    yield self._script(path, event)

    def _script(self, path: str, label: str, back: str | None = None) -> Script:
        down = None if back is None else self._extract(back)
        script = histories.one_way(path, label, self._extract(path), back=back, down=down)
        undone = None if down is None or back is None else self._transactional(back, histories.facts(down))
        return replace(script, transactional=self._transactional(path, script.facts), down_transactional=undone)

    def _facts(self, path: str) -> tuple[Fact, ...]:
        return histories.facts(self._extract(path))

    def _extract(self, path: str) -> Extract | None:
        if _CODE.match(basename(path)):
            return {"facts": histories.opaque(path, "a migration in code is not read", self.project)}
        file = self.project.tree.file(path, self.choice.name)
        if file is None:
            return None
        opening, closing = self.settings.marks
        if self.settings.replaces and opening in file.text and not self._says(path, _NOT_FILLED):
            values = {name: value for name, value in self.settings.placeholders.items() if value is not None}
            values[f"flyway{self.settings.get('placeholderseparator', ':')}filename"] = basename(path)
            made, whole = fill(file, self.choice.name, values, (opening, closing))
            # What stands in other marks than the usual ones the reader takes for code.
            if whole or (opening, closing) == ("${", "}"):
                return made
            return {"facts": histories.opaque(path, "Flyway puts values of its configuration into it", self.project)}
        return histories.extract_of(path, self.choice.name, self.extracts.get(path), self.project)

    def _transactional(self, path: str, facts: tuple[Fact, ...]) -> bool | None:
        """Whether a script is undone as a whole. Flyway sees which statements PostgreSQL runs in no transaction."""
        wrapped = not self._says(path, _NOT_WRAPPED) and self.settings.get("executeintransaction", "true") != "false"
        alone = [isinstance(fact, CreateIndex | DropIndex) and fact.concurrently for fact in facts]
        if any(alone) and (all(alone) or self.settings.get("mixed", "false") == "true" or self._sets(_MIXED)):
            wrapped = False
            built = next((fact for fact in facts if isinstance(fact, CreateIndex)), None)
            locks = self.settings.get("postgresql.transactional.lock", "true") != "false" and not self._sets(_LOCK)
            if self.choice.name == "postgres" and locks and built is not None and not self._is_before_the_lock():
                self.ignored.append(Ignored(built.span, _WAITS))
        return histories.transactional(self.choice.name, wrapped)

    def _is_before_the_lock(self) -> bool:
        return is_before(_LOCKS, self.project.tree)

    def _sets(self, what: re.Pattern[bytes]) -> bool:
        """Whether code sets this for Flyway, for whichever history."""
        code = (path for path in self.project.tree.paths if path.endswith((".java", ".kt", ".groovy", ".scala")))
        return any(what.search(self.project.tree.read(path) or b"") for path in code)

    def _says(self, path: str, what: re.Pattern[str]) -> bool:
        """Whether the settings that stand beside a script say this."""
        file = self.project.tree.file(f"{path}.conf")
        return file is not None and what.search(file.text) is not None

    def _passed_over(self, folder: str, mine: set[str]) -> Iterator[Ignored]:
        get = self.settings.get
        between = get("sqlmigrationseparator", "__")
        names = (
            f"{get('sqlmigrationprefix', 'V')}1{between}title.sql, {get('undosqlmigrationprefix', 'U')}1{between}title.sql"
            f" and {get('repeatablesqlmigrationprefix', 'R')}{between}title.sql"
        )
        yield from histories.beside(folder, mine, f"it only takes {names}", self.project)


def _code_folders(root: str) -> tuple[str, ...]:
    """Where the build puts Java or Kotlin migrations of the same location."""
    before, resources, after = f"/{root}".partition("/resources/")
    return tuple(f"{before}/{language}/{after}/".lstrip("/") for language in ("java", "kotlin")) if resources else ()


PARSER = Flyway()
