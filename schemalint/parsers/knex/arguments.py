"""What calls on Knex's table builder are given, and the names that Knex makes up."""

from __future__ import annotations

from schemalint.dialects import Dialect, NameKind
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Here
from schemalint.jssource.history import Unread
from schemalint.model.names import Name, TableName
from schemalint.model.span import Span
from schemalint.parsers.knex.types import Argument


class Arguments:
    """Reads arguments of calls on one table. Raises Unread where they are not known."""

    def __init__(self, evaluator: Evaluator, dialect: Dialect, table: TableName) -> None:
        self.evaluator, self.dialect, self.table = evaluator, dialect, table

    def texts(self, here: Here) -> list[tuple[str, Span]]:
        """The texts of a literal array, or the one text, each with its place."""
        found = self.evaluator.follow(here)
        items = found.arguments() if found.kind == "arr" else [here]
        texts = [(self.evaluator.text(item), item.span) for item in items]
        if not texts or any(text is None for text, _ in texts):
            raise Unread("a column's name is computed")
        return [(text, span) for text, span in texts if text is not None]

    def names(self, arguments: list[Here]) -> list[tuple[str, Span]]:
        """The texts of several arguments."""
        return [text for argument in arguments for text in self.texts(argument)]

    def literal(self, here: Here) -> Argument:
        """A literal; None for null and for objects."""
        found = self.evaluator.follow(here)
        if found.kind in {"str", "num"}:
            return str(found.value["v"])
        if found.kind == "bool":
            return bool(found.value["v"])
        if found.kind in {"null", "undef", "obj", "arr"}:
            return None
        raise Unread("an argument is computed")

    def options(self, here: Here | None) -> dict[str, Here]:
        """The entries of an object; none of anything else."""
        if here is None or self.evaluator.follow(here).kind != "obj":
            return {}
        entries, unread = self.evaluator.entries(here)
        if unread:
            raise Unread("options are computed")
        return {key: entry.value for key, entry in entries.items()}

    def flag(self, options: dict[str, Here], key: str) -> Argument:
        """The literal behind a key; None where there is none."""
        return self.literal(options[key]) if key in options else None

    def inferred(self, kind: str, columns: list[tuple[str, Span]]) -> str:
        """The name that Knex makes of the table and the columns."""
        table = self.table.name.text.replace(".", "_").replace("-", "_")
        return f"{table}_{'_'.join(text for text, _ in columns)}_{kind}".lower()

    def identifiers(self, columns: list[tuple[str, Span]]) -> tuple[Name, ...]:
        """Columns by their texts."""
        return tuple(self.dialect.identifier(text, quoted=True) for text, _ in columns)

    def named(self, text: str, kind: NameKind) -> Name:
        """A name of that kind."""
        return self.dialect.identifier(text, quoted=True, kind=kind)
