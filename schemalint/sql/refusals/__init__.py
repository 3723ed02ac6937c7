"""What a server refuses for certain, in its own words: `Invalid` facts. Said once a statement and kind of mistake.

Every one of these was put to the server itself, or (MySQL's own, older versions, SQL Server) is what its manual states.
Nothing is said when the database is not known. What only some servers of a family or some versions refuse carries that as
its condition (`Invalid.only`), and the rule reports it only where the server is known to be one of them.

`clauses` is asked by the readers where they come across a clause; everything else is looked for here, in the statement as a
whole, once it has been read: tables of patterns by server, names, commas, and keys.
"""

from __future__ import annotations

import re
from functools import cache

from schemalint.model.clauses import Guard
from schemalint.model.described import AlterSettings
from schemalint.model.facts import AddColumn, AddConstraint, AlterColumn, CreateIndex, CreateTable, Fact, Invalid
from schemalint.model.names import TableName
from schemalint.model.objects import CreateEnum, CreateView
from schemalint.model.span import Span
from schemalint.sql.cursor import Cursor, Script
from schemalint.sql.refusals import (
    common,
    mysql,
    mysql_slips,
    postgres,
    postgres_forms,
    postgres_slips,
    postgres_versions,
    sqlite,
    tsql,
    tsql_forms,
)
from schemalint.sql.refusals.clauses import (
    auto_increment,
    backquoted,
    column_comment,
    default,
    drop_index_without_table,
    foreign_type,
    if_in_alter,
    index_if_not_exists,
    inline_index,
    no_action,
    on_update,
    partition_key,
    second_primary_key,
    sqlite_action,
    sqlite_constraint,
    table_option,
    trailing_comma,
)
from schemalint.sql.refusals.commas import WORDS as COMMAS
from schemalint.sql.refusals.commas import (
    commas,
    cut_off,
    expressions,
    filled,
    hanging,
    key_expressions,
    parentheses,
    templated,
)
from schemalint.sql.refusals.mysql_expressions import WORDS as EXPRESSIONS
from schemalint.sql.refusals.mysql_expressions import stray_expressions
from schemalint.sql.refusals.mysql_forms import WORDS as FORMS
from schemalint.sql.refusals.mysql_forms import broken_forms, broken_parts, misplaced
from schemalint.sql.refusals.mysql_grammar import WORDS as GRAMMAR
from schemalint.sql.refusals.mysql_grammar import stray_clauses, stray_members
from schemalint.sql.refusals.mysql_names import WORDS as NAMES
from schemalint.sql.refusals.mysql_names import stray_names
from schemalint.sql.refusals.mysql_triggers import WORDS as TRIGGERS
from schemalint.sql.refusals.mysql_triggers import stray_rows
from schemalint.sql.refusals.names import misquoted, reserved
from schemalint.sql.refusals.patterns import Match, Rows, matches
from schemalint.sql.refusals.pgrows import OTHERS
from schemalint.sql.refusals.pgstorage import WORDS as PARAMETERS
from schemalint.sql.refusals.pgstorage import options
from schemalint.sql.refusals.pgviews import WORDS as VERSIONS
from schemalint.sql.refusals.pgviews import unchecked, versions
from schemalint.sql.refusals.phrases import WORDS as PARTS
from schemalint.sql.refusals.phrases import Layout, layout
from schemalint.sql.refusals.reserved import RESERVED, SOME
from schemalint.sql.refusals.rows import apart, others, rows
from schemalint.sql.refusals.say import invalid, says_ansi, stumbles, uncertain
from schemalint.sql.refusals.shapes import Shape, Shapes
from schemalint.sql.refusals.tables import faults
from schemalint.sql.tokens import Token, tokenize, words

__all__ = [
    "OTHERS",
    "STRAYS",
    "apart",
    "asked",
    "auto_increment",
    "column_comment",
    "default",
    "drop_index_without_table",
    "foreign_type",
    "if_in_alter",
    "index_if_not_exists",
    "inline_index",
    "is_sound",
    "no_action",
    "not_first",
    "on_update",
    "others",
    "partition_key",
    "rows",
    "second_primary_key",
    "sqlite_action",
    "sqlite_constraint",
    "statement",
    "stray",
    "table_option",
    "trailing_comma",
]

_PATTERNS = {
    "postgres": Rows(
        common.PATTERNS,
        postgres.PATTERNS,
        postgres_forms.PATTERNS,
        postgres_slips.PATTERNS,
        postgres_versions.PATTERNS,
    ),
    "mysql": Rows(common.PATTERNS, mysql.PATTERNS, mysql_slips.PATTERNS),
    "sqlite": Rows(common.PATTERNS, sqlite.PATTERNS),
    "tsql": Rows(tsql.PATTERNS, tsql_forms.PATTERNS),
}
_GRAMMAR = (
    stray_names,
    stray_clauses,
    stray_members,
    stray_expressions,
    broken_forms,
    broken_parts,
    misplaced,
    stray_rows,
)
"""MySQL and MariaDB: what is asked where no row of the tables applies; the first that is found is said."""
_TSQL = (
    reserved,
    misquoted,
    tsql.actions,
    tsql_forms.commas,
    tsql_forms.conditions,
    tsql_forms.nameless,
    tsql_forms.clustered_twice,
)
_JUDGED: dict[str, frozenset[type]] = {
    "mysql": frozenset({CreateTable, CreateIndex, AddColumn, AddConstraint, AlterColumn, AlterSettings}),
    "tsql": frozenset({CreateTable, CreateIndex, AddColumn, AlterColumn, AddConstraint, CreateView}),
    "postgres": frozenset({CreateTable, AddColumn, CreateIndex, AlterColumn, AlterSettings, AddConstraint, CreateEnum}),
}
"""What is judged as a whole."""
STRAYS = words("ADD MODIFY CHANGE")
"""First words of actions of ALTER TABLE that begin no statement."""


@cache
def _shapes(family: str) -> Shapes:
    """The shapes of a family's statements in which nothing was found."""
    words_ = _PATTERNS[family].words
    grammar = GRAMMAR | FORMS | EXPRESSIONS | NAMES | TRIGGERS if family == "mysql" else frozenset()
    return Shapes(
        words_,
        RESERVED.get(family, frozenset()),
        frozenset(SOME.get(family, ())),
        COMMAS,
        PARTS,
        grammar,
        PARAMETERS,
        VERSIONS,
    )


def asked(family: str) -> frozenset[str]:
    """The words that make a difference to what is refused in a family of databases."""
    return _shapes(family).asked


def is_sound(script: Script, statement: Span, shape: Shape, facts: list[Fact]) -> bool:
    """Whether a statement is certainly refused by nothing: nothing was found in one of its shape before, and the `facts` that
    it makes are sound."""
    if shape not in _shapes(script.lexicon):
        return False
    judged, cursor = _JUDGED.get(script.lexicon, frozenset()), Cursor(script, [], statement)
    for fact in facts:
        if type(fact) in judged:
            for _ in faults(cursor, fact, facts):
                return False
    return True


def statement(cursor: Cursor, tokens: list[Token], before: int) -> None:
    """Says what is wrong with a statement that has been read; `tokens` are all of it, its facts start at `before`."""
    facts = cursor.script.facts
    if len(cursor.tokens) != len(tokens):  # words were taken out: what was noted of their places does not hold
        cursor.tails.clear()
    cursor.tokens = tokens
    if len(facts) > before:
        backquoted(cursor, before)
    patterns = _PATTERNS.get(cursor.family)
    if patterns is None:
        return
    shapes, mysql = _shapes(cursor.family), cursor.family == "mysql"
    judged = _JUDGED.get(cursor.family, frozenset())
    made = [fact for fact in facts[before:] if type(fact) in judged]
    shape = shapes.shape(cursor)
    if shape in shapes:
        if made and _is_faulty(cursor, before, made) and not uncertain(cursor) and not filled(cursor):
            _say_all(cursor, before, [], made)
        return
    values = [token[1] for token in tokens]
    if uncertain(cursor) or templated(cursor, values):
        return
    parts = layout(cursor, values, patterns.telling)
    found = _look(cursor, parts, patterns)
    if not found and not (cursor.family == "tsql" and cursor.script.types):  # else it holds of this script only
        unsure = mysql and _unsure(cursor, parts)
        # Of what one table has once, each column is looked at beside the others.
        looked = (
            {start for start, end in parts.columns if "CLUSTERED" not in values[start:end]} if not unsure else set()
        )
        for at, tail in cursor.tails:
            tail.quiet = tail.quiet or at in looked
        if not (cursor.script.in_code or cut_off(cursor) or unsure or (mysql and '"' in values)):
            shapes.remember(shape)  # of the others, more than the tokens decides
    if found or made:
        _say_all(cursor, before, found, made)


def _look(cursor: Cursor, made: Layout, patterns: Rows) -> list[Match]:
    """What is wrong with a statement wherever it stands."""
    found = matches(cursor, made, patterns)
    if cursor.family == "tsql":
        # A type may be an alias that CREATE TYPE … FROM made.
        found = [one for one in found if cursor.tokens[one.start][1].lower() not in cursor.script.types]
        for look in _TSQL:
            found += look(cursor, made)
    else:
        for look in (
            (reserved, misquoted, commas, parentheses, key_expressions, options)
            if made.kind
            else (reserved, expressions, hanging, options, versions, unchecked)
        ):
            found += look(cursor, made)
        if cursor.family == "mysql" and all(one.only for one in found) and not _unsure(cursor, made):
            found += next(([one] for look in _GRAMMAR for one in look(cursor, made)), [])
    return found


_COMMENTED = re.compile(r"^[ \t]*--[^\s-]", re.MULTILINE)


def _unsure(cursor: Cursor, made: Layout) -> bool:
    """Whether the server may get something else than stands here, or read it otherwise. MySQL takes `--` for a comment only
    where a blank follows, and the tools that send such scripts take the line out; ANSI_QUOTES makes names of some texts."""
    if '"' in made.values and says_ansi(cursor.text):
        return True
    start, end = cursor.tokens[0][2], cursor.tokens[-1][3]
    return cursor.text.find("--", start, end) >= 0 and _COMMENTED.search(cursor.text, start, end) is not None


def _say_all(cursor: Cursor, before: int, found: list[Match], made: list[Fact]) -> None:
    """Says what was found, and, where that was nothing, what is wrong with the tables and indexes that the statement has
    `made`."""
    if cursor.family == "tsql" and cut_off(cursor):
        return
    mine = cursor.script.facts[before:]
    said = [fact.span for fact in mine if isinstance(fact, Invalid) and not fact.only]
    for one in found:
        span = cursor.span(one.start, one.end)
        _say(cursor, said, invalid(cursor, span, one.reason, one.words or None, _table(mine), one.only))
    for fact in made:
        if not said:
            for span, reason, words_, only in faults(cursor, fact, mine):
                _say(cursor, said, invalid(cursor, span, reason, words_, _table(mine), only))


def _is_faulty(cursor: Cursor, before: int, made: list[Fact]) -> bool:
    """Whether something is wrong with any of the tables and indexes that the statement has `made`."""
    mine = cursor.script.facts[before:]
    for fact in made:
        for _ in faults(cursor, fact, mine):
            return True
    return False


def _table(facts: list[Fact]) -> TableName | None:
    """The table that a statement is about."""
    return next((name for fact in facts if (name := getattr(fact, "table", None)) is not None), None)


def _say(cursor: Cursor, said: list[Span], fact: Invalid) -> None:
    """One cause is said once: what lies within what has been said is left out."""
    span = fact.span
    if all(other.end <= span.start or span.end <= other.start for other in said):
        if not fact.only:  # what a condition keeps silent hides nothing
            said.append(span)
        cursor.emit(fact)


def not_first(script: Script, before: list[Token], tokens: list[Token], guard: Guard | None) -> None:
    """SQL Server: a view that something stands before in its batch, without so much as a semicolon between: whatever sends it,
    it is one batch."""
    cursor = Cursor(script, tokens, script.span(tokens[0][2], tokens[-2][3]), guard)
    tsql.not_first(cursor, before)


def stray(script: Script, start: int, end: int) -> None:
    """A statement that begins with an action of ALTER TABLE: a semicolon cut it off."""
    if script.lexicon not in _PATTERNS or script.lexicon == "tsql":
        return
    tokens = tokenize(script.text, start, min(end, start + 400), script.lexicon)
    cursor = Cursor(script, tokens, script.span(start, end))
    if len(tokens) < 4 or templated(cursor, [token[1] for token in tokens]):
        return
    reason = f"no statement begins with {cursor.raw(0, 1).upper()}: a semicolon cut it off its ALTER TABLE"
    cursor.emit(invalid(cursor, cursor.span(0), reason, stumbles(cursor, 0), _altered(script.facts)))


def _altered(facts: list[Fact]) -> TableName | None:
    """The table of the last statement."""
    return _table(facts[:-4:-1])
