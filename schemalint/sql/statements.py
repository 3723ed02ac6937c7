"""SQL text to statements, without tokens: data is stepped over at the speed of one regular expression.

A statement ends at `;` outside of strings, comments and bodies, at `GO` (SQL Server), at the current DELIMITER (MySQL).
psql's backslash lines, the rows of `COPY … FROM stdin` and the DELIMITER lines themselves are no statements.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from schemalint.sql.tokens import comment_end


class Statement(NamedTuple):
    """`head` is the first word in upper case, "" when there is none; `start` is where that word stands; `end` is before
    the terminator. `unclosed` is where a string, a name or a comment starts that takes
    all of the rest of the text, None when there is none."""

    start: int
    end: int
    head: str
    unclosed: int | None = None


_LINE = r"--[^\n]*+"
_NESTING = r"/\*(?>(?:[^*/]++|\*(?!/)|/(?!\*))*)(?:\*/|\Z)"
_BLOCK = r"/\*(?>(?:[^*]++|\*(?!/))*)(?:\*/|\Z)"
_PLAIN = r"'(?>(?:[^']++|'')*)(?:'|\Z)"
_ESCAPED = r"'(?>(?:[^'\\]++|\\.|'')*)(?:'|\\?\Z)"
_AFTER_E = rf"(?<=[eE])(?<![\w$][eE]){_ESCAPED}"
_DOUBLE = r'"(?>(?:[^"]++|"")*)(?:"|\Z)'
_DOUBLE_ESCAPED = r'"(?>(?:[^"\\]++|\\.|"")*)(?:"|\\?\Z)'
_BACK = r"`[^`]*+(?:`|\Z)"
_DELIMITER = r"\n(?![ \t]*+[dD][eE][lL][iI][mM][iI][tT][eE][rR][ \t])"
_GO = r"\n(?![ \t]*+[gG][oO][ \t]*+(?:\d++[ \t]*+)?\r?(?:\n|\Z))"

_BACKSLASH = r"(?<!\n)(?<!\A)\\(?!(?:g(?:x|exec|set|desc)?|crosstabview|watch)\b)"
"""Within a line; but psql sends what stands before these to the server, as `;` does ("psql", Meta-Commands)."""

# What each family steps over in one go. It stops at `;`, at a dollar quote, at a comment that holds comments, at a
# backslash that starts a line, and at the line end before DELIMITER or GO.
_SKIP = {
    "postgres": [
        r"[^;'\"$/\-\\`]++",
        _AFTER_E,
        _PLAIN,
        _DOUBLE,
        _BACK,
        _LINE,
        _NESTING,
        r"-|/(?!\*)",
        r"(?<=[\w$])\$",
        r"\$(?!(?>(?:[^\W\d]\w*+)?)\$|[ \t]*+\r?+\n)",
        _BACKSLASH,
    ],
    "mysql": [
        r"[^;'\"`/\-\#\n]++",
        _ESCAPED,
        _DOUBLE_ESCAPED,
        _BACK,
        r"\#[^\n]*+",
        r"--(?=\s|\Z)[^\n]*+",
        r"/\*(?!M?!)(?>(?:[^*]++|\*(?!/))*)(?:\*/|\Z)",
        _DELIMITER,
        r"[/\-]",
    ],
    "sqlite": [r"[^;'\"`/\-\[]++", _PLAIN, _DOUBLE, _BACK, r"\[[^\]]*+\]?+", _LINE, _BLOCK, r"[/\-]"],
    "tsql": [
        r"[^;'\"/\-\[\n]++",
        _PLAIN,
        _DOUBLE,
        r"\[(?>(?:[^\]]++|\]\])*)\]?+",
        _LINE,
        _NESTING,
        _GO,
        r"-|/(?!\*)",
    ],
    "generic": [
        r"[^;'\"`$/\-\\\n]++",
        _AFTER_E,
        _PLAIN,
        _DOUBLE,
        _BACK,
        _LINE,
        _NESTING,
        r"\n(?![ \t]*+(?:[dD][eE][lL][iI][mM][iI][tT][eE][rR][ \t]|[gG][oO][ \t]*+\r?(?:\n|\Z)))",
        r"-|/(?!\*)",
        r"(?<=[\w$])\$",
        r"\$(?!(?>(?:[^\W\d]\w*+)?)\$)",
        _BACKSLASH,
    ],
}
_HEAD = re.compile(
    r"(?>(?:\s++|--[^\n]*+|\#[^\n]*+|/\*M?!\d*+|\*/|\(|/\*(?!M?!)(?>(?:[^*]++|\*(?!/))*)(?:\*/|\Z))*)([A-Za-z_]*+)"
)
_COMPOUND = re.compile(
    r"(?:CREATE|ALTER)\s++(?:OR\s++(?:REPLACE|ALTER)\s++)?(?:DEFINER\s*+=\s*+\S++\s++)?(?:AGGREGATE\s++)?"
    r"(?:TEMP(?:ORARY)?\s++)?(?:TRIGGER|PROC|FUNCTION|EVENT|PACKAGE)",
    re.I,
)
_HOLDER = re.compile(r"CREATE\s++(?:OR\s++REPLACE\s++)?(?:(RULE)|FUNCTION|PROCEDURE)\b", re.I)
"""What may hold statements in postgres: a rule, and a routine with a body that is no text."""
_ATOMIC = re.compile(r"\bBEGIN\s++ATOMIC\b", re.I)
_COPY = re.compile(r"COPY\b[^;]*+", re.I)
_STDIN = re.compile(r"\bFROM\s++STDIN\b", re.I)
_NOISE = re.compile(r"'(?>(?:[^'\\]++|\\.|'')*)'|--[^\n]*+|/\*(?>(?:[^*]++|\*(?!/))*)\*/", re.S)
_BLOCKS = re.compile(r"\b(BEGIN(?!\s++(?:TRAN|DISTRIBUTED))|CASE|END(?:\s++(?:IF|LOOP|WHILE|REPEAT|CASE))?)\b", re.I)
_DELIMITER_LINE = re.compile(r"[ \t]*+delimiter[ \t]++(\S++)[^\n]*+", re.I)
_NEXT_DELIMITER = re.compile(r"^[ \t]*+delimiter[ \t]", re.I | re.M)
_ANY_GO = re.compile(r"^[ \t]*+go[ \t]*+\r?$", re.I | re.M)
_GO_LINE = re.compile(r"[ \t]*+go[ \t]*+(?:\d++[ \t]*+)?\r?(?=\n|\Z)", re.I)
_COPY_END = re.compile(r"^\\\.", re.M)


LONE_DOLLAR = re.compile(r"\$(?=[ \t]*+\r?+\n)")
_LONE_END = re.compile(r"^[ \t]*+(?:END[ \t]*+;?[ \t]*+)?\$(?=[ \t]*+(?:;|\r?+\n|LANGUAGE\b|\Z))", re.M | re.I)


@cache
def _stepper(family: str) -> re.Pattern[str]:
    return re.compile("(?>(?:" + "|".join(_SKIP[family]) + ")*)", re.S)


_DOLLAR = r"(?<![\w$])\$(?>(?:[^\W\d]\w*+)?)\$"
_QUOTES = {
    "postgres": [_AFTER_E, _PLAIN, _DOUBLE, _BACK, _LINE, _NESTING, r"/\*", _DOLLAR],
    "mysql": [
        _ESCAPED,
        _DOUBLE_ESCAPED,
        _BACK,
        r"\#[^\n]*+",
        r"--\s[^\n]*+",
        r"/\*(?!M?!)(?>(?:[^*]++|\*(?!/))*)(?:\*/|\Z)",
    ],
    "sqlite": [_PLAIN, _DOUBLE, _BACK, r"\[[^\]]*+(?:\]|\Z)", _LINE, _BLOCK],
    "tsql": [_PLAIN, _DOUBLE, r"\[(?>(?:[^\]]++|\]\])*)(?:\]|\Z)", _LINE, _NESTING, r"/\*"],
    "generic": [_AFTER_E, _PLAIN, _DOUBLE, _BACK, _LINE, _NESTING, r"/\*", _DOLLAR],
}
"""What hides a terminator, and what starts something whose end is looked for by other means: `/*` and dollar quotes."""


@cache
def _quotes(family: str) -> re.Pattern[str]:
    """The next quote or comment; it captures something when the end of the text is all that ends it."""
    return re.compile("|".join(_QUOTES[family]).replace(r"\Z", r"(\Z)"), re.S)


def _opened(piece: str) -> int:
    """How many BEGIN and CASE a piece of a body opens beyond those it ends."""
    depth = 0
    for match in _BLOCKS.finditer(_NOISE.sub(" ", piece)):
        word = match.group(1).upper()
        if word in ("BEGIN", "CASE"):
            depth += 1
        elif word == "END" or word.endswith("CASE"):
            depth -= 1
    return depth


def split(text: str, start: int, end: int, family: str) -> Iterator[Statement]:
    """The statements of a stretch of text, in order."""
    step = _stepper(family).match
    at = begin = start
    if family in ("mysql", "generic", "tsql"):  # DELIMITER and GO may stand in the first line
        under, at = _under_line(text, start, end, family)
        yield from under
        begin = at
    delimiter = ""  # that a program sets which runs scripts by itself: psql knows none, and `;` still ends a statement
    counted = -1  # up to where a body's blocks are counted, -1 outside of bodies
    depth = 0
    compound = module = False
    batched: bool | None = None  # GO ends SQL Server's batches, and so the bodies that fill them; None: not looked for
    while at < end:
        found = step(text, at, end)
        at = found.end() if found else end
        mark = text[at : at + 1] if at < end else ""
        if mark == "$":
            at = _behind_dollars(text, at, end)
            continue
        if mark == "/":
            head = _HEAD.match(text, begin, at)
            blank = head is None or head.start(1) >= at
            at = (comment_end(text, at, end) or end) if text.startswith("/*", at) else at + 1
            if blank:
                begin = at
            continue
        if mark == ";":
            head = _HEAD.match(text, begin, at)
            first = head.start(1) if head else at
            word = head.group(1).upper() if head else ""
            if word == "DELIMITER" or (delimiter and text.startswith(delimiter, first)):
                begin, delimiter = _behind_delimiter(text, first, at, delimiter)
                head = _HEAD.match(text, begin, at)
                first = head.start(1) if head else at
                word = head.group(1).upper() if head else ""
            if word in ("CREATE", "ALTER") or (family == "tsql" and word in ("IF", "WHILE")):
                if counted < 0:
                    counted, depth, compound = first, 0, _holds_statements(text, first, at, family)
                    module = compound and family == "tsql" and word in ("CREATE", "ALTER")
                if module:
                    batched = _ANY_GO.search(text, at, end) is not None if batched is None else batched
                    if batched:
                        at += 1
                        continue
                if compound:
                    depth += _grown(text, counted, at, family)
                    counted = at
                    if depth > 0:
                        at += 1
                        continue
            counted = -1
            if first < at:
                yield Statement(first, at, word)
            at = begin = at + 1
            if word == "COPY" and _copies_rows(text, first, at - 1):
                rows = _COPY_END.search(text, at, end)
                at = begin = rows.end() if rows else end
            continue
        counted = -1
        yield from _last(text, begin, at, mark == "", family)
        if mark == "\\":
            stop = text.find("\n", at, end)
            at = begin = end if stop < 0 else stop
        elif mark == "\n":
            under, at = _under_line(text, at + 1, end, family)
            yield from under
            begin = at
        else:
            begin = at
    yield from _last(text, begin, end, True, family)  # a quote or comment that reached the end


def _behind_dollars(text: str, at: int, end: int) -> int:
    """Where what a dollar quote begins is over. One dollar alone is no quote, but was meant for one that a dollar alone ends."""
    if (lone := LONE_DOLLAR.match(text, at, end)) is not None:
        closing = _LONE_END.search(text, lone.end(), end)
        return closing.end() if closing is not None else lone.end()
    close = text.find("$", at + 1, end) + 1
    tag = text[at:close]
    last = text.find(tag, close, end) if tag else -1
    return end if last < 0 else last + len(tag)


def _under_line(text: str, at: int, end: int, family: str) -> tuple[list[Statement], int]:
    """The statements under a DELIMITER line that starts here, up to the next one, and where splitting goes on."""
    line = _DELIMITER_LINE.match(text, at, end)
    if line is None:
        go = _GO_LINE.match(text, at, end)
        return [], go.end() if go else at
    if line.group(1) == ";":
        return [], line.end()
    following = _NEXT_DELIMITER.search(text, line.end(), end)
    stop = following.start() if following else end
    under = list(_delimited(text, line.end(), stop, line.group(1), family))
    return under, max(line.end(), stop - 1) if following else end


def _behind_delimiter(text: str, at: int, end: int, delimiter: str) -> tuple[int, str]:
    """Where a statement begins that such a line, or the mark that it set, stands in front of; and the mark."""
    while at < end:
        head = _HEAD.match(text, at, end)
        at = head.start(1) if head else end
        if line := _DELIMITER_LINE.match(text, at, end):
            at, delimiter = line.end(), line.group(1)
        elif delimiter and text.startswith(delimiter, at):
            at += len(delimiter)
        else:
            break
    return at, delimiter


def _last(text: str, begin: int, at: int, final: bool, family: str) -> Iterator[Statement]:
    head = _HEAD.match(text, begin, at)
    unclosed = _unclosed(text, begin, at, family) if final else None
    if head and head.start(1) < at:
        yield Statement(head.start(1), at, head.group(1).upper(), unclosed)
    elif unclosed is not None:
        yield Statement(unclosed, at, "", unclosed)


def _unclosed(text: str, at: int, end: int, family: str) -> int | None:
    """Where a quote or a comment starts that reaches to the end without being closed."""
    search = _quotes(family).search
    while match := search(text, at, end):
        if match.lastindex:
            return match.start()
        at = match.end()
        mark = match[0]
        if mark == "/*":
            closing = comment_end(text, match.start(), end)
        elif mark[0] == "$":
            closing = text.find(mark, at, end) + len(mark)
            closing = closing if closing >= at + len(mark) else None
        else:
            continue
        if closing is None:
            return match.start()
        at = closing
    return None


def _delimited(text: str, start: int, end: int, delimiter: str, family: str) -> Iterator[Statement]:
    while start < end:
        at = text.find(delimiter, start, end)
        if at < 0:
            break
        yield from _last(text, start, at, False, family)
        start = at + len(delimiter)
    yield from _last(text, start, end, True, family)


def _holds_statements(text: str, first: int, at: int, family: str) -> bool:
    if family != "postgres" and (
        _COMPOUND.match(text, first, min(at, first + 400)) or text[first : first + 1] in "iIwW"
    ):
        return True
    if family not in ("postgres", "generic"):
        return False
    holder = _HOLDER.match(text, first, at)
    return holder is not None and (holder[1] is not None or _ATOMIC.search(text, first, at) is not None)


def _grown(text: str, start: int, end: int, family: str) -> int:
    piece = text[start:end]
    if family == "postgres" and not _BLOCKS.search(piece):
        plain = _NOISE.sub(" ", piece)
        return plain.count("(") - plain.count(")")
    return _opened(piece)


def _copies_rows(text: str, first: int, at: int) -> bool:
    return bool(_COPY.match(text, first, at) and _STDIN.search(text, first, at))


def stop(text: str, at: int, family: str) -> int:
    """Where a statement that begins at `at` first stops: at `;`, before a line of DELIMITER, GO or a backslash, else at the
    end of the text, which may be inside of a quote or comment."""
    step, end = _stepper(family).match, len(text)
    while at < end:
        found = step(text, at)
        at = found.end() if found else end
        mark = text[at : at + 1]
        if mark == "$":
            at = _behind_dollars(text, at, end)
        elif mark == "/":
            at = (comment_end(text, at, end) or end) if text.startswith("/*", at) else at + 1
        else:
            return at
    return end
