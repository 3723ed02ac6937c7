"""Which changelogs are roots, and the source that each of them is.

A root is named by configuration (liquibase.properties, Spring's and Quarkus' settings, build files, commands, code), or it is
a changelog that no other includes. A changelog that nobody includes beside a configured root is never run.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from posixpath import basename, dirname

from schemalint import histories
from schemalint.histories.changelogs import FORMATTED
from schemalint.model.clauses import Guard
from schemalint.model.source import Fault, Ignored, Script, Source
from schemalint.model.span import Span
from schemalint.parsers import Extract, Project
from schemalint.parsers.liquibase.changelog import Changelogs, Step, Walk, duplicates, label
from schemalint.parsers.liquibase.facts import Reader
from schemalint.parsers.liquibase.parameters import Parameters
from schemalint.parsers.liquibase.paths import Files
from schemalint.parsers.liquibase.releases import Release, release

_CONFIGURES = re.compile(
    r"(?:liquibase[\w.-]*\.properties|(?:application|bootstrap)[\w.-]*\.(?:properties|ya?ml)|pom\.xml|[\w.-]+\.gradle(?:\.kts)?"
    r"|(?:docker-)?compose[\w.-]*\.ya?ml|(?:[\w.-]+\.)?Dockerfile[\w.-]*|Makefile|[\w.-]+\.(?:sh|mk))$"
)
_NAMED = re.compile(
    rb"change[-_]?log(?:[-_]?file)?[\"']?\s*(?:[=:>(]|\bset\s*\()?\s*[\"']?\s*([^\s\"'<>#,)]+\.(?:xml|ya?ml|json|sql))\b",
    re.I,
)
_SPRING = "db/changelog/db.changelog-master.yaml"
"""Where Spring Boot looks without being told (LiquibaseProperties)."""
_BACK = re.compile(r"(?i)rollback|undo|revert|down")
_ENOUGH = 2  # files that are included one by one
_BESIDE = "no changelog includes it"
_LOOSE = "which of the changelogs here run, and in which order, nothing tells"


def sources(extracts: Mapping[str, Extract], project: Project) -> Iterator[Source]:
    """One source a root; changelogs whose order nothing tells are one source a folder, of which nothing is asserted."""
    files = Files(project.tree.paths)
    logs = Changelogs(extracts, project.tree, files)
    edges = {path: frozenset(logs.included(path)) for path in extracts}
    inner = {found for path, targets in edges.items() for found in targets if found != path}
    stated = _configured(extracts, project, files)
    roots = sorted(stated - inner) or sorted(stated)
    free = [path for path in sorted(extracts) if path not in inner and path not in roots]
    reached = _reached(roots, edges)
    roots += (path for path in free if edges[path])
    loose: dict[str, list[str]] = {}
    for path in free:
        if not edges[path] and path not in reached:
            loose.setdefault(dirname(path), []).append(path)
    mains = {root: frozenset(dirname(path) for path in _reached([root], edges)) for root in roots}
    ignored: dict[str, list[str]] = {}
    for folder, paths in loose.items():
        main = next((root for root in roots if root in stated and folder in mains[root]), None)
        if main is not None:
            ignored.setdefault(main, []).extend(paths)
        elif len(paths) == 1:
            roots.append(paths[0])
        else:
            yield _several(folder, paths, logs, project)
    # A circle of changelogs has no beginning: the first of its files stands for it.
    seen = _reached(roots, edges) | {path for paths in loose.values() for path in paths}
    for path in sorted(extracts):
        if path not in seen:
            roots.append(path)
            seen |= _reached([path], edges)
    for root in sorted(roots):
        made = _source(root, ignored.get(root, []), logs, project)
        left = _left_out(made, project) if root in stated else ()
        yield replace(made, ignored=(*made.ignored, *left))


def _left_out(made: Source, project: Project) -> Iterator[Ignored]:
    """Plain SQL beside files that a changelog includes one by one, named as they are, and included by none."""
    owned = histories.owners(project)
    alike: Counter[tuple[str, str]] = Counter()
    for path in made.files:
        if path.endswith(".sql") and not FORMATTED.match(project.tree.read(path) or b""):
            alike[dirname(path), _title(path)] += 1
    mounted = {mount.source for file in project.deployment.compose for one in file.services for mount in one.mounts}
    for path in project.tree.paths:
        if not path.endswith(".sql") or alike[dirname(path), _title(path)] < _ENOUGH or path in owned:
            continue
        if path not in made.files and mounted.isdisjoint((path, dirname(path))) and not _BACK.search(basename(path)):
            yield histories.passed_over(path, _BESIDE, project)


def _title(path: str) -> str:
    """What a name begins with, up to its number; nothing alike for a name without one."""
    name = basename(path)
    number = re.search(r"\d", name)
    return name[: number.start()] if number is not None else name


def _reached(roots: list[str], edges: Mapping[str, frozenset[str]]) -> set[str]:
    seen, pending = set(roots), list(roots)
    while pending:
        for path in edges.get(pending.pop(), ()):
            if path not in seen:
                seen.add(path)
                pending.append(path)
    return seen


def _configured(extracts: Mapping[str, Extract], project: Project, files: Files) -> set[str]:
    """The changelogs that settings, build files and commands name."""
    found = {path for path in extracts if path == _SPRING or path.endswith(f"/{_SPRING}")}
    for path in project.tree.paths:
        if _CONFIGURES.match(basename(path)):
            for match in _NAMED.finditer(project.tree.read(path) or b""):
                named = files.find(path, match[1].decode("utf-8", "replace"), False)
                found |= {named} & extracts.keys() if named is not None else set()
    for call in project.deployment.tool_calls:
        if call.tool == "liquibase" and call.folder:
            named = files.find(call.span.path, call.folder, False)
            found |= {named} & extracts.keys() if named is not None else set()
    return found


def _source(root: str, ignored: list[str], logs: Changelogs, project: Project) -> Source:
    choice = project.dialect_of(root)
    walk = Walk(logs, Parameters(choice.name))
    steps = list(walk.steps(root))
    scripts = tuple(_scripts(steps, walk, choice.name, release(project.tree, dirname(root))))
    passed = tuple(Ignored(histories.first_line(path, project), _BESIDE) for path in ignored)
    faults = (*walk.faults, *duplicates(steps, choice.name))
    made = histories.history("liquibase", dirname(root), choice.name, choice.why, scripts, passed, faults)
    used = tuple(sorted({*made.files, *walk.used}))
    return replace(made, id=f"liquibase:{root}", files=used)


def _scripts(steps: list[Step], walk: Walk, dialect: str | None, version: Release | None) -> Iterator[Script]:
    reader = Reader(walk, dialect, version)
    others = {label(step): step for step in steps}
    for step in steps:
        script = reader.script(step, others)
        if script is not None:
            yield script


def _several(folder: str, paths: list[str], logs: Changelogs, project: Project) -> Source:
    """Changelogs of one folder without a root."""
    choice = project.dialect_of(paths[0])
    version = release(project.tree, folder)
    scripts: list[Script] = []
    faults: list[Fault] = []
    for path in paths:
        walk = Walk(logs, Parameters(choice.name))
        steps = list(walk.steps(path))
        faults += duplicates(steps, choice.name)
        guard = Guard(Span(path, 0, 0), True)
        for script in _scripts(steps, walk, choice.name, version):
            facts = tuple(replace(fact, guard=fact.guard or guard) for fact in script.facts)
            scripts.append(replace(script, facts=facts, down=None, down_path=None))
    made = histories.history("liquibase", folder, choice.name, f"{choice.why}; {_LOOSE}", scripts, (), tuple(faults))
    return replace(made, files=tuple(paths))
