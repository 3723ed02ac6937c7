"""The columns that attributes of a model make: `Column()`, `Mapped[…]`, `declared_attr`, SQLModel's `Field`."""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.frozen import replace
from schemalint.model.span import Span
from schemalint.parsers.sqlalchemy import hints
from schemalint.parsers.sqlalchemy.classes import Entry, Root, type_map
from schemalint.pysource.columns import ColumnRead, ColumnReader, DefaultRead, ForeignRead, Given
from schemalint.pysource.nodes import Call, Const, Dict, Node, Ref, Seq, Sub, Text, Ways, node, span
from schemalint.pysource.resolve import ClassDef, External
from schemalint.pysource.sqltypes import UNKNOWN, TypeRead, library_name

_WRAPPERS = frozenset({"deferred", "column_property"})
_NO_COLUMNS = frozenset(
    {"relationship", "relation", "backref", "synonym", "hybrid_property", "association_proxy", "dynamic_loader"}
    | {"validates", "query_expression", "Relationship", "column_keyed_dict", "RelationshipProperty", "aliased"}
)
_DECLARED = frozenset({"declared_attr", "directive", "cascading"})


class AttributeReader:
    """Reads attributes of models into columns."""

    def __init__(self, columns: ColumnReader) -> None:
        self.columns = columns
        self.types = columns.types
        self.modules = columns.modules

    def columns_of(self, owner: ClassDef, entry: Entry, root: Root | None) -> Iterator[ColumnRead | Span]:
        """The columns that one attribute makes; a span where it may make some that were not read."""
        if entry.name.startswith("__"):
            if entry.name.endswith("__"):
                return
            entry = replace(entry, name=f"_{owner.name.lstrip('_')}{entry.name}")  # as Python mangles private names
        value = entry.value
        if entry.decorators is not None:
            if not self._is_declared(owner.path, entry.decorators):
                return
            where, meant = owner.path, value
        elif value is None:
            where, meant = owner.path, None
        else:
            where, meant = self.modules.value(owner.path, value)
        if entry.condition is not None:
            if self._makes_column(where, entry, meant):
                yield entry.span  # which branch counts is not known
            return
        if root is not None and root.kind == "sqlmodel" and entry.decorators is None and entry.annotation is not None:
            yield from self._field(owner, entry, where, meant)
            return
        yield from self._attribute(owner, entry, root, where, meant)

    def _makes_column(self, path: str, entry: Entry, value: Node | None) -> bool:
        annotated = entry.annotation is not None and hints.mapped(self.modules, entry.span.path, entry.annotation)[0]
        return self.columns.is_column(path, value) or annotated == "column"

    def _is_declared(self, path: str, decorators: tuple[Node, ...]) -> bool:
        for each in decorators:
            target = self.modules.resolve(path, each.func if isinstance(each, Call) else each)
            if library_name(target) in _DECLARED:
                return True
        return False

    def _attribute(
        self, owner: ClassDef, entry: Entry, root: Root | None, path: str, value: Node | None
    ) -> Iterator[ColumnRead | Span]:
        if isinstance(value, Ways):
            sides = [[*self._attribute(owner, entry, root, path, each)] for each in (value.then, value.other)]
            if any(sides):
                yield _of_both([one for side in sides for one in side]) or entry.span
            return
        kind, inner = "", None
        if entry.annotation is not None:
            kind, inner = hints.mapped(self.modules, owner.path, entry.annotation)
        if kind == "related":
            return
        if isinstance(value, Call):
            name = library_name(self.modules.resolve(path, value.func))
            if name in _WRAPPERS and value.args:
                path, value = self.modules.value(path, value.args[0])
                inner = None  # what a property is annotated with says nothing about the column in it
                if not self.columns.is_column(path, value):
                    return
            elif name == "composite":
                yield from self._composite(path, value, entry)
                return
            elif name in _NO_COLUMNS:
                return
        if isinstance(value, Call) and self.columns.is_column(path, value):
            read = self.columns.column(path, value, entry.name, entry.span if path == owner.path else None)
            read = replace(read, attribute=entry.name)
            if inner is not None and library_name(self.modules.resolve(path, value.func)) != "Column":
                read = self._annotated(owner.path, read, inner, root)  # Column itself takes no notice of annotations
            yield read
            return
        if kind == "column" and inner is not None:
            if value is None or (isinstance(value, (Const, Text)) and entry.decorators is None):
                bare = ColumnRead(entry.name, entry.name, entry.span, entry.span, attribute=entry.name)
                yield self._annotated(owner.path, bare, inner, root, value is not None)
            else:
                yield entry.span
            return
        if self._may_be_column(path, entry, value):
            yield entry.span

    def _may_be_column(self, path: str, entry: Entry, value: Node | None) -> bool:
        """Whether an attribute that was not understood could be a column: a helper of the project made it."""
        if entry.decorators is not None:
            return not (isinstance(value, Call) and library_name(self.modules.resolve(path, value.func)) is not None)
        if not isinstance(value, Call) or not isinstance(value.func, Ref):
            return False
        target = self.modules.resolve(path, value.func)
        if isinstance(target, External):
            return target.library not in ("sqlalchemy", "sqlmodel", "flask_sqlalchemy") and any(
                word in target.last.lower() for word in ("column", "field", "mapped")
            )
        if isinstance(target, ClassDef):
            return any(library_name(self.modules.resolve(target.path, base)) == "Column" for base in _bases(target))
        module = self.modules.module(path)
        return module is not None and (value.func.parts[0] in module["functions"] or target is None)

    def _composite(self, path: str, call: Call, entry: Entry) -> Iterator[ColumnRead | Span]:
        for at, arg in enumerate(call.args):
            where, meant = self.modules.value(path, arg)
            if isinstance(meant, Call) and self.columns.is_column(where, meant):
                read = self.columns.column(where, meant)
                if read.nullable is None and library_name(self.modules.resolve(where, meant.func)) == "mapped_column":
                    read = replace(read, nullable_known=False)  # the fields of the composite's class decide
                yield read if read.name is not None and read.typed else entry.span
            elif at and not isinstance(meant, (Text, Ref)):
                yield entry.span

    def _annotated(
        self, path: str, read: ColumnRead, item: Node, root: Root | None, default: bool = False
    ) -> ColumnRead:
        """A column with what its `Mapped[…]` adds: type, nullability, and the column inside Annotated."""
        found = hints.read(self.modules, path, item)
        for where, call in found.columns:
            if self.columns.is_column(where, call):
                read = _merged(read, self.columns.column(where, call, read.key), path)
        if not read.typed:
            entries = () if root is None else type_map(root, self.modules)
            made = hints.column_type(self.types, found, entries, sqlmodel=False)
            # A foreign key without a type of its own is of the type it points at, whatever the annotation says.
            if not read.foreign_keys:
                read = replace(read, type=made, typed=True, type_span=span(path, item))
        if read.nullable is None and read.nullable_known:
            read = replace(read, nullable=found.optional, nullable_known=found.optional is not None)
        return replace(read, client_default=read.client_default or default)

    def _field(self, owner: ClassDef, entry: Entry, path: str, value: Node | None) -> Iterator[ColumnRead | Span]:
        """A field of SQLModel."""
        if entry.name == "model_config" or entry.annotation is None or entry.name.startswith("_"):
            return
        found = hints.read(self.modules, owner.path, entry.annotation)
        if isinstance(entry.annotation, Sub) and _is_class_var(self.modules.resolve(owner.path, entry.annotation.base)):
            return
        call = value if isinstance(value, Call) else None
        name = None if call is None else library_name(self.modules.resolve(path, call.func))
        if name in _NO_COLUMNS:
            return
        if call is not None and self.columns.is_column(path, call):
            yield replace(self.columns.column(path, call, entry.name, entry.span), attribute=entry.name)
            return
        if name != "Field":
            inside = [
                each for each in found.columns if library_name(self.modules.resolve(each[0], each[1].func)) == "Field"
            ]
            if inside:
                path, call = inside[0]
            elif self._may_be_column(path, entry, value):
                yield entry.span  # the project's own `Field`
                return
            else:
                call = None
        read = ColumnRead(entry.name, entry.name, entry.span, entry.span, attribute=entry.name)
        read = replace(read, client_default=value is not None and name != "Field" and not _is_none(value))
        if call is not None:
            column = call.keyword("sa_column")
            if column is not None and not _is_none(column):
                where, meant = self.modules.value(path, column)
                if isinstance(meant, Call) and self.columns.is_column(where, meant):
                    inner = self.columns.column(where, meant, entry.name, entry.span)
                    filled = inner.client_default or _has_default(call)
                    yield replace(inner, attribute=entry.name, client_default=filled)
                else:
                    yield entry.span
                return
            read = self._options(path, read, call)
        if not read.typed:
            made = self._field_type(owner, found, call, path)
            read = replace(read, type=made, typed=True, type_span=span(owner.path, entry.annotation))
        if read.nullable is None and read.nullable_known:
            read = replace(read, nullable=found.optional, nullable_known=found.optional is not None)
        yield read

    def _field_type(self, owner: ClassDef, found: hints.Annotation, call: Call | None, path: str) -> TypeRead:
        python = None if found.inner is None else hints.python_name(self.modules, found.path, found.inner)
        plain = hints.column_type(self.types, found, (), sqlmodel=True)
        if call is None:
            return plain
        length, digits = call.keyword("max_length"), call.keyword("max_digits")
        if python in ("str", "pydantic.EmailStr", "pydantic.networks.EmailStr") and length is not None:
            _, size = self.modules.value(path, length)
            known = isinstance(size, Const) and isinstance(size.value, int)
            return self.types.of_ddl(f"VARCHAR({size.value})" if known and isinstance(size, Const) else None)
        if python == "decimal.Decimal" and digits is not None:
            _, precision = self.modules.value(path, digits)
            places = call.keyword("decimal_places")
            _, scale = self.modules.value(path, places) if places is not None else (path, None)
            if isinstance(precision, Const) and isinstance(precision.value, int):
                after = f", {scale.value}" if isinstance(scale, Const) and scale.value is not None else ""
                return self.types.of_ddl(f"NUMERIC({precision.value}{after})")
        return plain

    def _options(self, path: str, read: ColumnRead, call: Call) -> ColumnRead:
        """`Field(…)`: its own keywords and those handed on to Column."""
        keywords = [
            (word, value)
            for word, value in call.keywords
            if word in ("primary_key", "nullable", "index", "unique", "sa_type") and not _is_undefined(value)
        ]
        extra_args: tuple[Node, ...] = ()
        handed, args = call.keyword("sa_column_kwargs"), call.keyword("sa_column_args")
        unread: tuple[Span, ...] = ()
        if handed is not None:
            _, meant = self.modules.value(path, handed)
            if isinstance(meant, Dict) and all(isinstance(key, Text) for key, _ in meant.items):
                keywords += [(key.value, value) for key, value in meant.items if isinstance(key, Text)]
            else:
                unread = (span(path, handed),)
        if args is not None:
            _, meant = self.modules.value(path, args)
            if isinstance(meant, Seq):
                extra_args = meant.items
            else:
                unread = (*unread, span(path, args))
        column = Call(call.start, call.end, call.func, extra_args, tuple((word, value) for word, value in keywords))
        made = self.columns.column(path, column, read.name, read.span)
        made = replace(made, attribute=read.attribute, statement=read.statement)
        made = replace(made, client_default=made.client_default or _has_default(call), unread=(*made.unread, *unread))
        target = call.keyword("foreign_key")
        if target is not None and not _is_none(target):
            pointed = self.columns.target(path, target)
            delete = self.columns.action(path, call.keyword("ondelete"))
            key = ForeignRead(((made.key, made.span),), (pointed,), Given(), pointed.span, delete)
            made = replace(made, foreign_keys=(*made.foreign_keys, key))
        return made


def _has_default(call: Call) -> bool:
    """Whether a `Field(…)` of SQLModel fills the column in when nobody set it."""
    default = call.argument(0, "default")
    return (default is not None and not _is_none(default)) or call.keyword("default_factory") is not None


def _is_none(item: Node | None) -> bool:
    return isinstance(item, Const) and item.value is None


def _is_undefined(item: Node) -> bool:
    return isinstance(item, Ref) and item.parts[-1] in ("Undefined", "PydanticUndefined")


def _is_class_var(target: object) -> bool:
    return isinstance(target, External) and target.last == "ClassVar"


def _bases(found: ClassDef) -> list[Node]:
    return [node(base) for base in found.data["bases"]]


def _of_both(sides: list[ColumnRead | Span]) -> ColumnRead | None:
    """The column that `Column(A) if … else Column(B)` makes, with what both sides say of it; None where they make columns of
    different kinds."""
    one, other = sides[0], sides[-1]
    if len(sides) != 2 or not isinstance(one, ColumnRead) or not isinstance(other, ColumnRead):
        return None
    if any(each.index or each.unique or each.foreign_keys or each.checks for each in (one, other)):
        return None
    if one.nullable != other.nullable or not other.nullable_known:
        one = replace(one, nullable=None, nullable_known=False)
    if one.default != other.default:
        one = replace(one, default=DefaultRead(None))
    one = replace(one, type=UNKNOWN, typed=True, type_span=None)
    one = replace(one, client_default=one.client_default or other.client_default, unread=(*one.unread, *other.unread))
    alike = {name: getattr(one, name) for name in _SAME_IN_BOTH}
    return one if alike == {name: getattr(other, name) for name in _SAME_IN_BOTH} else None


_SAME_IN_BOTH = ("name", "key", "primary_key", "autoincrement", "sequence", "identity", "identity_always", "computed")


def _merged(read: ColumnRead, other: ColumnRead, path: str) -> ColumnRead:
    """A column with what another one (from Annotated) says where it says nothing itself."""
    if not read.typed and other.typed:
        read = replace(read, type=other.type, typed=True, type_span=other.type_span)
    if read.nullable is None and read.nullable_known:
        read = replace(read, nullable=other.nullable, nullable_known=other.nullable_known)
    if read.default.stated is False:
        read = replace(read, default=other.default)
    own = {column for key in read.foreign_keys for column in key.columns}
    here = tuple(replace(key, columns=((read.key, read.span),)) for key in other.foreign_keys if not own)
    return replace(
        read,
        primary_key=read.primary_key or other.primary_key,
        autoincrement=other.autoincrement if read.autoincrement == "auto" else read.autoincrement,
        index=read.index or other.index,
        unique=read.unique or other.unique,
        foreign_keys=(*read.foreign_keys, *here),
        checks=(*read.checks, *other.checks),
        client_default=read.client_default or other.client_default,
        sequence=read.sequence or other.sequence,
        identity=read.identity or other.identity,
        computed=read.computed if read.computed is not None else other.computed,
        unread=(*read.unread, *other.unread),
    )
