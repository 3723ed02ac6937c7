"""A column while its clauses are read."""

from __future__ import annotations

from schemalint.model.names import Name, TableName
from schemalint.model.schema import Column, Counting, Expr
from schemalint.model.span import Span
from schemalint.model.types import ColumnType
from schemalint.sql.parts import Parts


class Draft:
    """A column while its clauses are read. `constraint` is the name that CONSTRAINT gave to the clause that follows."""

    type: ColumnType | None = None
    type_span: Span | None = None
    nullable: bool | None = True
    null_said: bool = False
    default: Expr | None = None
    default_name: Name | None = None
    identity: bool = False
    generated: Expr | None = None
    collation: str | None = None
    constraint: Name | None = None
    serial: bool = False
    sequence: TableName | None = None
    stored: bool | None = None
    on_update: Expr | None = None
    not_null: Name | None = None
    comment: str | None = None
    counting: Counting | None = None
    charset: str | None = None
    marks: tuple[str, ...] = ()

    def __init__(self, name: Name, span: Span, table: TableName, parts: Parts) -> None:
        self.name = name
        self.span = span
        self.table = table
        self.parts = parts

    def frozen(self) -> Column:
        return Column(
            self.name,
            self.span,
            self.type,
            self.type_span,
            self.nullable,
            self.default,
            self.default is not None,
            self.identity,
            self.generated,
            self.collation,
            serial=self.serial,
            sequence=self.sequence,
            stored=self.stored,
            on_update=self.on_update,
            not_null=self.not_null,
            comment=self.comment,
            counting=self.counting,
            charset=self.charset,
            marks=self.marks,
            default_name=self.default_name,
        )
