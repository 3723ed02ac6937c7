"""Scripts into which a tool puts known values: read as the server gets them, shown where they were written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Any

from schemalint.model.span import SourceFile
from schemalint.sql import read
from schemalint.sql.plain import decode, encode

Extract = dict[str, Any]


def fill(
    file: SourceFile, dialect: str | None, values: Mapping[str, str], marks: tuple[str, str]
) -> tuple[Extract, bool]:
    """The extract of a file whose placeholders (found whatever their case) have these values, and whether that was all of
    them: others are left for the reader, which takes them for unknown."""
    # Where bytes were no text, places count: such a file is left as it is.
    text, starts, moved, whole = _filled(file.text, {} if file.gaps else values, marks)
    made = read(SourceFile(file.path, text, (), file.gaps), dialect)
    facts = tuple(decode(_placed(encode(fact), starts, moved)) for fact in made.facts)
    return {"facts": facts, "statements": made.statements, "ddl": made.ddl}, whole


def _filled(
    text: str, values: Mapping[str, str], marks: tuple[str, str]
) -> tuple[str, list[int], list[tuple[int, int]], bool]:
    """The text with its values, where its pieces start in it, for each piece where it was written and how many characters
    of it were (a value has those of its placeholder), and whether every placeholder was known."""
    opening, closing = marks
    pieces: list[str] = []
    starts, moved = [0], [(0, 0)]
    at, size, whole = 0, 0, True

    def add(piece: str, written: int, length: int) -> None:
        nonlocal size
        starts.append(size)
        moved.append((written, length))
        pieces.append(piece)
        size += len(piece)

    while (begin := text.find(opening, at)) >= 0:
        end = text.find(closing, begin + len(opening))
        if end < 0:
            break
        name = text[begin + len(opening) : end].lower()
        end += len(closing)
        if name in values:
            add(text[at:begin], at, begin - at)
            add(values[name], begin, end - begin)
        else:
            whole = False
            add(text[at:end], at, end - at)
        at = end
    add(text[at:], at, len(text) - at)
    return "".join(pieces), starts, moved, whole


def _placed(data: Any, starts: list[int], moved: list[tuple[int, int]]) -> Any:
    """An encoded fact with its spans moved to where they were written."""
    if isinstance(data, list):
        return [_placed(one, starts, moved) for one in data]
    if not isinstance(data, dict):
        return data
    if "@" in data:
        path, start, end = data["@"]
        return {"@": [path, _back(start, starts, moved, False), _back(end, starts, moved, True)]}
    return {key: _placed(value, starts, moved) for key, value in data.items()}


def _back(offset: int, starts: list[int], moved: list[tuple[int, int]], end: bool) -> int:
    """Where an offset was written. Inside a value it is the placeholder's start, or its end for the end of something."""
    piece = bisect_right(starts, offset - 1 if end and offset else offset) - 1
    written, length = moved[piece]
    inside = offset - starts[piece]
    following = starts[piece + 1] if piece + 1 < len(starts) else None
    copied = following is None or following - starts[piece] == length
    if copied:
        return written + min(inside, length)
    return written + (length if end else 0)
