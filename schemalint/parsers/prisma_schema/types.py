"""Types of Prisma to those of the server.

The types that a field gets without a native one are those of the "Model fields" page of Prisma's schema reference ("Default
type mapping"), the native ones those of its connectors; of PostgreSQL, CockroachDB and SQLite both are as Prisma's schema engine
7.10 writes them (tests/oracles/prisma).
"""

from __future__ import annotations

from collections.abc import Sequence

from schemalint.dialects import Dialect
from schemalint.model.types import ColumnType

SCALARS = frozenset({"String", "Boolean", "Int", "BigInt", "Float", "Decimal", "DateTime", "Json", "Bytes"})
DIALECTS = {
    "postgresql": "postgres",
    "postgres": "postgres",
    "cockroachdb": "postgres",
    "mysql": "mysql",
    "sqlite": "sqlite",
    "sqlserver": "tsql",
}
"""Providers by name. CockroachDB's types are given in PostgreSQL's words."""

_PLAIN = {
    "postgres": {
        "String": "text", "Boolean": "boolean", "Int": "integer", "BigInt": "bigint", "Float": "double precision",
        "Decimal": "decimal(65,30)", "DateTime": "timestamp(3)", "Json": "jsonb", "Bytes": "bytea",
    },
    "mysql": {
        "String": "varchar(191)", "Boolean": "boolean", "Int": "int", "BigInt": "bigint", "Float": "double",
        "Decimal": "decimal(65,30)", "DateTime": "datetime(3)", "Json": "json", "Bytes": "longblob",
    },
    "sqlite": {
        "String": "TEXT", "Boolean": "BOOLEAN", "Int": "INTEGER", "BigInt": "BIGINT", "Float": "REAL",
        "Decimal": "DECIMAL", "DateTime": "DATETIME", "Json": "JSONB", "Bytes": "BLOB",
    },
    "tsql": {
        "String": "nvarchar(1000)", "Boolean": "bit", "Int": "int", "BigInt": "bigint", "Float": "float(53)",
        "Decimal": "decimal(32,16)", "DateTime": "datetime2", "Bytes": "varbinary(max)",
    },
}  # fmt: skip

_POSTGRES = """Text Char VarChar Bit VarBit Uuid Xml Inet Citext Integer SmallInt Oid BigInt Real Decimal Money Boolean Timestamp
    Timestamptz Date Time Timetz Json JsonB ByteA"""
_COCKROACH = {
    "String": "varchar", "Bytes": "bytea", "Int2": "smallint", "Int4": "integer", "Int8": "bigint", "Float4": "real",
    "Float8": "double precision", "Bool": "boolean", "CatalogSingleChar": '"char"',
}  # fmt: skip
_MYSQL = """VarChar Text Char TinyText MediumText LongText Bit Int SmallInt MediumInt TinyInt Year BigInt Float Double Decimal
    DateTime Date Time Timestamp Json Binary VarBinary LongBlob TinyBlob MediumBlob Blob"""
_UNSIGNED = "Int SmallInt MediumInt TinyInt BigInt"
_TSQL = """Char VarChar NChar NVarChar Text NText Xml UniqueIdentifier Bit TinyInt SmallInt Int BigInt Real Float Decimal Money
    SmallMoney Date Time DateTime DateTime2 SmallDateTime DateTimeOffset Binary VarBinary Image"""


def _lower(names: str) -> dict[str, str]:
    return {name: name.lower() for name in names.split()}


_NATIVE = {
    "postgres": {**_lower(_POSTGRES), "DoublePrecision": "double precision", **_COCKROACH},
    "mysql": {**_lower(_MYSQL), **{f"Unsigned{name}": f"{name.lower()} unsigned" for name in _UNSIGNED.split()}},
    "tsql": _lower(_TSQL),
}


def scalar(name: str, native: tuple[str, Sequence[str]] | None, server: Dialect) -> ColumnType | None:
    """The type of a field of a scalar type, with what `@db.…` says: its name and arguments. None where that is not known."""
    if native is None:
        plain = _PLAIN.get(server.family, {}).get(name)
        return None if plain is None else server.column_type(plain)
    written = _NATIVE.get(server.family, {}).get(native[0])
    if written is None:
        return None
    return server.column_type(f"{written}({','.join(native[1])})" if native[1] else written)
