"""Whether GORM's AutoMigrate changes a column that is there: `Migrator.MigrateColumn` by release, and what each driver tells
of the column (`ColumnTypes` of gorm.io/driver/mysql, postgres and sqlite). Held against real servers: tests/oracles/gorm/starts.

It compares texts, not types, and some of it depends on what a script does not say. So there are three answers: it does, it
does not, and None.
"""

from __future__ import annotations

import re

from schemalint.dialects import Dialect
from schemalint.model.frozen import frozen
from schemalint.model.schema import Column, Declared
from schemalint.model.source import Source
from schemalint.model.types import ColumnType, Family

_ALIASES: dict[str, dict[str, tuple[str, ...]]] = {
    "mysql": {"bool": ("tinyint",), "tinyint": ("bool",)},
    "postgres": {
        "int": ("integer",),
        "int2": ("smallint",),
        "int4": ("integer",),
        "int8": ("bigint",),
        "smallint": ("int2",),
        "integer": ("int4",),
        "bigint": ("int8",),
        "decimal": ("numeric",),
        "numeric": ("decimal",),
        "timestamptz": ("timestamp with time zone",),
        "bool": ("boolean",),
        "varbit": ("bit varying",),
        "bpchar": (),
        "varchar": ("character varying",),
        "float4": ("real",),
        "float8": ("double precision",),
        "timetz": ("time with time zone",),
    },
}
"""`GetTypeAliases` by the name that the driver tells."""
_SINCE_1_5_5 = frozenset({"int", "bool", "varbit", "varchar", "float4", "float8", "timetz"})
"""Aliases that the postgres driver has only since v1.5.5."""

_UDT = {
    "smallint": "int2",
    "integer": "int4",
    "bigint": "int8",
    "real": "float4",
    "double precision": "float8",
    "boolean": "bool",
    "character varying": "varchar",
    "character": "bpchar",
    "timestamp with time zone": "timestamptz",
    "timestamp without time zone": "timestamp",
    "time with time zone": "timetz",
    "time without time zone": "time",
    "bit varying": "varbit",
}
_BITS = {"int2": 16, "int4": 32, "int8": 64, "float4": 32, "float8": 64, "bool": 8, "date": 32, "timestamp": 64,
         "timestamptz": 64, "time": 64, "timetz": 96, "uuid": 128, "interval": 128, "oid": 32, "money": 64}  # fmt: skip
_DIGITS = {"int2": 16, "int4": 32, "int8": 64, "float4": 24, "float8": 53, "date": 0, "timestamp": 6, "timestamptz": 6,
           "time": 6, "timetz": 6}  # fmt: skip
_BYTES = {"tiny": 2**8 - 1, "": 2**16 - 1, "medium": 2**24 - 1, "long": 2**32 - 1}
_MYSQL_DIGITS = {"tinyint": 3, "smallint": 5, "mediumint": 7, "int": 10, "bigint": 19, "float": 12, "double": 22}
_ENDLESS = 2**63 - 1
_NEWEST = (1, 1_000, 0)
_DRIVERS = {
    "mysql": ("gorm.io/driver/mysql",),
    "postgres": ("gorm.io/driver/postgres",),
    "sqlite": ("gorm.io/driver/sqlite", "github.com/glebarez/sqlite"),
}
_NUMBER = re.compile(r"\D*(\d+)\D?")


@frozen
class Release:
    """The GORM and the driver of a go.mod."""

    core: tuple[int, ...]
    driver: tuple[int, ...]


def release_of(source: Source, family: str) -> Release:
    """The GORM and the driver that go.mod selects; the newest where it says none."""
    core: tuple[int, ...] = _NEWEST
    driver: tuple[int, ...] = _NEWEST
    for requirement in source.requires:
        if (found := re.match(r"v(\d{1,9})\.(\d{1,9})\.(\d{1,9})", requirement.version)) is None:
            continue
        version = tuple(map(int, found.groups()))
        if requirement.name == "gorm.io/gorm":
            core = version
        elif requirement.name in _DRIVERS.get(family, ()) and not requirement.name.startswith("github.com/"):
            driver = version
    return Release(core, driver)


@frozen
class Told:
    """What a driver tells of a column. `length` and `digits` are None where it tells of none; `default` is None for none,
    and `guess` says that there is one whose text is not known."""

    type: str
    length: int | None
    digits: tuple[int, int] | None
    nullable: bool | None
    default: str | None
    guess: bool
    comment: str | None


def alters(field: Declared, column: Column, release: Release, dialect: Dialect) -> bool | None:
    """Whether AutoMigrate of that release sends an ALTER for a column that is there; None where that is not known."""
    told = tell(column, dialect)
    if told is None:
        return None
    full, found = field.definition, False
    same = full == told.type and release.core >= (1, 24, 4)  # older ones compare sizes of the same type, too
    if not field.primary and not full.startswith(told.type):
        same = same or any(full.startswith(alias) for alias in aliases(told.type, release, dialect))
        found = not same
    if not same:
        found = found or _longer(field, told)
        if release.core < (1, 30, 1):
            found = found or _finer(field, told)
    if release.core >= (1, 30, 1):
        found = found or (_other_decimal(full, told) if _is_decimal(full, told.type) else _finer(field, told))
    alter: bool | None = found
    if not field.primary:
        alter = _either(alter, _nullable(field, told, release))
        alter = _defaulted(alter, field, told, release)
        if dialect.family == "mysql":
            alter = _either(alter, (told.comment or "") != field.comment)
    return alter


def aliases(told: str, release: Release, dialect: Dialect) -> tuple[str, ...]:
    """Other beginnings of a type that mean the one that the driver tells."""
    if dialect.family == "postgres" and release.driver < (1, 5, 5) and told in _SINCE_1_5_5:
        return ()
    if dialect.family == "postgres" and release.driver >= (1, 6, 0) and told in ("date", "timestamp", "time"):
        return (told,)
    return _ALIASES.get(dialect.family, {}).get(told, ())


def _either(one: bool | None, other: bool | None) -> bool | None:
    return True if one or other else None if None in (one, other) else False


def _longer(field: Declared, told: Told) -> bool:
    length = told.length or 0
    if length == field.size:
        return False
    if length > 0 and field.size > 0:
        return True
    numbers = _NUMBER.findall(field.definition)
    return not field.primary and len(numbers) == 1 and numbers[0] != str(length) and told.length is not None


def _finer(field: Declared, told: Told) -> bool:
    if told.digits is None or told.digits[0] == field.precision:
        return False
    return re.search(rf"[^0-9]{field.precision}[^0-9]", field.type) is not None


def _is_decimal(full: str, told: str) -> bool:
    return told == "decimal" or (told == "numeric" and re.search(r"numeric\(.*\)", full) is not None)


def _other_decimal(full: str, told: Told) -> bool:
    if told.digits is None:
        return False
    precision, scale = told.digits
    return not full.startswith((f"{told.type}({precision},{scale})", f"{told.type}({precision})"))


def _nullable(field: Declared, told: Told, release: Release) -> bool | None:
    """Up to v1.25 it forbids NULL where the model does, since v1.26 it allows NULL where the model does."""
    if told.nullable is None:
        return None
    return told.nullable is field.not_null and told.nullable is (release.core < (1, 26, 0))


def _defaulted(alter: bool | None, field: Declared, told: Told, release: Release) -> bool | None:
    """The verdict with the default compared. Up to v1.31.1 an equal one takes back what was found before."""
    wanted = field.default is not None and (field.given or field.default.lower() != "null")
    there = told.default is not None or told.guess
    if there != wanted:
        return True
    if not wanted or field.default is None:
        return alter
    if told.default is None:
        return True if alter and release.core >= (1, 31, 2) else None
    text, mine = told.default, field.default
    resets = (1, 25, 8) <= release.core < (1, 31, 2)
    if field.kind == "time":
        differs, resets = text.removesuffix("()").lower() != mine.removesuffix("()").lower(), False
    elif field.kind == "bool" and release.core >= (1, 25, 8):
        differs = _is_true(text) is not _is_true(mine)
    elif field.kind == "string" and release.core >= (1, 31, 1):
        differs, resets = mine != text and mine.strip("'\"") != text, False
    else:
        differs = text != mine
    return differs if resets else _either(alter, differs)


def _is_true(text: str) -> bool:
    return text in ("1", "t", "T", "true", "TRUE", "True")


def tell(column: Column, dialect: Dialect) -> Told | None:
    """What the driver tells of a column, None where its type is not known."""
    if column.type is None:
        return None
    kinds = {"mysql": _of_mysql, "postgres": _of_postgres, "sqlite": _of_sqlite}
    kind = kinds.get(dialect.family)
    if kind is None:
        return None
    name, length, digits = kind(column.type)
    text = _default(column, dialect)
    guess = text is None and column.has_default is not False and not _null(column) and not _counted(column, dialect)
    return Told(name, length, digits, column.nullable, text, guess, column.comment)


Kind = tuple[str, int | None, tuple[int, int] | None]


def _of_mysql(type_: ColumnType) -> Kind:
    """DATA_TYPE, CHARACTER_MAXIMUM_LENGTH and NUMERIC_PRECISION or DATETIME_PRECISION of information_schema.columns."""
    name = re.split(r"[\s(]", type_.name.lower(), maxsplit=1)[0]
    length: int | None = None
    if (text := re.fullmatch(r"(tiny|medium|long|)(?:text|blob)", name)) is not None:
        length = _BYTES[text[1]]
    elif type_.values is not None:
        sizes = [len(value) for value in type_.values]
        length = max(sizes, default=0) if name == "enum" else sum(sizes) + max(len(sizes) - 1, 0)
    elif type_.family in (Family.TEXT, Family.BINARY):
        length = type_.size
    if name == "decimal":
        return name, length, (type_.precision or 10, type_.scale or 0)
    if name in ("datetime", "timestamp", "time"):
        return name, length, (type_.precision or 0, 0)
    if name in _MYSQL_DIGITS:
        return name, length, (_MYSQL_DIGITS[name] + (name == "bigint" and bool(type_.unsigned)), 0)
    return name, length, None


def _of_postgres(type_: ColumnType) -> Kind:
    """The name in pg_type, its size in bits or the length of a text, and its digits. The rest is what pgx tells."""
    base = re.sub(r"\(.*?\)", "", type_.name).strip()
    if type_.element is not None:
        return type_.name, None, None
    name = _UDT.get(base, base)
    if name in ("varchar", "bpchar"):
        return name, type_.size if type_.size is not None else -5 if name == "varchar" else 1, None
    if name in ("text", "bytea"):
        return name, _ENDLESS, None
    if name == "numeric":
        digits = (65535, 65531) if type_.precision is None else (type_.precision, type_.scale or 0)
        return name, None, digits
    digit = _DIGITS.get(name)
    if digit is not None and type_.precision is not None and name != "date" and "int" not in name:
        digit = type_.precision
    return name, _BITS.get(name), None if digit is None else (digit, 0)


def _of_sqlite(type_: ColumnType) -> Kind:
    """The driver reads the statement that made the table with patterns of its own: the first word behind the name."""
    found = re.match(r"[\w()]+", type_.name)
    word = found[0] if found else ""
    sizes = list(re.finditer(r"[^\d](\d+)[^\d]?", word))
    if len(sizes) == 1:
        return word.removesuffix(sizes[0][0]).lower(), int(sizes[0][1]), None
    return word.lower(), None, None


def _counted(column: Column, dialect: Dialect) -> bool:
    """postgres: the next value of a sequence is no default for the driver, nor is an identity."""
    return dialect.family == "postgres" and bool(column.serial or column.identity)


def _null(column: Column) -> bool:
    """Whether it is stated to be NULL: of a model's own column its text tells."""
    if column.declared is not None:
        return not column.declared.given and (column.declared.default or "").lower() == "null"
    return column.default is not None and column.default.raw.strip().upper() == "NULL"


def _default(column: Column, dialect: Dialect) -> str | None:
    """The default as the driver tells it, None where there is none or its text is not known."""
    if _null(column):
        # postgres keeps it where the type has a length of its own to convert it to
        kept = dialect.family == "postgres" and column.type is not None and "(" in column.type.name
        return "NULL" if kept else None
    if column.default is None or column.has_default is False or _counted(column, dialect):
        return None
    raw = column.default.raw.strip()
    if dialect.family == "sqlite":
        if column.declared is not None:
            return column.declared.default  # GORM's own statement, which it reads back as it was meant
        # what stands behind a default in the statement is taken for a part of it
        return None if column.nullable is False else raw.strip('"')
    if dialect.family == "postgres":
        raw = re.sub(r"::[\w \[\]\"()]+$", "", raw).strip()
    if re.fullmatch(r"'(?:[^'\\]|'')*'", raw):
        return raw[1:-1].replace("''", "'")
    if re.fullmatch(r"(?i)true|false", raw):
        return raw.lower() if dialect.family == "postgres" else "01"[raw.lower() == "true"]
    if re.fullmatch(r"[+-]?\d+(?:\.\d+)?", raw):
        return _as_kept(raw, column.type, dialect)
    now = re.fullmatch(r"(?i)(current_timestamp|now|localtimestamp)\s*(?:\(\s*(\d?)\s*\))?", raw)
    if now is None or now[1].lower() == "localtimestamp":
        return None
    if dialect.family == "postgres":
        return "now()" if now[1].lower() == "now" else "CURRENT_TIMESTAMP" + (f"({now[2]})" if now[2] else "")
    if dialect.name == "mariadb":  # it tells the column's precision
        return f"current_timestamp({(column.type.precision if column.type else 0) or ''})"
    return "CURRENT_TIMESTAMP" + (f"({now[2]})" if now[2] else "")


def _as_kept(number: str, type_: ColumnType | None, dialect: Dialect) -> str | None:
    """A number as the server gives it back."""
    number = number.removeprefix("+")
    if dialect.family == "mysql" and type_ is not None and type_.family is Family.DECIMAL:
        whole, _, fraction = number.partition(".")
        scale = type_.scale or 0
        if len(fraction) > scale:
            return None
        return whole + (f".{fraction.ljust(scale, '0')}" if scale else "")
    return number
