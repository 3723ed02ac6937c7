"""The files of a project: walked once, sorted, read at most once, never followed out of the root."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from io import BytesIO
from itertools import chain
from pathlib import Path
from posixpath import dirname, normpath
from typing import TYPE_CHECKING, BinaryIO, Protocol

from schemalint.encoding import decode, is_utf8, no_script, script, settled, whole
from schemalint.folders import NEVER, NEVER_LISTED, by_folder
from schemalint.gitignore import IgnoreFiles, git_files, patterns, tracked_targets
from schemalint.model.span import Gap, SourceFile
from schemalint.packed import PACKED, Broken, pieces

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

LIMIT = 1_000_000
LARGE = 8_000_000
"""A script that is larger is read in pieces and held without its data."""
LIMIT_SQL = 1_000_000_000
"""A minute's work. What is larger is no part of a repository, and a hook that seems to hang is switched off."""
_HEAD = 1_000_000  # what is told about a large script without reading all of it
_HELD = 128_000_000  # bytes kept in memory; a project larger than that is read again where it must be

_SCRIPTS = (".sql", *PACKED)
_FLAGS = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

# Code and schema files: one of these that is too large is worth telling. A picture, a lock file or a JavaScript bundle is not.
_TELLING = (".sql", ".go", ".py", ".rs")


class Tree(Protocol):
    """A project's files. Paths are relative to the checked root, with `/`, "" for the root itself."""

    paths: tuple[str, ...]

    @property
    def unreadable(self) -> Mapping[str, str]:
        """Files (and folders) that were met and could not be read so far, with the reason, by path."""

    def within(self, folder: str) -> tuple[str, ...]:
        """The listed files that stand right in a folder, in path order."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a listed file, None when it cannot be read. Of a large script they are only the first."""

    def file(self, path: str, dialect: str | None = None) -> SourceFile | None:
        """The decoded file, None when it is not listed, not text, too large or not readable. Of a large script the data is
        cut out when it is first asked for, by the quoting rules of that dialect. A packed script is unpacked."""

    def exists(self, path: str) -> bool:
        """Whether a file or folder stands there, listed or not."""

    def could_exist(self, path: str) -> bool:
        """Whether it exists, or git ignores that path, so that something made later may stand there."""


class MemoryTree:
    """A project that exists only as a mapping from path to text: for tests, and for editors' unsaved files."""

    def __init__(self, files: Mapping[str, str | bytes], ignored: Iterable[str] = (), large: int = LARGE) -> None:
        self._content = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
        self._files: dict[str, SourceFile | None] = {}
        self._ignored = frozenset(ignored)
        self._large = large
        self._unreadable: dict[str, str] = {}
        self.paths = tuple(sorted(self._content))
        self._by_folder = by_folder(self.paths)
        self._folders = {""}
        for path in self.paths:
            while path := dirname(path):
                self._folders.add(path)

    @property
    def unreadable(self) -> Mapping[str, str]:
        return self._unreadable

    def within(self, folder: str) -> tuple[str, ...]:
        return self._by_folder.get(folder, ())

    def read(self, path: str) -> bytes | None:
        content = self._content.get(path)
        return content if content is None or not path.endswith(".sql") else _shown(content, self._large)

    def file(self, path: str, dialect: str | None = None) -> SourceFile | None:
        if path not in self._files:
            content = self._content.get(path)
            if content is not None and path.endswith(PACKED):
                self._files[path] = _unpacked(path, BytesIO(content), dialect, self._unreadable)
            elif content is not None and path.endswith(".sql") and len(content) > self._large:
                pieces = (content[at : at + _HEAD] for at in range(0, len(content), _HEAD))
                self._files[path] = _condensed(path, pieces, dialect, self._unreadable)
            else:
                self._files[path] = _decoded(path, content, self._unreadable)
        return self._files[path]

    def exists(self, path: str) -> bool:
        return path in self._content or path in self._folders

    def could_exist(self, path: str) -> bool:
        return self.exists(path) or path in self._ignored


class DiskTree:
    """A project on disk: what git tracks or would track, else a walk that honours .gitignore files.

    `exclude` are patterns as in .gitignore, relative to the root. Symlinked folders are not entered; symlinked files
    are read only when they lead to a file inside the root.
    """

    def __init__(self, root: Path, exclude: Iterable[str] = ()) -> None:
        self.root = Path(os.path.realpath(root))
        self._top = os.path.join(self.root, "")
        self.exclude = tuple(exclude)
        self._unreadable: dict[str, str] = {}
        self._real: dict[str, str] = {}  # symlinked files: where they lead, relative to the root
        self._folders: dict[str, bool] = {"": True}
        self._content: dict[str, bytes | None] = {}
        self._files: dict[str, SourceFile | None] = {}
        self._large: set[str] = set()
        self._held = 0
        self._ignores = IgnoreFiles(self.root)
        self.paths = self._list(patterns(self.exclude))
        self._by_folder = by_folder(self.paths)

    @property
    def unreadable(self) -> Mapping[str, str]:
        return dict(sorted(self._unreadable.items()))

    def within(self, folder: str) -> tuple[str, ...]:
        return self._by_folder.get(folder, ())

    def read(self, path: str) -> bytes | None:
        if path not in self._content:
            content = self._read(path) if path in self._listed else None
            if self._held + len(content or b"") > _HELD:
                return content
            self._content[path] = content
            self._held += len(content or b"")
        return self._content[path]

    def file(self, path: str, dialect: str | None = None) -> SourceFile | None:
        if path not in self._files:
            content = None if path.endswith(PACKED) else self.read(path)
            if path in self._large or (path.endswith(PACKED) and path in self._listed):
                self._files[path] = self._streamed(path, dialect)
            else:
                self._files[path] = _decoded(path, content, self._unreadable)
        return self._files[path]

    def exists(self, path: str) -> bool:
        with suppress(OSError, ValueError):  # a NUL byte, a name that is too long
            return not _leaves(path) and os.path.lexists(self.root / path)
        return False

    def could_exist(self, path: str) -> bool:
        return _leaves(path) or self.exists(path) or self._ignores.ignored(path)

    def _list(self, exclude: GitIgnoreSpec | None) -> tuple[str, ...]:
        listed = git_files(self.root)
        names: Iterable[str] = self._walk("") if listed is None else self._checked(listed)
        files = {name for name in names if exclude is None or not exclude.match_file(name)}
        environments = tuple(f"{dirname(name)}/" for name in files if name.endswith("/pyvenv.cfg"))
        if environments:
            files = {name for name in files if not name.startswith(environments)}
        self._listed = frozenset(files)
        return tuple(sorted(files))

    def _checked(self, listed: Iterable[bytes]) -> Iterator[str]:
        """What git lists, without what is gone, special or behind a symlink. Repositories inside it are walked."""
        targets = tracked_targets(self.root, listed)
        for raw in listed:
            try:
                name = raw.decode()
            except UnicodeDecodeError:
                self._unreadable[raw.decode("utf-8", "replace")] = "its name is not UTF-8"
                continue
            folder, _, base = name.rstrip("/").rpartition("/")
            parts = folder.split("/")
            if (
                base in NEVER_LISTED
                or not NEVER_LISTED.isdisjoint(parts)
                or ".." in parts
                or ("target" in parts and not f"{folder}/".startswith(targets))
                or not self._is_folder(folder)
            ):
                continue
            try:
                mode = os.lstat(self.root / name).st_mode
            except (OSError, ValueError):
                continue  # deleted, not yet committed
            if stat.S_ISDIR(mode):  # a submodule, or a repository inside this one
                yield from self._walk(name.rstrip("/"))
            elif self._wanted(name, mode):
                yield name

    def _walk(self, top: str) -> Iterator[str]:
        folders = [top]
        while folders:
            folder = folders.pop()
            try:
                with os.scandir(self.root / folder) as entries:
                    found = sorted(entries, key=lambda entry: entry.name)
            except OSError as error:
                self._unreadable[folder] = _reason(error)
                continue
            for entry in found:
                name = f"{folder}/{entry.name}" if folder else entry.name
                try:
                    name.encode()
                except UnicodeEncodeError:
                    self._unreadable[os.fsencode(name).decode("utf-8", "replace")] = "its name is not UTF-8"
                    continue
                try:
                    mode = entry.stat(follow_symlinks=False).st_mode
                except OSError:
                    continue  # gone since it was listed
                is_folder = stat.S_ISDIR(mode)
                if entry.name in NEVER or self._ignores.matches(f"{name}/" if is_folder else name):
                    continue
                if is_folder:
                    folders.append(name)
                elif self._wanted(name, mode):
                    yield name

    def _is_folder(self, folder: str) -> bool:
        """Whether a folder is one all the way up: a symlink on the way could lead out of the root."""
        if folder not in self._folders:
            above, at = True, 0
            while above and at >= 0:
                at = folder.find("/", at + 1)
                part = folder if at < 0 else folder[:at]
                if part not in self._folders:
                    self._folders[part] = _is_real_folder(self.root / part)
                above = self._folders[part]
            self._folders[folder] = above
        return self._folders[folder]

    def _wanted(self, name: str, mode: int) -> bool:
        if not stat.S_ISLNK(mode):
            return stat.S_ISREG(mode)
        real = Path(os.path.realpath(self.root / name))
        if not real.is_relative_to(self.root) or not real.is_file():
            return False
        self._real[name] = real.relative_to(self.root).as_posix()
        return True

    def _read(self, path: str) -> bytes | None:
        sql = path.endswith(".sql")
        limit = LIMIT_SQL if sql else LIMIT
        try:
            number, size = self._opened(path)
            try:
                if sql and LARGE < size <= limit:
                    self._large.add(path)
                    return _shown(_begin(number, _HEAD), _HEAD)
                content = _begin(number, size + 1 if size <= limit else 5000)
            finally:
                os.close(number)
        except OSError as error:
            self._unreadable[path] = _reason(error)
            return None
        if size <= limit and len(content) <= limit:
            return _shown(content, limit) if sql else content
        if path.endswith(_TELLING) and (sql or b"\n" in content[:5000]):  # a bundle on one line is nobody's source
            self._unreadable[path] = f"is larger than {limit // 1_000_000} MB"
        return None

    def _opened(self, path: str) -> tuple[int, int]:
        """The file's descriptor, opened in a way that cannot hang, and its size; OSError when it is no regular file."""
        number = os.open(self._top + self._real.get(path, path), _FLAGS)
        state = os.fstat(number)
        if not stat.S_ISREG(state.st_mode):
            os.close(number)
            raise OSError(0, "is not a regular file")
        return number, state.st_size

    def _streamed(self, path: str, dialect: str | None) -> SourceFile | None:
        try:
            with os.fdopen(self._opened(path)[0], "rb") as stream:
                if path.endswith(PACKED):
                    return _unpacked(path, stream, dialect, self._unreadable)
                return _condensed(path, iter(lambda: stream.read(_HEAD), b""), dialect, self._unreadable)
        except OSError as error:
            self._unreadable[path] = _reason(error)
            return None


def _begin(number: int, most: int) -> bytes:
    """The first bytes of an open file."""
    content = os.read(number, most)
    while len(content) < most and (more := os.read(number, most - len(content))):
        content += more
    return content


def _shown(content: bytes, most: int) -> bytes:
    """The first bytes of a script, as UTF-8: what tools' marks are looked for in."""
    content = content[:_HEAD] if len(content) > most else content
    return content if is_utf8(content) else "".join(script((content,))).encode("utf-8", "surrogatepass")


def _decoded(path: str, content: bytes | None, unreadable: dict[str, str]) -> SourceFile | None:
    if content is None:
        return None
    gaps: tuple[Gap, ...] = ()
    if path.endswith(_SCRIPTS):
        why = no_script(content)
        if why is None:
            text, gaps = whole(content)
    else:
        text, why = decode(content)
    if why is not None:
        unreadable[path] = why
        return None
    return SourceFile(path, text, (), gaps)


def _unpacked(path: str, stream: BinaryIO, dialect: str | None, unreadable: dict[str, str]) -> SourceFile | None:
    """A packed script, without its data where it is large: places in it count in the unpacked text."""
    held = b""
    found = pieces(path, stream)
    try:
        for piece in found:
            held += piece
            if len(held) > LARGE:
                return _condensed(path, chain((held,), found), dialect, unreadable)
    except Broken as broken:
        unreadable[path] = str(broken)
        return None
    return _decoded(path, held, unreadable)


def _condensed(
    path: str, pieces: Iterator[bytes], dialect: str | None, unreadable: dict[str, str]
) -> SourceFile | None:
    """A large script without its data."""
    from schemalint.dialects import dialect as named
    from schemalint.sql.condense import condense

    head = next(pieces, b"")
    why = no_script(head)
    if why is not None:
        unreadable[path] = why
        return None
    found = condense(script(chain((head,), pieces)), named(dialect).family)
    text, gaps = settled(found.text)
    return SourceFile(path, text, found.cuts, (*gaps, *found.gaps))


def _is_real_folder(path: Path) -> bool:
    try:
        return stat.S_ISDIR(os.lstat(path).st_mode)
    except (OSError, ValueError):
        return False


def _leaves(path: str) -> bool:
    """Whether a path leads out of the root."""
    return path.startswith("/") or normpath(path).split("/")[0] == ".."


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
