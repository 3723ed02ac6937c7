"""What the methods of Sequelize's queryInterface are given: tables, columns and options by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from schemalint.dialects import Dialect
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Entry, Here
from schemalint.jssource.history import Unread
from schemalint.jssource.operation import Operation
from schemalint.model.facts import Fact, Opaque
from schemalint.model.names import Name, TableName
from schemalint.model.objects import RemakeTable
from schemalint.model.span import Span


class Arguments:
    """Reads arguments for one dialect. Raises Unread where they are not known."""

    def __init__(self, evaluator: Evaluator, dialect: Dialect, major: int = 6, driver: bool = False) -> None:
        self.evaluator, self.dialect, self.major = evaluator, dialect, major
        self._driver = driver

    @property
    def remakes(self) -> bool:
        """Whether a table is made anew in a way that is known: SQLite's, by Sequelize 5, 6, and 7 with a package as driver."""
        return self.dialect.family == "sqlite" and (self.major < 7 or self._driver)

    def remake(self, op: Operation, fact: RemakeTable, options: int) -> RemakeTable:
        """How Sequelize 7 does it, with the options that this argument of the call is."""
        if self.major < 7:
            return fact
        given = op.argument(options)
        held = given is not None and "transaction" in self.evaluator.entries(given)[0]
        return replace(fact, seven=True, held=held)

    def table(self, here: Here) -> tuple[str, str | None, Span]:
        """A table is named by text or by `{tableName, schema}`."""
        found = self.evaluator.follow(here)
        schema = None
        if found.kind == "obj":
            entries, unread = self.evaluator.entries(found)
            named = entries.get("tableName")
            if named is None or unread:
                raise Unread("the table's name is computed")
            if "schema" in entries:
                schema = self.evaluator.text(entries["schema"].value)
                if schema is None:
                    raise Unread("the table's schema is computed")
            here = named.value
        text = self.evaluator.text(here)
        if text is None:
            raise Unread("the table's name is computed")
        return text, schema, here.span

    def named(self, text: str, schema: str | None) -> TableName:
        """A table by its name and schema; MySQL and SQLite get one identifier with a dot in it."""
        if schema is not None and self.dialect.family in {"mysql", "sqlite"}:
            return self.dialect.table_name(f"{schema}.{text}", quoted=True)
        return self.dialect.table_name(text, quoted=True, schema=schema, schema_quoted=True)

    def column_name(self, text: str) -> Name:
        """A column by its text."""
        return self.dialect.identifier(text, quoted=True)

    def text(self, op: Operation, at: int, what: str) -> tuple[str, Span]:
        """The text that an argument certainly is, with its place."""
        here = op.argument(at)
        text = None if here is None else self.evaluator.text(here)
        if here is None or text is None:
            raise Unread(f"{what} is computed", op.table)
        return text, here.span

    def options(self, op: Operation, here: Here | None) -> dict[str, Entry]:
        """The options of a call. What is spread into them from elsewhere may say anything."""
        if here is None:
            return {}
        entries, unread = self.evaluator.entries(here)
        if unread and self.evaluator.follow(here).kind not in {"id", "mem", "param", "call", "other", "tool"}:
            raise Unread("options are computed", op.table)
        return entries

    def columns(self, here: Here) -> list[tuple[Name, Span]] | None:
        """The columns of a literal array (or of one text); None when one is not known."""
        found = self.evaluator.follow(here)
        items = found.arguments() if found.kind == "arr" else [here]
        texts = []
        for item in items:
            inner = self.evaluator.follow(item)
            if inner.kind == "obj":
                named = self.evaluator.entry(inner, "name") or self.evaluator.entry(inner, "attribute")
                item = item if named is None else named.value
            text = self.evaluator.text(item)
            if text is None:
                return None
            texts.append((self.column_name(text), item.span))
        return texts

    def rebuilt(self, op: Operation, fact: Fact) -> Iterator[Fact]:
        """For SQLite, Sequelize makes the table anew from its CREATE TABLE as it is written: keys and indexes may be lost."""
        yield fact
        if self.dialect.family == "sqlite":
            yield Opaque(fact.span, op.call.span, "SQLite's table is made anew, without some of its keys", (op.table,))
