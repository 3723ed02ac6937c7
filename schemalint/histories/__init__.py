"""What parsers of migration tools share: which tool a file belongs to (`owners`), and how files become the scripts of a
source. What counts, in which order and which way, every tool's own parser says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any

from schemalint.dialects import dialect as named
from schemalint.histories.evidence import Evidence
from schemalint.histories.marked import closes, cut, lines, noted, parts, refused, stops, unread
from schemalint.histories.owners import Owner, marked, owned, owners
from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropTable,
    Fact,
    Opaque,
    RenameTable,
)
from schemalint.model.names import TableName
from schemalint.model.objects import RemakeTable
from schemalint.model.source import Fault, FaultKind, Ignored, Part, Script, Source, SourceKind
from schemalint.model.span import SourceFile, Span
from schemalint.sql import read

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
    "one_way",
    "opaque",
    "owned",
    "owners",
    "parts",
    "passed_over",
    "reading",
    "refused",
    "stops",
    "transactional",
    "two_way",
    "unread",
    "unwrapped",
    "way_back",
]

Extract = dict[str, Any]

_ON_TABLES = CreateTable | DropTable | AddColumn | AlterColumn | DropColumn | AddConstraint | CreateIndex | RemakeTable
_COMMIT = re.compile(r"^[ \t]*(?:COMMIT|END)(?:[ \t]+(?:WORK|TRANSACTION))?[ \t]*;", re.I | re.M)


@lru_cache(maxsize=1)
def reading(file: SourceFile, dialect: str | None) -> Extract:
    """What a whole file says. Several parsers may ask for one file before it is known whose it is: it is read once, and
    what they get is the same object, which nobody changes."""
    whole = read(file, dialect)
    return {
        "facts": whole.facts,
        "statements": whole.statements,
        "ddl": whole.ddl,
        "blank": not file.text or file.text.isspace(),
    }


def unwrapped(text: str) -> bool:
    """Whether a script ends a transaction by hand: what a tool that sends statement by statement opened may be over then."""
    lowered = text.lower()  # line by line is slow, and most scripts have none of these words
    return ("commit" in lowered or "end" in lowered) and _COMMIT.search(text) is not None


def extract_of(path: str, dialect: str | None, extract: Extract | None, project: Evidence) -> Extract | None:
    """The extract, read again where it was made for another dialect than the one that the tool says, or not made at all;
    None when the file cannot be read."""
    if extract is not None and project.dialect_of(path).name == dialect:
        return extract
    file = project.tree.file(path)
    return None if file is None else reading(file, dialect)


def facts(extract: Extract | None) -> tuple[Fact, ...]:
    """The facts of the way up."""
    return () if extract is None else tuple(extract["facts"])


def way_back(extract: Extract) -> tuple[Fact, ...] | None:
    """The facts of the way back that stands in the same file, None without one."""
    back = extract.get("down")
    return None if back is None else tuple(back)


def two_way(path: str, label: str, extract: Extract, dialect: str | None) -> Script:
    """The script of a file that holds the way up and perhaps the way back. An extract's "transaction" is False where the file
    asks the tool for none, "down_transaction" where it asks so for the way back alone."""
    down = way_back(extract)
    wrapped = extract.get("transaction", True)
    return Script(
        path,
        label,
        facts(extract),
        down=down,
        down_path=None if down is None else path,
        transactional=transactional(dialect, wrapped),
        down_transactional=transactional(dialect, extract.get("down_transaction", wrapped)),
        statements=extract.get("statements"),
        down_statements=extract.get("down_statements"),
    )


def one_way(
    path: str,
    label: str,
    extract: Extract | None,
    wrapped: bool | None = None,
    back: str | None = None,
    down: Extract | None = None,
) -> Script:
    """The script of a file that holds the way up, and perhaps of one that holds the way back. `wrapped`: whether the server
    undoes each as a whole when it fails."""
    files = ((path, extract), (back, down))
    return Script(
        path,
        label,
        facts(extract),
        down=None if down is None else facts(down),
        down_path=None if down is None else back,
        transactional=wrapped,
        down_transactional=wrapped,
        statements=None if extract is None else extract.get("statements"),
        down_statements=None if down is None else down.get("statements"),
        blank=tuple(name for name, said in files if name is not None and said is not None and said.get("blank")),
    )


def at_once(script: Script, dialect: str | None) -> Script:
    """A script of a tool that sends a way as one command, where it opens no transaction for it: of several statements PostgreSQL
    makes one by itself, so that nothing certain can be said."""
    return replace(
        script,
        transactional=_at_once(script.transactional, script.statements, dialect),
        down_transactional=_at_once(script.down_transactional, script.down_statements, dialect),
    )


def _at_once(wrapped: bool | None, statements: int | None, dialect: str | None) -> bool | None:
    several = named(dialect).family == "postgres" and (statements or 0) > 1
    return None if several and wrapped is False else wrapped


def opaque(path: str, why: str, project: Evidence) -> tuple[Fact, ...]:
    """The facts of a step that is not read: it may touch any table."""
    at = first_line(path, project)
    return (Opaque(at, at, why, None),)


def transactional(dialect: str | None, wrapped: bool | None = True) -> bool | None:
    """Whether a script that the tool wraps in a transaction is undone as a whole when it fails; None where the server
    commits by itself, when the dialect is not known, or when it is not known whether the tool wraps it."""
    if not wrapped:
        return wrapped
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
    others = (path for path in project.tree.within(folder) if path.lower().endswith(".sql") and path not in known)

    def of_another(path: str) -> bool:
        return bool(own) and path in found and found[path].tool not in own

    return tuple(
        passed_over(path, f"it is a file for {found[path].tool}" if of_another(path) else why, project)
        for path in others
    )


def passed_over(path: str, why: str, project: Evidence) -> Ignored:
    """A file that the tool never runs, with the tables that it would have changed."""
    file = project.tree.file(path)
    said = () if file is None else reading(file, project.dialect_of(path).name)["facts"]
    tables = dict.fromkeys(fact.table for fact in said if isinstance(fact, _ON_TABLES))
    return Ignored(first_line(path, project), why, tuple(tables))


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
    """The source that these scripts make up, in the order in which the tool runs them. Files that a script reads are its too."""
    scripts = tuple(_doubting(scripts))
    paths = {path for script in scripts for path in (script.path, script.down_path) if path is not None}
    paths |= {fact.span.path for script in scripts for fact in (*script.facts, *(script.down or ()))}
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
