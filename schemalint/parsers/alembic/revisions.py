"""Which revisions make one history: their place in the graph, and the folders that they stand in."""

from __future__ import annotations

from collections.abc import Mapping
from posixpath import dirname

from schemalint.model.frozen import frozen
from schemalint.parsers import Extract

_OF_ONE_SERVER = [["postgresql"], ["postgres"], ["mysql"], ["mariadb"], ["sqlite"], ["mssql"], ["oracle"]]


@frozen
class Revision:
    path: str
    name: str
    parents: tuple[str, ...]
    depends: tuple[str, ...]


def revision_of(path: str, extract: Extract) -> Revision | None:
    graph = extract["graph"]
    name = _texts(graph["revision"])
    if len(name) != 1:
        return None
    return Revision(path, name[0], _texts(graph["down_revision"]), _texts(graph["depends_on"]))


def _texts(item: list[object] | None) -> tuple[str, ...]:
    """The texts of a string, a tuple of strings, or None. An empty string is none: Alembic up to 1.12.0 takes it so."""
    if item is None:
        return ()
    if item[0] == "text":
        return (str(item[3]),) if item[3] else ()
    if item[0] == "seq" and isinstance(item[4], list):
        return tuple(str(each[3]) for each in item[4] if each[0] == "text")
    return ()


def folder_of(path: str) -> str:
    """The versions folder of a revision, also when it stands in a folder below, unless that one bears a server's name."""
    parts = dirname(path).split("/")
    if "versions" not in parts:
        return dirname(path)
    end = parts.index("versions") + 1
    return "/".join(parts[: end + (parts[end : end + 1] in _OF_ONE_SERVER)])


def joined_of(folders: Mapping[str, list[Revision]]) -> dict[str, list[Revision]]:
    """Folders of one history (`version_locations`): a revision follows one that only another folder has."""
    owners: dict[str, set[str]] = {}
    for folder, revisions in folders.items():
        for each in revisions:
            owners.setdefault(each.name, set()).add(folder)
    home = {folder: folder for folder in folders}

    def root(folder: str) -> str:
        while home[folder] != folder:
            folder = home[folder]
        return folder

    for folder, revisions in sorted(folders.items()):
        for each in revisions:
            for parent in (*each.parents, *each.depends):
                having = owners.get(parent, set())
                if folder not in having and len(having) == 1:
                    one, other = sorted((root(folder), root(next(iter(having)))))
                    home[other] = one
    joined: dict[str, list[Revision]] = {}
    for folder, revisions in sorted(folders.items()):
        joined.setdefault(root(folder), []).extend(revisions)
    return joined
