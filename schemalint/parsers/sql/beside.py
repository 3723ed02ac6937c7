"""Upgrade scripts beside a full schema: whoever installs anew runs the schema, whoever has a database runs the scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename, dirname

from schemalint.model.facts import CreateTable
from schemalint.model.source import Source, Upgrades
from schemalint.parsers import Extract, Project
from schemalint.parsers.sql.numbered import CHANGES

_WORD = re.compile(r"[A-Za-z]+")
_NO_SCHEMA = CHANGES | frozenset(
    [
        "drop",
        "drops",
        "data",
        "seed",
        "seeds",
        "test",
        "tests",
        "sample",
        "samples",
        "demo",
        "delta",
        "deltas",
        "fixtures",
    ]
)
"""Words in the name of a script that is no full schema."""
_VERSION = re.compile(
    r"[vV]?(?P<numbers>\d{1,20}(?:\.\d{1,20}){0,6})(?:[-_.]?(?P<early>alpha|beta|rc)[-_.]?(?P<nth>\d{0,9}))?"
    r"(?P<rest>(?:[-_][A-Za-z][\w-]{0,100})?)\.sql",
    re.I,
)
_NUMBERED = re.compile(r"[vV]?\d")

Version = tuple[tuple[int, ...], tuple[int, str, int]]


def upgrades(source: Source, extracts: Mapping[str, Extract], project: Project) -> Upgrades | None:
    """What the scripts of a folder upgrade, and their order; None where there is not exactly one schema that they can mean, or
    their order is not certain."""
    places = {dirname(path) for path in source.files}
    if source.root in places and len(places) > 1:
        return None
    if any(extracts[path]["marked"] or extracts[path].get("back") for path in source.files if path in extracts):
        return None
    if any(_is_step_in_code(path) for place in places for path in project.tree.within(place)):
        return None
    whole = list(_schemas(source, extracts, project))
    versions = {path: _version(path) or _folder_version(path, source.root) for path in source.files}
    certain = {path: version for path, version in versions.items() if version is not None}
    if len(whole) != 1 or not certain or len({len(version[0]) > 1 for version in certain.values()}) != 1:
        return None  # single numbers and versions side by side: two ways of counting
    ordered = sorted({_plain(version) for version in certain.values()})
    groups = tuple(tuple(path for path, one in certain.items() if _plain(one) == version) for version in ordered)
    return Upgrades(whole[0], groups, tuple(path for path, version in versions.items() if version is None))


def _is_step_in_code(path: str) -> bool:
    return _NUMBERED.match(basename(path)) is not None and path.endswith(
        (".php", ".py", ".js", ".ts", ".rb", ".pl", ".sh")
    )


def _schemas(source: Source, extracts: Mapping[str, Extract], project: Project) -> Iterator[str]:
    """The scripts that can be the full schema: in the folder of upgrades or beside it, not numbered, of one dialect with it, and
    of several those that begin with the same word ("mysql.schema.sql" for "mysql-upgrades")."""
    folder = basename(source.root)
    words = [word.lower() for word in _WORD.findall(folder)]
    found = []
    for path in extracts:
        if path in source.files or dirname(path) not in (source.root, dirname(source.root)) or path == source.root:
            continue
        said = {word.lower() for word in _WORD.findall(basename(path).removesuffix(".sql"))}
        if _NUMBERED.match(basename(path)) or said & _NO_SCHEMA or project.dialect_of(path).name != source.dialect:
            continue
        if any(isinstance(fact, CreateTable) for fact in extracts[path]["facts"]):
            found.append(path)
    alike = [path for path in found if words and _first(basename(path)) == words[0]]
    if CHANGES & set(words):
        yield from alike or found
    else:
        yield from alike


def _first(name: str) -> str | None:
    word = _WORD.match(name)
    return word[0].lower() if word else None


def _version(path: str) -> Version | None:
    """The version of a script: its numbers, and what says that it comes before the release of that number."""
    found = _VERSION.fullmatch(basename(path))
    if found is None:
        return None
    early = (found["early"] or "").lower()
    return tuple(map(int, found["numbers"].split("."))), (0 if early else 1, early, int(found["nth"] or 0))


def _folder_version(path: str, root: str) -> Version | None:
    """The version of the folder that a script stands in, below that of all upgrades."""
    first, slash, _ = path.removeprefix(f"{root}/").partition("/")
    return _version(f"{first}.sql") if slash else None


def _plain(version: Version) -> Version:
    """A version without the zeros that its numbers end with."""
    numbers, rest = version
    while len(numbers) > 1 and numbers[-1] == 0:
        numbers = numbers[:-1]
    return numbers, rest
