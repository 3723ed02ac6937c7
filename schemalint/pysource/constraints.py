"""Constraints and indexes of tables: `UniqueConstraint("a", "b")`, `Index("n", User.email.desc())` and their like."""

from __future__ import annotations

import re

from schemalint.model.frozen import frozen, replace
from schemalint.model.span import Span
from schemalint.pysource.columns import CheckRead, ColumnReader, ForeignRead, Given, Target, holds
from schemalint.pysource.nodes import (
    Attr,
    Call,
    Const,
    Dict,
    Elsewhere,
    Node,
    Op,
    Ref,
    Seq,
    Star,
    Sub,
    Text,
    span,
    text_span,
)
from schemalint.pysource.sqltypes import VARIANTS, library_name

_SIMPLE_PART = re.compile(r'\s*("?)(\w+)\1(?:\s+(asc|desc))?(?:\s+nulls\s+(?:first|last))?\s*', re.I)


@frozen
class KeyRead:
    """A primary key or a unique constraint; `columns` are keys of columns as written."""

    primary: bool
    columns: tuple[tuple[str, Span], ...]
    name: Given
    span: Span


@frozen
class PartRead:
    """`column` is the key of a column; `text` an expression in SQL."""

    span: Span
    column: str | None = None
    text: str | None = None
    descending: bool | None = None
    prefix: int | None = None
    opclass: str | None = None


@frozen
class IndexRead:
    """`readable` False: a part or its condition was not understood, so that only its name is known. `table` is set when
    the index stands outside its table: the attribute (`User.email`) that names it."""

    name: Given
    parts: tuple[PartRead, ...]
    span: Span
    statement: Span
    unique: bool = False
    where: str | None = None
    method: str | None = None
    include: tuple[tuple[str, Span], ...] = ()
    readable: bool = True
    table: Ref | None = None


Read = KeyRead | ForeignRead | CheckRead | IndexRead

_KEYS = frozenset({"PrimaryKeyConstraint", "UniqueConstraint"})
_CONSTRAINTS = _KEYS | {"ForeignKeyConstraint", "CheckConstraint", "Index", "ExcludeConstraint"}


class ConstraintReader:
    """Reads constraints for one dialect."""

    def __init__(self, columns: ColumnReader) -> None:
        self.columns = columns
        self.modules = columns.modules
        self.types = columns.types

    def kind(self, path: str, item: Node | None) -> str | None:
        """Which constraint a call makes, None when it makes none."""
        if not isinstance(item, Call):
            return None
        name = library_name(self.modules.resolve(path, item.func))
        return name if name in _CONSTRAINTS else None

    def read(self, path: str, call: Call, kind: str) -> Read | Span | None:
        """A constraint or index; a span when it could not be read, None for what says nothing about a catalog."""
        if kind in _KEYS:
            return self._key(path, call, kind == "PrimaryKeyConstraint")
        if kind == "ForeignKeyConstraint":
            return self._foreign(path, call)
        if kind == "CheckConstraint":
            return self.columns.check(path, call)
        if kind == "Index":
            return self.index(path, call)
        return None  # an exclusion constraint

    def _key(self, path: str, call: Call, primary: bool) -> KeyRead | Span:
        found = [self.column(path, arg) for arg in call.args]
        name = self.columns.name(path, call.keyword("name"))
        known = tuple(each for each in found if each is not None)
        if len(known) != len(found) or any(word is None for word, _ in call.keywords):
            return span(path, call)
        return KeyRead(primary, known, name, name.span or span(path, call.func))

    def _foreign(self, path: str, call: Call) -> ForeignRead | Span:
        own, others = call.argument(0, "columns"), call.argument(1, "refcolumns")
        here = self.names(path, own)
        where, meant = self.modules.value(path, others) if others is not None else (path, None)
        if here is None or not isinstance(meant, Seq):
            return span(path, call)
        targets: tuple[Target, ...] = tuple(self.columns.target(where, item) for item in meant.items)
        name = self.columns.name(path, call.argument(2, "name"))
        on_update, on_delete = call.argument(3, "onupdate"), call.argument(4, "ondelete")
        return ForeignRead(
            here,
            targets,
            name,
            name.span or span(path, call.func),
            self.columns.action(path, on_delete),
            self.columns.action(path, on_update),
            holds(call.keyword("use_alter")),
        )

    def names(self, path: str, item: Node | None) -> tuple[tuple[str, Span], ...] | None:
        """A list of columns."""
        if item is None:
            return None
        where, meant = self.modules.value(path, item)
        if not isinstance(meant, Seq):
            return None
        found = [self.column(where, each) for each in meant.items]
        known = tuple(each for each in found if each is not None)
        return known if len(known) == len(found) else None

    def column(self, path: str, item: Node) -> tuple[str, Span] | None:
        """A column by its name, or by the attribute that holds it (`User.email`, `users.c.email`, `email`)."""
        if isinstance(item, Elsewhere):
            return self.column(item.path, item.value)
        if isinstance(item, Text):
            return item.value, text_span(path, item)
        if isinstance(item, Ref):
            _, meant = self.modules.value(path, item)
            if isinstance(meant, Text):
                return meant.value, span(path, item)
            return item.parts[-1], span(path, item)
        if isinstance(item, Sub) and isinstance(item.index, Text):
            return item.index.value, text_span(path, item.index)
        return None

    def index(self, path: str, call: Call) -> IndexRead | Span:
        """`Index("name", "a", text("b DESC"), unique=True, postgresql_where=…)`."""
        if not call.args or isinstance(call.args[0], Star):
            return span(path, call)
        name = self.columns.name(path, call.args[0])
        return self.indexed(path, call, name, call.args[1:])

    def indexed(self, path: str, call: Call, name: Given, parts: tuple[Node, ...]) -> IndexRead:
        """An index of these parts with the keywords of the call."""
        place = name.span or span(path, call.func)
        read = [self._part(path, part) for part in parts]
        known = tuple(part for part in read if part is not None)
        index = IndexRead(name, known, place, span(path, call), readable=len(known) == len(read))
        table = next((t for part in parts if (t := _owner(part)) is not None), None)
        index = replace(index, table=table)
        for word, value in call.keywords:
            index = self._option(path, index, word, value)
        return index

    def _option(self, path: str, index: IndexRead, word: str | None, value: Node) -> IndexRead:
        where, meant = self.modules.value(path, value)
        if word is None:
            return replace(index, readable=False)
        if word == "unique":
            return replace(
                index,
                unique=isinstance(meant, Const) and bool(meant.value),
                readable=index.readable and isinstance(meant, Const),
            )
        prefix, _, option = word.partition("_")
        ours = VARIANTS.get(prefix)
        family = self.types.family
        if ours is None or family not in ("generic", ours, {"mariadb": "mysql"}.get(ours)):
            return index
        if option == "where":
            condition = self.expression(where, meant)
            return replace(index, where=condition, readable=index.readable and condition is not None)
        if option == "using" and isinstance(meant, Text):
            return replace(index, method=meant.value.lower())
        if option == "include":
            columns = self.names(where, meant)
            return index if columns is None else replace(index, include=columns)
        if option == "ops":
            return self._classes(index, meant)
        if option == "length" and family == "mysql":
            return self._lengths(index, meant)
        return index

    def _classes(self, index: IndexRead, meant: Node) -> IndexRead:
        """`postgresql_ops={"column": "operator_class"}`."""
        if not isinstance(meant, Dict):
            return replace(index, readable=False)
        classes = {k.value: v.value for k, v in meant.items if isinstance(k, Text) and isinstance(v, Text)}
        return replace(index, parts=tuple(replace(p, opclass=classes.get(p.column or "")) for p in index.parts))

    def _lengths(self, index: IndexRead, meant: Node) -> IndexRead:
        if isinstance(meant, Const) and isinstance(meant.value, int):
            size = meant.value
            return replace(index, parts=tuple(replace(part, prefix=size) for part in index.parts))
        if isinstance(meant, Dict):
            sizes = {
                key.value: value.value
                for key, value in meant.items
                if isinstance(key, Text) and isinstance(value, Const) and isinstance(value.value, int)
            }
            parts = (replace(p, prefix=sizes.get(p.column or "", p.prefix)) for p in index.parts)
            return replace(index, parts=tuple(parts))
        return replace(index, readable=False)

    def _part(self, path: str, item: Node) -> PartRead | None:
        if isinstance(item, Elsewhere):
            return self._part(item.path, item.value)
        place = span(path, item)
        if isinstance(item, Text):
            return PartRead(text_span(path, item), column=item.value)
        if isinstance(item, Call):
            name = library_name(self.modules.resolve(path, item.func))
            if name in ("desc", "asc") and len(item.args) == 1:
                inner = self._part(path, item.args[0])
                return None if inner is None else replace(inner, descending=name == "desc")
            if name in ("text", "literal_column") and item.args:
                return self._sql_part(path, item.args[0])
            method, base = _method(item)
            if (
                method in ("desc", "asc", "nulls_last", "nulls_first", "nullslast", "nullsfirst", "label")
                and base is not None
            ):
                inner = self._part(path, base)
                if inner is None or method not in ("desc", "asc"):
                    return inner
                return replace(inner, descending=method == "desc")
        if isinstance(item, (Ref, Sub)):
            column = self.column(path, item)
            return None if column is None else PartRead(column[1], column=column[0])
        written = self.expression(path, item)
        return None if written is None else PartRead(place, text=written)

    def _sql_part(self, path: str, item: Node) -> PartRead | None:
        text = self.columns.sql(path, item)
        if text is None:
            return None
        place = text_span(path, item) if isinstance(item, Text) else span(path, item)
        simple = _SIMPLE_PART.fullmatch(text)
        if simple is None:
            return PartRead(place, text=text)
        at = (
            place
            if place.end - place.start != len(text)
            else Span(path, place.start + simple.start(2), place.start + simple.end(2))
        )
        return PartRead(at, column=simple[2], descending=simple[3].lower() == "desc" if simple[3] else None)

    def expression(self, path: str, item: Node) -> str | None:
        """A simple expression of Python as SQLAlchemy writes it in SQL; None for anything else."""
        text = self.columns.sql(path, item)
        if text is not None:
            return text
        if isinstance(item, Call):
            method, base = _method(item)
            column = None if base is None or not isinstance(base, Ref) else self.column(path, base)
            none = len(item.args) == 1 and isinstance(item.args[0], Const) and item.args[0].value is None
            if column is not None and none and method in ("is_", "is_not", "isnot"):
                return f"{column[0]} IS NULL" if method == "is_" else f"{column[0]} IS NOT NULL"
            if isinstance(item.func, Ref) and "func" in item.func.parts[:-1] and not item.keywords:
                inside = [self._operand(path, arg) for arg in item.args]
                if all(inside):
                    return f"{item.func.parts[-1]}({', '.join(each for each in inside if each)})"
        if isinstance(item, Op) and item.op in ("==", "!="):
            left, right = self._operand(path, item.left), item.right
            if left and isinstance(item.left, Ref) and isinstance(right, Const) and right.value is None:
                return f"{left} IS NULL" if item.op == "==" else f"{left} IS NOT NULL"
            if left and isinstance(item.left, Ref) and isinstance(right, Text):
                value = right.value.replace("'", "''")
                return f"{left} = '{value}'" if item.op == "==" else f"{left} != '{value}'"
        return None

    def _operand(self, path: str, item: Node) -> str | None:
        """A column's name, or a simple expression."""
        if self.columns.is_column(path, item) and isinstance(item, Call) and item.args:
            item = item.args[0]  # `func.lower(Column("email"))`
        if isinstance(item, (Text, Ref)):
            column = self.column(path, item)
            return None if column is None else column[0]
        return self.expression(path, item)


def _method(call: Call) -> tuple[str, Node | None]:
    """The method a call calls and what it calls it on: `User.a.desc()`, `func.lower(User.a).desc()`."""
    if isinstance(call.func, Attr):
        return call.func.name, call.func.base
    if isinstance(call.func, Ref) and len(call.func.parts) > 1:
        func = call.func
        return func.parts[-1], Ref(func.start, func.end - len(func.parts[-1]) - 1, func.parts[:-1])
    return "", None


def _owner(part: Node) -> Ref | None:
    """The first `Model.attribute` inside a part of an index."""
    stack, seen = [part], 0
    while stack and seen < 100:
        seen += 1
        item = stack.pop()
        if isinstance(item, Ref) and len(item.parts) > 1 and "func" not in item.parts[:-1]:
            return item
        if isinstance(item, Sub) and isinstance(item.base, Ref) and isinstance(item.index, Text):
            return Ref(item.start, item.end, (*item.base.parts, item.index.value))
        if isinstance(item, Call):
            _, base = _method(item)
            if base is not None and not (isinstance(base, Ref) and base.parts[-1] in ("func", "sa", "sqlalchemy")):
                stack.append(base)
            stack.extend(item.args)
        elif isinstance(item, Attr):
            stack.append(item.base)
    return None
