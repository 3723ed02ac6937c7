"""Types of diesel to those of the server, as far as the former say the latter.

`diesel print-schema` (diesel_cli, infer_schema_internals: pg.rs, mysql_like.rs, sqlite.rs of 2.3) names the server's type after
diesel's, and many types of the server are one type there: Text is varchar, char and text of any length, Timestamp has any
precision, Numeric any scale. Of those nothing is stated, but for the length that `#[max_length]` states.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from schemalint.dialects import Dialect
from schemalint.model.frozen import frozen
from schemalint.model.types import ColumnType, Family

_ALIASES = {
    "Int2": "SmallInt", "Smallint": "SmallInt", "SmallSerial": "SmallInt",
    "Int4": "Integer", "Serial": "Integer",
    "Int8": "BigInt", "Bigint": "BigInt", "BigSerial": "BigInt",
    "Tinyint": "TinyInt", "Float4": "Float", "Float8": "Double",
    "Bytea": "Binary", "MacAddr": "Macaddr", "MacAddr8": "Macaddr8",
}  # fmt: skip
_POSTGRES = {
    "SmallInt": "smallint", "Integer": "integer", "BigInt": "bigint", "Bool": "boolean", "Float": "real",
    "Double": "double precision", "Binary": "bytea", "Date": "date", "Uuid": "uuid", "Json": "json", "Jsonb": "jsonb",
    "Inet": "inet", "Cidr": "cidr", "Macaddr": "macaddr", "Macaddr8": "macaddr8", "Money": "money", "Oid": "oid",
    "Citext": "citext",
}  # fmt: skip
_MYSQL = {
    "TinyInt": "tinyint", "SmallInt": "smallint", "Integer": "int", "BigInt": "bigint", "Bool": "tinyint(1)",
    "Double": "double", "Date": "date", "Json": "json",
}  # fmt: skip
_OTHERS = {
    "SmallInt": "SMALLINT", "Integer": "INTEGER", "BigInt": "BIGINT", "Bool": "BOOLEAN", "Float": "REAL", "Double": "DOUBLE",
    "Text": "TEXT", "Binary": "BLOB", "Date": "DATE", "Time": "TIME", "Timestamp": "TIMESTAMP",
}  # fmt: skip
_TYPES = {"postgres": _POSTGRES, "mysql": _MYSQL}
_SIZED = {"Varchar": "varchar", "VarChar": "varchar", "Bpchar": "char", "Char": "char"}
_WHOLE = frozenset({"TinyInt", "SmallInt", "Integer", "BigInt"})


@frozen
class Written:
    """A column's type: `type` None where diesel's does not tell the server's."""

    type: ColumnType | None
    nullable: bool


def written(text: str, length: int | None, own: Mapping[str, Sequence[str | None]], server: Dialect) -> Written:
    """What stands behind `->`, without blanks. `own` are the custom types, by struct: schema and name."""
    inner = _argument(text, "Nullable")
    return Written(_type(text if inner is None else inner, length, own, server), inner is not None)


def _argument(text: str, wrapper: str) -> str | None:
    """What stands in `wrapper<…>`."""
    head, angle, rest = text.partition("<")
    return rest[:-1] if angle and rest.endswith(">") and head.rpartition("::")[2] == wrapper else None


def _type(text: str, length: int | None, own: Mapping[str, Sequence[str | None]], server: Dialect) -> ColumnType | None:
    items = _argument(text, "Array")
    if items is not None:
        item = _argument(items, "Nullable") or items
        element = None if _argument(item, "Array") is not None else _type(item, None, own, server)
        return None if element is None else ColumnType(Family.ARRAY, f"{element.name}[]", element=element)
    unsigned = _argument(text, "Unsigned")
    name = (unsigned or text).rpartition("::")[2]
    if name in own and server.family == "postgres":
        schema, type_name = own[name]
        quoted = server.quote(str(type_name))
        return server.column_type(f"{server.quote(schema)}.{quoted}" if schema else quoted)
    if length is not None and name in _SIZED and server.family in ("postgres", "mysql"):
        return server.column_type(f"{_SIZED[name]}({length})")
    plain = _ALIASES.get(name, name)
    found = _TYPES.get(server.family, _OTHERS).get(plain)
    if found is None:
        return None
    return server.column_type(f"{found} unsigned" if unsigned is not None and plain in _WHOLE else found)
