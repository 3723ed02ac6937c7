"""Folders of steps that no known tool runs: which files are steps, and how much is certain of their order.

A loop in a script (`for f in migrations/*.sql; do psql -f "$f"; done`) proves that they are one history, and its order.
Without one, numbered steps are taken as one history where nothing speaks against it: their order by number is the one by
name, and run in that order on an empty database none of them is refused. Of everything else nothing is asserted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import pairwise
from posixpath import basename, dirname

from schemalint.histories.owners import is_vendor
from schemalint.histories.whole import made_and_used
from schemalint.model.catalog import DeploymentPath, Step
from schemalint.model.clauses import Guard
from schemalint.model.deployment import ToolCall
from schemalint.model.facts import CreateTable, Fact, Invalid, Opaque
from schemalint.model.frozen import frozen
from schemalint.model.source import Script, Source, SourceKind
from schemalint.parsers import Extract, Project
from schemalint.parsers.sql.text import extract
from schemalint.parsers.sql.tolerance import tolerant
from schemalint.replay import play

CHANGES = frozenset(
    {"migration", "migrations", "migrate", "upgrade", "upgrades", "update", "updates", "patch", "patches"}
)
"""Words in the name of a folder, or at the beginning of a script's, that say what they are for."""
_HISTORIES = frozenset({"versions", "changelog", "changelogs", "changes", "evolutions", "revisions"}) | (
    CHANGES - {"patch"}
)
"""Names of folders whose files are steps of a history, however deep they stand."""
_SEVERAL = frozenset({"migrations", "upgrades", "updates", "patches"})
"""Words in the names of folders that hold steps, or versions of them."""
_KEPT = frozenset({"archive", "archived", "deprecated", "obsolete"})
_WORD = re.compile(r"[A-Za-z]+")
_STEP = re.compile(rf"^(?:[VUR]?\d[\d._-]*[^\d.]|R__|\d+\.sql$|(?i:{'|'.join(sorted(CHANGES))})[._-]?v?\d)")
_STEPS = frozenset({"up.sql", "down.sql", "migration.sql"})
"""Names of steps whose folder bears the version (diesel, Prisma)."""
_BACK = re.compile(r"(?:[._-](?:down|rollback|undo|revert)|^(?:down|rollback|undo|revert))\.sql$|^U\d+", re.I)
_NUMBER = re.compile(r"[Vv]?(\d{1,20}(?>(?:[._-]\d{1,20})*))(?:[._-]|(?=\D))")

VERSION = re.compile(r"[vV]?(\d{1,20}(?:[._-]\d{1,20})*)")
"""A folder for the steps of one version: its parent's folders are one history."""
_TITLED = re.compile(r"[vV]?\d{1,20}(?:\.\d{1,20})+[_-][A-Za-z][\w-]*")
"""Such a folder, if it stands in one whose name says that it holds steps."""
_DUMP = re.compile(r"^(?:schema|structure|latest|full|dump|current|all|init_?all)\.sql$", re.I)
"""Names of scripts beside the steps of a history that hold what it ends with."""
_ENDING = re.compile(r"[-_.]([A-Za-z]+3?)$")
_SHORT = frozenset({"pg", "pgsql", "ms", "sqlite3"})
"""Words at the ends of names that say a dialect, beside its own."""
_NO_STEPS = (".md", ".txt", ".png", ".svg", ".csv", ".json", ".yml", ".yaml")

_UNREAD_TOOL = "a history of migrations whose tool is not read yet"
ONE = "one history: the numbers say the order that the names say, and no step is refused in it"


@frozen
class Steps:
    """The files of one history: those of the way up in name order, and those of the way back. Where every version's folder has
    one for each dialect, there is a history for each, and the `name` of each tells which."""

    name: str
    root: str
    up: tuple[str, ...]
    back: tuple[str, ...]


def histories(extracts: Mapping[str, Extract], looped: Collection[str]) -> Iterator[Steps]:
    """Folders whose files are steps of a history. `looped` are folders of which a loop runs every file."""
    folders: dict[tuple[str, str], list[str]] = {}
    certain = {(folder, "") for folder in looped}
    for path, found in sorted(extracts.items()):
        parts = path.split("/")[:-1]
        versioned = basename(path) in _STEPS and bool(parts) and parts[-1][:1].isdigit()
        named = any(part.lower() in _HISTORIES for part in parts) or any(_holds_steps(part) for part in parts[-3:])
        known = (dirname(path), "") in certain or named or found["marked"]
        if not (versioned or known or _STEP.match(basename(path))):
            continue
        root, variant = ("/".join(parts), "") if dirname(path) in looped else _root(parts, named)
        inner = root != "/".join(parts)
        if _is_dump(basename(path), inner) and dirname(path) not in looped and not found["marked"]:
            continue
        folder = ("/".join(parts[:-1]) if versioned and not inner else root), variant
        if known:
            certain.add(folder)
        folders.setdefault(folder, []).append(path)
    for (root, variant), paths in _by_dialect(folders, certain):
        up = [path for path in paths if root in looped or not _BACK.search(basename(path))]
        if up and ((root, variant) in certain or len(up) > 1):
            name = f"{root}/*/{variant}".lstrip("/") if variant else root or "."
            yield Steps(name, root, tuple(up), tuple(path for path in paths if path not in up))


def _by_dialect(
    folders: Mapping[tuple[str, str], list[str]], certain: set[tuple[str, str]]
) -> Iterator[tuple[tuple[str, str], list[str]]]:
    """The folders, where one holds every step once for each of several dialects (1.0-mysql.sql, 1.0-pg.sql) a history each.
    Those whose names say none (1.0.sql) are one of them."""
    for (root, variant), paths in folders.items():
        ends = _ends(paths)
        words = {word for _, word in ends.values()}
        steps = Counter(first for first, _ in ends.values())
        if variant or len(words) < 2 or min(steps.values()) < 2:
            yield (root, variant), paths
            continue
        for word in sorted(words):
            if (root, variant) in certain:
                certain.add((root, word))
            yield (root, word), [path for path in paths if ends[path][1] == word]


def _ends(paths: Iterable[str]) -> dict[str, tuple[str, str]]:
    """The name of each script without its ending and the dialect that it ends with, and that word. What stands where others of
    the same step name two dialects names one, too, which need not be known (1.0-og.sql)."""
    found = {path: _end(path) for path in paths}
    named = Counter(stem for stem, word in found.values() if is_vendor(word) or word in _SHORT)
    return {
        path: (stem, word) if is_vendor(word) or word in _SHORT or named[stem] > 1 else (_stem(path), "")
        for path, (stem, word) in found.items()
    }


def _end(path: str) -> tuple[str, str]:
    """The name of a script without its last word, and that word, which may be the name of a dialect."""
    stem = _stem(path)
    match = _ENDING.search(stem)
    return (stem, "") if match is None else (stem[: match.start()], match[1].lower())


def _stem(path: str) -> str:
    return basename(path).rpartition(".")[0]


def is_kept(folder: str) -> bool:
    """Whether steps are kept in a folder that says that nobody runs them any more."""
    return any(not _KEPT.isdisjoint(_WORD.findall(part.lower())) for part in folder.split("/"))


def _holds_steps(folder: str) -> bool:
    return not _SEVERAL.isdisjoint(_WORD.findall(folder.lower()))


def _is_dump(name: str, versioned: bool) -> bool:
    """Whether a script holds what a history ends with; the schema.sql of a version is what it changes."""
    return _DUMP.match(name) is not None and not (versioned and name.lower() == "schema.sql")


def _root(parts: list[str], named: bool) -> tuple[str, str]:
    """The folder of the history that files of a folder belong to, and the dialect of which there is one of several."""
    for at in (len(parts) - 1, len(parts) - 2):
        if at < 0 or not (VERSION.fullmatch(parts[at]) or (named and _TITLED.fullmatch(parts[at]))):
            continue
        rest = parts[at + 1 :]
        if not rest or is_vendor(rest[0]):
            return "/".join(parts[:at]), "".join(rest)
    return "/".join(parts), ""


def of_one_dialect(paths: tuple[str, ...], extracts: Mapping[str, Extract], project: Project) -> Mapping[str, Extract]:
    """The extracts with those of steps whose dialect nothing tells read again in the one of the others."""
    told = {project.dialect_of(path).name for path in paths} - {None}
    if len(told) != 1:
        return extracts
    (dialect,) = told
    return in_dialect(dialect, paths, extracts, project)


def in_dialect(
    dialect: str | None, paths: tuple[str, ...], extracts: Mapping[str, Extract], project: Project
) -> Mapping[str, Extract]:
    """The extracts with those of scripts whose dialect nothing tells read again in this one."""
    again = {}
    for path in paths:
        file = project.tree.file(path) if project.dialect_of(path).name is None else None
        if file is not None:
            again[path] = extract(file, dialect)
    return {**extracts, **again} if again else extracts


def run_by_loop(source: Source, call: ToolCall, project: Project) -> Source:
    """The history of a folder that a loop of the shell or of a program runs through: in the order of `*`, or in that of the
    sorted names, whatever the numbers say."""
    why = f"one history, in the order of the names: {_place(call, project)} runs every file of the folder"
    return replace(source, kind=SourceKind.MIGRATIONS, why=why)


def needs_others(source: Source) -> bool:
    """Whether a folder works on tables that none of its scripts makes: of several that are run, what one needs another may
    make."""
    made, used = made_and_used(source.facts)
    return not used <= made


def with_doubt(source: Source, call: ToolCall | None, project: Project) -> Source:
    """The scripts of a folder that a program runs, of which it is not certain what it does with them."""
    return (
        source
        if call is None
        else replace(source, why=f"{source.why}; {_place(call, project)} runs them, but {call.doubt}")
    )


def _place(call: ToolCall, project: Project) -> str:
    file = project.tree.file(call.span.path)
    return call.span.path + (f":{file.position(call.span.start)[0]}" if file is not None else "")


def is_one(source: Source, extracts: Mapping[str, Extract], project: Project) -> bool:
    """Whether numbered scripts are one history in the order of their names, as far as that can be told without their tool."""
    numbers = [_numbers(path.removeprefix(f"{source.root}/")) for path in source.files]
    if any(number is None for number in numbers) or any(b <= a for a, b in pairwise(filter(None, numbers))):
        return False
    places = {dirname(path) for path in source.files}
    known = frozenset(source.files)
    mine = {stem for stem, _ in _ends(source.files).values()}
    beside = (path for place in places for path in project.tree.within(place) if path not in known)
    beside = (  # but for those of other dialects
        path for path in beside if not path.endswith(".sql") or mine.isdisjoint((_stem(path), _end(path)[0]))
    )
    if any(
        _NUMBER.match(basename(path)) and not path.endswith(_NO_STEPS) and not _BACK.search(path) for path in beside
    ):
        return False  # a tool's, a step in code, or one that was not understood at all
    if both_ways(source.files, extracts):
        return False  # a tool that reads the two ways from one file
    if len({project.dialect_of(path).name for path in source.files} - {None}) > 1:
        return False
    played = play(DeploymentPath(source.id, "", source.dialect, (Step(source),)), {})
    if not played.catalog.tables or played.catalog.opaque or played.problems:
        return False
    return not any(refused_alone(source).values())


def both_ways(paths: Iterable[str], extracts: Mapping[str, Extract]) -> bool:
    """Whether some of these scripts bear a tool's marks, or hold a way back beside the way up."""
    return any(extracts[path]["marked"] or extracts[path].get("back") for path in paths if path in extracts)


def _numbers(path: str) -> tuple[tuple[int, ...], ...] | None:
    """The numbers of a step and of the versions that it stands in; None where a name begins with none."""
    found = [_NUMBER.match(part) or VERSION.fullmatch(part) for part in path.split("/")]
    if None in found:
        return None
    return tuple(tuple(map(int, re.findall(r"\d+", one[0]))) for one in found if one is not None)


def of_unknown_tool(source: Source, extracts: Mapping[str, Extract], project: Project) -> Source:
    """The steps of a tool that is not known, which may be a program of the project's own."""
    refused = {
        path: facts
        for path, facts in refused_alone(source).items()
        if not (extracts[path]["marked"] or extracts[path].get("back"))  # one of its two ways is run
    }
    runner = tolerant(project.tree) if any(refused.values()) else None
    if runner is None:
        return replace(source, scripts=unasserted(source, _UNREAD_TOOL, refused), why=_UNREAD_TOOL)
    why = f"{_UNREAD_TOOL}; {runner} looks at errors by their number or text, and may go on after them"
    return replace(source, scripts=unasserted(source, why, {}), why=why)


def unasserted(source: Source, why: str, refused: Mapping[str, frozenset[int]]) -> tuple[Script, ...]:
    """The scripts of a history that is not read as its tool would: what they say is applied where it applies, and nothing
    is missed or compared. What the server refuses in any order stays, and so do the facts of `refused`, by path and number."""
    scripts = source.scripts
    touched = dict.fromkeys(
        table for script in scripts for fact in script.facts if (table := getattr(fact, "table", None)) is not None
    )
    span = scripts[0].facts[0].span
    ending = Opaque(span, span, why, tuple(touched)), Opaque(span, span, why, None)
    loose = []
    for script in scripts:
        certain = refused.get(script.path, frozenset())
        facts = (
            fact if isinstance(fact, Invalid) or number in certain else doubted(fact, conditional=True)
            for number, fact in enumerate(script.facts)
        )
        loose.append(replace(script, facts=tuple(facts)))
    loose[-1] = replace(loose[-1], facts=(*loose[-1].facts, *ending))
    return tuple(loose)


def doubted(fact: Fact, conditional: bool) -> Fact:
    """The fact of a script of which nobody knows when, or whether, it runs. A block around it stays what it is."""
    if fact.guard is not None:
        return replace(fact, guard=replace(fact.guard, conditional=True, handler=None)) if conditional else fact
    return replace(fact, guard=Guard(fact.statement, conditional, doubted=True))


def is_ahead(source: Source) -> bool:
    """Whether anything changes a table before the statement of the same source that makes it."""
    made = {fact.table for fact in source.facts if isinstance(fact, CreateTable)}
    for fact in source.facts:
        if isinstance(fact, CreateTable):
            made.discard(fact.table)
        elif getattr(fact, "table", None) in made:
            return True
    return False


def refused_alone(source: Source) -> dict[str, frozenset[int]]:
    """By path of a script, the facts (by number) that the rest of it makes impossible on the server that it is for."""
    return {script.path: _refused_alone(source, script) for script in source.scripts}


def _refused_alone(source: Source, script: Script) -> frozenset[int]:
    if source.dialect in (None, "generic"):
        return frozenset()
    facts = tuple(doubted(fact, conditional=False) for fact in script.facts)
    one = Step(replace(source, scripts=(replace(script, facts=facts),)))
    played = play(DeploymentPath(source.id, "", source.dialect, (one,), alone=True), {})
    refused = {id(problem.fact) for problem in played.problems}
    return frozenset(number for number, fact in enumerate(facts) if id(fact) in refused)
