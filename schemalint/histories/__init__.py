"""What parsers of migration tools share: which tool a file belongs to (`owners`), and how files become the scripts of a
source. What counts, in which order and which way, every tool's own parser says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from posixpath import dirname
from typing import Any

from schemalint.dialects import dialect as named
from schemalint.histories.marked import closes, cut, lines, noted, parts, refused, stops, unread
from schemalint.histories.owners import Evidence, Owner, marked, owned, owners
from schemalint.model.facts import CreateTable, Fact, Opaque, RenameTable
from schemalint.model.names import TableName
from schemalint.model.source import Fault, FaultKind, Ignored, Part, Script, Source, SourceKind
from schemalint.model.span import SourceFile, Span
from schemalint.sql import read
from schemalint.sql.plain import decode, encode

__all__ = [
    "Evidence",
    "Owner",
    "at_once",
    "beside",
    "closes",
    "cut",
    "duplicates",
    "extract_of",
    "facts",
    "first_line",
    "history",
    "lines",
    "marked",
    "noted",
    "opaque",
    "owned",
    "owners",
    "parts",
    "reading",
    "refused",
    "stops",
    "transactional",
    "two_way",
    "unread",
    "way_back",
]

Extract = dict[str, Any]


@lru_cache(maxsize=1)
def reading(file: SourceFile, dialect: str | None) -> Extract:
    """What a whole file says. Several parsers may ask for one file before it is known whose it is: it is read once, and
    what they get is the same object, which nobody changes."""
    whole = read(file, dialect)
    return {"facts": [encode(fact) for fact in whole.facts], "statements": whole.statements, "ddl": whole.ddl}


def extract_of(path: str, dialect: str | None, extract: Extract | None, project: Evidence) -> Extract | None:
    """The extract, read again where it was made for another dialect than the one that the tool says, or not made at all;
    None when the file cannot be read."""
    if extract is not None and project.dialect_of(path).name == dialect:
        return extract
    file = project.tree.file(path)
    return None if file is None else reading(file, dialect)


def facts(extract: Extract | None) -> tuple[Fact, ...]:
    """The facts of the way up."""
    return () if extract is None else tuple(decode(fact) for fact in extract["facts"])


def way_back(extract: Extract) -> tuple[Fact, ...] | None:
    """The facts of the way back that stands in the same file, None without one."""
    back = extract.get("down")
    return None if back is None else tuple(decode(fact) for fact in back)


def two_way(path: str, label: str, extract: Extract, dialect: str | None) -> Script:
    """The script of a file that holds the way up and perhaps the way back. An extract's "transaction" is False where the file
    asks the tool for none."""
    down = way_back(extract)
    wrapped = transactional(dialect, extract.get("transaction", True))
    return Script(
        path, label, facts(extract), down=down, down_path=None if down is None else path, transactional=wrapped
    )


def at_once(script: Script, dialect: str | None) -> Script:
    """A script of a tool that sends a file as one command, where it opens no transaction: of several statements PostgreSQL
    makes one by itself, so that nothing certain can be said."""
    alone = (
        script.transactional is not False
        or named(dialect).family != "postgres"
        or len({fact.statement for fact in script.facts}) < 2
    )
    return script if alone else replace(script, transactional=None)


def opaque(path: str, why: str, project: Evidence) -> tuple[Fact, ...]:
    """The facts of a step that is not read: it may touch any table."""
    at = first_line(path, project)
    return (Opaque(at, at, why, None),)


def transactional(dialect: str | None, wrapped: bool = True) -> bool | None:
    """Whether a script that the tool wraps in a transaction is undone as a whole when it fails; None where the server
    commits by itself, or when the dialect is not known."""
    if not wrapped:
        return False
    return True if named(dialect).family in ("postgres", "sqlite") else None


def first_line(path: str, project: Evidence) -> Span:
    """Where to point when a file's name is what counts."""
    file = project.tree.file(path)
    return Span(path, 0, 0 if file is None else len(file.line(1)))


def beside(folder: str, mine: Iterable[str], why: str, project: Evidence) -> tuple[Ignored, ...]:
    """The other SQL files of the folder, which the tool passes over or stops at."""
    known = frozenset(mine)
    found = owners(project)
    own = {found[path].tool for path in known if path in found}
    others = (
        path
        for path in project.tree.paths
        if dirname(path) == folder and path.lower().endswith(".sql") and path not in known
    )

    def of_another(path: str) -> bool:
        return bool(own) and path in found and found[path].tool not in own

    return tuple(
        Ignored(first_line(path, project), f"it is a file for {found[path].tool}" if of_another(path) else why)
        for path in others
    )


def duplicates(versions: Iterable[tuple[object, str, str]], project: Evidence) -> tuple[Fault, ...]:
    """A fault for every version that several files have. Each is given as the tool compares it, as written, and its file."""
    known: dict[object, list[tuple[str, str]]] = {}
    for version, label, path in versions:
        known.setdefault(version, []).append((label, path))
    return tuple(
        Fault(FaultKind.DUPLICATE, tuple((label, first_line(path, project)) for label, path in same))
        for same in known.values()
        if len(same) > 1
    )


def _doubting(scripts: Sequence[Script]) -> Iterator[Script]:
    """The scripts, where one of which nothing was read may have changed every table that stood before it."""
    known: dict[TableName, None] = {}
    for script in scripts:
        match script.facts:
            case (Opaque(touches=None) as unread,) if unread.span == unread.statement:
                yield replace(script, facts=(unread, replace(unread, touches=tuple(known))))
            case _:
                yield script
        for fact in script.facts:
            if isinstance(fact, CreateTable):
                known[fact.table] = None
            elif isinstance(fact, RenameTable):
                known[fact.new] = None


def history(
    parser: str,
    root: str,
    dialect: str | None,
    why: str,
    scripts: Sequence[Script],
    ignored: tuple[Ignored, ...] = (),
    faults: tuple[Fault, ...] = (),
) -> Source:
    """The source that these scripts make up, in the order in which the tool runs them."""
    scripts = tuple(_doubting(scripts))
    paths = {path for script in scripts for path in (script.path, script.down_path) if path is not None}
    return Source(
        id=f"{parser}:{root or '.'}",
        kind=SourceKind.MIGRATIONS,
        parser=parser,
        root=root,
        dialect=dialect,
        dialect_why=why,
        states=frozenset(Part),
        scripts=scripts,
        files=tuple(sorted(paths)),
        ignored=ignored,
        faults=faults,
    )
