"""Columns of createTable and addColumn: their types, defaults and constraints as SQL."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.model.frozen import frozen
from schemalint.parsers.liquibase.databases import Database, Parts
from schemalint.parsers.liquibase.nodes import Node
from schemalint.parsers.liquibase.texts import Chunk, Text, part, said, split, stripped
from schemalint.parsers.liquibase.types import parse, rendered

_REFERENCE = re.compile(r"([\w.]+)\s*\(\s*(\w+)\s*\)")
_NOTHING = Node("constraints", (0, 0), (0, 0))


@frozen
class ColumnText:
    """One `column` with its `constraints`, for a server."""

    node: Node
    database: Database

    @property
    def name(self) -> Text:
        return self.node.get("name") or ()

    @property
    def constraints(self) -> Node:
        return self.node.child("constraints") or _NOTHING

    @property
    def type(self) -> Text:
        """The type as the server gets it, where the changelog says it."""
        return type_of(self.node.get("type"), self.database)

    @property
    def counts(self) -> bool:
        return self.node.flag("autoIncrement") is True or parse(self.node.says("type")).counts

    @property
    def is_key(self) -> bool:
        return self.constraints.flag("primaryKey") is True

    @property
    def not_null(self) -> bool:
        return self.constraints.flag("nullable") is False or self.is_key

    def counted(self) -> str:
        return self.database.counted(
            self.node.says("startWith"), self.node.says("incrementBy"), self.node.says("generationType")
        )

    def null(self) -> Parts:
        """NOT NULL, or NULL on the servers that Liquibase says it to."""
        stated = self.constraints.child("nullable", "primaryKey")
        at = stated.whole if stated is not None else self.node.at
        if self.not_null:
            return [" ", (Chunk("NOT NULL", *at),)]
        return [" NULL"] if self.database.family == "mysql" else []

    def default(self, table: Text) -> Parts:
        """` DEFAULT x`; nothing without one."""
        value = default_of(self.node, self.node.says("type"), self.database)
        if value is None:
            return []
        if self.database.family != "tsql":
            return [" DEFAULT ", *value]
        named = self.node.get("defaultValueConstraintName")
        name = self.database.name(named or (Chunk(f"DF_{said(table)}_{said(self.name)}", *self.node.at),))
        return [" CONSTRAINT ", *name, " DEFAULT ", *value]

    def remarks(self) -> Parts:
        text = self.node.get("remarks")
        return [" COMMENT ", *self.database.text(text)] if text is not None and self.database.family == "mysql" else []

    def foreign_key(self, exact: bool) -> Parts | None:
        """`REFERENCES …` of a key; None without one. `exact`: as written where it is written in one text (createTable)."""
        stated = self.constraints.get("references")
        cascade = " ON DELETE CASCADE" if self.constraints.flag("deleteCascade") else ""
        if stated is not None:
            match = _REFERENCE.fullmatch(said(stated))
            if exact or match is None:
                return [" REFERENCES ", stated, cascade]
            schema, _, _ = match[1].rpartition(".")
            table = part(stated, len(schema) + bool(schema), match.end(1))
            outer: Parts = [*self.database.name(part(stated, 0, len(schema))), "."] if schema else []
            target = self.database.name(part(stated, *match.span(2)))
            return [" REFERENCES ", *outer, *self.database.name(table), " (", *target, ")", cascade]
        if self.constraints.get("referencedTableName") is None:
            return None
        target = self.database.qualified(
            self.constraints, "referencedTableName", "referencedTableSchemaName", "referencedTableCatalogName"
        )
        remote = self.database.columns(self.constraints.get("referencedColumnNames") or ())
        return [" REFERENCES ", *target, "(" if exact else " (", *remote, ")", cascade]


def columns(node: Node, database: Database) -> Iterator[ColumnText]:
    """The columns of a change."""
    for one in node.all("column"):
        yield ColumnText(one, database)


def type_of(text: Text | None, database: Database) -> Text:
    """A type as the server gets it, standing where the changelog's own type stands."""
    if text is None:
        return ()
    made = rendered(said(text), database.dialect or "generic", database.release)
    return (Chunk(made, text[0].start, text[-1].end),)


def default_of(node: Node, column_type: str, database: Database) -> Parts | None:
    """The default that one of the `defaultValue…` attributes states; None without."""
    return _stated(node, "defaultValue", column_type, database)


def value_of(node: Node, column_type: str, database: Database) -> Parts | None:
    """What one of the `value…` attributes gives to rows; None without."""
    return _stated(node, "value", column_type, database)


def _stated(node: Node, prefix: str, column_type: str, database: Database) -> Parts | None:
    for suffix in ("", "Boolean", "Date", "Numeric", "Computed", "SequenceNext"):
        child = node.child(prefix + suffix)
        if child is None or child.text is None:
            continue
        text = stripped(child.text) if suffix else child.text
        kind = parse(column_type).kind
        if suffix == "Computed":
            return database.function(text)
        if suffix == "SequenceNext":
            return _next(text, database)
        if suffix == "Date":
            return database.moment(text)
        if suffix == "Boolean":
            return _boolean(text, kind, database)
        if suffix == "Numeric" and kind not in ("boolean", "char", "varchar", "nchar", "nvarchar", "clob"):
            number = said(text)
            return [text] if not re.fullmatch(r"-?\d*\.0+", number) else [number.partition(".")[0] or "0"]
        return database.value(text, column_type)
    return None


def _boolean(text: Text, kind: str | None, database: Database) -> Parts:
    word = said(text).lower()
    if word not in ("true", "false"):
        return [text]
    if kind == "boolean":
        return [(Chunk(database.boolean(word == "true"), text[0].start, text[-1].end),)]
    if kind in ("smallint", "mediumint"):
        return ["1" if word == "true" else "0"]
    return ["'", text, "'"] if kind in ("char", "varchar", "nchar", "nvarchar", "clob") else [word]


def _next(text: Text, database: Database) -> Parts:
    if database.family == "tsql":
        return ["NEXT VALUE FOR ", *database.name(text)]
    if database.dialect == "mariadb":
        return ["NEXT VALUE FOR ", *database.name(text)]
    return ["nextval('", *database.name(text), "')"]


def references(node: Node) -> list[Text]:
    """The names in `columnNames`, or of the `column` children."""
    stated = node.get("columnNames")
    return split(stated) if stated is not None else [name for one in node.all("column") if (name := one.get("name"))]
