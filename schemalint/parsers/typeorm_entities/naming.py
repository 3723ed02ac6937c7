"""Naming strategies: TypeORM's own, and SnakeNamingStrategy of the package typeorm-naming-strategies 4. Of any other only the
names that are written out are known, which it may change all the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from schemalint.model.frozen import frozen


def camel(text: str) -> str:
    """TypeORM's `camelCase` (util/StringUtils)."""
    return re.sub(r"^([A-Z])|[\s\-_](\w)", lambda match: match[2].upper() if match[2] else match[1].lower(), text)


def snake(text: str) -> str:
    """TypeORM's `snakeCase`."""
    text = re.sub(r"([A-Z])([A-Z])([a-z])", r"\1_\2\3", text)
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", text).lower()


def _title(text: str) -> str:
    return re.sub(r"\w\S*", lambda match: match[0][0].upper() + match[0][1:].lower(), text)


@frozen
class Naming:
    """`kind` is "default", "snake", "either" of these two, or "custom". Methods give None for a name that is not known."""

    kind: str = "default"
    prefix: str = ""

    def _agreed(self, ask: Callable[[Naming], str | None]) -> str | None:
        """The name that both of the known strategies give."""
        names = {ask(replace(self, kind=kind)) for kind in ("default", "snake")}
        return names.pop() if len(names) == 1 else None

    def table(self, target: str, given: str | None) -> str | None:
        """The table of a class."""
        if given is None and self.kind == "custom":
            return None
        return self.prefix + (given or snake(target))

    def column(self, own: str, given: str | None, prefixes: Sequence[str]) -> str | None:
        """The column of a property, within embedded objects with these prefixes."""
        if self.kind == "either":
            return self._agreed(lambda one: one.column(own, given, prefixes))
        if self.kind == "custom":
            return given if not prefixes else None
        if self.kind == "snake":
            return snake("_".join([*prefixes, ""])) + (given or snake(own))
        if prefixes:
            return camel("_".join(prefixes)) + _title(given or own)
        return given or own

    def join_column(self, relation: str, referenced: str) -> str | None:
        """The column of a relation."""
        if self.kind == "either":
            return self._agreed(lambda one: one.join_column(relation, referenced))
        if self.kind == "custom":
            return None
        cased = snake if self.kind == "snake" else camel
        return cased(f"{relation}_{referenced}")

    def join_table(self, first: str, path: str, second: str) -> str | None:
        """The table between two others, without the prefix."""
        return None if self.kind == "custom" else snake(f"{first}_{path.replace('.', '_')}_{second}")

    def join_table_column(self, table: str, column: str) -> str | None:
        """A column of that."""
        if self.kind == "either":
            return self._agreed(lambda one: one.join_table_column(table, column))
        if self.kind == "custom":
            return None
        cased = snake if self.kind == "snake" else camel
        return cased(f"{table}_{column}")
