"""The schema that a Supabase project declares: the files that `[db.migrations] schema_paths` of supabase/config.toml lists are
run one behind the other, and `supabase db diff` writes the migrations that lead there (its docs, "Declarative schemas"). Where
nothing is listed, they are those below supabase/schemas: the CLI walks through them in the order of names (internal/db/diff of
supabase/cli v2), or, with its newer engine, in whatever order they need (supabase/cli pull 5706)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from posixpath import dirname, join, normpath

from schemalint.model.frozen import frozen
from schemalint.model.span import SourceFile
from schemalint.parsers import Project

_PART = re.compile(r"\*|\?|[^*?]+")
_MOST = 2_000
"""Patterns of one list; what has more is nobody's."""


@frozen
class Declared:
    """The files of one project in the order in which they are run, below its folder; `why` says where that is written."""

    root: str
    paths: tuple[str, ...]
    why: str
    ordered: bool = True  # False: a newer CLI finds an order by itself


def schemas(project: Project) -> Iterator[Declared]:
    """Every declared schema whose files are certain."""
    for path in project.tree.paths:
        if f"/{path}".endswith("/supabase/config.toml"):
            file = project.tree.file(path)
            patterns = [] if file is None else _patterns(file)
            found = _files(dirname(path), patterns, [one for one in project.tree.paths if one.endswith(".sql")])
            if found:
                yield Declared(f"{dirname(path)}/schemas", found, f"the order of schema_paths in {path}")
            elif file is not None and not patterns and (walked := _walked(f"{dirname(path)}/schemas", project)):
                why = f"the files of {dirname(path)}/schemas by name, since {path} lists no schema_paths"
                yield Declared(f"{dirname(path)}/schemas", walked, why, ordered=False)


def _patterns(file: SourceFile) -> list[str]:
    try:
        said: object = tomllib.loads(file.text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return []
    for key in ("db", "migrations"):
        said = said.get(key) if isinstance(said, dict) else None
    listed = said.get("schema_paths") if isinstance(said, dict) else None
    if not isinstance(listed, list) or len(listed) > _MOST:
        return []
    return [one for one in listed if isinstance(one, str)]


def _walked(folder: str, project: Project) -> tuple[str, ...]:
    """The SQL files in and below a folder: a folder's entries by name, those of an inner one where that stands among them."""
    inside = (path for path in project.tree.paths if path.startswith(f"{folder}/") and path.endswith(".sql"))
    return tuple(sorted(inside, key=lambda path: path.split("/")))


def _files(folder: str, patterns: list[str], known: list[str]) -> tuple[str, ...]:
    """The files that the patterns stand for: those of one in the order of their names, each where it is named first. Nothing is
    certain where a pattern leads out of the project, or has marks that Go's own patterns do not know."""
    listed = frozenset(known)
    found: dict[str, None] = {}
    for written in patterns:
        path = normpath(join(folder, written))
        if path.startswith(("../", "/")) or "**" in path or "[" in path or "\\" in path:
            return ()
        if "*" not in path and "?" not in path:
            found.update({path: None} if path in listed else {})
            continue
        marks = {"*": "[^/]*", "?": "[^/]"}
        pattern = re.compile("".join(marks.get(part) or re.escape(part) for part in _PART.findall(path)))
        found.update(dict.fromkeys(sorted(one for one in known if pattern.fullmatch(one))))
    return tuple(found)
