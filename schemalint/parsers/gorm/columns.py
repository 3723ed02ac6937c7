"""The SQL that GORM's drivers send for a column: DataTypeOf and FullDataTypeOf of mysql, postgres, sqlite, …."""

from __future__ import annotations

import re

from schemalint.model.frozen import frozen
from schemalint.parsers.gorm.external import External
from schemalint.parsers.gorm.schema import UNKNOWN, Field


@frozen
class Driver:
    """The driver's dialect family (None: not known) and what its configuration changes."""

    family: str | None
    default_string_size: int = 0
    time_precision: int | None = 3  # MySQL's DefaultDatetimePrecision; 0 when disabled, None when computed


def data_type(field: Field, driver: Driver) -> str | None:
    """The type as the driver writes it, without AUTO_INCREMENT and the like; None when it is not known."""
    if driver.family is None and not _literal(field):
        return None
    if field.database == UNKNOWN:
        return None
    if isinstance(field.database, str):
        return field.database
    if isinstance(field.database, External) and (known := field.database.database.get(driver.family or "")):
        return known
    if field.data_type in (UNKNOWN, ""):
        return None
    write = {"mysql": _mysql, "postgres": _postgres, "sqlite": _sqlite, "tsql": _sqlserver}.get(driver.family or "")
    return write(field, driver) if write is not None else field.data_type


def _literal(field: Field) -> bool:
    """Whether the type is written out in a tag, so that every driver sends the same."""
    return field.database is None and field.data_type not in _GENERIC


_GENERIC = frozenset(("bool", "int", "uint", "float", "string", "time", "bytes", UNKNOWN, ""))


def is_serial(field: Field, driver: Driver) -> bool:
    """Whether the server numbers this column: AUTO_INCREMENT, serial, IDENTITY, AUTOINCREMENT."""
    if not field.auto_increment:
        return False
    if driver.family in ("mysql", "postgres"):
        return field.data_type in ("int", "uint") or field.data_type not in _GENERIC
    return field.data_type in ("int", "uint")


def _mysql(field: Field, driver: Driver) -> str | None:
    kind, size = field.data_type, field.size
    if kind == "bool":
        return "boolean"
    if kind in ("int", "uint"):
        name = next(
            (n for most, n in ((8, "tinyint"), (16, "smallint"), (24, "mediumint"), (32, "int")) if size <= most), None
        )
        if field.primary and field.has_default and field.default.lower() == "auto_random()":
            name = "bigint"
        return (name or "bigint") + (" unsigned" if kind == "uint" else "")
    if kind == "float":
        if field.precision > 0:
            return f"decimal({field.precision},{field.scale})"
        return "float" if size <= 32 else "double"
    if kind == "string":
        if size == 0:
            indexed = field.value("INDEX") or field.value("UNIQUE")
            size = driver.default_string_size or (191 if field.primary or field.has_default or indexed else 0)
        if 65_536 <= size <= 2**24:
            return "mediumtext"
        return f"varchar({size})" if 0 < size < 65_536 else "longtext"
    if kind == "time":
        precision: int | None = field.precision
        if not precision and not field.value("PRECISION"):
            precision = driver.time_precision
        return None if precision is None else f"datetime({precision})" if precision > 0 else "datetime"
    if kind == "bytes":
        if 0 < size < 65_536:
            return f"varbinary({size})"
        return "mediumblob" if 65_536 <= size <= 2**24 else "longblob"
    return kind


def _postgres(field: Field, driver: Driver) -> str | None:
    kind = field.data_type
    if kind == "bool":
        return "boolean"
    if kind in ("int", "uint"):
        size = field.size + (kind == "uint")
        return "smallint" if size <= 16 else "integer" if size <= 32 else "bigint"
    if kind == "float":
        if field.precision > 0:
            return f"numeric({field.precision},{field.scale})" if field.scale > 0 else f"numeric({field.precision})"
        return "decimal"
    if kind == "string":
        return f"varchar({field.size})" if 0 < field.size <= 10_485_760 else "text"
    if kind == "time":
        return f"timestamptz({field.precision})" if field.precision > 0 else "timestamptz"
    if kind == "bytes":
        return "bytea"
    if field.auto_increment and "serial" not in kind.lower():
        size = field.size + (field.gorm_type == "uint")
        return "smallint" if size <= 16 else "integer" if size <= 32 else "bigint"
    return kind


def _sqlite(field: Field, driver: Driver) -> str | None:
    known = {"bool": "numeric", "int": "integer", "uint": "integer", "float": "real", "string": "text", "bytes": "blob"}
    if field.data_type == "time":
        return field.value("TYPE") or "datetime"
    return known.get(field.data_type, field.data_type)


def _sqlserver(field: Field, driver: Driver) -> str | None:
    kind, size = field.data_type, field.size
    if kind == "bool":
        return "bit"
    if kind in ("int", "uint"):
        return "smallint" if size < 16 else "int" if size < 31 else "bigint"
    if kind == "float":
        if field.precision > 0:
            return f"decimal({field.precision},{field.scale})" if field.scale > 0 else f"decimal({field.precision})"
        return "float"
    if kind == "string":
        if size == 0 and (field.primary or field.value("INDEX") or field.value("UNIQUE")):
            size = driver.default_string_size or 256
        return f"nvarchar({size})" if 0 < size <= 4000 else "nvarchar(max)"
    if kind == "time":
        return f"datetimeoffset({field.precision})" if field.precision > 0 else "datetimeoffset"
    if kind == "bytes":
        return "varbinary(max)"
    return kind


def default(field: Field, driver: Driver) -> str | None:
    """The DEFAULT as it is sent, None where none is."""
    if not field.has_default:
        return None
    if not field.default_parsed:
        return field.default if field.default not in ("", "(-)") else None
    if field.kind == "string":
        return "'" + field.default.replace("'", "''") + "'"
    if field.kind == "bool":
        yes = field.default[:1] in "1tT"
        return str(int(yes)) if driver.family == "tsql" else str(yes).lower()
    if field.kind.startswith(("int", "uint")):
        return _integer(field.default)
    if re.fullmatch(r"[+-]?[0-9]{1,15}\.[0-9]*", field.default) and field.kind.startswith("float"):
        return field.default.rstrip("0").rstrip(".")  # FormatFloat writes no more digits than it needs
    return field.default


def _integer(text: str) -> str:
    """A whole number as strconv.ParseInt of base 0 reads it and as it is sent: `0x10` and `020` are 16."""
    if not re.fullmatch(r"[+-]?(?:0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|[0-9]+)", text) or len(text) > 40:
        return text
    return str(int(re.sub(r"^([+-]?)0(?=[0-7])", r"\g<1>0o", text), 0))
