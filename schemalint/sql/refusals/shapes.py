"""Statements recur but for their names: once nothing was found in one, nothing need be looked for in the others.

A shape keeps of a statement the words that anything here asks for, and of every other token just its kind. Columns of which
all that stands behind the name is known to be right are one mark, however many they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from schemalint.sql.cursor import Cursor
from schemalint.sql.tokens import PUNCT, STRING, words

Shape = tuple[str | int, ...]

_WORD = re.compile(r"([A-Z][A-Z_\d]+)(?:(\?)|\[(\w+)\])?")
_LAID_OUT = words(
    """
    CREATE ALTER DROP TABLE INDEX UNIQUE ON ONLY IF EXISTS NOT NULL ADD COLUMN ALL IN OF PARTITION AS SELECT WITH DEFAULT
    PRIMARY REFERENCES TABLESPACE ( ) , . ;
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


COLUMNS = -1
"""What stands in a shape for columns that are known to be right."""


class Shapes:
    """The shapes of statements in which nothing was found; `asked` are the words that make a difference."""

    def __init__(self, *asked: frozenset[str]) -> None:
        self.asked = _LAID_OUT.union(*asked)
        self._quiet: set[Shape] = set()

    def shape(self, cursor: Cursor) -> Shape | None:
        """The shape of a statement that has been read; None of a long one."""
        tokens, asked = cursor.tokens, self.asked
        made: list[str | int] = []
        at, follows = 0, -1  # where another column may follow one
        for name, tail in cursor.tails:
            named, word, _, _ = tokens[name]
            if tail.quiet and named != STRING and word not in asked:
                if name != follows or tokens[at][1] != ",":  # more than a comma stands between
                    made += [
                        value if value in asked or kind == PUNCT else kind for kind, value, _, _ in tokens[at:name]
                    ]
                    made.append(COLUMNS)
                at = name + 1 + tail.tokens
                follows = at + 1
        if len(tokens) - at > _LONGEST:
            return None
        made += [value if value in asked or kind == PUNCT else kind for kind, value, _, _ in tokens[at:]]
        if "COLLATE" in made:  # collations are told by how their names begin
            values = [value for _, value, _, _ in tokens]
            made += [values[n] for n in range(2, len(values)) if "COLLATE" in values[n - 2 : n]]
        return tuple(made) if len(made) <= _LONGEST else None

    def __contains__(self, shape: Shape | None) -> bool:
        return shape in self._quiet

    def remember(self, shape: Shape | None) -> None:
        """Nothing was found in a statement of this shape."""
        if shape is not None:
            if len(self._quiet) >= _MOST_KEPT:
                self._quiet.clear()
            self._quiet.add(shape)
