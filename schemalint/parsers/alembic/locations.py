"""Which folders of revisions Alembic reads: `versions` beside env.py and no folder below it, unless `version_locations` or
`recursive_version_locations` says otherwise (Alembic 1.20, "Working with Branches: Setting up Multiple Version Directories").

Old revisions are often kept beside those that run, in `versions_old` or `archive`: they are no part of the history.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from os.path import splitext
from posixpath import basename, dirname

from schemalint.folders import aside
from schemalint.parsers import Project
from schemalint.parsers.alembic.revisions import Revision

_LOCATIONS = re.compile(rb"^[^#;\n]*version_locations\b", re.M)
_MAY_CONFIGURE = frozenset({".ini", ".toml", ".cfg", ".py", ".sh", ".conf", ".template", ".j2"})


def kept(folders: Mapping[str, Sequence[Revision]], project: Project) -> frozenset[str]:
    """The folders of revisions that nothing makes Alembic read: those that stand beside or below `versions` of one env.py, and
    those that have none at all, in a project that runs others."""
    below: dict[str, list[str]] = {}
    homes = {folder: _home(folder, project) for folder in folders}
    for folder, home in homes.items():
        if home is not None and folder != f"{home}/versions".lstrip("/"):
            below.setdefault(home, []).append(folder)
    found: set[str] = set()
    ran = [folder for folder, home in homes.items() if home is not None and folder == f"{home}/versions".lstrip("/")]
    run = [each for folder in ran for each in folders[folder]]
    lacking = {parent for each in run for parent in (*each.parents, *each.depends)} - {each.name for each in run}
    if run:
        strays = [folder for folder, home in homes.items() if home is None]
        found.update(one for one in strays if not lacking & {each.name for each in folders[one]})
    written = any(basename(path) == "alembic.ini" for path in project.tree.paths)  # else it may name further folders
    for home, others in below.items():
        beside = folders.get(f"{home}/versions".lstrip("/"), ())
        named = {parent for each in beside for parent in (*each.parents, *each.depends)}
        if beside:
            found.update(one for one in others if written or not named & {each.name for each in folders[one]})
    return frozenset(found) if found and not _configured(project) else frozenset()


def _home(folder: str, project: Project) -> str | None:
    """The nearest folder at or above this one that has an env.py."""
    while folder:
        if project.tree.exists(f"{folder}/env.py"):
            return folder
        folder = dirname(folder)
    return "" if project.tree.exists("env.py") else None


def _configured(project: Project) -> bool:
    """Whether anything in the project speaks of version_locations, outside of comments."""
    for path in project.tree.paths:
        if splitext(path)[1] in _MAY_CONFIGURE and aside(path) is None:
            content = project.tree.read(path)
            if content is not None and b"version_locations" in content and _LOCATIONS.search(content):
                return True
    return False
