"""`@default(…)`: what the database is told, and what Prisma's client fills in by itself.

The spellings are those that Prisma's schema engine 7.10 writes (tests/oracles/prisma).
"""

from __future__ import annotations

import base64
import binascii

import schemalint.sql as sql
from schemalint.dialects import Dialect
from schemalint.model.frozen import frozen
from schemalint.model.schema import Expr
from schemalint.parsers.prisma_schema.schema import Block, Data, argument, map_of, named

_BY_CLIENT = frozenset({"uuid", "cuid", "nanoid", "ulid"})


@frozen
class Default:
    """`has` None: there is one, or none, and which is not known. `by_client`: Prisma's client sends a value of its own."""

    expr: Expr | None = None
    has: bool | None = False
    counted: bool = False
    by_client: bool = False


def default_of(field: Data, enum: Block | None, server: Dialect) -> Default:
    """What a field's column gets where nobody says a value."""
    value = argument(named(field["attributes"], "default"), "value", 0)
    if value is None:
        return Default(by_client=named(field["attributes"], "updatedAt") is not None)
    if "call" in value:
        return _called(value, server)
    if field["arity"] == "[]":
        return Default(has=True if server.family == "postgres" else None)
    written = _written(field["type"], value, enum, server)
    return Default(has=None) if written is None else Default(sql.expression(written, server.name), True)


def _called(value: Data, server: Dialect) -> Default:
    name, arguments = value["call"], value["arguments"]
    if name in _BY_CLIENT:
        return Default(by_client=True)
    if name in ("autoincrement", "sequence"):
        return Default(counted=True)
    if name == "now":
        clock = "CURRENT_TIMESTAMP(3)" if server.family == "mysql" else "CURRENT_TIMESTAMP"
        return Default(sql.expression(clock, server.name), True)
    told = arguments[0][1].get("text") if name == "dbgenerated" and arguments else None
    return Default(has=None) if not told else Default(sql.expression(told, server.name), True)


def _written(type_: str, value: Data, enum: Block | None, server: Dialect) -> str | None:
    """A plain value as SQL, None where that is not certain."""
    if enum is not None:
        member = next((one for one in enum.entries if one["name"] == value.get("word")), None)
        return None if member is None else _quoted(map_of(member["attributes"]) or member["name"])
    if "number" in value:
        return str(value["number"])
    if value.get("word") in ("true", "false"):
        truth = value["word"] == "true"
        return str(int(truth)) if server.family == "tsql" else str(truth).lower()
    said = value.get("text")
    if said is None or type_ == "DateTime":
        return None  # the server rounds a moment to what the column keeps
    if type_ == "Json" and server.family == "sqlite":
        return None  # Prisma writes it without quotes there, which SQLite refuses
    if type_ == "Bytes":
        return _bytes(said) if server.family == "postgres" else None
    return _quoted(said)


def _bytes(said: str) -> str | None:
    try:
        return f"'\\x{base64.b64decode(said, validate=True).hex()}'"
    except (binascii.Error, ValueError):
        return None


def _quoted(said: str) -> str:
    return "'" + said.replace("'", "''") + "'"
