"""Lines that the client of a server reads itself: those that run another file, those that change to another database.

psql: `\\i`, `\\ir`, `\\include`, `\\include_relative`, `\\c`, `\\connect`; mysql: `SOURCE`, `\\.`; sqlite3: `.read`; sqlcmd:
`:r` ("sqlcmd utility", :r: the file is looked for from where sqlcmd was started).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.model.frozen import frozen

_LINES = {
    "postgres": r"\\(?P<verb>ir?|include(?:_relative)?|c|connect)[ \t]++(?P<what>[^\n]*+)",
    # a column may be called source, too
    "mysql": r"(?P<verb>(?i:source)|\\\.)[ \t]++(?P<what>[^\s;=(),]+\.(?i:sql))[\"'`]?+[ \t]*+;?+[^\S\n]*+(?=\n|\Z)",
    "sqlite": r"\.(?P<verb>read)[ \t]++(?P<what>[^\n]*+)",
    "tsql": r":(?P<verb>[rR])[ \t]++(?P<what>[^\n]*+)",
}
_MARKS = {
    "postgres": ("\\i", "\\c"),
    "mysql": ("source", "SOURCE", "Source", "\\."),
    "sqlite": (".read",),
    "tsql": (":r ", ":r\t", ":R "),
}
"""What stands in every text that holds such a line."""
_OVER = (
    r"--[^\n]*+|/\*(?>(?:[^*]++|\*(?!/))*)(?:\*/|\Z)|'(?>(?:[^'\\]++|\\.|'')*)(?:'|\Z)|\"[^\"]*+(?:\"|\Z)"
    r"|(?P<tag>\$(?>(?:[A-Za-z_]\w*+)?)\$).*?(?:(?P=tag)|\Z)"
)
_OVER_TSQL = (
    r"--[^\n]*+|/\*(?>(?:[^*]++|\*(?!/))*)(?:\*/|\Z)|'(?>(?:[^']++|'')*)(?:'|\Z)|\"[^\"]*+(?:\"|\Z)|\[[^\]]*+(?:\]|\Z)"
)
"""SQL Server's texts know no backslash, which paths in them may end in."""
_CONNECTS = frozenset({"c", "connect"})


@frozen
class Line:
    """`verb` is "include", "connect", or "relative" for a file beside the one that names it; `what` the file or the
    database."""

    start: int
    end: int
    verb: str
    what: str


def client_lines(text: str, family: str) -> Iterator[Line]:
    """The client's own lines outside of comments, strings and bodies, in order."""
    form = _LINES.get(family)
    if form is None or not any(mark in text for mark in _MARKS[family]):
        return
    if re.search(rf"(?m)^[ \t]*+{form}", text) is None:
        return
    over = _OVER_TSQL if family == "tsql" else _OVER
    pattern = re.compile(rf"(?m:^)[ \t]*+(?P<line>{form})|{over}", re.S)
    for match in pattern.finditer(text):
        if match["line"] is None:
            continue
        verb = match["verb"].lower()
        what = match["what"].strip()
        if verb in _CONNECTS:
            name = what.split()[0] if what else "-"
            if name != "-":
                yield Line(match.start("line"), match.end("line"), "connect", name.strip("\"'"))
            continue
        relative = "relative" if verb in ("ir", "include_relative") else "include"
        what = what.strip("\"'`")
        yield Line(
            match.start("line"), match.end("line"), relative, what.replace("\\", "/") if family == "tsql" else what
        )


def without(text: str, lines: tuple[Line, ...]) -> str:
    """The text with blanks for those lines, which end no statement of theirs."""
    pieces: list[str] = []
    at = 0
    for line in lines:
        pieces += (text[at : line.start], " " * (line.end - line.start))
        at = line.end
    return "".join((*pieces, text[at:]))
