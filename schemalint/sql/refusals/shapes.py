"""Statements recur but for their names: once nothing was found in one, nothing need be looked for in the others.

A shape keeps of a statement the words that anything here asks for, and of every other token just its kind. Statements that
make tables have no shape: their columns are looked at one by one, and those recur by themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from schemalint.sql.tokens import Token, words

Shape = tuple[str | int, ...]

_WORD = re.compile(r"([A-Z][A-Z_\d]+)(?:(\?)|\[(\w+)\])?")
_LAID_OUT = words(
    """
    CREATE ALTER DROP TABLE INDEX UNIQUE ON ONLY IF EXISTS NOT NULL ADD COLUMN ALL IN OF PARTITION AS SELECT WITH DEFAULT
    PRIMARY REFERENCES TABLESPACE ( ) [ ] , . ; :: = - + * /
    """
)
"""Words and marks that the layout of statements and the looks at names and commas ask for."""
_LONGEST, _MOST_KEPT = 80, 5_000


def spelled(regexes: Iterable[str]) -> frozenset[str]:
    """The words that regular expressions spell: of `TABLES?` both, of `SERIAL[248]` all three."""
    found: set[str] = set()
    for regex in regexes:
        for word, optional, ends in _WORD.findall(regex):
            found.add(word)
            found.update(word + end for end in ends)
            if optional:
                found.add(word[:-1])
    return frozenset(found)


class Shapes:
    """The shapes of statements in which nothing was found; `asked` are the words that make a difference."""

    def __init__(self, *asked: frozenset[str]) -> None:
        self._asked = _LAID_OUT.union(*asked)
        self._quiet: set[Shape] = set()

    def shape(self, tokens: list[Token]) -> Shape | None:
        """The shape of a statement; None when it has none."""
        if len(tokens) > _LONGEST or (tokens[0][1] == "CREATE" and any(token[1] == "TABLE" for token in tokens[1:4])):
            return None
        asked = self._asked
        return tuple([value if value in asked else kind for kind, value, _, _ in tokens])

    def __contains__(self, shape: Shape | None) -> bool:
        return shape in self._quiet

    def remember(self, shape: Shape | None) -> None:
        """Nothing was found in a statement of this shape."""
        if shape is not None:
            if len(self._quiet) >= _MOST_KEPT:
                self._quiet.clear()
            self._quiet.add(shape)
