"""Places in files. Every offset here counts code points of the decoded text, from 0, ends exclusive."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from functools import cached_property
from typing import NamedTuple

from schemalint.model.frozen import frozen

_STRIDE = 512
"""Code points from one byte mark to the next."""


class Span(NamedTuple):
    """A half-open range of one file. `path` is relative to the checked root, with `/`. There are more of these than of
    anything else, which is why they are tuples."""

    path: str
    start: int
    end: int


@frozen
class Cut:
    """Data that was left out of a large file's text before offset `at`: `points` code points with `lines` line ends, and
    `tail` code points of them behind the last line end (all of them without one)."""

    at: int
    points: int
    lines: int
    tail: int


@frozen
class Gap:
    """A place of a text where the file holds something that was not taken in, or is not certain, and why. `certain`
    tells whether it matters wherever it stands: a strange byte in a comment does not."""

    start: int
    end: int
    why: str
    certain: bool = True


class SourceFile:
    """The decoded text of one file, and the only place where offsets become lines, columns or other units.

    Line tables are made on demand: most files are read and never pointed at. The text of a large file lacks its data:
    offsets are those of the text, lines and columns are those of the file as it stands.
    """

    __slots__ = ("__dict__", "cuts", "gaps", "path", "text")

    def __init__(self, path: str, text: str, cuts: tuple[Cut, ...] = (), gaps: tuple[Gap, ...] = ()) -> None:
        self.path = path
        self.text = text
        self.cuts = cuts
        self.gaps = gaps

    @cached_property
    def speaks_to_us(self) -> bool:
        """Whether a comment in it may be meant for schemalint."""
        return "schemalint:" in self.text

    @cached_property
    def _line_starts(self) -> list[int]:
        starts = [0]
        find = self.text.find
        at = find("\n")
        while at >= 0:
            starts.append(at + 1)
            at = find("\n", at + 1)
        return starts

    @cached_property
    def _plain_starts(self) -> list[int]:
        """The starts of all lines and the end of the text, where every character is one byte; nothing elsewhere."""
        return [] if self.cuts or not self.text.isascii() else [*self._line_starts, len(self.text)]

    @cached_property
    def _anchors(self) -> tuple[list[int], list[int], list[int]]:
        """Offsets from which on line and column only count up (line starts, and what follows a cut), with the line and
        the column, from 0, that each has in the file."""
        offsets, lines, columns = [0], [1], [0]
        starts, at, line = self._line_starts, 1, 1
        for cut in self.cuts:
            while at < len(starts) and starts[at] <= cut.at:
                line += 1
                offsets.append(starts[at])
                lines.append(line)
                columns.append(0)
                at += 1
            column = cut.tail if cut.lines else columns[-1] + cut.at - offsets[-1] + cut.points
            line += cut.lines
            offsets.append(cut.at)
            lines.append(line)
            columns.append(column)
        rest = starts[at:]
        offsets += rest
        lines += range(line + 1, line + 1 + len(rest))
        columns += [0] * len(rest)
        return offsets, lines, columns

    @cached_property
    def _byte_starts(self) -> list[int]:
        """The byte offset at which each line starts."""
        starts, total = [], 0
        for line in self.text.split("\n"):
            starts.append(total)
            total += len(_bytes(line)) + 1
        return starts

    @cached_property
    def _byte_marks(self) -> list[int]:
        """The byte offset of every `_STRIDE`th code point, so that a place costs the same on a line of megabytes."""
        marks, total = [], 0
        for at in range(0, len(self.text) + 1, _STRIDE):
            marks.append(total)
            total += len(_bytes(self.text[at : at + _STRIDE]))
        return marks

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1, the column in code points."""
        offset = max(0, min(offset, len(self.text)))
        if self.cuts:
            offsets, lines, columns = self._anchors
            at = bisect_right(offsets, offset) - 1
            return lines[at], columns[at] + offset - offsets[at] + 1
        line = bisect_right(self._line_starts, offset)
        return line, offset - self._line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line (from 1) without its line end, as far as it was kept; empty past the last line."""
        if self.cuts:
            offsets, lines, _ = self._anchors
            first, after = bisect_left(lines, number), bisect_right(lines, number)
            if first == after:
                return ""
            end = offsets[after] if after < len(offsets) else len(self.text)
            return self.text[offsets[first] : end].removesuffix("\n").removesuffix("\r")
        starts = self._line_starts
        if not 1 <= number <= len(starts):
            return ""
        end = starts[number] - 1 if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].removesuffix("\r")

    def offset(self, line: int, column: int = 1) -> int:
        """The offset of a 1-based line and 1-based code point column, clamped to the text."""
        if self.cuts:
            return self._offset_beside_cuts(line, column)
        starts = self._line_starts
        if line < 1:
            return 0
        if line > len(starts):
            return len(self.text)
        return min(starts[line - 1] + column - 1, len(self.text))

    def _offset_beside_cuts(self, line: int, column: int) -> int:
        """The same where data was left out: a place inside of it is where it was."""
        offsets, lines, columns = self._anchors
        first, after = bisect_left(lines, line), bisect_right(lines, line)
        if first == after:
            return offsets[first] if first < len(offsets) else len(self.text)
        at = max(bisect_right(columns, column - 1, first, after) - 1, first)
        end = offsets[at + 1] if at + 1 < after else len(self.text)
        return min(offsets[at] + max(0, column - 1 - columns[at]), end)

    def original(self, offset: int) -> int:
        """The offset in the file as it stands, in code points: what edits count in."""
        at = bisect_right(self.cuts, offset, key=lambda cut: cut.at)
        return offset + sum(cut.points for cut in self.cuts[:at])

    def offset_of_byte(self, byte: int) -> int:
        """The offset of a UTF-8 byte offset of the whole text (what tree-sitter counts)."""
        if self.text.isascii():
            return min(byte, len(self.text))
        mark = bisect_right(self._byte_marks, byte) - 1
        begin = mark * _STRIDE
        piece = _bytes(self.text[begin : begin + _STRIDE])[: byte - self._byte_marks[mark]]
        return begin + len(piece.decode("utf-8", "ignore"))

    def span(self, start: int, end: int) -> Span:
        """A span of this file from code point offsets."""
        return Span(self.path, start, end)

    def span_of_bytes(self, start: int, end: int) -> Span:
        """A span from UTF-8 byte offsets of the whole text."""
        return Span(self.path, self.offset_of_byte(start), self.offset_of_byte(end))

    def span_of_ast(self, line: int, column: int, end_line: int, end_column: int) -> Span:
        """A span from what `ast` nodes carry: lines from 1, columns in UTF-8 bytes from 0."""
        return Span(self.path, *self.offsets_of_ast(line, column, end_line, end_column))

    def offsets_of_ast(self, line: int, column: int, end_line: int, end_column: int) -> tuple[int, int]:
        """The same as two offsets. Asked for every expression of a Python file."""
        starts = self._plain_starts
        if 0 < line <= end_line < len(starts):
            begin, end = starts[line - 1] + column, starts[end_line - 1] + end_column
            return (begin, end) if end <= starts[-1] else (min(begin, starts[-1]), starts[-1])

        def at(number: int, byte: int) -> int:
            lines = self._line_starts
            end = lines[number] - 1 if number < len(lines) else len(self.text)
            return min(self.offset_of_byte(self._byte_starts[number - 1] + byte), end)

        return at(line, column), at(end_line, end_column)

    def slice(self, span: Span) -> str:
        """The text a span covers."""
        return self.text[span.start : span.end]


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
