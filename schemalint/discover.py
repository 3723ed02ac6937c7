"""The files of a project: walked once, sorted, read at most once, never followed out of the root."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from posixpath import dirname
from typing import Protocol

from schemalint.model.span import SourceFile


class Tree(Protocol):
    """A project's files. Paths are relative to the checked root, with `/`, "" for the root itself."""

    paths: tuple[str, ...]

    def read(self, path: str) -> bytes | None:
        """The bytes of a listed file, None when it cannot be read."""

    def file(self, path: str) -> SourceFile | None:
        """The decoded file, None when it is not listed, not text, too large or not readable."""

    def exists(self, path: str) -> bool:
        """Whether a file or folder stands there, listed or not."""

    def could_exist(self, path: str) -> bool:
        """Whether it exists, or git ignores that path, so that something made later may stand there."""


def decode(content: bytes) -> str | None:
    """UTF-8 (with or without a mark) or UTF-16 with a mark; None for anything else and for binary files."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    else:
        if b"\0" in content[:8192]:
            return None
        encoding = "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeDecodeError:
        return None


class MemoryTree:
    """A project that exists only as a mapping from path to text: for tests, and for editors' unsaved files."""

    def __init__(self, files: Mapping[str, str | bytes], ignored: Iterable[str] = ()) -> None:
        self._content = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
        self._files: dict[str, SourceFile | None] = {}
        self._ignored = frozenset(ignored)
        self.paths = tuple(sorted(self._content))
        self._folders = {""}
        for path in self.paths:
            while path := dirname(path):
                self._folders.add(path)

    def read(self, path: str) -> bytes | None:
        return self._content.get(path)

    def file(self, path: str) -> SourceFile | None:
        if path not in self._files:
            content = self._content.get(path)
            text = None if content is None else decode(content)
            self._files[path] = None if text is None else SourceFile(path, text)
        return self._files[path]

    def exists(self, path: str) -> bool:
        return path in self._content or path in self._folders

    def could_exist(self, path: str) -> bool:
        return self.exists(path) or path in self._ignored
