"""Folders as programs write them, and where they are in the checked tree."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from posixpath import dirname, normpath

from schemalint.deployment.places import ancestors, find, join
from schemalint.deployment.runners.program import Folder
from schemalint.discover import Tree

_MANIFESTS = ("go.mod", "package.json", "pyproject.toml", "requirements.txt", "setup.py", "Pipfile", "manage.py")


def joined(parts: Sequence[Folder | None], by: str) -> Folder | None:
    """A path made of parts; None where one is not known."""
    if not parts or any(part is None or part.parameter or part.tried for part in parts):
        return None
    known = [part for part in parts if part is not None]
    if any(part.anchored for part in known[1:]):
        return None
    words: Iterable[str] = (part.text for part in known)
    if by:
        words = (word for word in words if word)
    return replace(known[0], text=by.join(words))


def tried(parts: Sequence[Folder | None]) -> Folder | None:
    """One of several folders; None where one is not known."""
    known = tuple(part for part in parts if part is not None and not part.parameter and not part.tried)
    return Folder(tried=known) if known and len(known) == len(parts) else None


def globbed(folder: Folder | None) -> Folder | None:
    """The folder of a pattern that means all of its scripts; None where it means others."""
    if folder is None or "*" not in folder.text:
        return folder
    head, _, pattern = folder.text.rpartition("/")
    return replace(folder, text=head or ".") if pattern == "*.sql" and "*" not in head else None


def parent(folder: Folder, times: int = 1) -> Folder:
    """The folder above."""
    text = folder.text
    for _ in range(times):
        text = f"{text}/.." if text.endswith(".") or not text else dirname(text) or "."
    return replace(folder, text=text)


def located(tree: Tree, folder: Folder, path: str) -> str | None:
    """The folder of the tree that one written in the file at `path` is. What is relative starts from where the program is
    started: the folder with its manifest, or the root."""
    if folder.tried:
        there = {found for one in folder.tried if (found := located(tree, one, path)) is not None}
        return there.pop() if len(there) == 1 else None
    text = folder.text.rstrip("/")
    if folder.anchored:
        found = join("", normpath(text or "."))
    elif text.strip("./"):
        around = [one for one in (dirname(path), *ancestors(dirname(path))) if _has_manifest(tree, one)]
        found = find(tree, text, *dict.fromkeys((*around, "")))
    else:
        return None
    return found if found and tree.read(found) is None and tree.within(found) else None


def _has_manifest(tree: Tree, folder: str) -> bool:
    return any(tree.exists(f"{folder}/{name}" if folder else name) for name in _MANIFESTS)
