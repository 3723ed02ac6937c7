"""Schemas that are computed: that of each tenant, or one that the deployment names.

`op.create_table(…, schema=schema)` in a history that runs once for every tenant makes the tables of one schema whose name nobody
can read. They are read as tables of the usual schema, but for those whose name a table of the usual schema bears as well: of
them nothing is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property

from schemalint.parsers import Extract
from schemalint.pysource.nodes import Join, Node, Text

_BEFORE = re.compile(r'(?:\b(?:table|into|from|update|join|on|exists|only|references|index|view|type|as)\s+)"?$', re.I)
_AFTER = re.compile(r'"?\.(?=["\w])')


class Tenants:
    """The tables that one history certainly makes in the usual schema, looked up when a schema is computed. `met`: one was."""

    def __init__(self, usual: frozenset[str], extracts: Iterable[Extract]) -> None:
        self._usual, self._extracts = usual, extracts
        self.met = False

    @cached_property
    def plain(self) -> frozenset[str]:
        """Their names as they are written."""
        found: set[str] = set()
        for extract in self._extracts:
            for step in extract["up"]:
                call = step["call"]
                if call[0] == "call" and call[3][-1] == "create_table" and call[4] and call[4][0][0] == "text":
                    schema = next((value for word, value in call[5] if word == "schema"), None)
                    if schema is None or schema[0] == "const" or (schema[0] == "text" and schema[3] in self._usual):
                        found.add(call[4][0][3])
        return frozenset(found)


def without_schema(item: Join, value: Callable[[Node], Node]) -> str | None:
    """SQL in which nothing is computed but schemas of names, without them; None where anything else is. `value` tells what
    a part is."""
    parts = [value(part) for part in item.parts]
    text = ""
    for part, behind in zip(parts, [*parts[1:], None], strict=True):
        if isinstance(part, Text):
            text += part.value
        elif isinstance(behind, Text) and _AFTER.match(behind.value) and _BEFORE.search(text):
            text += "\0"
        else:
            return None
    return re.sub(r'"?\0"?\.', "", text)
