"""What all programs of a project say together.

Which function runs first, and whether another runs at all, is not known. So a table that several places make or change
is held to be unknown in its parts, a change from elsewhere is not applied, and a statement is certain only where the
table it works on was made by the same function, or is made and shaped by one function of the same file alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from posixpath import basename, dirname

from schemalint.folders import aside
from schemalint.gitignore import patterns
from schemalint.model.clauses import Guard
from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropConstraint,
    DropTable,
    Fact,
    Inherit,
    Opaque,
    RenameColumn,
    RenameTable,
)
from schemalint.model.frozen import frozen
from schemalint.model.names import TableName
from schemalint.model.objects import CreateEnum, CreateView
from schemalint.model.source import Script, Source, SourceKind
from schemalint.model.span import SourceFile
from schemalint.parsers import DialectChoice, Extract, Project
from schemalint.sql.plain import decode

AUTHORITY = 15
"""Above models, below every SQL that stands by itself."""
_SHAPING = (
    AddColumn
    | AlterColumn
    | DropColumn
    | RenameColumn
    | AddConstraint
    | DropConstraint
    | RenameTable
    | DropTable
    | Inherit
)
_ADDING = CreateTable | AddColumn | RenameColumn | RenameTable
"""After these a table may have columns that no other SQL gives it."""
_SPREAD = "several places in the code make or change it, and which of them run is not known"
_STEPPED = "a step of migrations in code, whose other steps may change it"
_COMPUTED = "code puts together a statement that may change it"
_FAMILIES = {".go": (".go",), ".rs": (".rs",), ".py": (".py",)}
_SCRIPTS = (".js", ".jsx", ".mjs", ".cjs", ".ts", ".mts", ".cts", ".tsx")
_LARGEST = 2_000_000


@frozen
class _Run:
    """What one function of a file runs, text by text. `step`: the file is a step of a history; `alters`: it may change any
    table."""

    path: str
    name: str
    texts: tuple[tuple[Fact, ...], ...]
    step: bool
    alters: bool

    @property
    def facts(self) -> Iterator[Fact]:
        for text in self.texts:
            yield from text

    @property
    def label(self) -> str:
        return f"{self.name}() in {basename(self.path)}" if self.name else basename(self.path)


def sources(
    parser: str, extracts: Mapping[str, Extract], project: Project, read: Callable[[SourceFile, str | None], Extract]
) -> Iterator[Source]:
    """One source for each project (manifest) and dialect; tests and examples are sources of their own. A file that nothing
    tells the dialect of is read again in the one that the drivers of the others tell."""
    include = patterns(project.config.include)
    groups: dict[str, dict[str | None, list[_Run]]] = {}
    choices: dict[tuple[str, str | None], DialectChoice] = {}
    drivers: dict[str, dict[str, DialectChoice]] = {}
    for path, extract in extracts.items():
        if extract["driver"]:
            name, module = extract["driver"]
            drivers.setdefault(project.unit(path), {}).setdefault(name, DialectChoice(name, f"{path} imports {module}"))
    for path, extract in extracts.items():
        known = drivers.get(project.unit(path), {})
        if extract["several"]:
            chosen = DialectChoice("generic", f"{path} imports drivers of several databases")
        else:
            chosen = known[extract["driver"][0]] if extract["driver"] else project.dialect_of(path)
        if chosen.name is None and len(known) == 1 and (file := project.tree.file(path)) is not None:
            chosen = next(iter(known.values()))
            extract = read(file, chosen.name)
        runs = list(_runs(path, extract, project))
        if not runs:
            continue
        place = aside(path, include) or project.unit(path)
        groups.setdefault(place, {}).setdefault(chosen.name, []).extend(runs)
        choices.setdefault((place, chosen.name), chosen)
    for place, dialects in sorted(groups.items()):
        for dialect, runs in sorted(dialects.items(), key=lambda item: item[0] or ""):
            word = f"#{dialect}" if len(dialects) > 1 and dialect else ""
            files = tuple(sorted({run.path for run in runs}))
            yield Source(
                id=f"{parser}:{place or '.'}{word}",
                kind=SourceKind.SCHEMA,
                parser=parser,
                root=place,
                dialect=dialect,
                dialect_why=choices[place, dialect].why,
                states=frozenset(),
                scripts=tuple(_scripts(runs)),
                files=files,
                authority=AUTHORITY,
            )


def _runs(path: str, extract: Extract, project: Project) -> Iterator[_Run]:
    for name, texts in extract["runs"]:
        yield _Run(path, name, tuple(map(_facts, texts)), extract["step"], extract["alters"])
    for name, text in extract["named"].items():
        if _used(path, name, project):
            yield _Run(path, name, (_facts(text),), extract["step"], False)


def _facts(said: Iterable[dict[str, object]]) -> tuple[Fact, ...]:
    return tuple(decode(one) for one in said)


def _used(path: str, name: str, project: Project) -> bool:
    """Whether another file of the project gives the text of that name to a call that runs it."""
    suffix = path[path.rindex(".") :]
    word = re.escape(name.encode())
    runs = re.compile(
        rb"(?i:exec|execute|query|run|unsafe|raw|migrat|batch)\w*!?\(\s*(?:[\w.()]+\s*,\s*)?&?(?:\w+\s*(?:\.|::)\s*)?"
        + word
        + rb"\b|(?:range|\bof|\bin)\s+&?(?:\w+\.)?"
        + word
        + rb"\b"
    )
    unit = project.unit(path)
    for other in project.tree.paths:
        if other == path or not other.endswith(_FAMILIES.get(suffix, _SCRIPTS)) or project.unit(other) != unit:
            continue
        if suffix == ".go" and dirname(other) != dirname(path) and not name[:1].isupper():
            continue
        content = project.tree.read(other)
        if content is not None and name.encode() in content and len(content) < _LARGEST and runs.search(content):
            return True
    return False


def _scripts(runs: list[_Run]) -> Iterator[Script]:
    makers = Counter(fact.table for run in runs for fact in run.facts if isinstance(fact, CreateTable))
    names = Counter(name for run in runs for name in {_object(fact) for fact in run.facts} if name is not None)
    reasons = dict(_unsure(runs, makers))
    home = {fact.table: run for run in runs for fact in run.facts if isinstance(fact, CreateTable)}
    if any(run.alters for run in runs):
        reasons = {**dict.fromkeys(home, _COMPUTED), **reasons}
    scripts = []
    created: set[TableName] = set()
    for run in runs:
        made: set[TableName] = set()
        facts: list[Fact] = []
        for text in run.texts:
            for fact in text:
                kept = _kept(fact, run, made, home, reasons, names)
                if isinstance(kept, CreateTable) and kept.table in created - made:
                    kept = _guarded(kept)
                if isinstance(kept, CreateTable):
                    created.add(kept.table)
                    if not _loose(kept):
                        made.add(kept.table)
                if kept is not None:
                    facts.append(kept)
            made.difference_update(table for fact in text if (table := getattr(fact, "table", None)) in reasons)
        scripts.append(Script(run.path, run.label, tuple(facts)))
    # What is unsure is unsure from the start: the order in which functions run is not that of the files.
    adding = {fact.table: fact for run in runs for fact in run.facts if isinstance(fact, _ADDING)}
    unsure = (
        Opaque(adding[table].span, adding[table].statement, why, (table,))
        for table, why in reasons.items()
        if table in adding
    )
    scripts[0] = replace(scripts[0], facts=(*unsure, *scripts[0].facts))
    yield from scripts


def _unsure(runs: list[_Run], makers: Counter[TableName]) -> Iterator[tuple[TableName, str]]:
    """Tables of which the parts are not known, with the reason."""
    for run in runs:
        made: set[TableName] = set()
        for fact in run.facts:
            if isinstance(fact, CreateTable):
                if run.step:
                    yield fact.table, _STEPPED
                elif makers[fact.table] > 1:
                    yield fact.table, _SPREAD
                if not _loose(fact):
                    made.add(fact.table)
            elif isinstance(fact, _SHAPING) and (_loose(fact) or fact.table not in made):
                yield fact.table, _SPREAD
            elif isinstance(fact, RenameTable) and fact.new in makers:
                yield from ((fact.table, _SPREAD), (fact.new, _SPREAD))
            elif isinstance(fact, Opaque):
                yield from ((table, _COMPUTED) for table in fact.touches or () if table not in made)


def _kept(
    fact: Fact,
    run: _Run,
    made: set[TableName],
    home: Mapping[TableName, _Run],
    reasons: Mapping[TableName, str],
    names: Counter[tuple[str, str]],
) -> Fact | None:
    """The fact as it can be said: certain, guarded, or not at all where it changes what was made elsewhere. `made` are the
    tables whose parts are known here: those that this function made, if nothing but it changes them, and those that the
    same text made."""
    table = getattr(fact, "table", None)
    if isinstance(fact, Opaque):
        return fact
    if isinstance(fact, _SHAPING):
        free = not isinstance(fact, RenameTable) or fact.new not in home
        return fact if table in made and free and not _loose(fact) else None
    name = _object(fact)
    alone = name is None or names[name] == 1
    if isinstance(fact, CreateTable):
        return fact if alone else _guarded(fact)
    if isinstance(fact, CreateIndex) and alone:
        maker = home.get(fact.table)
        if table in made or (table not in reasons and maker is not None and maker.path == run.path):
            return fact
    return _guarded(fact)


def _object(fact: Fact) -> tuple[str, str] | None:
    """What a fact gives a name to, and the name."""
    match fact:
        case CreateTable() | CreateView() | CreateEnum():
            named = fact.table if isinstance(fact, CreateTable) else fact.name
            return "relation", named.key
        case CreateIndex():
            return None if fact.index.name is None else ("relation", fact.index.name.key)
        case _:
            return None


def _loose(fact: Fact) -> bool:
    return fact.guard is not None and fact.guard.conditional


def _guarded(fact: Fact) -> Fact:
    return fact if _loose(fact) else replace(fact, guard=Guard(fact.statement, True))
