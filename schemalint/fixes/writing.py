"""Fixed files on disk, or as a diff."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from difflib import unified_diff
from pathlib import Path


def editable(root: Path, path: str, content: bytes) -> str | None:
    """Why a file below the root is not to be edited, None where it may be; `content` is what was read of it. What a link
    leads to is never edited under the link's name: it may lie outside of the root, and where it lies inside, it is read
    there."""
    place = root / path
    try:
        if os.path.realpath(place) != os.path.join(os.path.realpath(root), path):
            return "it is a symbolic link, or lies behind one"
        mode = os.lstat(place).st_mode
        held = place.read_bytes() if stat.S_ISREG(mode) else b""
    except (OSError, ValueError) as error:
        return str(getattr(error, "strerror", None) or error).lower()
    if not stat.S_ISREG(mode):
        return "it is not a regular file"
    if not mode & 0o222 or not os.access(place, os.W_OK):
        return "it is read-only"
    if held != content:  # of a script in UTF-16, its text was read
        return "it is not UTF-8" if b"\0" in held else "it has changed since it was read"
    return None


def write(root: Path, path: str, before: bytes, after: bytes) -> str | None:
    """Puts the new content in the place of the old one, all at once: a reader sees one or the other. Why it was not done, None
    when it was. A file that does not hold what was read is somebody else's work by now, and is left alone."""
    why = editable(root, path, before)
    if why is not None:
        return why
    place, made = root / path, None
    try:
        held = os.lstat(place)
        number, made = tempfile.mkstemp(prefix=f".{place.name[:50]}.", dir=place.parent)
        with os.fdopen(number, "wb") as out:
            out.write(after)
        with suppress(OSError, AttributeError):  # only the superuser may give files away
            os.chown(made, held.st_uid, held.st_gid)
        os.chmod(made, stat.S_IMODE(held.st_mode))
        os.replace(made, place)
    except OSError as error:
        if made is not None:
            with suppress(OSError):
                os.unlink(made)
        return f"it cannot be written: {(error.strerror or type(error).__name__).lower()}"
    return None


def diff(path: str, before: bytes, after: bytes) -> Iterator[str]:
    """A unified diff that `git apply` and `patch -p1` take, in pieces that end as the lines of the file do."""
    old, new = _lines(before), _lines(after)
    for line in unified_diff(old, new, f"a/{path}", f"b/{path}"):
        yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def _lines(content: bytes) -> list[str]:
    """The lines as git counts them: only a line feed ends one."""
    text = content.decode("utf-8", "surrogateescape")
    lines = [f"{line}\n" for line in text.split("\n")]
    lines[-1] = lines[-1][:-1]
    return lines if lines[-1] else lines[:-1]
