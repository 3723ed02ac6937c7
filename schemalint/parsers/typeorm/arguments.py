"""What the methods of TypeORM's QueryRunner are given: objects like `new TableColumn({…})`, names, and the names it makes up."""

from __future__ import annotations

from collections.abc import Mapping

from schemalint.dialects import Dialect, NameKind
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Entry, Here
from schemalint.jssource.history import Unread
from schemalint.jssource.operation import Operation
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Expr
from schemalint.model.span import Span
from schemalint.sql import expression

Entries = Mapping[str, Entry]


class Arguments:
    """Reads arguments for one dialect. Raises Unread where they are not known."""

    def __init__(self, evaluator: Evaluator, dialect: Dialect) -> None:
        self.evaluator, self.dialect = evaluator, dialect

    def table(self, here: Here) -> tuple[str, Span, Entries]:
        """A table by name, as `new Table({name})`, or as `await queryRunner.getTable('name')`."""
        found = self.evaluator.follow(here)
        entries: Entries = {}
        if found.kind == "call" and found.value["f"].get("p") == "getTable" and found.arguments():
            here = found.arguments()[0]
        elif found.kind == "new":
            entries = self.made(found)
            if "name" not in entries:
                raise Unread("the table's name is computed")
            here = entries["name"].value
        text = self.evaluator.text(here)
        if text is None:
            raise Unread("the table's name is computed")
        return text, here.span, entries

    def made(self, here: Here, table: TableName | None = None) -> Entries:
        """The options of `new TableColumn({…})`, or of the plain object that may stand in its place."""
        found = self.evaluator.follow(here)
        if found.kind == "new":
            arguments = found.arguments()
            found = self.evaluator.follow(arguments[0]) if arguments else found
        if found.kind != "obj":
            raise Unread("what is made is computed", table)
        entries, unread = self.evaluator.entries(found)
        if unread:
            raise Unread("what is made is computed", table)
        return entries

    def items(self, here: Here, table: TableName) -> list[Here]:
        """The items of a literal array, spreads taken in, or the one thing that stands in its place."""
        found = self.evaluator.follow(here)
        if found.kind != "arr":
            return [here]
        items: list[Here] = []
        for item in found.arguments():
            if item.kind != "spread":
                items.append(item)
                continue
            inner = self.evaluator.follow(item.at(item.value["v"]))
            if inner.kind != "arr" or any(one.kind == "spread" for one in inner.arguments()):
                raise Unread("what is made is computed", table)
            items += inner.arguments()
        return items

    def text(self, entries: Entries, key: str, table: TableName) -> str | None:
        """The literal text behind a key; None where there is none."""
        if key not in entries:
            return None
        found = self.evaluator.follow(entries[key].value)
        if found.kind in {"undef", "null"}:
            return None
        if found.kind in {"str", "num"}:
            return str(found.value["v"])
        raise Unread(f"{key} is computed", table)

    def flag(self, entries: Entries, key: str, table: TableName) -> bool:
        """Whether a key is literally true."""
        if key not in entries:
            return False
        found = self.evaluator.follow(entries[key].value)
        if found.kind in {"bool", "undef", "null"}:
            return bool(found.value.get("v"))
        raise Unread(f"{key} is computed", table)

    def argument_flag(self, op: Operation, at: int) -> bool:
        """Whether the argument of that number is literally true."""
        if at >= len(op.arguments):
            return False
        found = self.evaluator.follow(op.arguments[at])
        return found.kind == "bool" and bool(found.value["v"])

    def texts(self, here: Here, table: TableName) -> list[tuple[str, Span]]:
        """The literal texts of an array, each with its place."""
        texts = [(self.evaluator.text(item), item.span) for item in self.items(here, table)]
        if any(text is None for text, _ in texts):
            raise Unread("a name is computed", table)
        return [(text, span) for text, span in texts if text is not None]

    def names(self, entries: Entries, key: str, table: TableName) -> list[tuple[str, Span]]:
        """The literal texts of the array behind a key."""
        if key not in entries:
            raise Unread(f"{key} are not given", table)
        return self.texts(entries[key].value, table)

    def named(self, text: str) -> TableName:
        """A table by its name, with its schema in front of a dot."""
        schema, _, name = text.rpartition(".")
        return self.dialect.table_name(name, quoted=True, schema=schema or None, schema_quoted=True)

    def column_names(self, texts: list[tuple[str, Span]]) -> tuple[Name, ...]:
        """Columns by their texts."""
        return tuple(self.dialect.identifier(text, quoted=True) for text, _ in texts)

    def name(self, text: str, kind: NameKind) -> Name:
        """A name of that kind."""
        return self.dialect.identifier(text, quoted=True, kind=kind)

    def name_of(self, item: Here, table: TableName) -> tuple[str, Span]:
        """What is named by text, or by an object that bears its name."""
        text = self.evaluator.text(item)
        if text is not None:
            return text, item.span
        entries = self.made(item, table)
        text = self.text(entries, "name", table)
        if text is None:
            raise Unread("the name is not given", table)
        return text, entries["name"].value.span

    def expression(self, text: str) -> Expr:
        """SQL that is written as text."""
        return expression(text, self.dialect.name)
