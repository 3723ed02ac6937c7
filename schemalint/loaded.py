"""SQL files that migrations in code load and send: which file a path means, what it says, and what is said where that is not
known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from posixpath import dirname, join, normpath

from schemalint.discover import Tree
from schemalint.model.facts import Fact, Opaque
from schemalint.model.source import Ignored, Script
from schemalint.model.span import Span
from schemalint.sql import read

Path = tuple[bool, str]
"""A path: whether it begins at the checked root, or where the program is started, and what it says."""

_ABSENT = "is not there, and the tool stops"
_COMPILED = (".ts", ".mts", ".cts")
"""Programs that run from another folder than the one they stand in: what is missing beside them may be copied there."""


def facts(told: Path | None, place: Span, statement: Span, tree: Tree, dialect: str | None) -> Iterator[Fact]:
    """What the file says that a migration loads by a path, which stands at that place; Opaque where it is not known which file
    that is, or where it is not there."""
    target = None if told is None else _target(told, place.path, tree)
    file = None if target is None else tree.file(target)
    if file is not None:
        yield from read(file, dialect).facts
    elif target is None:
        yield Opaque(place, statement, "SQL of a file whose place is computed", None)
    elif target.startswith("../"):
        yield Opaque(place, statement, "SQL of a file outside the checked folder", None)
    elif tree.could_exist(target) or place.path.endswith(_COMPILED):
        yield Opaque(place, statement, f"SQL of {target}, which is not read", None)
    else:
        yield Opaque(place, statement, f"{target} {_ABSENT}", None)


def absent(scripts: Iterable[Script]) -> tuple[Ignored, ...]:
    """The files that these scripts load and that are not there."""
    return tuple(
        Ignored(fact.span, fact.why, what="what is named here")
        for script in scripts
        for fact in (*script.facts, *(script.down or ()))
        if isinstance(fact, Opaque) and fact.why.endswith(_ABSENT)
    )


def _target(told: Path, program: str, tree: Tree) -> str | None:
    """The file that a path leads to. Of one that begins where the program is started: the only one there is, from whatever
    folder around the program."""
    anchored, text = told
    if anchored:
        path = normpath(text)
        return None if path == program else path  # its name ends otherwise where it runs
    found = set()
    folder = dirname(program)
    while True:
        path = normpath(join(folder, text))
        if tree.read(path) is not None:
            found.add(path)
        if not folder:
            return found.pop() if len(found) == 1 else None
        folder = dirname(folder)
