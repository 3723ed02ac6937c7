"""Mapped classes and Core tables to tables as their source says them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from schemalint.model.frozen import frozen, replace
from schemalint.model.span import Span
from schemalint.parsers.sqlalchemy.arguments import Args, ArgumentReader
from schemalint.parsers.sqlalchemy.attributes import AttributeReader
from schemalint.parsers.sqlalchemy.classes import MAPPING, Classes, Entry, Lineage, Root, keyword
from schemalint.parsers.sqlalchemy.hints import mapped
from schemalint.parsers.sqlalchemy.tablenames import class_name_of, snake_case
from schemalint.pysource.columns import ColumnRead, ColumnReader
from schemalint.pysource.constraints import ConstraintReader, Read
from schemalint.pysource.naming import NO_CONVENTION, Convention
from schemalint.pysource.nodes import Call, Const, Dict, Node, Ref, Star, Text, node, span, text_span
from schemalint.pysource.resolve import ClassDef, Modules, Value
from schemalint.pysource.sqltypes import TypeReader, library_name
from schemalint.pysource.tables import TableRead


@frozen
class Model:
    """A table with what decides about it: its naming convention, the metadata it belongs to, and the other database that
    Flask-SQLAlchemy keeps it in."""

    read: TableRead
    convention: Convention
    root: str
    bind: str | None = None


@frozen
class Unnamed:
    """A mapped class whose table name is computed."""

    span: Span
    statement: Span
    why: str


class ModelReader:
    """Reads the models of one dialect. Each class is read once; `place_of` finds the table of a class."""

    def __init__(self, classes: Classes, dialect: str | None) -> None:
        self.classes = classes
        self.modules: Modules = classes.modules
        self.columns = ColumnReader(TypeReader(classes.modules, dialect))
        self.constraints = ConstraintReader(self.columns)
        self.attributes = AttributeReader(self.columns)
        self.arguments = ArgumentReader(classes, self.constraints)
        self._parents: dict[tuple[str, int], ClassDef | None] = {}
        self._named: dict[tuple[str, int], tuple[str, Span] | None] = {}
        self._extra: dict[tuple[str, int], list[Entry]] = {}

    # Which class has which table

    def root(self, found: ClassDef) -> Root | None:
        """The declarative base of a class."""
        roots = self.classes.lineage(found).roots
        special = [root for root in roots if root.kind != "declarative"]
        return next(iter([*special, *roots]), None)

    def is_mapped(self, found: ClassDef) -> bool:
        """Whether a class stands for rows of a table."""
        lineage = self.classes.lineage(found)
        if self._decorated(found):
            return True
        if self.classes.is_abstract(found) or self._is_root(found, lineage):
            return False
        root = self.root(found)
        if root is None:
            return self._looks_mapped(found, lineage)
        if root.kind == "sqlmodel":
            table = keyword(found, "table")
            return isinstance(table, Const) and table.value is True
        if root.kind == "flask" and not self._is_mixin(found):
            return self._has_key(found, lineage)
        return self._name_entry(found, lineage) is not None or self.parent(found) is not None

    def _is_root(self, found: ClassDef, lineage: Lineage) -> bool:
        return any(root.place == f"{found.path}:{found.name}" for root in lineage.roots)

    def _is_mixin(self, found: ClassDef) -> bool:
        return not self.classes.lineage(found).roots

    def _decorated(self, found: ClassDef) -> bool:
        for each in found.data["decorators"]:
            item = node(each)
            target = item.func if isinstance(item, Call) else item
            if library_name(self.modules.resolve(found.path, target)) in MAPPING:
                return True
        return False

    def _looks_mapped(self, found: ClassDef, lineage: Lineage) -> bool:
        """A class whose base comes from outside: mapped when it names a table and holds columns of SQLAlchemy."""
        if not lineage.unknown:
            return False
        entries = self.classes.entries(found)
        name = entries.get("__tablename__")
        return name is not None and any(
            self.columns.is_column(found.path, entry.value)
            or (entry.annotation is not None and self._is_mapped_hint(found.path, entry.annotation))
            for entry in entries.values()
        )

    def _is_mapped_hint(self, path: str, item: Node) -> bool:
        return mapped(self.modules, path, item)[0] == "column"

    def _has_key(self, found: ClassDef, lineage: Lineage) -> bool:
        """Flask-SQLAlchemy names a class's table when the class has a primary key of its own, or a mapped parent."""
        if self._name_entry(found, lineage) is not None or self.parent(found) is not None:
            return True
        root = self.root(found)
        for owner in (found, *lineage.ancestors):
            for entry in self.classes.entries(owner).values():
                for read in self.attributes.columns_of(owner, entry, root):
                    if isinstance(read, Span) or read.primary_key:
                        return True
            if owner.data["open"]:
                return True
        return bool(lineage.unknown) or "__table_args__" in self.classes.entries(found)

    def parent(self, found: ClassDef) -> ClassDef | None:
        """The nearest mapped ancestor."""
        if found.key not in self._parents:
            self._parents[found.key] = None  # a class that is its own ancestor ends here
            for ancestor in self.classes.lineage(found).ancestors:
                if ancestor.key != found.key and self.is_mapped(ancestor):
                    self._parents[found.key] = ancestor
                    break
        return self._parents[found.key]

    def _name_entry(self, found: ClassDef, lineage: Lineage) -> tuple[ClassDef, Entry] | None:
        """Where the table name of a class is written: in itself, or in a mixin that no mapped parent comes before."""
        for owner in (found, *lineage.ancestors):
            entry = self.classes.entries(owner).get("__tablename__") or self.classes.entries(owner).get("__table__")
            if entry is None:
                continue
            if isinstance(entry.value, Const):
                return None  # `__tablename__ = None`: it lives in the table of its parent, whatever a mixin says
            if owner is found or not self._names_itself(owner):
                return owner, entry
        return None

    def _names_itself(self, owner: ClassDef) -> bool:
        """Whether a class with a `__tablename__` is a mapped class rather than a mixin or an abstract base."""
        lineage = self.classes.lineage(owner)
        return bool(lineage.roots) and not self.classes.is_abstract(owner) and not self._is_root(owner, lineage)

    def table_name(self, found: ClassDef) -> tuple[str, Span] | Unnamed | None:
        """The name of a class's own table; None when it lives in the table of its parent."""
        lineage = self.classes.lineage(found)
        written = self._name_entry(found, lineage)
        parent = self.parent(found)
        root = self.root(found)
        own = written is not None and written[0] is found
        if written is not None and not own and parent is not None:
            # A mixin that the parent has as well gave the parent its name; the name is made again for the child.
            own = (
                not any(written[0] is each for each in self.classes.lineage(parent).ancestors)
                or written[1].decorators is not None
            )
        if written is not None and (own or parent is None):
            owner, entry = written
            value = entry.value
            if value is not None:
                name = class_name_of(self.modules, owner.path, value, found.name)
                if name is not None:
                    at = text_span(owner.path, value) if isinstance(value, Text) and owner is found else found.span
                    return name, at
            return Unnamed(found.span, self.statement(found), "the table's name is computed")
        if root is not None and root.kind == "sqlmodel":
            return found.name.lower(), found.span
        if parent is not None:
            if root is not None and root.kind == "flask" and self._own_key(found, root):
                return snake_case(found.name), found.span
            return None
        if root is not None and root.kind == "flask":
            return snake_case(found.name), found.span
        return None

    def _own_key(self, found: ClassDef, root: Root) -> bool:
        for entry in self.classes.entries(found).values():
            for read in self.attributes.columns_of(found, entry, root):
                if isinstance(read, ColumnRead) and read.primary_key:
                    return True
        return False

    def statement(self, found: ClassDef) -> Span:
        return Span(found.path, found.span.start, max(found.data["end"], found.span.end))

    # What a class's table holds

    def model(self, found: ClassDef) -> Model | Unnamed | None:
        """The table of a class; None when it has none of its own."""
        entry = self.classes.entries(found).get("__table__")
        if entry is not None and isinstance(entry.value, Call):
            return self.core(Value(found.path, entry.value, entry.span, "__table__"), found.name)
        if entry is not None:
            return None
        named = self.table_name(found)
        if named is None or isinstance(named, Unnamed):
            return named
        lineage = self.classes.lineage(found)
        root = self.root(found)
        args = self.arguments.read(found, self.parent(found))
        if not args.schema_known or (args.schema is None and root is not None and not root.schema_known):
            return Unnamed(found.span, self.statement(found), "the table's schema is computed")
        reads, unread = self._columns(found, lineage, root)
        metadata_schema = root.schema if root is not None else None
        read = TableRead(
            named[0],
            args.schema if args.schema is not None else metadata_schema,
            named[1],
            self.statement(found),
            (*reads, *args.columns),
            tuple(args.constraints),
            (*unread, *args.unread),
            model=found.name,
            metadata_schema=metadata_schema,
        )
        bind = self._bind(found, lineage) if root is not None and root.kind == "flask" else None
        return Model(
            read, root.convention if root is not None else NO_CONVENTION, root.place if root is not None else "", bind
        )

    def _bind(self, found: ClassDef, lineage: Lineage) -> str | None:
        """`__bind_key__`, of the class or the nearest ancestor that has one; "?" where it is computed."""
        for owner in (found, *lineage.ancestors):
            entry = self.classes.entries(owner).get("__bind_key__")
            if entry is not None and entry.value is not None:
                _, meant = self.modules.value(owner.path, entry.value)
                if isinstance(meant, Const) and meant.value is None:
                    return None
                return meant.value if isinstance(meant, Text) else "?"
        return None

    def addition(self, found: ClassDef) -> tuple[list[ColumnRead], list[Read], list[Span]]:
        """What a class of single-table inheritance adds to its parent's table."""
        lineage = self.classes.lineage(found)
        reads, unread = self._columns(found, lineage, self.root(found))
        args = (
            self.arguments.read(found, self.parent(found))
            if "__table_args__" in self.classes.entries(found)
            else Args()
        )
        return [*reads, *args.columns], args.constraints, [*unread, *args.unread]

    def _columns(self, found: ClassDef, lineage: Lineage, root: Root | None) -> tuple[list[ColumnRead], list[Span]]:
        """Own columns, then those of mixins and abstract bases that no mapped parent has already."""
        parent = self.parent(found)
        inherited: set[str] = set()
        if parent is not None:
            for each in (parent, *self.classes.lineage(parent).ancestors):
                inherited |= self.classes.entries(each).keys()
        seen: set[str] = set()
        reads: dict[str, ColumnRead] = {}
        unread = [*lineage.unknown]
        owners = [found, *(each for each in lineage.ancestors)]
        if root is not None and root.kind == "sqlmodel":
            owners = [*reversed(owners[1:]), found]
        taken_from_parent = {each.key for each in ((parent, *self.classes.lineage(parent).ancestors) if parent else ())}
        declared = {
            entry.name
            for owner in lineage.ancestors
            for entry in self.classes.entries(owner).values()
            if entry.decorators is not None and entry.annotation is not None
        }
        for owner in owners:
            if owner is not found and owner.key in taken_from_parent and self.is_mapped(owner):
                continue
            unread += [Span(owner.path, *place) for place in owner.data["open"]]
            entries = [*self.classes.entries(owner).values(), *(self._extra.get(owner.key, ()))]
            for entry in entries:
                if owner is not found and entry.name in inherited:
                    continue
                if entry.name in seen and not (root is not None and root.kind == "sqlmodel"):
                    continue
                seen.add(entry.name)
                for read in self.attributes.columns_of(owner, entry, root):
                    if isinstance(read, Span):
                        unread.append(read)
                    else:
                        if entry.annotation is None and entry.name in declared and read.nullable is None:
                            read = replace(
                                read, nullable_known=False
                            )  # SQLAlchemy may take the annotation of the mixin
                        reads[read.name or f"?{entry.name}"] = read
        filled = self._filled(found, lineage)
        return [
            replace(read, client_default=True) if read.attribute in filled else read for read in reads.values()
        ], unread

    def _filled(self, found: ClassDef, lineage: Lineage) -> set[str]:
        """The attributes that the mapper itself sets on every INSERT: what `__mapper_args__` calls `polymorphic_on` and
        `version_id_col`."""
        names = set()
        for owner in (found, *lineage.ancestors):
            entry = self.classes.entries(owner).get("__mapper_args__")
            if entry is None or not isinstance(entry.value, Dict):
                continue
            for key, value in entry.value.items:
                if isinstance(key, Text) and key.value in ("polymorphic_on", "version_id_col"):
                    names.add(
                        value.value if isinstance(value, Text) else value.parts[-1] if isinstance(value, Ref) else ""
                    )
        return names

    def assign(self, found: ClassDef, name: str, place: Span, value: Node) -> None:
        """`User.nick = Column(…)` after the class."""
        self._extra.setdefault(found.key, []).append(Entry(name, place, None, value, None, None))

    # Core tables

    def is_table(self, path: str, item: Node) -> bool:
        return isinstance(item, Call) and library_name(self.modules.resolve(path, item.func)) == "Table"

    def core(self, found: Value, model: str | None = None) -> Model | Unnamed | None:
        """`Table("name", metadata, Column(…), …)`."""
        call = found.value
        if not isinstance(call, Call) or not call.args:
            return None
        path = found.path
        statement = span(path, call)
        name = self.columns.name(path, call.args[0])
        if name.text is None:
            return Unnamed(found.name_span, statement, "the table's name is computed")
        naming, schema, schema_known = NO_CONVENTION, None, True
        root = ""
        rest = list(call.args[1:])
        if rest and not isinstance(rest[0], Star) and not self._is_item(path, rest[0]):
            naming, schema, schema_known = self.classes.metadata(path, rest[0])
            root = self._metadata_place(path, rest[0])
            rest = rest[1:]
        elif isinstance(call.func, Ref) and len(call.func.parts) > 1:
            owner = Ref(call.func.start, call.func.end, call.func.parts[:-1])  # db.Table("t", db.Column(…))
            found_root = self.classes.root_of_metadata(path, owner)
            if found_root is not None:
                naming, schema, schema_known = found_root.convention, found_root.schema, found_root.schema_known
                root = found_root.place
        metadata_schema = schema
        given = call.keyword("schema")
        if given is not None:
            _, meant = self.modules.value(path, given)
            schema_known = isinstance(meant, Text) or (isinstance(meant, Const) and meant.value is None)
            schema = meant.value if isinstance(meant, Text) else schema
        if not schema_known:
            return Unnamed(name.span or found.name_span, statement, "the table's schema is computed")
        args = Args()
        for item in rest:
            self.arguments.spread(path, item, args)
        for word, value in call.keywords:
            if word in ("autoload_with", "autoload", None):
                args.unread.append(span(path, value))
        read = TableRead(
            name.text,
            schema,
            name.span or found.name_span,
            statement,
            tuple(args.columns),
            tuple(args.constraints),
            tuple(args.unread),
            model=model or found.name,
            metadata_schema=metadata_schema,
        )
        bind = self.columns.name(path, call.keyword("bind_key"))
        return Model(read, naming, root, bind.text if bind.known else "?")

    def _is_item(self, path: str, item: Node) -> bool:
        """Whether an argument of `Table` is a column or a constraint, and not the metadata."""
        where, meant = self.modules.value(path, item)
        return isinstance(meant, Call) and library_name(self.modules.resolve(where, meant.func)) != "MetaData"

    def _metadata_place(self, path: str, item: Node) -> str:
        root = self.classes.root_of_metadata(path, item)
        if root is not None:
            return root.place
        where, meant = self.modules.value(path, item)
        return f"{where}:{meant.start}" if isinstance(meant, Call) else ""


def module_values(modules: Mapping[str, Mapping[str, Any]]) -> Iterator[Value]:
    """Every module-level value that is a call, by path and place."""
    for path, data in modules.items():
        for name, values in data["values"].items():
            for value, place, _ in values:
                if value[0] == "call":
                    yield Value(path, node(value), Span(path, *place), name)


def target_of(item: Ref) -> tuple[Ref, str]:
    """The owner and the column of `User.id`, `users.c.id`, `User.__table__.c.id`."""
    parts = [part for part in item.parts[:-1] if part not in ("c", "columns", "__table__")]
    return Ref(item.start, item.end, tuple(parts)), item.parts[-1]
