"""The SQL types of GORM v1's dialects (DataTypeOf in dialect_mysql.go, _postgres.go, _sqlite3.go, dialects/mssql)."""

from __future__ import annotations

_POSTGRES_BIG = frozenset(("int64", "uint32", "uint64"))
_WIDE = frozenset(("int64", "uint64"))


def data_type(
    family: str | None, kind: str, size: int, sized: bool, numbered: bool, precision: str | None
) -> str | None:
    """The type of a Go kind, with what makes the server number it; None where the dialect or the kind is not known (GORM
    panics over a kind without a type). `sized`: the size stands in a tag."""
    if kind.startswith(("int", "uint")):
        return _integer(family, kind, numbered)
    if kind == "uuid":
        kind = "uuid" if family == "postgres" else "bytes"
    if kind == "json":
        kind = "json" if family == "postgres" else "bytes"
    if kind in ("json", "uuid", "hstore"):
        return {"json": "jsonb", "uuid": "uuid", "hstore": "hstore"}[kind] if family == "postgres" else None
    if kind == "time" and family == "mysql":
        return "datetime" if precision is None else f"datetime({precision})"
    most = 8000 if family == "tsql" else 65532
    fits = 0 < size < most and (sized or family != "postgres" or kind != "string")
    names = {
        "mysql": {"bool": "boolean", "float": "double", "string": "longtext", "bytes": "longblob"},
        "postgres": {
            "bool": "boolean",
            "float": "numeric",
            "string": "text",
            "bytes": "bytea",
            "time": "timestamp with time zone",
        },
        "sqlite": {"bool": "bool", "float": "real", "string": "text", "bytes": "blob", "time": "datetime"},
        "tsql": {
            "bool": "bit",
            "float": "float",
            "string": "nvarchar(max)",
            "bytes": "varbinary(max)",
            "time": "datetimeoffset",
        },
    }.get(family or "", {})
    if kind == "string" and fits and names:
        return f"{'nvarchar' if family == 'tsql' else 'varchar'}({size})"
    if kind == "bytes" and fits and family in ("mysql", "tsql"):
        return f"varbinary({size})"
    return names.get("float" if kind.startswith("float") else kind)


def _integer(family: str | None, kind: str, numbered: bool) -> str | None:
    if family == "mysql":
        small = {"int8": "tinyint", "uint8": "tinyint unsigned", "int64": "bigint", "uint64": "bigint unsigned"}
        name = small.get(kind) or ("int unsigned" if kind.startswith("uint") else "int")
        return f"{name} AUTO_INCREMENT" if numbered else name
    if family == "postgres":
        big = kind in _POSTGRES_BIG
        return ("bigserial" if big else "serial") if numbered else "bigint" if big else "integer"
    if family == "sqlite":
        return "integer primary key autoincrement" if numbered else "bigint" if kind in _WIDE else "integer"
    if family == "tsql":
        return ("bigint" if kind in _WIDE else "int") + (" IDENTITY(1,1)" if numbered else "")
    return None
