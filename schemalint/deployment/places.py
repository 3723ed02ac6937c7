"""Paths of the checked tree: joined, cleaned, and whether they are judged."""

from __future__ import annotations

from posixpath import dirname, normpath

from schemalint.discover import Tree
from schemalint.folders import NEVER_LISTED, aside


def join(folder: str, path: str) -> str | None:
    """`path` seen from `folder`, relative to the checked root; None when it leaves the root or is absolute."""
    if path.startswith(("/", "~", "\\")) or path[1:2] == ":" or "\0" in path:
        return None
    joined = normpath(f"{folder}/{path}" if folder else path or ".")
    if joined == ".." or joined.startswith(("../", "/")):
        return None
    return "" if joined == "." else joined


def inside(path: str, folder: str) -> bool:
    """Whether `path` is `folder` or lies below it; both cleaned, "" and "/" are the root."""
    folder = folder.rstrip("/")
    return not folder or path == folder or path.startswith(folder + "/")


def judged(path: str) -> bool:
    """Whether what this file says is taken as said of the project itself."""
    return aside(path) is None and NEVER_LISTED.isdisjoint(path.split("/")[:-1])


def ancestors(folder: str) -> list[str]:
    """The folders above `folder`, nearest first, the root last."""
    found = []
    while folder:
        folder = dirname(folder)
        found.append(folder)
    return found


def find(tree: Tree, written: str, *starts: str) -> str | None:
    """The file or folder that `written` names, seen from one of the folders, else the only one whose path ends so."""
    for start in starts:
        path = join(start, written)
        if path and tree.exists(path):
            return path
    if written.startswith("/"):  # a path of the container: its end may be one of ours
        names = normpath(written).strip("/").split("/")
        for at in range(len(names)):
            path = "/".join(names[at:])
            if path and tree.exists(path):
                return path
    wanted = normpath(written).strip("/.")
    if not wanted:
        return None
    found = set()
    for path in tree.paths:
        at = f"/{path}/".find(f"/{wanted}/")
        if at >= 0 and judged(path):
            found.add(path[: at + len(wanted)])
    return found.pop() if len(found) == 1 else None
