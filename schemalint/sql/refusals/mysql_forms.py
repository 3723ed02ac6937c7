"""The whole forms of keys, of actions of ALTER TABLE and of CREATE INDEX in MySQL and MariaDB, all versions and forks taken
together: what begins like one and is none is a syntax error. Sources: see `mysql_grammar`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from schemalint.sql.cursor import Cursor
from schemalint.sql.refusals.mysql_grammar import CHECK, REFERENCES, VALUE, Regex, before_partitions
from schemalint.sql.refusals.mysql_names import key_lists
from schemalint.sql.refusals.patterns import Match
from schemalint.sql.refusals.phrases import LONGEST, Layout, Phrase, phrase
from schemalint.sql.refusals.say import MYSQL_SYNTAX
from schemalint.sql.refusals.shapes import spelled
from schemalint.sql.tokens import NUMBER, PUNCT, QUOTED, WORD


class Form(NamedTuple):
    """What begins like this has this form, else it is refused for this reason."""

    opens: Regex
    whole: Regex
    most: Regex  # what of it is right
    reason: str


_NAME = r"\S+(?: \. \S+)*"
_KEY_OPTION = (
    r" (?:(?:USING|TYPE) (?:BTREE|HASH|RTREE)|KEY_BLOCK_SIZE (?:= )?0|COMMENT (?:= )?'(?: ')*|WITH PARSER \S+|VISIBLE|INVISIBLE"
    r"|IGNORED|NOT IGNORED|CLUSTERED|NONCLUSTERED|GLOBAL|LOCAL|(?:SECONDARY_ENGINE_ATTRIBUTE|ENGINE_ATTRIBUTE) (?:= )?'"
    r"|[A-Z_]\w* = (?:[-+] )?\S+)"
)
_COLUMNS = rf"(?: (?!\(|ON )\S+)?(?: (?:USING|TYPE) (?:BTREE|HASH|RTREE))? \((?:…|0|')\)(?:{_KEY_OPTION})*"
_ONCE = r"(?: IF NOT EXISTS)?"
_EXISTS = r"(?:IF EXISTS )?"
_CALLED = r"(?:CONSTRAINT(?: IF NOT EXISTS)?(?: (?!(?:PRIMARY|UNIQUE|FOREIGN|CHECK) )\S+)? )?"


def _form(opens: str, whole: str, reason: str) -> Form:
    return Form(Regex(opens), Regex(f"(?:{whole}) $"), Regex(f"(?:{whole}) "), reason)


_KEY_WHOLE = "the columns of a key stand in parentheses, and behind them USING, COMMENT and the like only"
ELEMENTS = (
    _form(
        rf"{_CALLED}FOREIGN ",
        rf"{_CALLED}FOREIGN KEY{_ONCE}(?: (?!\()\S+)? \(…\) {REFERENCES}",
        "a foreign key is FOREIGN KEY (columns) REFERENCES table (columns), and behind that ON DELETE and ON UPDATE with "
        "RESTRICT, CASCADE, SET NULL or NO ACTION",
    ),
    _form(
        rf"{_CALLED}PRIMARY ",
        rf"{_CALLED}PRIMARY KEY{_ONCE}{_COLUMNS}",
        "a primary key is PRIMARY KEY (columns)",
    ),
    _form(
        rf"{_CALLED}UNIQUE (?!NULLS )",
        rf"{_CALLED}UNIQUE(?: CLUSTERING)?(?: KEY| INDEX)?{_ONCE}{_COLUMNS}",
        _KEY_WHOLE,
    ),
    _form(
        rf"{_CALLED}CHECK ",
        rf"{_CALLED}{CHECK}",
        "a check is CHECK (condition), and nothing but [NOT] ENFORCED follows it",
    ),
    _form(r"(?:FULLTEXT|SPATIAL) ", rf"(?:FULLTEXT|SPATIAL)(?: KEY| INDEX)?{_ONCE}{_COLUMNS}", _KEY_WHOLE),
    _form(r"(?:KEY|INDEX) ", rf"(?:KEY|INDEX){_ONCE}{_COLUMNS}", _KEY_WHOLE),
    _form(r"EXCLUDE ", r"(?!)", "neither MySQL nor MariaDB has EXCLUDE"),
    _form(r"LIKE ", rf"LIKE {_NAME}", "LIKE takes the name of a table and nothing else"),
)
"""Elements of CREATE TABLE that are no columns, and what ADD takes beside columns."""
ACTIONS = (
    _form(r"DROP PRIMARY ", r"DROP PRIMARY KEY", "it is DROP PRIMARY KEY alone"),
    _form(
        r"DROP (?:INDEX|KEY|FOREIGN KEY|CONSTRAINT) ",
        rf"DROP (?:INDEX|KEY|FOREIGN KEY|CONSTRAINT) {_EXISTS}(?!\()\S+",
        "this DROP takes one name and nothing else",
    ),
    _form(r"DROP UNIQUE ", r"(?!)", "a unique key is dropped by DROP INDEX name"),
    _form(
        r"DROP (?!PARTITION |SYSTEM |PERIOD |CHECK )",
        rf"DROP (?:COLUMN )?{_EXISTS}(?!\(){_NAME}(?: RESTRICT| CASCADE)?|DROP .*KEY.*|DROP (?:INDEX|CONSTRAINT) .*",
        "DROP COLUMN takes one column, and each further one its own DROP COLUMN",
    ),
    _form(
        r"ALTER COLUMN |ALTER (?!INDEX |KEY |CHECK |CONSTRAINT )",
        rf"ALTER (?:COLUMN )?{_EXISTS}{_NAME} (?:SET DEFAULT {VALUE}|DROP DEFAULT|SET (?:IN)?VISIBLE)",
        "ALTER COLUMN knows SET DEFAULT, DROP DEFAULT and SET [IN]VISIBLE: MODIFY changes the rest",
    ),
    _form(
        r"RENAME (?:COLUMN|INDEX|KEY) ",
        rf"RENAME (?:COLUMN|INDEX|KEY) {_EXISTS}\S+ TO \S+",
        "it is RENAME COLUMN or RENAME INDEX, the old name, TO, the new name",
    ),
    _form(
        r"RENAME (?!COLUMN |INDEX |KEY )",
        rf"RENAME (?:TO |AS |= )?{_NAME}",
        "RENAME takes the new name of the table",
    ),
    _form(
        r"CONVERT (?!PARTITION |TABLE )",
        r"CONVERT TO (?:CHARACTER SET|CHARSET|CHAR SET) (?:= )?\S+(?: COLLATE (?:= )?\S+)?(?: .*)?",
        "it is CONVERT TO CHARACTER SET name [COLLATE name]",
    ),
    _form(
        r"(?:ENABLE|DISABLE) ",
        r"(?:ENABLE|DISABLE) KEYS",
        "MySQL and MariaDB have ENABLE KEYS and DISABLE KEYS only",
    ),
    _form(r"SET ", r"(?!)", "no action of ALTER TABLE begins with SET: options of the table stand without it"),
    _form(r"ADD COMMENT '", r"(?!)", "a table's comment is set with COMMENT = '…', without ADD"),
    _form(r"ADD COLUMNS ", r"(?!)", "it is ADD COLUMN (…), in the singular"),
    _form(r"ADD (?:COLUMN )?(?!\(|PARTITION )\S+ $", r"(?!)", "a column needs a type"),
    _form(
        r"(?:MODIFY|CHANGE) ",
        r"MODIFY (?:COLUMN )?(?:IF EXISTS )?(?!COLUMN |\()\S+ [A-Z\"].*"
        r"|CHANGE (?:COLUMN )?(?:IF EXISTS )?(?!COLUMN |\()\S+ \S+ [A-Z\"].*",
        "MODIFY takes a column with its whole definition, CHANGE the old name and then the same",
    ),
)
INDEX = _form(
    r"CREATE (?:OR REPLACE )?(?:(?:UNIQUE|FULLTEXT|SPATIAL) )?INDEX ",
    rf"CREATE (?:OR REPLACE )?(?:(?:UNIQUE|FULLTEXT|SPATIAL) )?INDEX (?:IF NOT EXISTS )?(?!\()[^\s']+(?: (?:USING|TYPE) \S+)? ON "
    rf"(?!'){_NAME} \((?:…|0|')\)(?:{_KEY_OPTION}| (?:ALGORITHM|LOCK) (?:= )?\S+| WAIT 0| NOWAIT)*",
    "an index is made with CREATE INDEX name ON table (columns), and behind that USING, COMMENT, ALGORITHM and the like",
)
WORDS = spelled(
    [
        *(regex.pattern for form in (*ELEMENTS, *ACTIONS, INDEX) for regex in (form.opens, form.whole)),
        "ASC DESC WITHOUT OVERLAPS",
    ]
)
"""All words that have a meaning here."""


_LONE = Regex(
    r"(?:\"|[A-Z_]\w*) (?:INT|INTEGER|BIGINT|SMALLINT|TINYINT|VARCHAR|CHAR|TEXT|DECIMAL|DATE|DATETIME|TIMESTAMP) "
)
"""A column where an action has to stand."""


def broken_forms(cursor: Cursor, made: Layout) -> Iterator[Match]:
    """The first element, action or index of a statement that is not whole."""
    defined = {start for start, _ in made.columns}
    tokens = cursor.tokens
    for start, end in made.elements:
        if start < end and start not in defined and tokens[start][0] == WORD and end <= start + LONGEST:
            yield from _judged(ELEMENTS, phrase(tokens, made.partners, start, end), 0)
    before = ""
    for start, stop in made.actions:
        end = before_partitions(made, start, stop)
        if start >= end or tokens[start][0] not in (WORD, QUOTED) or end > start + LONGEST:
            continue
        one = phrase(tokens, made.partners, start, end)
        if made.values[start] == "ADD" and start not in defined:
            yield from _judged(ELEMENTS, one, len("ADD "))
        yield from _judged(ACTIONS, one, 0)
        if before in ("MODIFY", "CHANGE") and _LONE.match(one.text, 0) is not None:
            reason = f"each column needs its own {before}, and this one has none"
            yield Match(start, start + 1, reason, MYSQL_SYNTAX, ())
        before = made.values[start]
    if not made.kind and made.values[0] == "CREATE" and len(made.values) <= LONGEST:
        yield from _judged((INDEX,), phrase(tokens, made.partners, 0, len(made.values) - 1), 0)


def _judged(known: tuple[Form, ...], one: Phrase, offset: int) -> Iterator[Match]:
    for form in known:
        if form.opens.match(one.text, offset) is not None:
            if form.whole.match(one.text, offset) is None:
                read = form.most.match(one.text, offset)
                token = one.token(offset if read is None else read.end())
                yield Match(token, token + 1, form.reason, MYSQL_SYNTAX, ())
            return


def broken_parts(cursor: Cursor, made: Layout) -> Iterator[Match]:
    """What stands in the parentheses of an index and is no column [(length)] [ASC | DESC]. Expressions are looked at
    elsewhere."""
    tokens, values = cursor.tokens, made.values
    for opens in key_lists(made):
        close = made.partners.get(opens, opens)
        at = opens + 1
        if values[opens + 1] == "(" and "PRIMARY" in values[max(opens - 6, 0) : opens]:
            yield Match(opens + 1, opens + 2, "a primary key is of columns, not of expressions", "", ())
        while at < close:
            begin = at
            if tokens[at][0] in (WORD, QUOTED):
                at += 1
                if tokens[at][0] == PUNCT and values[at] == "(":
                    at = made.partners.get(at, at) + 1
                at += values[at] in ("ASC", "DESC")
                if values[at : at + 2] == ["WITHOUT", "OVERLAPS"]:
                    at += 2
            elif tokens[at][0] == PUNCT and values[at] == "(":
                at = made.partners.get(at, at) + 1
                at += values[at] in ("ASC", "DESC")
            if at == close or (values[at] == "," and tokens[at][0] == PUNCT and at > begin and at + 1 < close):
                at += 1
                continue
            if at > begin or tokens[at][0] == NUMBER or values[at] == ",":
                written = cursor.raw(at, at + 1)
                reason = f"a part of an index is column [(length)] [ASC | DESC], without {written} here"
                yield Match(at, at + 1, reason, MYSQL_SYNTAX, ())
            return


_QUERIES = frozenset({"SELECT", "WITH", "VALUES", "TABLE", "("})
_PARTITIONING = (["PARTITION", "BY"], ["REMOVE", "PARTITIONING"])


def misplaced(cursor: Cursor, made: Layout) -> Iterator[Match]:
    """A second list of columns, and partitions among other actions: MySQL 9.7 Reference Manual 15.1.11, "partition_options"."""
    values = made.values
    at = made.closes + 1
    if made.kind == "create" and 1 < at < len(values) - 1 and values[at] == "(" and values[at + 1] not in _QUERIES:
        yield Match(at, at + 1, "all columns of a table stand in one pair of parentheses", MYSQL_SYNTAX, ())
    if len(made.actions) < 2:
        return
    for number, (start, end) in enumerate(made.actions):
        begins = values[start : min(end, start + 2)]
        if begins in _PARTITIONING:
            words = " ".join(begins)
            reason = f"{words} stands behind the last action, and no comma between them"
            yield Match(start, start + 2, reason, MYSQL_SYNTAX, ())
        elif begins[1:] == ["PARTITION"] and begins[0] in ("ADD", "DROP", "COALESCE", "REORGANIZE", "TRUNCATE"):
            beside = [other for at, other in enumerate(made.actions) if at != number and other[0] < other[1]]
            at = next((other for other, _ in beside if values[other] in ("ADD", "DROP", "MODIFY", "CHANGE")), 0)
            if at:
                yield Match(
                    start, start + 2, f"{' '.join(begins)} is the only action of its ALTER TABLE", MYSQL_SYNTAX, ()
                )
