"""Checks that list the texts a column may hold: `state IN ('new', 'open')`, `state = ANY (ARRAY['new'::text, …])`."""

from __future__ import annotations

from schemalint.model.names import Name
from schemalint.model.schema import Check
from schemalint.sql.tokens import END, NUMBER, PUNCT, QUOTED, STRING, WORD, string_text, tokenize

_LONGEST = 20_000
_GROUPING = frozenset({"(", ")", "[", "]"})
_TYPE_TAIL = frozenset({"VARYING", "PRECISION"})


def choices(check: Check, family: str) -> tuple[Name, tuple[str, ...]] | None:
    """The column and the texts that a check allows it, None for any other check. NULL passes every check, so that `OR x IS
    NULL` says nothing more."""
    names = {name for name, _ in check.mentions}
    if len(names) != 1 or len(check.expr.raw) > _LONGEST:
        return None
    shape, texts = _flat(check.expr.raw, family)
    shape = shape.removesuffix(" OR name IS NULL").removeprefix("name IS NULL OR ")
    listed = " , ".join(["text"] * len(texts))
    return (
        (names.pop(), tuple(texts)) if texts and shape in (f"name IN {listed}", f"name = ANY ARRAY {listed}") else None
    )


def _flat(raw: str, family: str) -> tuple[str, list[str]]:
    """The words and marks of an expression without casts, parentheses and brackets, `name` and `text` for what they stand
    for; and the texts."""
    shape: list[str] = []
    texts: list[str] = []
    cast = False
    for kind, value, start, stop in tokenize(raw, 0, len(raw), family):
        if kind == END or value in _GROUPING:
            continue
        if value == "::":
            cast = True
        elif cast and kind in (WORD, QUOTED):
            cast = False
            shape.append("cast")
        elif shape and shape[-1] == "cast" and (value in _TYPE_TAIL or kind == NUMBER):
            continue
        elif kind == STRING:
            texts.append(string_text(raw[start:stop], family))
            shape.append("text")
        elif kind == QUOTED or (kind == WORD and value not in ("IN", "OR", "IS", "NULL", "ANY", "ARRAY")):
            shape.append("name")
        else:
            shape.append(value if kind in (WORD, PUNCT) else "?")
    return " ".join(word for word in shape if word != "cast"), texts
