"""Column types and defaults as TypeORM's drivers write them (`normalizeType`, `createFullType`, `normalizeDefault`, 0.3.31)."""

from __future__ import annotations

import schemalint.sql as sql
from schemalint.dialects import Dialect
from schemalint.model.schema import Expr
from schemalint.model.types import ColumnType
from schemalint.parsers.typeorm_entities.columns import Spec

ENUMS = {"enum", "simple-enum"}
_SIMPLE = {"simple-array": "text", "simple-json": "text"}
_POSTGRES = {
    "Number": "integer", "String": "character varying", "Date": "timestamp", "Boolean": "boolean",
    "int": "integer", "bool": "boolean", "Buffer": "",
    **_SIMPLE,
}  # fmt: skip
_MYSQL = {
    "Number": "int", "integer": "int", "String": "varchar", "Date": "datetime", "Boolean": "tinyint",
    "double precision": "double", "real": "double", "dec": "decimal", "numeric": "decimal", "fixed": "decimal",
    "bool": "tinyint", "boolean": "tinyint", "nvarchar": "varchar", "national varchar": "varchar",
    "nchar": "char", "national char": "char", "Buffer": "blob",
    **_SIMPLE,
}  # fmt: skip
_SQLITE = {
    "Number": "integer", "int": "integer", "String": "varchar", "Date": "datetime", "Boolean": "boolean",
    "uuid": "varchar", "simple-enum": "varchar", "Buffer": "", **_SIMPLE,
}  # fmt: skip
_TYPES = {"postgres": _POSTGRES, "mysql": _MYSQL, "sqlite": _SQLITE}
_MOMENTS = {
    "postgres": ("timestamp", "integer", "now()"),
    "mysql": ("datetime", "int", "CURRENT_TIMESTAMP(6)"),
    "sqlite": ("datetime", "integer", "datetime('now')"),
}
"""The types of dates and versions that TypeORM keeps itself, and their default."""
_SPATIAL = {"geometry", "geography", "point", "linestring", "polygon", "vector", "halfvec", "cube", "ltree", "hstore"}
_PLACED = ("timestamp", "timestamptz", "timestamp with time zone", "timestamp without time zone")
_PLACED_TIMES = ("time", "timetz", "time with time zone", "time without time zone")


def word(spec: Spec, server: Dialect) -> str | None:
    """The type's name for that server, None where that is not known."""
    moment, whole, _ = _MOMENTS.get(server.family, (None, None, None))
    found = spec.type
    if spec.mode == "version":
        return whole
    if spec.mode != "regular" and found is None:
        return moment
    if found is None or server.family not in _TYPES:
        return None
    return _TYPES[server.family].get(found, found) or None


def column_type(spec: Spec, server: Dialect, enum: str | None) -> ColumnType | None:
    """The type as the server keeps it, None where that is not known. `enum` is postgres' name of an enumeration, quoted."""
    name = word(spec, server)
    if name is None or not spec.sure:
        return None
    if spec.type in ENUMS or name == "set":
        return _enumeration(spec, server, enum, name)
    if name in _SPATIAL and not (server.family == "postgres" and name in {"point", "ltree", "hstore"}):
        return None
    if name == "uuid" and server.family == "mysql":
        if server.name == "mariadb":
            return None  # MariaDB's own type since 10.7, where the driver is told that it is MariaDB
        name = "varchar"
        size = str(spec.length or (36 if spec.generated == "uuid" else 255))
    else:
        size = _size(spec, server, name)
    if spec.enumerated and server.family == "sqlite":
        return server.column_type("varchar")
    text = _with_size(name, size)
    if spec.unsigned and server.family == "mysql":
        text += " unsigned"
    if spec.array:
        text += "[]"
        if server.family != "postgres":
            return None
    return server.column_type(text)


def _size(spec: Spec, server: Dialect, name: str) -> str:
    precision = spec.precision
    if server.family == "mysql" and spec.mode in {"create", "update", "delete"} and precision is None and not spec.bare:
        precision = 6
    if spec.length is not None and not (name == "uuid" and server.family != "mysql"):
        return str(spec.length) if not (server.family == "sqlite" and spec.type == "uuid") else ""
    if server.family == "mysql" and name in {"varchar", "varbinary"}:
        return "255"
    if server.family == "mysql" and spec.width is not None:
        return str(spec.width)
    if precision is None:
        return ""
    return f"{precision},{spec.scale}" if spec.scale is not None else str(precision)


def _with_size(name: str, size: str) -> str:
    if not size:
        return name
    if name in _PLACED + _PLACED_TIMES and " " in name:
        head, _, tail = name.partition(" ")
        return f"{head}({size}) {tail}"
    return f"{name}({size})"


def _enumeration(spec: Spec, server: Dialect, enum: str | None, name: str) -> ColumnType | None:
    if server.family == "sqlite":
        return server.column_type("varchar")
    if server.family == "postgres":
        if enum is None or name == "set":
            return None
        return server.column_type(enum + ("[]" if spec.array else ""))
    if server.family == "mysql" and spec.values is not None:
        texts = ",".join(quoted(value) for value in spec.values)
        return server.column_type(f"{'set' if name == 'set' else 'enum'}({texts})")
    return None


def default_of(spec: Spec, server: Dialect) -> tuple[Expr | None, bool | None]:
    """The default, and whether there is one: None where that is not known."""
    said = spec.default
    if spec.mode in {"create", "update"} and said.has is False:
        if server.family not in _MOMENTS:
            return None, True
        if server.family == "mysql" and (spec.precision is not None or spec.bare):
            return None, True
        return sql.expression(_MOMENTS[server.family][2], server.name), True
    if spec.computed:
        return None, None
    if spec.generated == "uuid" and said.has is False and server.family == "postgres":
        return None, True  # uuid_generate_v4() or gen_random_uuid(), as the data source is told
    if said.has is not True:
        return None, said.has
    written = said.sql if said.sql is not None else _written(spec, server)
    return (None if written is None else sql.expression(written, server.name)), True


def _written(spec: Spec, server: Dialect) -> str | None:
    """A value as SQL, None where that is not certain. Texts are not escaped by TypeORM."""
    value = spec.default.value
    if isinstance(value, list):
        if spec.array and server.family == "postgres":
            return "'{" + ",".join(value) + "}'"
        return None
    if isinstance(value, bool):
        if server.family == "postgres":
            return str(value).lower()
        return str(int(value)) if server.family in _TYPES else None
    if isinstance(value, str):
        return f"'{value}'" if value.count("'") % 2 == 0 else None
    if isinstance(value, float):
        if server.family == "mysql":
            if not value.is_integer() and not spec.scale:
                return None  # TypeORM cuts it
            return f"'{value:.{spec.scale or 0}f}'"
        text = str(int(value)) if value.is_integer() else repr(value)
        return f"'{text}'" if server.family == "postgres" else text
    return None


def quoted(said: str) -> str:
    """A text as SQL."""
    return "'" + said.replace("'", "''") + "'"
