"""What the variables and parameters of a body, or of a MySQL script, hold where a statement stands.

A variable's value is known behind a plain assignment as long as no branch or loop begins or ends, and everywhere in a body
that assigns to it once. Whatever else may change it makes it unknown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from schemalint.model.clauses import Piece
from schemalint.model.frozen import frozen
from schemalint.model.objects import Parameter
from schemalint.sql.composed import Pieces, arguments, named, pieces, plain
from schemalint.sql.cursor import Script
from schemalint.sql.tokens import END, WORD, Token, words

_TEXTS = words("TEXT VARCHAR CHARACTER NAME LONGTEXT MEDIUMTEXT TINYTEXT CHAR NVARCHAR")
_NUMBERS = words("INT INTEGER BIGINT SMALLINT INT4 INT8")
_FILLS = words("INTO FOR FOREACH DIAGNOSTICS")
_ENDS = words("FROM IN USING WHERE LIMIT VALUES SELECT LOOP DO")
"""What ends the names behind one of them."""
_WRITES = words("INSERT REPLACE MERGE IGNORE DELAYED LOW_PRIORITY")
_FAR = 12  # how far behind its name a variable's value begins
_INITIAL = frozenset({":=", "DEFAULT", "="})

_UNNESTED = ["SELECT", "UNNEST", "(", "ARRAY", "["]
_LONGEST = 1_000
"""Of how many tokens an array is read."""


@frozen
class Loop:
    """Where a loop begins, its variable, and what that holds in turn; no values where it is not known."""

    at: int
    name: str
    values: tuple[Pieces, ...]


Assigned = tuple[str, Sequence[Token]]
"""A variable and the expression that it is set to; no tokens where it is not known what it gets."""


def parameters(script: Script, tokens: Sequence[Token]) -> tuple[tuple[Parameter, ...], dict[str, Pieces]]:
    """What stands between a routine's parentheses: its parameters, and what those that keep a text hold. Nothing where a
    call may give something else than one value for each."""
    given: list[Parameter] = []
    held: dict[str, Pieces] = {}
    for at, one in enumerate(arguments(tokens)):
        if one and one[0][1] in ("OUT", "INOUT", "VARIADIC"):
            if script.lexicon != "mysql":
                return (), {}
            given.append(Parameter())
            continue
        one = one[1:] if one and one[0][1] == "IN" else one
        first = next((n for n, token in enumerate(one) if token[1] in _INITIAL), len(one))
        kinds = {token[1] for token in one[min(first - 1, 1) : first] if token[0] == WORD}
        number = bool(kinds & _NUMBERS)
        given.append(Parameter(plain(pieces(script, one[first + 1 :])), number))
        if (number or kinds & _TEXTS) and not any(token[1] == "[" for token in one):
            value = (Piece("", at),)
            held[f"${at + 1}"] = value
            if first > 1 and (name := named(script, one[0])):
                held[name] = value
    return tuple(given), held


def once(script: Script, tokens: Sequence[Token], statements: Sequence[Sequence[Token]]) -> dict[str, Pieces]:
    """What is known wherever a body reads it: parameters that nothing assigns to, and variables that are assigned to once,
    with what is known before. `tokens` are the whole body, `statements` its plain ones."""
    changes = [change for one in statements for change in _assigned(script, one)]
    times = Counter(name for name, _ in changes)
    times.update(dict.fromkeys(_filled(script, tokens), 2))
    texts = declared(script, statements)
    before = script.known
    script.known = {name: value for name, value in before.items() if name not in times}
    for name, value in changes:
        made = pieces(script, value) if times[name] == 1 and (name in texts or name.startswith("@")) else None
        if made is not None:
            script.known[name] = made
    found, script.known = script.known, before
    return found


def meet(script: Script, tokens: Sequence[Token], texts: Collection[str] = ()) -> None:
    """Keeps what a statement makes of variables. `texts` are those that are declared to hold a text."""
    for name, value in _assigned(script, tokens):
        made = pieces(script, value) if name in texts or name.startswith("@") else None
        script.known.pop(name, None)
        if made is not None:
            script.known[name] = made
    gone = set(_filled(script, tokens))
    if tokens[0][1] == "CALL":  # whatever it does may change those of the session
        gone.update([name for name in script.known if name.startswith("@")])
    for name in gone:
        script.known.pop(name, None)


def declared(script: Script, statements: Sequence[Sequence[Token]]) -> frozenset[str]:
    """The variables that a body declares once, to hold a text."""
    found: Counter[str] = Counter()
    for one in statements:
        tokens = one[1:] if one[0][1] == "DECLARE" else one
        names = [tokens[0]]
        while script.lexicon == "mysql" and len(tokens) > 2 and tokens[1][1] == ",":
            tokens = tokens[2:]
            names.append(tokens[0])
        kind = tokens[2:] if len(tokens) > 1 and tokens[1][1] == "CONSTANT" else tokens[1:]
        if len(kind) > 0 and kind[0][1] in _TEXTS and not (script.lexicon == "postgres" and _sized(kind)):
            found.update(named(script, name) for name in names)
    return frozenset(name for name, times in found.items() if times == 1)


def _sized(kind: Sequence[Token]) -> bool:
    """Whether a type says how long a text may get, or is an array."""
    stop = next((n for n, token in enumerate(kind) if token[1] in _INITIAL), len(kind))
    return any(token[1] in ("(", "[") for token in kind[:stop])


def _assigned(script: Script, tokens: Sequence[Token]) -> Iterator[Assigned]:
    """What a statement sets, in order."""
    tokens = tokens[:-1] if tokens[-1][0] == END else tokens
    if not tokens:
        return
    head = tokens[0][1]
    if script.lexicon == "mysql" and head == "SET":
        for one in arguments(tokens[1:]):
            if len(one) > 2 and one[1][1] in ("=", ":="):
                yield named(script, one[0]), one[2:]
    elif script.lexicon == "mysql":
        at = next((n for n, token in enumerate(tokens) if token[1] == "DEFAULT"), 0) if head == "DECLARE" else 0
        if at and tokens[2][1] != ",":
            yield named(script, tokens[1]), tokens[at + 1 :]
        for n, token in enumerate(tokens[1:]):
            if token[1] == ":=":
                yield named(script, tokens[n]), ()
    else:
        tokens = tokens[1:] if head == "DECLARE" else tokens
        at = next((n for n, token in enumerate(tokens[:_FAR]) if token[1] in _INITIAL), 0)
        if at == 1 or (at and (tokens[1][1] in ("[", ".", "CONSTANT") or tokens[1][1] in _TEXTS)):
            yield named(script, tokens[0]), () if tokens[1][1] in ("[", ".") else tokens[at + 1 :]


def _filled(script: Script, tokens: Sequence[Token]) -> Iterator[str]:
    """The names that get what is not known: behind INTO, as a loop's variable, as a procedure's arguments."""
    filling, before = False, ""
    for token in tokens:
        value = token[1]
        if token[0] == WORD and value in _FILLS:
            filling = not (value == "INTO" and before in _WRITES)
        elif token[0] == WORD and value == "CALL":
            filling = True
        elif filling and (value == ";" or (token[0] == WORD and value in _ENDS)):
            filling = False
        elif filling and (name := named(script, token)):
            yield name
        before = value


def loops(script: Script, tokens: Sequence[Token]) -> Iterator[Loop]:
    """postgres: each `FOREACH name IN ARRAY ARRAY['a', 'b']`, and `FOR name IN SELECT unnest(ARRAY['a', 'b'])`."""
    for at, token in enumerate(tokens):
        if token[0] == WORD and token[1] in ("FOREACH", "FOR") and tokens[min(at + 2, len(tokens) - 1)][1] == "IN":
            words = [one[1] for one in tokens[at + 3 : at + 8]]
            ahead = 4 if words[:3] == ["ARRAY", "ARRAY", "["] else 6 if words[:5] == _UNNESTED else 0
            values = _values(script, tokens[at + ahead :]) if ahead else ()
            yield Loop(at, named(script, tokens[at + 1]), values)


def _values(script: Script, tokens: Sequence[Token]) -> tuple[Pieces, ...]:
    """The literals between the first brackets."""
    inside = tokens[2 : next((n for n, token in enumerate(tokens[:_LONGEST]) if token[1] == "]"), 0)]
    found = [pieces(script, one) for one in arguments(inside)]
    return tuple(one for one in found if one is not None) if None not in found else ()
