"""Scripts that a program fills in before a server gets them: Jinja, Go, Mustache and Handlebars `{{ x }}`, `{% if %}`, `${x}`,
ERB `<%= x %>`, `#{x}`, `@@x@@`, Python `%(x)s`, sqlcmd `$(x)`, psql `:x` and `\\if`.

What a template makes is unknown. Its places are overwritten with as many characters, so that everything stands where it
stood: with blanks, or with a letter that no script uses, which makes a name unreadable wherever it is part of one. One
and the same prefix before table names is a schema: it is taken for the usual one, as the same tables are meant.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from schemalint.model.clauses import Guard
from schemalint.model.facts import AddColumn, AlterColumn, CreateTable, Fact, Invalid, Opaque
from schemalint.model.frozen import frozen
from schemalint.model.names import TableName
from schemalint.model.objects import CreateEnum, CreateObject, CreateView, Routine
from schemalint.model.schema import Column
from schemalint.model.span import Span
from schemalint.sql.cursor import FILLED
from schemalint.sql.reader import Reading

# Each begins with a mark of its own, which is looked for at the speed of memory: data of any size holds none of them.
_TELLING = tuple(
    map(
        re.compile,
        (
            r"\{(?:[{%]|\w++\})",
            r"\$[{(]",
            r"<%",
            r"@(?:@\w++@@|\w++@)",
            r"\#\{\w",
            r":(?<![:\w\]\"']:)[\"']?+[A-Za-z_{]",
            r"\\(?:if|else)\b",
            r"%(?>(?:\(\w++\))?)s",
            FILLED,  # by whoever took the text out of what stood around it
        ),
    )
)
_VALUES = (
    r"(?:\{(?=\{\{))?\{\{[-~]?\s*+(?P<go>/\*(?>(?:[^*]|\*(?!/)){0,2000})\*/\s*+-?"
    r"|[A-Za-z_.$/\#!>&@\"'`(^][^{}]*+(?>(?:\{[^{}]*+\}[^{}]*+)*))\}\}(?:\}|(?!\}))"
    r"|\{%(?P<jinja>(?>(?:[^%{]++|%(?!\})|\{(?!%))*))%\}|<%(?P<erb>[^%<]*+)%>|(?P<note>\{\#(?>(?:[^\#]++|\#(?!\}))*)\#\})"
    rf"|\$\{{[^{{}}\n]*+\}}|\#\{{[\w.\[\] :'\"]++\}}|@@\w++@@|(?>{FILLED}+)"
)
_UNQUOTED = r"%\(\w++\)s|%s\b|\{\w++\}|@[A-Za-z_]\w*+@"
_PSQL = (
    r"(?<![:\w\]\"'\\]):(?:\"\w++\"|'\w++'|\{\?\w++\}|[A-Za-z_]\w*+)"
    r"|\\(?P<psql>if|elif|else|endif)\b[^\n]*+"
)
_NEVER = re.compile(r"(?i)if[ \t]++(?:f|fa|fal|fals|false|0|n|no|of|off)\b")
"""psql ("psql", \\if): a condition that never holds."""
_STEPPED_OVER = (
    rf"(?P<over>[^\-/'{{$<\#@%:\\{FILLED}]++|--[^\n]*+|/\*(?>(?:[^*]++|\*(?!/))*)(?:\*/|\Z)"
    rf"|'(?>(?:[^'{{$<\#@{FILLED}]++|\{{(?![{{%\#])|[$\#](?!\{{)|<(?!%)|@(?!@))*)')"
)
_DOLLARS = re.compile(r"\$\w*+\$\Z")
_LONE = re.compile(r"[ \t]*+;?+[ \t\r]*+(?=\n|\Z)")
_BEFORE_LONE = re.compile(r"(?:\A|\n)[ \t]*+\Z")
Part = TypeVar("Part")
_OPENS = frozenset(
    {"if", "for", "range", "with", "unless", "each", "block", "define", "macro", "while", "foreach", "case"}
)
_WHY = "a template makes part of it, so what it says is not known"
_MIDST = "a template stands in the midst of it, so what it says is not known"


@frozen
class Filled:
    """A text with its templates overwritten. `switches` are where conditions and loops open and close, in order, with how
    many are open behind them; `lines` are templates that stand alone, which may make any statement. `forks` are where psql's
    conditions go over to another branch; `psql`: its conditions are all that there are, and any may hold."""

    text: str
    switches: tuple[tuple[int, int], ...] = ()
    lines: tuple[tuple[int, int], ...] = ()
    forks: tuple[tuple[int, int], ...] = ()
    psql: bool = False

    def settle(self, path: str, reading: Reading, start: int, end: int) -> Reading:
        """The facts of the stretch between two offsets without what templates make of them."""
        facts: list[Fact] = []
        touched: tuple[Span, bool] | None = None  # of several facts of one long statement, only the first looks at it
        waiting = [line for line in reversed(self.lines) if start <= line[0] < end]
        for fact in reading.facts:
            while waiting and waiting[-1][0] < fact.statement.start:
                facts.append(self._alone(path, waiting.pop()))
            if touched is None or touched[0] != fact.statement:
                touched = fact.statement, FILLED in self.text[fact.statement.start : fact.statement.end]
            for made in self._placed(fact, touched[1]):
                if not (isinstance(made, Opaque) and facts and _again(made, facts[-1])):
                    facts.append(made)
            while waiting and waiting[-1][0] < fact.statement.end:
                waiting.pop()  # in the midst of it
        facts += (self._alone(path, line) for line in reversed(waiting))
        return replace(reading, facts=tuple(facts))

    def _alone(self, path: str, line: tuple[int, int]) -> Opaque:
        span = Span(path, *line)
        depth = self._depth(line[0])
        why = "a template stands here for statements that are not known"
        return Opaque(span, span, why, None, Guard(span, True) if depth else None)

    def _depth(self, at: int) -> int:
        found = bisect_right(self.switches, (at, 1 << 60))
        return self.switches[found - 1][1] if found else 0

    def _placed(self, fact: Fact, touched: bool) -> Iterator[Fact]:
        start, end = fact.statement.start, fact.statement.end
        parted = _within(self.forks, start, end) or _within(self.lines, start, end)
        if isinstance(fact, Invalid) and not parted and self._refused(fact, start, end):
            yield fact
        if parted or _within(self.switches, start, end):
            yield Opaque(fact.span, fact.statement, _MIDST, _touched(fact), fact.guard)
        elif self._depth(start) and isinstance(fact, Invalid):
            return
        elif self._depth(start) and fact.guard is None:
            fact = replace(fact, guard=Guard(fact.statement, True))
            yield from self._settled(fact) if touched else (fact,)
        else:
            yield from self._settled(fact) if touched else (fact,)

    def _refused(self, fact: Invalid, start: int, end: int) -> bool:
        """Whether the server refuses it wherever the conditions around it hold. Those of other templates may be which server it
        is for; psql asks PostgreSQL, at most one of a certain version. Its condition may end without the statement: what stands
        behind `\\endif` belongs to it then, which is refused as well as one."""
        return self.psql and not fact.only and bool(self._depth(start) or _within(self.switches, start, end))

    def _settled(self, fact: Fact) -> Iterator[Fact]:
        """One fact of a statement that a template fills in, without what it makes."""
        match fact:
            case CreateTable():
                columns = tuple(self._known(column) for column in fact.columns)
                yield from _settled(fact, replace(fact, columns=columns))
            case AddColumn():
                yield from _settled(fact, replace(fact, column=self._known(fact.column)))
            case _:
                yield from _settled(fact, fact)

    def _known(self, column: Column) -> Column:
        """A column as far as no template makes it: what stands where its type does may be any of its clauses."""
        place = column.type_span
        if place is not None and FILLED in self.text[place.start : place.end]:
            return Column(column.name, column.span, type_span=place)
        if column.default is not None and FILLED in column.default.raw:
            column = replace(column, default=None, has_default=None)
        if FILLED in repr(column):
            column = replace(column, generated=None, collation=None, sequence=None)
        return column


def _within(places: tuple[tuple[int, int], ...], start: int, end: int) -> bool:
    """Whether something begins behind the start and before the end."""
    at = bisect_right(places, (start, 1 << 60))
    return at < len(places) and places[at][0] < end


def _again(fact: Opaque, before: Fact) -> bool:
    return isinstance(before, Opaque) and (before.statement, before.touches) == (fact.statement, fact.touches)


def _touched(fact: Fact) -> tuple[TableName, ...] | None:
    table = getattr(fact, "table", None)
    return None if table is None else (table,)


def _settled(was: Fact, fact: Fact) -> Iterator[Fact]:
    """The fact without its parts that a template makes; `was` is what it was before its columns were looked at."""
    if fact is was and FILLED not in repr(fact):
        yield fact
        return
    match fact:
        case CreateTable():
            query = None if fact.query is None or FILLED in fact.query.text else fact.query
            yield replace(
                fact,
                uniques=_plain(fact.uniques),
                foreign_keys=_plain(fact.foreign_keys),
                inline_keys=_plain(fact.inline_keys),
                checks=_plain(fact.checks),
                indexes=_plain(fact.indexes),
                exclusions=_plain(fact.exclusions),
                query=query,
            )
            if fact == was and FILLED not in repr(fact):
                return
        case AddColumn():
            yield replace(
                fact,
                foreign_keys=_plain(fact.foreign_keys),
                inline_keys=_plain(fact.inline_keys),
                checks=_plain(fact.checks),
            )
            if fact == was and FILLED not in repr(fact):
                return
        case AlterColumn():
            name = fact.replacement.name if fact.replacement else fact.column
            yield replace(fact, type=None, default=None, drop_default=False, replacement=Column(name, fact.span))
        case CreateView():
            yield replace(fact, query=None)
            return
        case CreateEnum():
            yield replace(fact, values=None)
            return
        case CreateObject(routine=Routine() as routine) if FILLED not in repr(replace(fact, routine=None)):
            unknown = Opaque(fact.span, fact.statement, _WHY, None)
            yield replace(fact, routine=replace(routine, facts=(unknown,)))
            return
        case Opaque():
            yield replace(fact, why=_WHY)
            return
        case _:
            pass
    yield Opaque(fact.span, fact.statement, _WHY, _touched(fact), fact.guard)


def _plain(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    return tuple(part for part in parts if FILLED not in repr(part))


def filled(text: str, family: str) -> Filled | None:
    """The text with its templates overwritten, None when it holds none."""
    if not any(telling.search(text) for telling in _TELLING):
        return None
    found = list(_found(text, family))
    if not found:
        return None
    closed = frozenset(match["jinja"].strip(" -+")[3:].split(" ")[0] for match in found if _ends(match["jinja"]))
    prefixes = {_prefix(text, match)[2] for match in found if _prefix(text, match)[2]}
    pieces: list[str] = []
    switches: list[tuple[int, int]] = []
    forks: list[tuple[int, int]] = []
    psql = True
    lines: list[tuple[int, int]] = []
    at = depth = 0
    for match in found:
        start, end = match.span()
        opens = _opens(match, closed)
        blank = False
        if opens is not None:
            depth = max(0, depth + opens)
            said = match.groupdict().get("psql")
            if opens:
                switches.append((start, depth))
                psql = psql and said is not None and not _NEVER.search(match[0])
            elif said is not None:
                forks.append((start, depth))
                psql = psql and not _NEVER.search(match[0])
            blank = True
        elif _BEFORE_LONE.search(text, max(0, start - 200), start) and _LONE.match(text, end):
            lines.append((start, end))
            blank = True
        elif len(prefixes) == 1 and _prefix(text, match)[2]:
            start, end, _ = _prefix(text, match)
            blank = True
        if start < at:
            continue
        pieces += (text[at:start], re.sub(r"[^\n]", " ", text[start:end]) if blank else FILLED * (end - start))
        at = end
    text = "".join((*pieces, text[at:]))
    return Filled(text, tuple(switches), tuple(lines), tuple(forks), psql and bool(switches))


def _found(text: str, family: str) -> Iterator[re.Match[str]]:
    more = {"postgres": f"|{_PSQL}", "tsql": r"|\$\([^\s()'\"]++\)"}.get(family, "")
    pattern = re.compile(f"{_STEPPED_OVER}|{_VALUES}|{_UNQUOTED}{more}")
    for match in pattern.finditer(text):
        # The body of a dollar quote may begin with a brace.
        if match["over"] is None and not (
            match[0].startswith("${") and _DOLLARS.search(text[max(0, match.start() - 64) : match.start() + 1])
        ):
            yield match


def _opens(match: re.Match[str], closed: frozenset[str]) -> int | None:
    """1 for what opens a condition or a loop, -1 for what closes one, 0 for what is neither and makes no text (`else`, a
    comment, an assignment); None for a value. `closed` are the words of Jinja that this text has an `end…` for."""
    if match["note"] is not None:
        return 0
    if match["jinja"] is not None:
        return _of_jinja(match["jinja"], closed)
    if match["erb"] is not None:
        return _of_erb(match["erb"])
    if match.groupdict().get("psql") is not None:
        return {"if": 1, "endif": -1}.get(match["psql"], 0)
    return None if match["go"] is None else _of_go(match["go"])


def _ends(jinja: str | None) -> bool:
    return jinja is not None and jinja.strip(" -+").startswith("end")


def _words(inner: str) -> list[str]:
    return inner.strip(" \t\r\n-~+").split()


def _of_jinja(inner: str, closed: frozenset[str]) -> int | None:
    """Jinja, "Template Designer Documentation": what has an end opens something (`if`, `for`, `macro`, `call`, `filter`, `raw`,
    `set` without a value, dbt's `snapshot`), and the text of some goes elsewhere; `include` makes text of another file."""
    words = _words(inner)
    first = words[0].lower() if words else ""
    if first.startswith("end"):
        return -1
    if first == "set" and "=" in inner:
        return 0
    if first in _OPENS or first in closed:
        return 1
    return 0 if first in ("else", "elif", "when", "do", "import", "from") else None


def _of_erb(inner: str) -> int | None:
    """ERB (Ruby's documentation): `<%= … %>` makes text, `<%# … %>` is a comment, `<% … %>` is Ruby that makes none."""
    words = _words(inner)
    first = words[0].lower() if words else ""
    if inner.startswith("="):
        return None
    if first.startswith("#"):
        return 0
    if first in ("end", "}", "end;") or first.startswith(("end.", "}.")):
        return -1
    begins = first in _OPENS or "do" in words or bool(_BLOCK.search(inner))
    return int(begins and "end" not in words[1:] and not inner.rstrip(" -").endswith("}"))


_BLOCK = re.compile(r"\{\s*+(?:\|[^|]*+\|)?\s*+-?\Z")


def _of_go(inner: str) -> int | None:
    """Go's text/template ("Actions"), Mustache's (its specification: `#` opens a section, `^` an inverted one) and Handlebars'
    ("Built-in Helpers", "Comments", "Whitespace Control"), which are written alike."""
    if inner.startswith(("/*", "!")):
        return 0
    words = _words(inner)
    first = words[0].lower() if words else ""
    if inner.startswith("^") and not words[0].strip("^"):
        return 0  # Handlebars' `{{^}}` is its else
    if first.startswith(("#", "^")) or first in _OPENS:
        return 1
    if first.startswith(("end", "/")):
        return -1
    if first in ("else", "elif", "break", "continue") or first.startswith("!") or _ASSIGNS.match(inner):
        return 0
    if first.startswith("config("):  # dbt: how the model is made
        return 0
    return None


_ASSIGNS = re.compile(r"\s*+-?\s*+\$\w++\s*+:?=")
"""`{{ $x := 1 }}` declares a variable, `{{ $x = 2 }}` sets it; neither makes text."""


def _prefix(text: str, match: re.Match[str]) -> tuple[int, int, str]:
    """The stretch of a template that stands whole before a dot, quoted or not, with the dot; and what it says, "" when it
    is none."""
    start, end = match.span()
    quoted = {'"': '"', "`": "`", "[": "]"}.get(text[start - 1 : start]) if start else None
    if quoted is not None and text[end : end + 1] == quoted:
        start, end = start - 1, end + 1
    before = text[start - 1 : start] if start else " "
    if text[end : end + 1] != "." or not (before.isspace() or before in ("(", ",")):
        return start, end, ""
    return start, end + 1, re.sub(r"\s", "", match.group())
