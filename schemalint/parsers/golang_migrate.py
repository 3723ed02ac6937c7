"""golang-migrate: `VERSION_title.up.sql` and `.down.sql`, in the order and by the file rules of the tool itself.

Names are read by the tool's own expression (source/parse.go); a version that is no 64-bit number, and every other file
of the folder, is never seen by it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from posixpath import basename, dirname

from schemalint import histories
from schemalint.model.frozen import replace
from schemalint.model.source import Fault, FaultKind, Part, Script, Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import Extract, Project

_NAME = re.compile(r"^([0-9]+)_(.*)\.(up|down)\.(.*)$")
_SQL = re.compile(r"\.sql$|\.(?:[sS][qQ][lL]|psql|pgsql)(?:\.[^./]*)?$")
_COMMIT = re.compile(r"^[ \t]*COMMIT\b", re.I | re.M)
_CODE = re.compile(r"(?:^|/)([0-9]{1,40})_[^/]*\.(up|down)\.(?:go|js|cjs|mjs|ts|py|rb|php)$")
_LARGEST = 2**64
_RUNNERS = re.compile(rb'"(?:github\.com/maragudk|maragu\.dev)/migrate"')
_OWN_RUNNER = b"golang-migrate/migrate"
"""Imports of a runner with files of the same names, and of the tool itself."""
_WHY = "golang-migrate only reads VERSION_title.up.sql and .down.sql"


@lru_cache(maxsize=20_000)
def _version(path: str) -> tuple[int, str, str] | None:
    """The version as a number and as written, and the direction, as the tool reads a file's name; None for others."""
    match = _NAME.match(basename(path))
    if match is None or len(match[1]) > 40 or (version := int(match[1])) >= _LARGEST:
        return None
    return version, match[1], match[3]


class GolangMigrate:
    """Reads migration folders of golang-migrate."""

    name = "golang-migrate"
    kind = SourceKind.MIGRATIONS
    needs_dialect = True
    endings: frozenset[str] | None = None

    def claims(self, path: str, content: bytes) -> bool:
        named = path.endswith(".sql") or _SQL.search(path) is not None
        return named and _version(path) is not None and histories.marked(path, content) is None

    def extract(self, file: SourceFile, dialect: str | None) -> Extract:
        commits = "commit" in file.text.lower() and _COMMIT.search(file.text) is not None  # line by line is slow
        return {**histories.reading(file, dialect), "commits": commits}

    def link(self, extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
        folders: dict[str, list[str]] = {}
        owned = histories.owners(project)
        for path in extracts:
            # The tool minds no ending; where it may be another one's folder, a copy that was put aside is just that.
            if path not in owned and (path.endswith(".sql") or _is_called(project)):
                folders.setdefault(dirname(path), []).append(path)
        for folder, paths in sorted(folders.items()):
            if any(path.endswith(".up.sql") for path in paths):
                known = frozenset(paths)
                scripts = (path for path in project.tree.within(folder) if path.lower().endswith(".sql"))
                beside = [path for path in scripts if path not in known]
                made = self._source(folder, paths, beside, extracts, project)
                yield _by_another(made, project) if _is_another(folder, project) else made

    def _source(
        self, folder: str, paths: list[str], beside: list[str], extracts: Mapping[str, Extract], project: Project
    ) -> Source:
        choice = project.dialect_of(folder)
        ups: list[tuple[int, str, str]] = []
        downs: dict[int, list[str]] = {}
        for path in sorted(paths):
            found = _version(path)
            if found is None:
                continue
            version, written, direction = found
            if direction == "up":
                ups.append((version, path, written))
            else:
                downs.setdefault(version, []).append(path)
        scripts = []
        same = Counter(version for version, _, _ in ups)
        for version, path, written in sorted(ups):
            down = _back(path, downs.get(version, []), alone=same[version] == 1)
            script = histories.one_way(
                path,
                written,
                extracts[path],
                _transactional(choice.name, extracts[path]),
                down,
                None if down is None else extracts[down],
            )
            if down is not None:
                script = replace(script, down_transactional=_transactional(choice.name, extracts[down]))
            scripts.append((version, script))
        for version, left in downs.items():  # a version that only has a way down
            for down in left:
                label = _NAME.match(basename(down))
                scripts.append(
                    (
                        version,
                        Script(
                            path=down,
                            label=label.group(1) if label else "",
                            facts=(),
                            down=histories.facts(extracts[down]),
                            down_path=down,
                            down_transactional=_transactional(choice.name, extracts[down]),
                            down_statements=extracts[down]["statements"],
                            blank=(down,) if extracts[down].get("blank") else (),
                        ),
                    )
                )
        scripts.sort(key=lambda entry: (entry[0], entry[1].path))
        return Source(
            id=f"golang-migrate:{folder or '.'}",
            kind=SourceKind.MIGRATIONS,
            parser=self.name,
            root=folder,
            dialect=choice.name,
            dialect_why=choice.why,
            states=frozenset(Part),
            scripts=tuple(script for _, script in scripts),
            files=tuple(sorted(paths)),
            ignored=tuple(histories.passed_over(path, _WHY, project) for path in beside if _is_used(folder, project)),
            faults=tuple(_duplicates(paths, project)),
        )


def _back(path: str, downs: list[str], alone: bool) -> str | None:
    """Takes the way back of an up file out of those of its version: the one of its title, any where it is the only way up."""
    title = path.rpartition(".up.")[0]
    found = next((down for down in downs if down.rpartition(".down.")[0] == title), None)
    if found is None and alone and downs:
        found = downs[0]
    if found is not None:
        downs.remove(found)
    return found


def _is_another(folder: str, project: Project) -> bool:
    """Whether the pairs of files are another runner's: steps in a program's language stand among them, which this tool would
    send to the server, the Go code that embeds them imports one, or the Go module that they belong to does without
    golang-migrate and nothing calls it."""
    if _is_embedded_for_another(folder, project):
        return True
    if any(_CODE.search(path) for path in project.tree.within(folder)):
        return True
    modules = [module for module in project.deployment.go_modules if _within(folder, module.root)]
    needed = any("golang-migrate/migrate" in one.name for module in modules for one in module.requires)
    return bool(modules) and not needed and not _is_called(project)


def _is_embedded_for_another(folder: str, project: Project) -> bool:
    """Whether Go code in the folder or right above it hands its files to another runner. Versions need not differ there:
    maragudk/migrate goes by whole names (migrate.go, v0.4.3)."""
    near = (*project.tree.within(folder), *(project.tree.within(dirname(folder)) if folder else ()))
    codes = [path for path in near if path.endswith(".go")]
    contents = [project.tree.read(path) or b"" for path in codes]
    return any(_RUNNERS.search(one) for one in contents) and not any(_OWN_RUNNER in one for one in contents)


def _within(folder: str, root: str) -> bool:
    return not root or folder == root or folder.startswith(f"{root}/")


def _by_another(source: Source, project: Project) -> Source:
    """The same files as `up-down`, the history of a runner that is not known: what it does with versions, other files and
    transactions is its own affair. Steps in code may touch any table."""
    scripts = [replace(script, transactional=None, down_transactional=None, blank=()) for script in source.scripts]
    for path in project.tree.within(source.root):
        match = _CODE.search(path)
        if match is not None and match[2] == "up":
            scripts.append(Script(path, match[1], histories.opaque(path, "a step in code is not read", project)))
    scripts.sort(key=lambda script: (int(script.label), script.path))
    coded = {script.label for script in scripts if _CODE.search(script.path)}
    kept = [script for script in scripts if script.facts or script.label not in coded]  # a way back alone undoes code
    return histories.history("up-down", source.root, source.dialect, source.dialect_why, kept)


def _duplicates(paths: list[str], project: Project) -> Iterator[Fault]:
    """Versions of which the tool finds two files for one direction: it refuses the folder at the second."""
    found: dict[tuple[int, str], list[tuple[str, str]]] = {}
    for path in sorted(paths):
        version = _version(path)
        if version is not None:
            found.setdefault((version[0], version[2]), []).append((version[1], path))
    told = set()
    for (number, _), files in sorted(found.items(), reverse=True):  # the ways up before the ways down
        if len(files) > 1 and number not in told:
            told.add(number)
            yield Fault(
                FaultKind.DUPLICATE, tuple((written, histories.first_line(path, project)) for written, path in files)
            )


def _transactional(dialect: str | None, extract: Extract) -> bool | None:
    """A file is sent as one command, of which PostgreSQL makes one transaction unless the file ends it by itself."""
    return None if extract["commits"] else histories.transactional(dialect)


def _is_called(project: Project) -> bool:
    return any(call.tool == "golang-migrate" for call in project.deployment.tool_calls)


def _is_used(folder: str, project: Project) -> bool:
    """Whether the project shows that the tool is this one: others have files of the same shape and other rules."""
    modules = [module.root for module in project.deployment.go_modules]
    return _is_called(project) or any(_within(folder, root) for root in modules)


PARSER = GolangMigrate()
