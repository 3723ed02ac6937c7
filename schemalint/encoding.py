"""Bytes to text: UTF-8, UTF-16, and in SQL scripts whatever else was saved, with the places that are not certain."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from schemalint.model.span import Gap

_NO_TEXT = (
    (b"PGDMP", "is an archive of pg_dump, not SQL (pg_restore -f - makes SQL of it)"),
    (b"SQLite format 3\0", "is an SQLite database, not SQL"),
    (b"\x1f\x8b", "is compressed"),
    (b"BZh", "is compressed"),
    (b"\xfd7zXZ", "is compressed"),
    (b"\x28\xb5\x2f\xfd", "is compressed"),
    (b"PK\x03\x04", "is compressed"),
)
_MARKS = tuple(mark for mark, _ in _NO_TEXT)
_CONTROLS = bytes(range(8))
_STRANGE = re.compile("[\udc80-\udcff\ufffd\0]")
_MOST = 1_000  # places in one file that are told
_LATIN = {0xDC00 + byte: byte for byte in range(0x80, 0x100)}


def decode(content: bytes) -> tuple[str, str | None]:
    """UTF-8 (with or without a mark) or UTF-16 with a mark: the text, or why it cannot be had."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding, title = "utf-16", "UTF-16"
    else:
        if b"\0" in content[:8192]:
            return "", "is not text"
        encoding, title = "utf-8-sig", "UTF-8"
    try:
        return content.decode(encoding), None
    except UnicodeDecodeError as error:
        line = f" in line {content.count(10, 0, error.start) + 1}" if title == "UTF-8" else ""
        return "", f"is not {title}{line}"


def is_utf8(head: bytes) -> bool:
    """Whether an SQL script that begins like this is to be read as UTF-8."""
    return _script_encoding(head) == "utf-8-sig"


def no_script(head: bytes) -> str | None:
    """Why a file that begins like this holds no SQL text; None when it may."""
    if head.startswith(_MARKS):
        return next(why for mark, why in _NO_TEXT if head.startswith(mark))
    if is_utf8(head):
        strange = len(head) - len(head.translate(None, _CONTROLS))
        if strange * 20 > len(head) + 200:  # a few are an accident
            return "is not text"
    return None


def script(chunks: Iterable[bytes]) -> Iterator[str]:
    """The text of an SQL script, in which every byte that is no UTF-8 is a lone surrogate: see `settled`."""
    decoder = None
    for chunk in chunks:
        if decoder is None:
            encoding = _script_encoding(chunk)
            errors = "surrogateescape" if encoding == "utf-8-sig" else "replace"
            decoder = codecs.getincrementaldecoder(encoding)(errors)
            if encoding == "utf-16-le" or encoding == "utf-16-be":
                chunk = chunk.removeprefix(codecs.BOM_UTF16_LE).removeprefix(codecs.BOM_UTF16_BE)
        yield decoder.decode(chunk)
    if decoder is not None:
        yield decoder.decode(b"", True)


def whole(content: bytes) -> tuple[str, tuple[Gap, ...]]:
    """The text of an SQL script that is there whole, and its gaps: see `settled`."""
    if content.isascii() and 0 not in content:  # nearly all are so
        return content.decode("ascii"), ()
    return settled("".join(script((content,))))


def settled(text: str) -> tuple[str, tuple[Gap, ...]]:
    """The text with strange bytes read as Latin-1, and where they stand: in a comment they do no harm, in a name they may."""
    if text.isascii() and "\0" not in text:  # nearly all are so
        return text, ()
    gaps = []
    for match in _STRANGE.finditer(text):
        at = match.start()
        why = {"\0": "a NUL byte", "\ufffd": "an unreadable character"}.get(match.group(), "a byte that is not UTF-8")
        gaps.append(Gap(at, at + 1, f"{why} stands in a name here, so the statement was not read", certain=False))
        if len(gaps) == _MOST:
            break
    if gaps:
        text = text.translate(_LATIN)
    return text, tuple(gaps)


def _script_encoding(head: bytes) -> str:
    """By the mark, else by where the zeros of ASCII letters stand: SQL Server's tools save UTF-16, at times without mark."""
    if head.startswith((b"\xff\xfe\0\0", b"\0\0\xfe\xff")):
        return "utf-32"
    if head.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if head.startswith(b"\xfe\xff"):
        return "utf-16-be"
    start = head[:2048]
    if 0 not in start:
        return "utf-8-sig"
    high, low = start[0::2].count(0), start[1::2].count(0)
    if max(high, low) * 4 > len(start) and min(high, low) * 8 < max(high, low):
        return "utf-16-be" if high > low else "utf-16-le"
    return "utf-8-sig"
