"""Liquibase's types as each server gets them (Liquibase 4.33, with its setting convertDataTypes as it is by default).

A type of a changelog is a name, parameters in parentheses and words behind it. Names that Liquibase knows are one of the
kinds below, whatever the name is; any other goes to the server as it is, in capital letters. tests/oracles/liquibase holds
what Liquibase itself made of every name here, and where older releases (from 4.17.2 on) differ on MySQL and MariaDB. On
PostgreSQL `bigint(20)` keeps its parameter in 4.20, and `varchar(50 CHAR)` its word up to 4.24: that is not read.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from schemalint.model.frozen import frozen

_KINDS = {
    "bigint": "bigint integer8 bigserial serial8 int8 BIGINT java.math.BigInteger java.lang.Long",
    "blob": "blob longblob longvarbinary varbinary binary image tinyblob mediumblob BLOB LONGBLOB LONGVARBINARY VARBINARY"
    " BINARY",
    "boolean": "boolean bit bool BOOLEAN java.lang.Boolean",
    "char": "char bpchar character CHAR",
    "clob": "clob longvarchar text longtext nclob longnvarchar ntext tinytext mediumtext LONGVARCHAR CLOB LONGNVARCHAR NCLOB",
    "currency": "currency money smallmoney",
    "datetime": "datetime smalldatetime datetime2 DATETIME java.util.Date",
    "date": "date DATE java.sql.Date",
    "decimal": "decimal DECIMAL java.math.BigDecimal",
    "double": "double DOUBLE java.lang.Double",
    "float": "float real FLOAT REAL java.lang.Float",
    "int": "int integer serial int4 serial4 INTEGER java.lang.Integer",
    "mediumint": "mediumint",
    "nchar": "nchar nchar2 NCHAR",
    "nvarchar": "nvarchar nvarchar2 national NVARCHAR",
    "number": "number numeric NUMERIC",
    "smallint": "smallint int2 smallserial SMALLINT",
    "time": "time timetz TIME java.sql.Time",
    "timestamp": "timestamp timestamptz TIMESTAMP TIMESTAMP_WITH_TIMEZONE java.sql.Timestamp",
    "tinyint": "tinyint TINYINT",
    "uuid": "uuid uniqueidentifier java.util.UUID",
    "varchar": "varchar varchar2 VARCHAR java.lang.String",
    "xml": "xml xmltype SQLXML",
}
"""Kind → its names; those in capital letters stand behind `java.sql.Types.`"""
_KIND_OF = {
    (f"java.sql.types.{name.lower()}" if name.isupper() else name.lower()): kind
    for kind, names in _KINDS.items()
    for name in names.split()
} | {
    "character varying": "varchar",
    "long varchar": "clob",
    "long nvarchar": "clob",
    "long binary": "blob",
    "long varbinary": "blob",
}
_PLAIN = {  # kind → family → the type, with * for its parameters and + for the words behind it
    "bigint": {"postgres": "BIGINT+", "mysql": "BIGINT+", "tsql": "bigint"},
    "currency": {"tsql": "money", "sqlite": "REAL", "": "DECIMAL"},
    "date": {"": "date"},
    "int": {"postgres": "INTEGER", "mysql": "INT+", "tsql": "int", "sqlite": "INTEGER"},
    "mediumint": {"mysql": "MEDIUMINT+", "tsql": "int"},
    "number": {"postgres": "numeric*", "mysql": "numeric*"},
    "nvarchar": {"postgres": "VARCHAR*"},
    "smallint": {"postgres": "SMALLINT", "mysql": "SMALLINT+", "tsql": "smallint"},
    "tinyint": {"postgres": "SMALLINT", "mysql": "TINYINT*+", "tsql": "tinyint"},
    "xml": {"postgres": "XML", "mysql": "LONGTEXT", "sqlite": "TEXT", "tsql": "xml"},
}
_SERIAL = re.compile(r"(?:small|big)?serial[248]?\b", re.I)
_NAME = re.compile(r"[^(){\[]*")
_LONG = re.compile(r"(?:bit varying|character varying|long varchar|long nvarchar|long binary|long varbinary)\b", re.I)
_CHAR_UNIT = re.compile(r"(?<=\d)\s*CHAR$", re.I)


@frozen
class Written:
    """A type as a changelog writes it. `raw` is all of it, `name` what stands before parentheses and blanks."""

    raw: str
    name: str
    parameters: tuple[str, ...]
    more: str
    counts: bool  # it says by itself that it is counted up: serial, `int identity`

    @property
    def kind(self) -> str | None:
        return _KIND_OF.get(self.name.lower())


def parse(raw: str) -> Written:
    """The parts of a type."""
    raw = raw.strip()
    bare = re.sub(r"\{.*", "", re.sub(r"\s*\(.*\)", "", raw, count=1))
    counts = bare.lower().endswith(" identity")
    if counts:
        bare = bare[: -len(" identity")]
    for opening, closing in ('""', "[]", "``", "''"):
        if bare.startswith(opening) and bare.count(closing) == 1 + (opening == closing) and bare.find(closing, 1) > 0:
            bare = bare.replace(opening, "", 1).replace(closing, "", 1)
            break
    more = ""
    if not _LONG.match(bare):
        bare, _, more = bare.strip().partition(" ")
    inner = re.search(r"\((.*?)\)", raw)
    parameters = tuple(one.strip() for one in inner[1].split(",") if one.strip()) if inner else ()
    return Written(raw, bare, parameters, more.strip(), counts or _SERIAL.match(raw) is not None)


def rendered(raw: str, dialect: str, release: tuple[int, ...] | None = None) -> str:
    """The type that a server of that dialect gets from a release of Liquibase, the newest that was asked where none is known."""
    if "${" in raw:
        return raw
    written = parse(raw)
    family = "mysql" if dialect == "mariadb" else dialect
    kind = written.kind
    if kind is None:
        return _unknown(written, family)
    made = _MADE.get(kind)
    found = _older(written, dialect, release)
    found = made(written, dialect) if found is None and made is not None else found
    if found is None:
        template = _PLAIN.get(kind, {})
        found = _fill(template.get(family) or template.get("") or "", written)
    return found or _as_kind(kind, written, family)


def _with(name: str, parameters: tuple[str, ...], more: str = "") -> str:
    inner = f"({', '.join(parameters)})" if parameters else ""
    return f"{name}{inner}{' ' if more else ''}{more}"


def _fill(template: str, written: Written) -> str:
    name = template.rstrip("*+")
    return _with(name, written.parameters if "*" in template else (), written.more if "+" in template else "")


def _as_kind(kind: str, written: Written, family: str) -> str:
    """What Liquibase makes of a kind on a server that it has no rule for."""
    if family == "tsql":
        return _with(kind, written.parameters[:2])
    return _with(kind.upper(), written.parameters, written.more)


def _unknown(written: Written, family: str) -> str:
    name = written.raw if written.name.lower().startswith("interval") else written.name
    most = None if written.name.lower() in ("enum", "set") else 2
    if family == "tsql":
        return _with(name, written.parameters[:most])
    return _with(name.upper(), written.parameters[:most], written.more)


def _older(written: Written, dialect: str, release: tuple[int, ...] | None) -> str | None:
    """What releases made of a type before they made what they do now; None where that is the same."""
    if release is None or dialect not in ("mysql", "mariadb"):
        return None
    if written.kind == "boolean" and not written.raw.lower().startswith("bit") and release < (4, 26):
        return "BIT(1)" if release < (4, 24) else "TINYINT(1)" if release < (4, 25, 1) else "TINYINT"
    return "char(36)" if written.kind == "uuid" and release < (4, 26) else None


def _boolean(written: Written, dialect: str) -> str | None:
    bits = written.raw.lower().startswith("bit")
    if dialect == "tsql":
        return "bit"
    if dialect in ("mysql", "mariadb"):
        return _with("BIT", written.parameters) if bits else "TINYINT(1)" if dialect == "mariadb" else "TINYINT"
    return _with("BIT", written.parameters) if bits and dialect == "postgres" else None


def _blob(written: Written, dialect: str) -> str | None:
    raw = written.raw.lower()
    name = raw.removeprefix("java.sql.types.")
    if dialect == "postgres":
        return "OID" if raw.startswith("blob") or raw == "java.sql.types.blob" else "BYTEA"
    if dialect in ("mysql", "mariadb"):
        if raw.startswith("blob") or raw == "java.sql.types.blob":
            return "BLOB"
        if raw.startswith(("varbinary", "binary")) or raw == "java.sql.types.varbinary":
            return _with("VARBINARY" if "varbinary" in raw else "BINARY", written.parameters)
        return next((one.upper() for one in ("tinyblob", "mediumblob") if raw.startswith(one)), "LONGBLOB")
    if dialect != "tsql":
        return None
    if re.match(r"binary\b", raw):
        return _with("binary", written.parameters[:1] or ("1",))
    if re.match(r"image\b", raw):
        return "image"
    if re.match(r"varbinary$", name) and not written.parameters and raw == name:
        return "varbinary"
    return _with("varbinary", _limited(written.parameters[:1], 8000) or ("MAX",))


def _limited(parameters: tuple[str, ...], most: int) -> tuple[str, ...]:
    """A length, or MAX for what is more than a server takes."""
    if not parameters:
        return ()
    number = _CHAR_UNIT.sub("", parameters[0])
    return (number,) if number.isdecimal() and int(number) <= most else ("MAX",)


def _clob(written: Written, dialect: str) -> str | None:
    raw = written.raw.lower()
    if dialect in ("postgres", "sqlite"):
        return "TEXT"
    if dialect == "tsql":
        if raw.startswith(("text", "ntext")):
            return "nvarchar (max)" if raw.startswith("n") else "varchar (max)"
        return "nvarchar(MAX)" if raw == "nclob" else "varchar(MAX)"
    if dialect not in ("mysql", "mariadb"):
        return None
    if raw.startswith("nclob"):
        return "LONGTEXT CHARACTER SET utf8"
    return next((one.upper() for one in ("text", "tinytext", "mediumtext") if raw.startswith(one)), "LONGTEXT")


def _currency(written: Written, dialect: str) -> str | None:
    return "smallmoney" if dialect == "tsql" and written.raw.lower().startswith("smallmoney") else None


def _datetime(written: Written, dialect: str) -> str | None:
    if dialect == "postgres":
        inner = f"({written.parameters[-1]})" if written.parameters else ""
        zone = re.search(r"tz|with time zone", written.raw, re.I)
        return f"TIMESTAMP{inner} {'WITH' if zone else 'WITHOUT'} TIME ZONE"
    if dialect == "sqlite":
        return "TEXT"
    if dialect == "tsql":
        name = written.name.lower()
        if name == "datetime2":
            return _with("datetime2", tuple(one for one in written.parameters if one != "7"))
        return "smalldatetime" if name == "smalldatetime" else "datetime"
    if dialect in ("mysql", "mariadb"):
        return _with("datetime", tuple(_at_most(one, 6) for one in written.parameters[:1]))
    return None


def _at_most(parameter: str, most: int) -> str:
    return str(min(int(parameter), most)) if parameter.isdecimal() and len(parameter) < 9 else parameter


def _timestamp(written: Written, dialect: str) -> str | None:
    zone = written.raw.startswith("java.sql.Types.TIMESTAMP_WITH_TIMEZONE") or written.name.lower() == "timestamptz"
    digits = tuple(_at_most(one, 6) for one in written.parameters[:1])
    if dialect == "postgres":
        words = re.sub("TIMEZONE", "TIME ZONE", written.more, flags=re.I)
        return _with("TIMESTAMP", digits, "WITH TIME ZONE" if zone else words or "WITHOUT TIME ZONE")
    if dialect == "sqlite":
        return "TEXT"
    if dialect == "tsql":
        return _with("datetime2", tuple(one for one in written.parameters[:1] if one.isdecimal() and int(one) < 7))
    if dialect in ("mysql", "mariadb"):
        return _with("timestamp", digits, written.more)
    return None


def _time(written: Written, dialect: str) -> str | None:
    small = tuple(one for one in written.parameters[:1] if one.isdecimal() and int(one) <= 6)
    if dialect == "postgres":
        zone = re.search(r"tz|with time zone", written.raw, re.I)
        return _with("time", small, f"{'WITH' if zone else 'WITHOUT'} TIME ZONE")
    if dialect == "tsql":
        return _with("time", tuple(one for one in written.parameters if one != "7"))
    return "time"


def _letters(name: str, most: int) -> Callable[[Written, str], str | None]:
    """CHAR, VARCHAR and their national kin."""

    def made(written: Written, dialect: str) -> str | None:
        if dialect == "tsql":
            inner = _limited(written.parameters[:1], most) or ("1",)
            if inner == ("MAX",) and "var" not in name:
                inner = (str(most),)
            return _with(name, inner, written.more)
        if dialect == "postgres" and len(written.parameters) == 1 and name in ("char", "varchar"):
            number = _CHAR_UNIT.sub("", written.parameters[0])
            if number == "2147483647":
                return "CHARACTER VARYING"
            return _with(name.upper(), (number,), written.more)
        return None

    return made


def _decimal(written: Written, dialect: str) -> str | None:
    if dialect != "tsql":
        return None
    name = "numeric" if written.kind == "number" else "decimal"
    return _with(name, (*written.parameters, *("18", "0")[len(written.parameters) :])[:2])


def _double(written: Written, dialect: str) -> str | None:
    if dialect == "tsql":
        return "float(53)"
    if dialect == "postgres":
        return "DOUBLE PRECISION"
    if dialect in ("mysql", "mariadb"):
        more = written.more.upper()
        name = "DOUBLE PRECISION" if "PRECISION" in more else "DOUBLE"
        inner = written.parameters if len(written.parameters) > 1 else ()
        return _with(name, inner, " ".join(more.replace("PRECISION", "").split()))
    return None


def _float(written: Written, dialect: str) -> str | None:
    real = written.raw.lower() == "real"
    if dialect == "tsql":
        if real or written.raw in ("java.lang.Float", "java.sql.Types.REAL"):
            return "real"
        return _with("float", written.parameters[:1] or ("53",))
    return "REAL" if real and dialect in ("postgres", "mysql", "mariadb") else None


def _uuid(written: Written, dialect: str) -> str | None:
    return {"tsql": "uniqueidentifier", "sqlite": "TEXT", "mysql": "char(36)"}.get(dialect, "UUID")


_MADE: dict[str, Callable[[Written, str], str | None]] = {
    "boolean": _boolean,
    "blob": _blob,
    "clob": _clob,
    "currency": _currency,
    "datetime": _datetime,
    "timestamp": _timestamp,
    "time": _time,
    "char": _letters("char", 8000),
    "varchar": _letters("varchar", 8000),
    "nchar": _letters("nchar", 4000),
    "nvarchar": _letters("nvarchar", 4000),
    "decimal": _decimal,
    "number": _decimal,
    "double": _double,
    "float": _float,
    "uuid": _uuid,
}
