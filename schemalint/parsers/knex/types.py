"""The types that Knex writes for its column methods (Knex 3, column compilers of PostgreSQL, MySQL and SQLite)."""

from __future__ import annotations

from collections.abc import Sequence

_PLAIN: dict[str, tuple[str, str, str]] = {  # postgres, mysql, sqlite
    "text": ("text", "text", "text"),
    "date": ("date", "date", "date"),
    "json": ("json", "json", "json"),
    "jsonb": ("jsonb", "json", "json"),
    "boolean": ("boolean", "boolean", "boolean"),
    "bool": ("boolean", "boolean", "boolean"),
    "uuid": ("uuid", "char(36)", "char(36)"),
    "bigInteger": ("bigint", "bigint", "bigint"),
    "bigint": ("bigint", "bigint", "bigint"),
    "smallint": ("smallint", "smallint", "integer"),
    "tinyint": ("smallint", "tinyint", "tinyint"),
    "mediumint": ("integer", "mediumint", "integer"),
    "integer": ("integer", "int", "integer"),
    "int": ("integer", "int", "integer"),
    "geometry": ("geometry", "geometry", "geometry"),
    "geography": ("geography", "geography", "geography"),
    "point": ("point", "point", "point"),
}
_COUNTED = {
    "increments": ("integer", "int unsigned", "integer"),
    "bigIncrements": ("bigint", "bigint unsigned", "integer"),
    "bigincrements": ("bigint", "bigint unsigned", "integer"),
    "smallIncrements": ("smallint", "smallint unsigned", "integer"),
    "tinyIncrements": ("smallint", "tinyint unsigned", "integer"),
}
METHODS = (
    frozenset(_PLAIN)
    | frozenset(_COUNTED)
    | {"string", "float", "double", "decimal", "datetime", "dateTime", "timestamp", "time", "binary", "enu", "enum"}
    | {"specificType"}
)
COUNTED = frozenset(_COUNTED)

Argument = str | bool | None
"""A literal argument; None for one that is left out, is null, or is an object."""


def _place(family: str) -> int:
    return {"mysql": 1, "sqlite": 2}.get(family, 0)


def written(method: str, family: str, args: Sequence[Argument], options: dict[str, Argument]) -> str | None:
    """The type in DDL; None where Knex's own rules are not known for that database. `args` are those behind the name."""
    first = args[0] if args else None
    second = args[1] if len(args) > 1 else None
    if method in _PLAIN:
        found = _PLAIN[method][_place(family)]
        if method == "text" and family == "mysql" and isinstance(first, str):
            return {"mediumtext": "mediumtext", "longtext": "longtext"}.get(first, "text")
        return found
    if method in _COUNTED:
        return _COUNTED[method][_place(family)]
    if method == "string":
        return f"varchar({first if isinstance(first, str) else '255'})"
    if method == "specificType":
        return first if isinstance(first, str) else None
    if method == "binary":
        if family == "mysql":
            return f"varbinary({first})" if isinstance(first, str) else "blob"
        return "bytea" if family in {"postgres", "generic"} else "blob"
    if method in {"float", "double", "decimal"}:
        return _number(method, family, args, first, second)
    if method in {"enu", "enum"}:
        return "text" if family != "mysql" else None
    return _moment(method, family, first, second, options)


def _number(method: str, family: str, args: Sequence[Argument], first: Argument, second: Argument) -> str:
    if method == "decimal":
        if args and first is None:
            return "decimal" if family != "sqlite" else "float"
        return "float" if family == "sqlite" else f"decimal({first or '8'}, {second or '2'})"
    if family == "sqlite":
        return "float"
    if family != "mysql":
        return "real" if method == "float" else "double precision"
    if method == "double":
        return f"double({first or '8'}, {second or '2'})" if first or second else "double"
    return f"float({first or '8'}, {second or '2'})"


def _moment(method: str, family: str, first: Argument, second: Argument, options: dict[str, Argument]) -> str | None:
    precision = options.get("precision", second if method != "time" else first)
    digits = f"({precision})" if isinstance(precision, str) else ""
    if method == "time":
        return f"time{digits}" if family == "mysql" else "time"
    if family == "sqlite":
        return "datetime"
    if family == "mysql":
        return f"{'timestamp' if method == 'timestamp' else 'datetime'}{digits}"
    without = first is True or options.get("useTz") is False
    return f"timestamp{digits}" if without else f"timestamptz{digits}"
