"""Texts that know where each of their characters stands: values of a changelog, and the SQL that is put together of them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from schemalint.model.span import Span


class Chunk(NamedTuple):
    """A piece of a text and the stretch of its file that says it. Of equal length, they correspond letter by letter."""

    text: str
    start: int
    end: int


Text = tuple[Chunk, ...]


def said(text: Text | None) -> str:
    """What a text says; "" for none."""
    return "" if text is None else "".join(chunk.text for chunk in text)


def verbatim(whole: str, start: int, end: int) -> Text:
    """The stretch of a file as it stands there."""
    return (Chunk(whole[start:end], start, end),)


def aligned(value: str, raw: str, start: int) -> Text:
    """A value that stands in a file from an offset on, as `raw`, with other blanks: its words are where they stand."""
    if value == raw:
        return (Chunk(value, start, start + len(raw)),)
    chunks: list[Chunk] = []
    at = done = 0
    for match in re.finditer(r"\S+", value):
        found = raw.find(match[0], at)
        if found < 0:
            return (Chunk(value, start, start + len(raw)),)
        if match.start() > done:
            chunks.append(Chunk(value[done : match.start()], start + at, start + found))
        at, done = found + len(match[0]), match.end()
        chunks.append(Chunk(match[0], start + found, start + at))
    if done < len(value):
        chunks.append(Chunk(value[done:], start + at, start + len(raw)))
    return tuple(chunks)


def stripped(text: Text) -> Text:
    """The text without blanks around it."""
    whole = said(text)
    return part(text, len(whole) - len(whole.lstrip()), len(whole.rstrip()))


def part(text: Text, start: int, end: int) -> Text:
    """The stretch of a text between two of its offsets."""
    found, at = [], 0
    for chunk in text:
        low, high = max(start - at, 0), min(end - at, len(chunk.text))
        if low < high:
            exact = chunk.end - chunk.start == len(chunk.text)
            first = chunk.start + low if exact else chunk.start
            found.append(Chunk(chunk.text[low:high], first, chunk.start + high if exact else chunk.end))
        at += len(chunk.text)
    return tuple(found)


def split(text: Text, separator: str = ",") -> list[Text]:
    """The parts of a list written in one text, without blanks around them; empty ones are left out."""
    whole, at, found = said(text), 0, []
    for piece in whole.split(separator):
        if piece.strip():
            found.append(stripped(part(text, at, at + len(piece))))
        at += len(piece) + len(separator)
    return found


@dataclass(slots=True)
class Sql:
    """SQL as Liquibase sends it, with where each of its words comes from. `whole` is the stretch of the change."""

    whole: tuple[int, int]
    chunks: list[Chunk] = field(default_factory=list)

    def add(self, *parts: str | Text, at: tuple[int, int] | None = None) -> Sql:
        """Appends texts; a plain one stands at `at`, else at the whole change."""
        start, end = at or self.whole
        for one in parts:
            if isinstance(one, str):
                self.chunks.append(Chunk(one, start, end))
            else:
                self.chunks.extend(one)
        return self


class Places:
    """Where stretches of a text that was put together stand in its file."""

    def __init__(self, path: str, chunks: Sequence[Chunk]) -> None:
        self._path = path
        self._chunks = chunks
        self._starts: list[int] = []
        at = 0
        for chunk in chunks:
            self._starts.append(at)
            at += len(chunk.text)

    def span(self, start: int, end: int) -> Span:
        """The place of a stretch; of one whose words stand apart from each other, the place of its first word."""
        first, low, high = self._at(start)
        last, _, _ = self._at(max(start, end - 1))
        if last != first:
            until = self._chunks[last]
            exact = len(until.text) == until.end - until.start
            stop = until.start + end - self._starts[last] if exact else until.end
            in_order = all(
                one.end <= other.start
                for one, other in zip(self._chunks[first:last], self._chunks[first + 1 : last + 1], strict=True)
            )
            return Span(self._path, low, stop if in_order and stop > low else high)
        exact = high - self._chunks[first].start == len(self._chunks[first].text)
        return Span(self._path, low, low + end - start if exact else high)

    def _at(self, offset: int) -> tuple[int, int, int]:
        """The chunk that holds an offset, where that stands and where the chunk ends."""
        number = max(0, bisect_right(self._starts, offset) - 1)
        while number + 1 < len(self._chunks) and not self._chunks[number].text:
            number += 1
        chunk = self._chunks[number]
        exact = len(chunk.text) == chunk.end - chunk.start
        return number, chunk.start + (offset - self._starts[number] if exact else 0), chunk.end

    def moved(self, data: Any, statement: Span | None) -> Any:
        """A fact as plain data (see `schemalint.sql.plain`) with every place in the text made one in the file. `statement`
        is the place of the whole, where it is none of the text's own."""
        if isinstance(data, list):
            return [self.moved(item, statement) for item in data]
        if not isinstance(data, dict):
            return data
        at = data.get("@")
        if at is not None:
            return {"@": list(self.span(at[1], at[2]))}
        made = {key: self.moved(value, statement) for key, value in data.items()}
        if statement is not None and "statement" in made:
            made["statement"] = {"@": list(statement)}
            made.pop("line", None)  # of Invalid: it is not what stands in the file
        return made
