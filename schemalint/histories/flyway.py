"""Flyway's settings as they apply to a folder, and the histories that its locations make up."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from posixpath import basename, dirname, normpath
from typing import Protocol

from schemalint.discover import Tree
from schemalint.model.deployment import Deployment, FlywaySettings

_PROFILE = re.compile(r"application(?:-([\w-]+))?\.(?:properties|ya?ml)$")
_BELOW_RESOURCES = ("src/main/resources", "src/main/java", "src/main/kotlin", "resources", "")
_GLOB = re.compile(r"\*\*/?|\*|\?|\{vendor\}|[^*?{]+|.")
_LONG, _WILD = 300, 4  # of a location, and of its wildcards: more would cost more than it tells
_MARKS = {"**/": r"(?:.*/)?", "**": r".*", "*": r"[^/]*", "?": r"[^/]", "{vendor}": r"(?P<vendor>[^/]+)"}
_EVENT = re.compile(r"(?:before|after|create)[A-Z]\w*?(?:__.*)?$")


class _Evidence(Protocol):
    tree: Tree
    deployment: Deployment


@dataclass(frozen=True)
class Named:
    """What a file's name says: `kind` is V, U, B, R or C (a callback, whose event is the title)."""

    kind: str
    version: tuple[int, ...]
    written: str
    title: str


@dataclass(frozen=True)
class Settings:
    """What the files of one project set. None: they do not agree, or the value is filled in elsewhere."""

    folder: str
    values: Mapping[str, str | None]
    placeholders: Mapping[str, str | None]

    def get(self, name: str, default: str) -> str:
        """A setting, the default where it is not known."""
        return self.values.get(name) or default

    def known(self, name: str) -> bool:
        return self.values.get(name) is not None

    @property
    def replaces(self) -> bool:
        return self.get("placeholderreplacement", "true") != "false"

    @property
    def marks(self) -> tuple[str, str]:
        return self.get("placeholderprefix", "${"), self.get("placeholdersuffix", "}")

    @cached_property
    def _suffixes(self) -> tuple[str, ...]:
        suffixes = self.get("sqlmigrationsuffixes", ".sql").split(",")
        return tuple(suffix.strip() for suffix in suffixes if suffix)

    @cached_property
    def _name(self) -> re.Pattern[str]:
        versioned = [
            (self.get("sqlmigrationprefix", "V"), "V"),
            (self.get("undosqlmigrationprefix", "U"), "U"),
            (self.get("baselinemigrationprefix", "B"), "B"),
        ]
        versioned.sort(key=lambda pair: -len(pair[0]))
        prefixes = "|".join(f"(?P<{kind}>{re.escape(prefix)})" for prefix, kind in versioned)
        between = re.escape(self.get("sqlmigrationseparator", "__"))
        again = re.escape(self.get("repeatablesqlmigrationprefix", "R"))
        return re.compile(
            rf"(?:{prefixes})(?P<version>[0-9]+(?:[._][0-9]+)*)(?:{between}(?P<title>.*))?$|{again}{between}(?P<again>.*)$"
        )

    def named(self, path: str) -> Named | None:
        """What the name of a file says to Flyway, None when it passes the file over (ResourceNameParser)."""
        name = basename(path)
        for suffix in self._suffixes:
            if name.lower().endswith(suffix.lower()):
                stem = name[: -len(suffix)]
                break
        else:
            return None
        match = self._name.match(stem)
        if match is None:
            return Named("C", (), "", stem.split("__")[0]) if _EVENT.match(stem) else None
        if match["version"] is None:
            return Named("R", (), "", match["again"])
        kind = next(kind for kind in "VUB" if match[kind] is not None)
        written = match["version"].replace("_", ".")
        return Named(kind, version(written), written, match["title"] or "")


def version(written: str) -> tuple[int, ...]:
    """A version as Flyway compares it: 1.0 and 1 are one."""
    parts = [int(part[:40]) for part in re.split(r"[._]", written) if part]
    while len(parts) > 1 and parts[-1] == 0:
        parts.pop()
    return tuple(parts)


DEFAULT = Settings("", {}, {})


def settings(project: _Evidence, folder: str) -> Settings:
    """The settings of the nearest project around a folder."""
    around = [one for one in project.deployment.flyway if _within(folder, one.folder)]
    nearest = max((one.folder for one in around), key=len, default="")
    mine = [one for one in around if one.folder == nearest]
    return _merged(nearest, mine) if mine else DEFAULT


def _merged(folder: str, files: list[FlywaySettings]) -> Settings:
    values: dict[str, str | None] = {}
    placeholders: dict[str, str | None] = {}
    for file in files:
        for target, pairs in ((values, file.values), (placeholders, file.placeholders)):
            for key, value in pairs:
                certain = None if "${" in value or "$(" in value else value
                target[key] = certain if target.get(key, certain) == certain else None
    return Settings(folder, values, placeholders)


@dataclass(frozen=True)
class Group:
    """One history: its root, and the folders that Flyway looks through. `profile` is the one of Spring for which they are set,
    where others look elsewhere."""

    root: str
    folders: tuple[str, ...]
    settings: Settings
    profile: str = ""

    def holds(self, path: str) -> bool:
        return any(_within(dirname(path), folder) for folder in self.folders)


def groups(project: _Evidence) -> Iterator[Group]:
    """The histories whose locations are set and known, a history for every folder that stands for `{vendor}`."""
    for folder in sorted({one.folder for one in project.deployment.flyway}):
        here = settings(project, folder)
        if here.known("locations"):
            yield from _groups(project.tree, folder, here, "")
        elif "locations" in here.values:
            for profile, its in _profiles(project, folder):
                yield from _groups(project.tree, folder, its, profile)


def _groups(tree: Tree, folder: str, here: Settings, profile: str) -> Iterator[Group]:
    found = [_expanded(one.strip(), folder, tree) for one in here.get("locations", "").split(",")]
    if any(one is None for one in found):
        return
    places = [place for one in found if one is not None for place in one]
    common = {path for path, vendor in places if vendor is None}
    places = [(path, vendor) for path, vendor in places if vendor is None or path not in common]
    vendors: tuple[str | None, ...] = tuple(sorted({vendor for _, vendor in places if vendor is not None}))
    for vendor in vendors or (None,):
        mine = tuple(dict.fromkeys(path for path, whose in places if whose in (None, vendor)))
        if mine:
            root = next((path for path, whose in places if whose == vendor), mine[0])
            yield Group(root, mine, here, profile)


def _profiles(project: _Evidence, folder: str) -> Iterator[tuple[str, Settings]]:
    """What Spring's profiles set, each over what is set for all of them; the files for all by themselves come first. Nothing
    where one sets locations that are not known, or a profile has two files."""
    files = [one for one in project.deployment.flyway if one.folder == folder]
    profiles: dict[str, list[FlywaySettings]] = {}
    for file in files:
        match = _PROFILE.match(basename(file.path))
        profiles.setdefault(match[1] or "" if match else "", []).append(file)
    shared = _merged(folder, profiles.pop("", []))
    told = [("", shared)]
    for profile, mine in sorted(profiles.items()):
        own = _merged(folder, mine)
        if "locations" in own.values:
            values, placeholders = {**shared.values, **own.values}, {**shared.placeholders, **own.placeholders}
            told.append((profile, Settings(folder, values, placeholders)))
    if all(its.known("locations") or (not profile and "locations" not in its.values) for profile, its in told):
        yield from ((profile, its) for profile, its in told if its.known("locations"))


def _expanded(location: str, base: str, tree: Tree) -> list[tuple[str, str | None]] | None:
    """The folders that a location stands for, each with the vendor in its name; None where that cannot be told."""
    kind, colon, path = location.partition(":")
    if not colon:
        kind, path = "classpath", location
    if kind not in ("classpath", "filesystem") or "${" in path or (kind == "filesystem" and path.startswith("/")):
        return None
    if len(path) > _LONG or path.count("**") > 2 or len(re.findall(r"\*+|\?", path)) > _WILD:
        return None
    plain = normpath(path.strip("/")).removeprefix(".")  # "." is where the paths start from
    parts = [_MARKS.get(match[0]) or re.escape(match[0]) for match in _GLOB.finditer(plain)]
    inner = "".join(parts)
    starts = ("",) if kind == "filesystem" else _BELOW_RESOURCES
    pattern = re.compile("|".join(_anchored(base, start, inner, at) for at, start in enumerate(starts)))
    found = []
    for folder in _folders(tree):
        match = pattern.fullmatch(folder)
        if match is not None:
            vendors = [value for value in match.groupdict().values() if value is not None]
            found.append((folder, vendors[0] if vendors else None))
    return found


def _anchored(base: str, start: str, inner: str, at: int) -> str:
    """An expression for a folder below the start; a group's name may stand only once in one."""
    whole = "/".join(part for part in (re.escape(base), re.escape(start), inner) if part)
    return whole.replace("(?P<vendor>", f"(?P<vendor{at}>")


def _folders(tree: Tree) -> list[str]:
    """Every folder that holds a file, or a folder that does."""
    found: set[str] = set()
    for path in tree.paths:
        folder = dirname(path)
        while folder and folder not in found:
            found.add(folder)
            folder = dirname(folder)
    return sorted(found)


def _within(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(f"{folder}/")
