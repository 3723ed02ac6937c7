"""One model → the table that Sequelize makes of it in a dialect."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from schemalint.dialects import Dialect, NameKind
from schemalint.jssource.datatypes import DataType, printed
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Here
from schemalint.model.facts import CreateTable
from schemalint.model.names import Name, TableName
from schemalint.model.objects import CreateEnum
from schemalint.model.schema import Column, Expr, ForeignKey, Index, PrimaryKey, UniqueConstraint
from schemalint.model.span import Span
from schemalint.model.types import ColumnType, Family
from schemalint.parsers.sequelize.indexes import indexes, keys
from schemalint.parsers.sequelize.models import Attribute, Model

_WITHOUT_DEFAULT = {"TEXT", "BLOB", "GEOMETRY", "JSON"}
_CLIENT_DEFAULTS = {"NOW", "UUIDV1", "UUIDV4", "uuidV1", "uuidV4"}
_FUNCTIONS = {"now", "v1", "v4", "v7", "uuid", "randomUUID", "nanoid"}
"""Functions of Date, uuid, crypto and nanoid that are handed over as they are."""
_ON_UPDATE = re.compile(r"(?i)\s+ON\s+UPDATE\s.*", re.DOTALL)
_ESCAPES = {"\0": "\\0", "\b": "\\b", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\x1a": "\\Z", "\\": "\\\\"}
"""What MySQL's texts write with backslashes."""


_UNDEFINED = "it depends on `define` options of Sequelize that were not found"


class Maker:
    """One model's table."""

    def __init__(self, evaluator: Evaluator, model: Model, dialect: Dialect, names: dict[int, TableName]) -> None:
        self.evaluator, self.model, self.dialect, self.names = evaluator, model, dialect, names
        self.unread = list(model.unread)

    def table(self) -> CreateTable:
        model = self.model
        # Of attributes with one field the last is the column, where the first stood (Sequelize 5, 6 and 7 alike).
        known = list({one.field: one for one in model.attributes.values() if one.field is not None}.values())
        self.unread += [one.span for one in model.attributes.values() if one.field is None]
        primary = [one for one in known if one.primary_key]
        found = list(indexes(self.evaluator, model, self.dialect, known, self.unread))
        unique = keys(found) if model.major >= 7 and self.dialect.family == "postgres" else []
        made = CreateTable(
            span=model.span,
            statement=model.statement,
            table=self.names[id(model)],
            columns=tuple(self._column(one) for one in known),
            primary_key=PrimaryKey(None, tuple(map(self._name, primary)), primary[0].span) if primary else None,
            uniques=(*self._uniques(known), *(UniqueConstraint(one.name, *_columns(one)) for one in unique)),
            indexes=tuple(one for one in found if one not in unique),
            foreign_keys=tuple(self._foreign_keys(known)),
            if_not_exists=True,
            unread=tuple(dict.fromkeys(self.unread)),
            model=model.name or None,
        )
        return replace(made, unread_why=_UNDEFINED) if model.options.undefined else made

    def _name(self, attribute: Attribute) -> Name:
        return self.dialect.identifier(attribute.field or "", quoted=True)

    # Columns

    def _column(self, attribute: Attribute) -> Column:
        nullable = self._nullable(attribute)
        default, has_default, client = self._default(attribute)
        if self.dialect.name == "tsql" and attribute.type is not None and attribute.type.name == "ENUM":
            nullable, default, has_default = True, None, False  # it prints the CHECK and nothing else
        return Column(
            name=self._name(attribute),
            span=attribute.span,
            type=self._type(attribute),
            type_span=attribute.type_span,
            nullable=nullable,
            default=default,
            has_default=has_default,
            identity=self._identity(attribute),
            attribute=attribute.name,
            client_default=client,
            null_unsaid=attribute.allow_null is None and attribute.null_known and not attribute.null_unset,
        )

    def _nullable(self, attribute: Attribute) -> bool | None:
        """SQLite's primary keys take NULL, but for row ids and for those of several columns, which get NOT NULL."""
        several = len(self.model.primary_keys()) > 1
        if attribute.primary_key and (self.dialect.name != "sqlite" or several or self._identity(attribute)):
            return False
        if not attribute.null_known:
            return None
        if attribute.null_unset:
            return self.dialect.family not in {"postgres", "sqlite"}
        return attribute.allow_null is not False

    def _identity(self, attribute: Attribute) -> bool:
        if attribute.auto_increment:
            return True
        # SQLite: an integer primary key is the row id, with or without AUTOINCREMENT.
        alone = len(self.model.primary_keys()) == 1
        return (
            self.dialect.name == "sqlite"
            and attribute.primary_key
            and alone
            and attribute.type is not None
            and "INT" in (printed(attribute.type, "sqlite", self.model.major) or "")
        )

    def _type(self, attribute: Attribute) -> ColumnType | None:
        type = attribute.type
        if type is None:
            return None
        if self.dialect.family == "postgres" and (enum := _enum_of(type)) is not None:
            schema = "" if self.model.schema is None else self.dialect.quote(self.model.schema) + "."
            array = "" if enum is type else "[]"
            return self.dialect.column_type(f"{schema}{self.dialect.quote(self._enum_name(attribute))}{array}")
        if self.dialect.name == "generic" and type.name == "ENUM":
            return ColumnType(Family.ENUM, "enum", values=type.values)
        written = printed(type, None if self.dialect.name == "generic" else self.dialect.name, self.model.major)
        if written is None:
            return None
        if self.dialect.name == "sqlite" and self._identity(attribute):
            written = "INTEGER"
        return self.dialect.column_type(written.removesuffix(" BINARY").removesuffix(" COLLATE NOCASE"))

    def _enum_name(self, attribute: Attribute) -> str:
        return f"enum_{self.model.table}_{attribute.field}"

    def enums(self) -> Iterator[CreateEnum]:
        """The types that Sequelize makes in postgres for ENUM attributes."""
        if self.dialect.family != "postgres":
            return
        for attribute in self.model.attributes.values():
            enum = None if attribute.type is None else _enum_of(attribute.type)
            if enum is None or attribute.field is None:
                continue
            name = self.dialect.table_name(
                self._enum_name(attribute), quoted=True, schema=self.model.schema, schema_quoted=True
            )
            yield CreateEnum(attribute.span, self.model.statement, name, enum.values, if_not_exists=True)

    def _default(self, attribute: Attribute) -> tuple[Expr | None, bool | None, bool]:
        """The default in the database, whether there is one (None: not known), and whether Sequelize fills it in."""
        if attribute.default is None:
            return None, False, attribute.by_sequelize
        here = attribute.default
        found = self.evaluator.follow(here)
        kind, value = found.kind, found.value
        if kind in {"null", "undef"}:
            return None, False, False
        if value.get("p") == "uuidV4" and self.dialect.family == "postgres":  # sql.uuidV4 of Sequelize 7
            return Expr("gen_random_uuid()", "gen_random_uuid()"), True, True
        if kind in {"fn", "class"} or _is_client_default(found):
            return None, False, True
        if self.dialect.family == "mysql" and attribute.type is not None and self._keeps_no_default(attribute.type):
            return None, False, True
        if kind == "str":
            quoted = self._text(value["v"])
            return Expr(quoted, quoted), True, True
        if kind == "num":
            return Expr(value["v"], value["v"]), True, True
        if kind == "bool":
            word = str(value["v"]).lower()
            if self.dialect.family in {"sqlite", "tsql"}:
                word = "1" if value["v"] else "0"
            return Expr(word, word), True, True
        if kind == "call":
            return self._called_default(found)
        if kind in {"obj", "arr"}:
            return None, True, True
        return None, None, True

    def _text(self, said: str) -> str:
        """A text as SQL says it: Sequelize escapes backslashes and control characters for MySQL alone."""
        if self.dialect.family == "mysql":
            said = "".join(_ESCAPES.get(letter, letter) for letter in said)
        return "'" + said.replace("'", "''") + "'"

    def _keeps_no_default(self, type: DataType) -> bool:
        return "BINARY" in type.flags or printed(type, self.dialect.name) in _WITHOUT_DEFAULT

    def _called_default(self, call: Here) -> tuple[Expr | None, bool | None, bool]:
        name = call.value["f"].get("p", call.value["f"].get("v"))
        arguments = call.arguments()
        told = self.evaluator.text(arguments[0]) if arguments else None
        if name == "literal" and told is not None:
            if self.dialect.family == "mysql":
                told = _ON_UPDATE.sub("", told)
            return Expr(re.sub(r"\s+", " ", told.strip()).lower(), told), True, True
        if name == "fn" and told is not None:
            if len(arguments) > 1:
                return None, True, True
            return Expr(f"{told.lower()}()", f"{told}()"), True, True
        return None, None, True

    # Keys

    def _uniques(self, known: list[Attribute]) -> Iterator[UniqueConstraint]:
        groups: dict[str, list[Attribute]] = {}
        for attribute in known if self.model.major < 7 else ():  # Sequelize 7 makes indexes of them
            if attribute.unique is True:
                key = UniqueConstraint(None, (self._name(attribute),), attribute.span, (attribute.span,), inline=True)
                yield key
            elif isinstance(attribute.unique, str):
                name = attribute.unique or f"{self.model.table}_{attribute.name}_unique"
                groups.setdefault(name, []).append(attribute)
        for name, attributes in groups.items():
            # Only MySQL, MariaDB and SQL Server get the name; Sequelize leaves it out elsewhere.
            named = self.dialect.family in {"mysql", "tsql"}
            yield UniqueConstraint(
                self.dialect.identifier(name, quoted=True, kind=NameKind.CONSTRAINT) if named else None,
                tuple(map(self._name, attributes)),
                attributes[0].span,
                tuple(one.span for one in attributes),
            )

    def _foreign_keys(self, known: list[Attribute]) -> Iterator[ForeignKey]:
        seen: set[TableName] = set()
        for attribute in known:
            reference = attribute.reference
            if reference is None:
                continue
            target = reference.model
            if target is not None:
                table = self.names.get(id(target))
            else:
                table = None if reference.table is None else self._referenced(reference.table)
            if table is None or reference.key is None:
                self.unread.append(reference.span)
                continue
            # For SQL Server, Sequelize leaves out ON UPDATE, and both actions of a second key to a table or to itself.
            plain = self.dialect.name == "tsql"
            acts = not plain or (table not in seen and table != self.names[id(self.model)])
            yield ForeignKey(
                name=None,
                columns=(self._name(attribute),),
                ref_table=table,
                ref_columns=(self.dialect.identifier(reference.key, quoted=True),),
                span=attribute.span,
                ref_span=reference.span,
                on_delete=attribute.on_delete if acts else None,
                on_update=attribute.on_update if acts and not plain else None,
            )
            seen.add(table)

    def _referenced(self, table: str) -> TableName:
        """A table named by text: Sequelize looks for it in the model's own schema."""
        if self.dialect.family == "postgres" and self.model.schema is not None:
            return self.dialect.table_name(table, quoted=True, schema=self.model.schema, schema_quoted=True)
        return self.dialect.table_name(table, quoted=True)


def _columns(index: Index) -> tuple[tuple[Name, ...], Span, tuple[Span, ...]]:
    """An index's columns as those of a key."""
    names = tuple(part.column for part in index.parts if part.column is not None)
    return names, index.span, tuple(part.span for part in index.parts)


def _is_client_default(found: Here) -> bool:
    value = found.value
    if value["t"] in {"call", "new"}:
        value = value["f"]
    if value["t"] == "mem" and value["p"] in _CLIENT_DEFAULTS:
        return True
    if value["t"] == "id" and value["v"] in _CLIENT_DEFAULTS:
        return True
    if found.kind == "mem":  # Date.now, uuid.v4: a function that is handed over
        return value["p"] in _FUNCTIONS
    return False


def _enum_of(type: DataType) -> DataType | None:
    if type.name == "ENUM":
        return type
    return type.element if type.name == "ARRAY" and type.element is not None and type.element.name == "ENUM" else None
