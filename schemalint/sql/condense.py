"""A large script, read piece by piece, without its data: what a dump holds beyond its schema is cut out while it streams by.

Cut are the rows of INSERT … VALUES beyond the first few of each form, whole INSERTs of a form that has been seen often
enough, the rows of COPY … FROM stdin, and the long part of comments. Every cut is remembered, so that places stay true.
What is too long to be held in memory becomes a gap, never a crash: a quote that is left open reaches to the end of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from schemalint.model.frozen import frozen
from schemalint.model.span import Cut, Gap
from schemalint.sql.statements import stop
from schemalint.sql.tokens import comment_end

LONGEST = 32_000_000
"""Code points after which something that has not ended is given up. mysqldump's rows are shorter (max_allowed_packet: 24 MB)."""
_STATEMENT = 8_000_000  # a longer one that bears schema is no sane statement
_SCHEMA = 64_000_000  # what may be left of a file
_ROWS = 4_000  # kept of the INSERTs of one form
_ROW = 64_000  # a row that is longer is not kept even as the first
_COMMENT = 4_000
_LOOK = 65_536  # code points that are there to look ahead, as long as the file goes on
_BEHIND = 200  # code points that stay there to look back

_DATA = frozenset({"INSERT", "REPLACE", "UPDATE", "DELETE", "SELECT", "VALUES"})
"""A long statement that begins with one of these says nothing about the schema."""
_BLANK = re.compile(r"\s*+")
_WORD = re.compile(r"[A-Za-z]*+")
_DELIMITER = re.compile(r"delimiter[ \t]++(\S++)[^\n]*+", re.I)
_NEXT_DELIMITER = re.compile(r"^[ \t]*+delimiter[ \t]", re.I | re.M)
_GO = re.compile(r"go[ \t]*+(?:\d++[ \t]*+)?\r?(?=\n|\Z)", re.I)
_STDIN = re.compile(r"\bFROM\s++STDIN\b", re.I)
_SILENT_LINES = re.compile(
    r"(?>(?:[ \t]*+--(?![^\n]*?(?:schemalint|migrat|goose|drop below))[^\n]*+\n)+)", re.I
)  # comments that no tool reads
_INSERT = re.compile(
    r"(?:INSERT|REPLACE)\b(?>(?:\s++|[,.()]|(?!VALUES\b)[\w$@]++|\"[^\"]*+\"|`[^`]*+`|\[[^\]]*+\])+)VALUES\s*+(?=\()",
    re.I,
)

_ESCAPED = r"'(?>(?:[^'\\]++|\\.|'')*)'"
_PLAIN = r"'(?>(?:[^']++|'')*)'"
_DOUBLE = r'"(?>(?:[^"]++|"")*)"'
_LINE = r"--[^\n]*+\n"
_BLOCK = r"/\*(?>(?:[^*]++|\*(?!/))*)\*/"
_ITEMS = {
    "postgres": [r"[^()'\"$;/\-]++", rf"(?<=[eE])(?<![\w$][eE]){_ESCAPED}", _PLAIN, _DOUBLE, _LINE, r"-", r"/(?!\*)"],
    "mysql": [
        r"[^()'\"`;/\-#]++",
        _ESCAPED,
        r'"(?>(?:[^"\\]++|\\.|"")*)"',
        r"`[^`]*+`",
        r"-(?!-\s)",
        _BLOCK,
        r"/(?!\*)",
    ],
    "sqlite": [r"[^()'\"`;/\-\[]++", _PLAIN, _DOUBLE, r"`[^`]*+`", r"\[[^\]]*+\]", _LINE, r"-", _BLOCK, r"/(?!\*)"],
    "tsql": [r"[^()'\";/\-\[]++", _PLAIN, _DOUBLE, r"\[(?>(?:[^\]]++|\]\])*)\]", _LINE, r"-", r"/(?!\*)"],
    "generic": [r"[^()'\"`$;/\-]++", _PLAIN, _DOUBLE, r"`[^`]*+`", _LINE, r"-", r"/(?!\*)"],
}
_ENDS = {
    family: r"\s*+(?:;|(?=INSERT\b|GO\s))"  # SQL Server needs no semicolon
    if family in ("tsql", "generic")
    else r"\s*+(?>(?:(?:ON|RETURNING|AS)\b[^;'\"`$/\\#-]*+)?);"
    for family in _ITEMS
}


@frozen
class Condensed:
    """What is left of a script, the cuts made in it, and the gaps: places where something was left out that may matter."""

    text: str
    cuts: tuple[Cut, ...]
    gaps: tuple[Gap, ...]


@frozen
class _Rows:
    """One family's rows behind VALUES: the first, a second with its comma, all that follow, and all with the statement's end."""

    first: re.Pattern[str]
    second: re.Pattern[str]
    following: re.Pattern[str]
    rest: re.Pattern[str]
    end: re.Pattern[str]


@cache
def _rows(family: str) -> _Rows:
    item = "|".join(_ITEMS[family])
    row = rf"\((?>(?:{item})*)\)"
    for _ in range(4):  # calls within calls; what is nested deeper is kept as it stands
        row = rf"\((?>(?:{item}|{row})*)\)"
    following = rf"(?:\s*+,\s*+{row})"
    flags = re.I | re.S
    return _Rows(
        re.compile(row, flags),
        re.compile(following, flags),
        re.compile(rf"(?>{following}+)", flags),
        re.compile(rf"{row}(?>{following}*){_ENDS[family]}", flags),
        re.compile(_ENDS[family], flags),
    )


def condense(chunks: Iterator[str], family: str, longest: int = LONGEST) -> Condensed:
    """The script that the chunks make up, read with the quoting rules of a family of dialects, without its data."""
    work = _Condenser(chunks, family, longest)
    try:
        while work.step():
            pass
    except _Endless as error:
        work.give_up(str(error))
    return Condensed("".join(work.pieces), tuple(work.cuts), tuple(work.gaps))


class _Endless(Exception):
    """Something is too long to be held. Caught in `condense`."""


class _Condenser:
    """`buffer[at:]` is what is not yet judged; `size` counts what was kept."""

    def __init__(self, chunks: Iterator[str], family: str, longest: int) -> None:
        self.chunks, self.family, self.longest = chunks, family, longest
        self.rows = _rows(family)
        self.buffer, self.at, self.final = "", 0, False
        self.pieces: list[str] = []
        self.size = 0
        self.cuts: list[Cut] = []
        self.gaps: list[Gap] = []
        self.gone = -1  # the size at which nothing stands behind a GO yet
        self.commented = 0  # code points of comments since the last statement
        self.left: dict[int, int] = {}  # how much of each form of INSERT may still be kept

    def more(self) -> bool:
        """Takes in as much again as is waiting, so that looking at it anew costs no more than twice; False at the end."""
        waiting = len(self.buffer) - self.at
        if self.final:
            return False
        if waiting > self.longest:
            raise _Endless(
                f"what begins here does not end within {self.longest // 1_000_000} million characters (a quote or comment"
                " that is left open?), so the rest of the file was not read"
            )
        behind = max(0, self.at - _BEHIND)
        pieces, taken = [self.buffer[behind:]], 0
        self.at -= behind
        while taken <= waiting:
            chunk = next(self.chunks, None)
            if chunk is None:
                self.final = True
                break
            pieces.append(chunk)
            taken += len(chunk)
        self.buffer = "".join(pieces)
        return True

    def keep(self, to: int) -> None:
        if self.at < to:
            self.pieces.append(self.buffer[self.at : to])
            self.size += to - self.at
            self.at = to
            if self.size > _SCHEMA:
                raise _Endless("the schema before this place is as large as can be held, so the rest was not read")

    def cut(self, to: int) -> None:
        if self.at >= to:
            return
        points, lines = to - self.at, self.buffer.count("\n", self.at, to)
        tail = to - 1 - self.buffer.rfind("\n", self.at, to) if lines else points
        self.at = to
        if self.cuts and self.cuts[-1].at == self.size:
            last = self.cuts.pop()
            tail = tail if lines else last.tail + points
            points, lines = last.points + points, last.lines + lines
        self.cuts.append(Cut(self.size, points, lines, tail))

    def at_line_start(self) -> bool:
        """Whether what was kept ends with a line: DELIMITER, GO and psql's commands must go on beginning one."""
        return not self.pieces or self.pieces[-1][-1] == "\n"

    def give_up(self, why: str) -> None:
        """Leaves out all that follows. The first words of it stay, to be shown."""
        start, line = self.size, self.buffer.find("\n", self.at)
        shown = self.buffer[self.at : self.at + 100 if line < 0 else min(line, self.at + 100)]
        self.pieces.append(shown)
        self.gaps.append(Gap(start, start + len(shown), why))

    def step(self) -> bool:
        """Judges what stands at the beginning of a statement; False at the end of the file."""
        while len(self.buffer) - self.at < _LOOK and self.more():
            pass
        blank = _BLANK.match(self.buffer, self.at)
        end = self.at if blank is None else blank.end()
        after_cut = bool(self.cuts) and self.cuts[-1].at == self.size
        if self.at < end and ((after_cut and self.at_line_start()) or end - self.at > _COMMENT):
            self.cut(end if self.at_line_start() else end - 1)
        self.keep(end)
        if end == len(self.buffer):
            return not self.final
        mark = self.buffer[end : end + 2]
        if mark == "--" or (mark[0] == "#" and self.family == "mysql"):
            self.line_comment()
        elif mark == "/*" and not (self.family == "mysql" and self.buffer[end + 2 : end + 3] in "!M"):
            self.block_comment()
        elif mark[0] == "\\" and self.family in ("postgres", "generic"):
            self.line()
        else:
            self.commented = 0
            self.statement()
        return True

    def line(self) -> None:
        end = self.buffer.find("\n", self.at)
        while end < 0 and self.more():
            end = self.buffer.find("\n", self.at)
        self.keep(end if end >= 0 else len(self.buffer))

    def line_comment(self) -> None:
        if self.commented > _COMMENT and self.at_line_start() and (silent := _SILENT_LINES.match(self.buffer, self.at)):
            self.cut(silent.end())
            return
        end = self.buffer.find("\n", self.at)
        while end < 0 and self.more():
            end = self.buffer.find("\n", self.at)
        end = end if end >= 0 else len(self.buffer)
        self.commented += end - self.at
        if end - self.at > _COMMENT:
            self.keep(self.at + _COMMENT)
            self.cut(end)
        self.keep(end)

    def block_comment(self) -> None:
        end = self.comment_end()
        while not end and self.more():
            end = self.comment_end()
        if not end:
            if len(self.buffer) - self.at > _COMMENT:
                raise _Endless("the comment that begins here is never closed, so the rest of the file was not read")
            end = len(self.buffer)
        elif end - self.at > _COMMENT:
            inner = re.compile(r"[^/*]*+").match(self.buffer, self.at + 2, self.at + _COMMENT)
            self.keep(inner.end() if inner else self.at + 2)
            self.cut(end - 2)
        self.keep(end)

    def comment_end(self) -> int:
        """Where the comment ends, 0 when it does not as far as is known."""
        if self.family in ("mysql", "sqlite"):
            closed = self.buffer.find("*/", self.at + 2)
            return closed + 2 if closed >= 0 else 0
        return comment_end(self.buffer, self.at, len(self.buffer)) or 0

    def statement(self) -> None:
        begin = self.at
        found = _WORD.match(self.buffer, begin)
        word = found.group().upper() if found else ""
        if word in ("DELIMITER", "GO") and self.family != "postgres" and self.line_begins():
            if self.family != "tsql" and (delimiter := _DELIMITER.match(self.buffer, begin)):
                self.delimited(delimiter)
                return
            if self.family in ("tsql", "generic") and (go := _GO.match(self.buffer, begin)):
                again = self.gone == self.size and self.at_line_start()
                (self.cut if again else self.keep)(go.end())
                self.gone = self.size + (not again)  # with the line end
                return
        if word in ("INSERT", "REPLACE") and self.insert():
            return
        end = self.statement_end()
        while not end and self.more():
            end = self.statement_end()
        end = end or len(self.buffer)
        size = end - self.at
        copies = word == "COPY" and self.buffer[end - 1] == ";" and _STDIN.search(self.buffer, self.at, end) is not None
        if size > _STATEMENT:
            start = self.size
            self.keep(self.at + 100)
            if self.buffer[end - 1] != ";" and end == len(self.buffer):
                self.gaps.append(Gap(start, self.size, "what begins here does not end (a quote that is left open?)"))
            elif word not in _DATA:
                why = f"a statement of {size // 1_000_000} million characters begins here, and was not read"
                self.gaps.append(Gap(start, self.size, why))
            self.cut(end - 1)
        self.keep(end)
        if copies:
            self.copied_rows()

    def statement_end(self) -> int:
        """Behind the terminator; 0 when more of the file is needed to tell."""
        end = stop(self.buffer, self.at, self.family)
        if end < len(self.buffer) and self.buffer[end] == ";":
            return end + 1
        if end + _BEHIND >= len(self.buffer) and not self.final:
            return 0  # it may look like an end only because the rest is not there yet
        return max(end, self.at + 1)

    def line_begins(self) -> bool:
        before = self.buffer[max(0, self.at - _BEHIND) : self.at].rstrip(" \t")
        return not before or before[-1] == "\n"

    def delimited(self, line: re.Match[str]) -> None:
        """MySQL: what stands under another delimiter holds bodies, and is kept up to the next DELIMITER line."""
        if line.group(1) == ";":
            self.keep(line.end())
            return
        skip = line.end() - self.at
        following = _NEXT_DELIMITER.search(self.buffer, self.at + skip)
        while following is None and self.more():
            following = _NEXT_DELIMITER.search(self.buffer, self.at + skip)
        self.keep(following.start() if following else len(self.buffer))

    def copied_rows(self) -> None:
        self.line()
        if self.at == len(self.buffer):
            return
        self.keep(self.at + 1)
        while (found := self.buffer.find("\n\\.", self.at - 1)) < 0:
            self.cut(len(self.buffer) - 2)  # the mark may be coming
            if not self.more():
                self.cut(len(self.buffer))
                return
        self.cut(found + 1)
        self.keep(found + 3)

    def insert(self) -> bool:
        """Takes an INSERT with its rows up to its tail, or all of it when there have been enough like it. False for one
        whose rows cannot be told apart: it is a statement like others."""
        while True:
            head = _INSERT.match(self.buffer, self.at)
            first = self.rows.first.match(self.buffer, head.end()) if head else None
            if head and first:
                break
            if self.statement_end() or not self.more():
                return False
        form = hash(head.group())
        left = self.left.get(form, _ROWS)
        large = first.end() - first.start() > _ROW
        whole = left <= 0 or (large and form in self.left)
        if whole and self.alike(head.group()):
            return True
        end = first.end()
        if large and not whole:  # what it writes to stays
            self.left[form] = left
            self.keep(head.end())
            self.cut(end)
        elif whole:
            self.cut(end)
        else:
            limit = first.start() + left
            while (row := self.rows.second.match(self.buffer, end)) and row.end() <= limit:
                end = row.end()
            self.left[form] = left - (end - self.at)
            self.keep(end)
        self.further_rows()
        if whole and (tail := self.rows.end.match(self.buffer, self.at)):
            self.cut(tail.end())
        return True

    def alike(self, head: str) -> bool:
        """Cuts the INSERTs of the same form that follow each other from here on; False when not even one is complete."""
        end, buffer, rest, size = self.at, self.buffer, self.rows.rest, len(head)
        start = end
        while buffer.startswith(head, start) and (match := rest.match(buffer, start + size)):
            end = match.end()
            blank = _BLANK.match(buffer, end)
            start = blank.end() if blank else end
        done = end > self.at
        self.cut(end)
        return done

    def further_rows(self) -> None:
        following = self.rows.following
        while True:
            rows = following.match(self.buffer, self.at)
            end = rows.end() if rows else self.at
            self.cut(end)
            blank = _BLANK.match(self.buffer, end)
            after = blank.end() if blank else end
            if after < len(self.buffer) - 1 and (self.buffer[after] != "," or self.statement_end()):
                return
            if not self.more():
                return
