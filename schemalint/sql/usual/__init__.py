"""The forms that most statements of a history have, each read by one expression, in half of the time and less.

A statement is read here if it is of such a form to the letter, its names are no words that anything asks for, and nothing
was found wrong with one of its shape before (`refusals.is_sound`). Every other one goes the long way, by its tokens, and so
does the first of each shape. Both ways say the same: tests/sql/test_usual.py reads what the tests hold of SQL twice.
"""

from __future__ import annotations

from functools import cache

from schemalint.sql import refusals
from schemalint.sql.cursor import Script, Unreadable
from schemalint.sql.tokens import END, WORD
from schemalint.sql.usual.alter import alter_table
from schemalint.sql.usual.forms import Form, Key, Unusual
from schemalint.sql.usual.others import comment, create_index, drop_table

_LONGEST = 2_000
_FORMS = {
    "postgres": (create_index, alter_table, drop_table, comment),
    "mysql": (create_index, alter_table, drop_table),
    "sqlite": (create_index, alter_table, drop_table),
}


def read_usual(script: Script, start: int, end: int, head: str) -> bool:
    """Reads the statement between two offsets, which begins with the word `head`, if it is of a usual form and nothing can be
    wrong with it. Gives whether it did; if not, nothing has changed."""
    family = script.dialect.family
    form = _forms(family).get(head)
    if form is None or end - start > _LONGEST or script.schema is not None or script.several or script.pin is not None:
        return False
    match = form.begins(script.text, start, end)
    if match is None:
        return False
    last = end
    while script.text[last - 1].isspace():
        last -= 1
    statement = script.span(start, last)
    try:
        key, facts = form.read(script, match, end, statement)
    except (Unusual, Unreadable):
        return False
    if not refusals.is_sound(script, statement, _shape(family, key), facts):
        return False
    script.facts += facts
    return True


@cache
def _forms(family: str) -> dict[str, Form]:
    """The forms of a family by the first word of their statements."""
    made = (declared(family, refusals.asked(family)) for declared in _FORMS.get(family, ()))
    return {form.head: form for form in made}


_shapes: dict[tuple[str, Key], Key] = {}
_MOST_KEPT = 5_000


def _shape(family: str, key: Key) -> Key:
    """The shape (`refusals.Shapes`) of the statements that a key stands for."""
    shape = _shapes.get((family, key))
    if shape is None:
        asked = refusals.asked(family)
        spelled: list[str | int] = []
        for piece in key:
            if isinstance(piece, int):
                spelled.append(piece)
            else:
                spelled += [word if word in asked or not word.isalpha() else WORD for word in piece.split()]
        if len(_shapes) >= _MOST_KEPT:
            _shapes.clear()
        shape = _shapes[family, key] = (*spelled, END)
    return shape
