"""SQLAlchemy's types: from the expression in a source file to the type that its DDL gives a column.

Where SQLAlchemy 2.0 and 2.1 differ, or where it refuses (a String without length in MySQL), the type is not known.
"""

from __future__ import annotations

import re
from typing import Any

from schemalint.dialects import dialect as dialect_named
from schemalint.model.frozen import frozen, replace
from schemalint.model.types import ColumnType, Family
from schemalint.pysource.enums import enumeration
from schemalint.pysource.nodes import Attr, Call, Const, Node, Ref, Text, node
from schemalint.pysource.resolve import LIBRARIES, ClassDef, External, Modules
from schemalint.pysource.spellings import MAKERS, Arguments

MAX_TYPES = 12  # a type inside a type inside a type …

INTEGERS = frozenset(
    {"Integer", "SmallInteger", "BigInteger", "INTEGER", "INT", "SMALLINT", "BIGINT", "TINYINT", "MEDIUMINT"}
)
VARIANTS = {"postgresql": "postgres", "mysql": "mysql", "mariadb": "mariadb", "sqlite": "sqlite", "mssql": "tsql"}
"""SQLAlchemy's names of dialects and ours."""


@frozen
class NamedEnum:
    """A type that postgres makes by CREATE TYPE. `create` False: something else makes it."""

    name: str
    schema: str | None
    values: tuple[str, ...]
    create: bool
    inherit_schema: bool = False


@frozen
class TypeCheck:
    """The CHECK of a type with `create_constraint=True`: its name, and the list that the column's value is in."""

    name: str | None
    listed: str


@frozen
class TypeRead:
    """`type` None: not known. `integer`: SQLAlchemy would let the database count such a primary key; None when the type
    is not known at all."""

    type: ColumnType | None = None
    integer: bool | None = None
    enum: NamedEnum | None = None
    ddl: str | None = None
    timestamp: bool = False  # DateTime affinity
    collation: str | None = None
    values: tuple[str, ...] | None = None  # of an Enum, as they are stored
    check: TypeCheck | None = None
    lacks: str = ""  # "length", "name" or "type": what SQLAlchemy does not write it without, for this database
    spatial: bool = False  # of GeoAlchemy2, which adds an index


SIZED = frozenset({"String", "Unicode", "VARCHAR", "NVARCHAR"})
"""What MySQL's compiler refuses without a length: "VARCHAR requires a length on dialect mysql" (SQLAlchemy 1.4 to 2.1)."""

UNKNOWN = TypeRead()


def library_name(found: object) -> str | None:
    """The last part of a name from SQLAlchemy or a library round it. An object called `db` that comes from elsewhere is
    taken for Flask-SQLAlchemy's."""
    if not isinstance(found, External):
        return None
    parts = found.dotted.split(".")
    if parts[0] in LIBRARIES or (len(parts) > 1 and parts[-2] == "db"):
        return parts[-1]
    return None


class TypeReader:
    """Reads types for one dialect (None: the database is not known). `any_schema`: a schema that is computed is taken for the
    usual one. `always_creates`: `create_type=False` says nothing to SQLAlchemy's own Enum, only to that of the dialect: so it
    was before 2.1 (run with 1.4, 2.0 and 2.1)."""

    def __init__(
        self, modules: Modules, dialect: str | None, any_schema: bool = False, always_creates: bool = False
    ) -> None:
        self.modules, self.any_schema, self.always_creates = modules, any_schema, always_creates
        self.dialect = dialect_named(dialect)
        self.name = self.dialect.name
        self.family = self.dialect.family

    def read(self, path: str, item: Node) -> TypeRead:
        """The type that an expression makes."""
        return self._read(path, item, MAX_TYPES)

    def of_ddl(self, ddl: str | None, integer: bool = False) -> TypeRead:
        """The type that a text of DDL names."""
        return TypeRead(None if ddl is None else self.dialect.column_type(ddl), integer, ddl=ddl)

    def _read(self, path: str, item: Node, left: int) -> TypeRead:
        if left <= 0:
            return UNKNOWN
        path, item = self.modules.value(path, item)
        if isinstance(item, Call):
            return self._called(path, item, left)
        if isinstance(item, Ref):
            found = self.modules.resolve(path, item)
            if isinstance(found, ClassDef):
                return self._class(found, None, path, left)
            return self._built_in(path, found, Call(item.start, item.end, item, (), ()), left)
        return UNKNOWN

    def _called(self, path: str, item: Call, left: int) -> TypeRead:
        func = item.func
        base: Node | None = None
        method = ""
        if isinstance(func, Attr):
            base, method = func.base, func.name
        elif (
            isinstance(func, Ref) and len(func.parts) > 1 and func.parts[-1] in ("with_variant", "as_mutable", "evolve")
        ):
            base, method = Ref(func.start, func.end, func.parts[:-1]), func.parts[-1]
        if method == "with_variant" and base is not None:
            return self._variant(path, base, item, left)
        if method == "as_mutable" and item.args:
            return self._read(path, item.args[0], left - 1)
        if method:
            return UNKNOWN
        found = self.modules.resolve(*self.modules.value(path, func))  # `Short = String`, `Short(5)`
        if isinstance(found, ClassDef):
            return self._class(found, item, path, left)
        return self._built_in(path, found, item, left)

    def _variant(self, path: str, base: Node, item: Call, left: int) -> TypeRead:
        plain = self._read(path, base, left - 1)
        names = [VARIANTS.get(arg.value) for arg in item.args[1:] if isinstance(arg, Text)]
        if not names or len(names) != len(item.args) - 1 or item.keywords:
            return TypeRead(integer=plain.integer)
        if self.name in names:
            varied = self._read(path, item.args[0], left - 1)
            return replace(varied, integer=plain.integer)
        if self.family == "generic" or (self.family == "mysql" and {"mysql", "mariadb"} & set(names)):
            return TypeRead(integer=plain.integer)  # which of the two the URL names decides
        return plain

    def _class(self, found: ClassDef, call: Call | None, path: str, left: int) -> TypeRead:
        """A class of the repository: a TypeDecorator is what its `impl` is, a subclass of a type is that type."""
        here: ClassDef = found
        for _ in range(MAX_TYPES):
            if {"load_dialect_impl", "get_col_spec", "dialect_impl"} & set(here.data["methods"]):
                return UNKNOWN
            for name, _span, _annotation, value, decorators, _ in here.data["body"]:
                if name == "impl" and value is not None and decorators is None:
                    return self._impl(here, value, call, path, left)
            bases = [self.modules.resolve(here.path, node(base)) for base in here.data["bases"]]
            own = [base for base in bases if isinstance(base, ClassDef)]
            if own:
                here = own[0]
                continue
            kinds = [base for base in bases if library_name(base) not in (None, "TypeDecorator", "UserDefinedType")]
            if len(kinds) == 1 and "__init__" not in found.data["methods"]:
                return self._built_in(path, kinds[0], call or Call(0, 0, Ref(0, 0, ("x",)), (), ()), left)
            break
        return UNKNOWN

    def _impl(self, owner: ClassDef, value: list[Any], call: Call | None, path: str, left: int) -> TypeRead:
        impl = node(value)
        if isinstance(impl, Ref) and call is not None and (call.args or call.keywords):
            # A TypeDecorator hands its arguments on, unless its own __init__ changes them.
            if "__init__" in owner.data["methods"]:
                return UNKNOWN
            return self._built_in(path, self.modules.resolve(owner.path, impl), call, left - 1)
        return self._read(owner.path, impl, left - 1)

    def _built_in(self, path: str, found: object, call: Call, left: int) -> TypeRead:
        name = library_name(found)
        if name is None or not isinstance(found, External):
            return UNKNOWN
        parts = found.dotted.split(".")
        special = parts[parts.index("dialects") + 1] if "dialects" in parts[:-1] else None
        if name in ("Enum", "ENUM"):
            return self._enum(path, call, special)
        if name == "ARRAY" or (name == "Array" and special):
            return self._array(path, call, left)
        values = Arguments(self.modules, path, call)
        if found.library == "geoalchemy2" and name in ("Geometry", "Geography"):
            indexed = values.flag(-1, "spatial_index", otherwise=True) and not values.unknown
            return replace(UNKNOWN, spatial=indexed and self.family == "postgres")
        maker = MAKERS.get(name)
        ddl = None if maker is None else maker(values, self.family, special)
        if values.unknown or (special is not None and self.family not in ("generic", _OF_DIALECT.get(special))):
            ddl = None  # computed, or a type of another database
        if name == "Uuid" and self.name == "mariadb":
            ddl = None  # UUID or CHAR(32): the URL and the server's version decide
        if name == "AutoString" and self.name == "mariadb":
            ddl = None
        collation = values.text("collation") if name in _COLLATED else None
        read = self.of_ddl(ddl, name in INTEGERS)
        check = None
        counted = name in ("Boolean", "BOOLEAN") and self.family in ("mysql", "sqlite")
        if counted and _is_true(call.keyword("create_constraint")):
            check = TypeCheck(values.text("name"), "0, 1")
        timestamp = name in ("DateTime", "DATETIME", "TIMESTAMP")
        unsized = ddl is None and special is None and not values.unknown and self.family == "mysql" and name in SIZED
        lacks = "length" if unsized else "type" if name in ("NullType", "NULLTYPE") else ""
        return replace(read, timestamp=timestamp, collation=collation, check=check, lacks=lacks)

    def _array(self, path: str, call: Call, left: int) -> TypeRead:
        if self.family != "postgres" or not call.args:
            return TypeRead(integer=False)
        inner = self._read(path, call.args[0], left - 1)
        if inner.ddl is None:
            return TypeRead(integer=False, enum=inner.enum)
        dimensions = call.keyword("dimensions")
        count = dimensions.value if isinstance(dimensions, Const) and isinstance(dimensions.value, int) else 1
        return replace(self.of_ddl(inner.ddl + "[]" * max(1, min(count, 6))), enum=inner.enum)

    def _enum(self, path: str, call: Call, special: str | None) -> TypeRead:
        read = enumeration(self.modules, path, call)
        none = TypeRead(integer=False)
        name, native = call.keyword("name"), call.keyword("native_enum")
        if native is not None and not isinstance(native, Const):
            return none
        is_native = special is not None or not (isinstance(native, Const) and native.value is False)
        if any(word is None for word, _ in call.keywords):
            return none
        label = read.class_name.lower() if read.class_name else None
        if name is not None:
            _, given = self.modules.value(path, name)
            label = given.value if isinstance(given, Text) else None
        if self.family == "postgres" and is_native:
            return self._postgres_enum(path, call, label, read.values, special)
        if read.values is None:
            # What it is stays known even where its values are not.
            return none
        if self.family in ("mysql", "generic") and is_native:
            listed = ",".join("'" + value.replace("'", "''") + "'" for value in read.values)
            return self.of_ddl(f"ENUM({listed})")
        length = max((len(value) for value in read.values), default=0)
        check = None
        if _is_true(call.keyword("create_constraint")) and self.family != "generic":
            check = TypeCheck(label, ", ".join("'" + value.replace("'", "''") + "'" for value in read.values))
        given_length = call.keyword("length")
        if isinstance(given_length, Const) and isinstance(given_length.value, int):
            length = max(length, given_length.value)
        elif given_length is not None:
            return none
        return replace(_taking(self.of_ddl(f"VARCHAR({length})"), read.values), check=check)

    def _postgres_enum(
        self, path: str, call: Call, label: str | None, values: tuple[str, ...] | None, special: str | None
    ) -> TypeRead:
        if label is None:
            given = call.keyword("name")
            nameless = given is None or (isinstance(given, Const) and given.value is None)
            texts = bool(call.args) and all(isinstance(arg, Text) for arg in call.args)  # else a class gives its name
            return TypeRead(integer=False, lacks="name" if nameless and texts else "")
        schema_node, create, inherit = (
            call.keyword("schema"),
            call.keyword("create_type"),
            call.keyword("inherit_schema"),
        )
        schema: str | None = None
        if schema_node is not None:
            _, given = self.modules.value(path, schema_node)
            known = isinstance(given, Text) or (isinstance(given, Const) and given.value is None)
            if not known and not self.any_schema:
                return TypeRead(integer=False)
            schema = given.value if isinstance(given, Text) else None
        ddl = self.written(label) if schema is None else f"{self.written(schema)}.{self.written(label)}"
        made = None
        if values is not None:
            told = isinstance(create, Const) and create.value is False
            creates = not told or (special is None and self.always_creates)
            inherits = isinstance(inherit, Const) and inherit.value is True
            made = NamedEnum(label, schema, values, creates, inherits)
        return replace(_taking(self.of_ddl(ddl), values), enum=made)

    def written(self, name: str) -> str:
        """A name in DDL: quoted when it would not stand as it is."""
        return name if re.fullmatch(r"[a-z_][a-z0-9_$]*", name) else self.dialect.quote(name)

    def python(self, path: str, dotted: str | None, sqlmodel: bool = False) -> TypeRead:
        """The type that `Mapped[…]` gives to a Python type by default."""
        if dotted is None:
            return UNKNOWN
        name = dotted.rpartition(".")[2]
        if name == "float":
            # SQLAlchemy 2.0 says FLOAT, 2.1 DOUBLE: the same in postgres, not in MySQL. SQLModel says FLOAT.
            if self.family == "mysql" and not sqlmodel:
                return TypeRead(integer=False)
            return self.of_ddl("DOUBLE PRECISION" if self.family == "postgres" else "FLOAT")
        if name == "datetime" and sqlmodel and self.family == "postgres":
            return TypeRead(integer=False, type=ColumnType(Family.TIMESTAMP, "timestamp"))
        if name == "str" and sqlmodel and self.family == "mysql":
            return self.of_ddl("VARCHAR(255)" if self.name == "mysql" else None)
        kind = _PYTHON.get(name)
        if kind is None:
            return UNKNOWN
        return self._built_in(path, External(f"sqlalchemy.{kind}"), Call(0, 0, Ref(0, 0, ("x",)), (), ()), 1)


def _taking(read: TypeRead, values: tuple[str, ...] | None) -> TypeRead:
    """A type of which SQLAlchemy takes no other values, whatever the database does."""
    return replace(read, values=values)


def _is_true(item: Node | None) -> bool:
    return isinstance(item, Const) and item.value is True


_OF_DIALECT = {name: "mysql" if ours == "mariadb" else ours for name, ours in VARIANTS.items()}
_PYTHON = {
    "int": "Integer",
    "str": "String",
    "Decimal": "Numeric",
    "bool": "Boolean",
    "datetime": "DateTime",
    "date": "Date",
    "time": "Time",
    "timedelta": "Interval",
    "bytes": "LargeBinary",
    "UUID": "Uuid",
}
_COLLATED = frozenset({"String", "Unicode", "Text", "UnicodeText", "VARCHAR", "CHAR", "TEXT", "NVARCHAR", "NCHAR"})
