"""How SQLAlchemy spells each of its types in the DDL of a database, by the tables of its type compilers.

A maker takes the arguments of the type's call, our family of the database, and the SQLAlchemy dialect that the type was
imported from (`mysql` for `mysql.INTEGER`). It gives None where SQLAlchemy refuses, or where versions of it differ.
"""

from __future__ import annotations

from collections.abc import Callable

from schemalint.pysource.nodes import Call, Const, Node, Text
from schemalint.pysource.resolve import Modules


class Arguments:
    """The arguments of a type's call. `unknown` is set once one that matters is not a constant."""

    def __init__(self, modules: Modules, path: str, call: Call) -> None:
        self._modules, self._path, self._call = modules, path, call
        self.unknown = any(word is None for word, _ in call.keywords)

    def _value(self, position: int, name: str) -> Node | None:
        given = self._call.argument(position, name) if position >= 0 else self._call.keyword(name)
        return None if given is None else self._modules.value(self._path, given)[1]

    def number(self, position: int, name: str) -> int | None:
        value = self._value(position, name)
        if value is None or (isinstance(value, Const) and value.value is None):
            return None
        if isinstance(value, Const) and isinstance(value.value, int) and not isinstance(value.value, bool):
            return value.value
        self.unknown = True
        return None

    def flag(self, position: int, name: str, otherwise: bool = False) -> bool:
        value = self._value(position, name)
        if value is None:
            return otherwise
        if isinstance(value, Const):
            return bool(value.value)
        self.unknown = True
        return otherwise

    def text(self, name: str) -> str | None:
        value = self._value(-1, name)
        return value.value if isinstance(value, Text) else None


Maker = Callable[[Arguments, str, str | None], str | None]


def _sized(word: str, position_name: str = "length", refuses: frozenset[str] = frozenset(), bare: str = "") -> Maker:
    """`WORD(n)`; without a length `WORD`, which the families in `refuses` do not take; T-SQL says `max` for some."""

    def make(given: Arguments, family: str, special: str | None) -> str | None:
        length = given.number(0, position_name)
        if length is not None:
            return f"{word}({length})"
        if family in refuses:
            return None
        return f"{word}({bare})" if bare and family == "tsql" else word

    return make


def _unicode(given: Arguments, family: str, special: str | None) -> str | None:
    return _sized("NVARCHAR" if family == "tsql" else "VARCHAR", refuses=_MYSQL, bare="max")(given, family, special)


def _text(word: str) -> Maker:
    def make(given: Arguments, family: str, special: str | None) -> str | None:
        length = given.number(0, "length")
        if family == "tsql":
            return f"{word}(max)"
        return "TEXT" if length is None else f"TEXT({length})"

    return make


def _number(word: str) -> Maker:
    def make(given: Arguments, family: str, special: str | None) -> str | None:
        precision, scale = given.number(0, "precision"), given.number(1, "scale")
        text = word
        if precision is not None:
            text += f"({precision})" if scale is None else f"({precision}, {scale})"
        return text + _signed(given, special)

    return make


def _signed(given: Arguments, special: str | None) -> str:
    if special not in ("mysql", "mariadb"):
        return ""
    return (" UNSIGNED" if given.flag(-1, "unsigned") else "") + (" ZEROFILL" if given.flag(-1, "zerofill") else "")


def _integer(word: str) -> Maker:
    def make(given: Arguments, family: str, special: str | None) -> str | None:
        width = given.number(0, "display_width") if special in ("mysql", "mariadb") else None
        return word + (f"({width})" if width is not None else "") + _signed(given, special)

    return make


def _float(given: Arguments, family: str, special: str | None) -> str | None:
    precision = given.number(0, "precision")
    scale = given.number(1, "scale") if special in ("mysql", "mariadb") else None
    if scale is not None:
        return f"FLOAT({precision}, {scale})" + _signed(given, special)
    if family == "sqlite" or not precision:
        return "FLOAT" + _signed(given, special)
    return f"FLOAT({precision})" + _signed(given, special)


def _double(given: Arguments, family: str, special: str | None) -> str | None:
    if special in ("mysql", "mariadb"):
        precision, scale = given.number(0, "precision"), given.number(1, "scale")
        text = "DOUBLE" if precision is None or scale is None else f"DOUBLE({precision}, {scale})"
        return text + _signed(given, special)
    return "DOUBLE PRECISION" if family in ("postgres", "tsql", "generic") else "DOUBLE"


def _timestamp(word: str) -> Maker:
    """DateTime and TIMESTAMP. The generic spelling says nothing about time zones."""

    def make(given: Arguments, family: str, special: str | None) -> str | None:
        zone = given.flag(0, "timezone")
        if family == "postgres" and word == "TIMESTAMP":
            precision = given.number(1, "precision") if special == "postgresql" else None
            digits = "" if precision is None else f"({precision})"
            return f"TIMESTAMP{digits} {'WITH' if zone else 'WITHOUT'} TIME ZONE"
        if family == "mysql":
            fsp = given.number(1, "fsp") if special in ("mysql", "mariadb") else None
            return f"{word}({fsp})" if fsp else word
        if family == "tsql":
            return "DATETIMEOFFSET" if zone and word == "DATETIME" else word
        return "TIMESTAMP" if family == "generic" else word

    return make


def _date_time(given: Arguments, family: str, special: str | None) -> str | None:
    return _timestamp("TIMESTAMP" if family == "postgres" else "DATETIME")(given, family, special)


def _time(given: Arguments, family: str, special: str | None) -> str | None:
    if family == "postgres":
        precision = given.number(1, "precision") if special == "postgresql" else None
        digits = "" if precision is None else f"({precision})"
        return f"TIME{digits} {'WITH' if given.flag(0, 'timezone') else 'WITHOUT'} TIME ZONE"
    if family == "mysql" and special in ("mysql", "mariadb"):
        fsp = given.number(1, "fsp")
        return f"TIME({fsp})" if fsp else "TIME"
    return "TIME"


def _interval(given: Arguments, family: str, special: str | None) -> str | None:
    if family == "postgres":
        if special == "postgresql":
            precision, fields = given.number(0, "precision"), given.text("fields")
            return "INTERVAL" + (f" {fields}" if fields else "") + ("" if precision is None else f" ({precision})")
        if not given.flag(0, "native", True):
            return "TIMESTAMP WITHOUT TIME ZONE"
        precision = given.number(1, "second_precision")
        return "INTERVAL" if precision is None else f"INTERVAL ({precision})"
    return None if family == "generic" else "DATETIME"


def _by_family(
    postgres: str | None, mysql: str | None, sqlite: str | None, tsql: str | None, generic: str | None
) -> Maker:
    """Types that take no arguments which matter."""
    spelled = {"postgres": postgres, "mysql": mysql, "sqlite": sqlite, "tsql": tsql, "generic": generic}

    def make(given: Arguments, family: str, special: str | None) -> str | None:
        return spelled.get(family)

    return make


def _uuid(given: Arguments, family: str, special: str | None) -> str | None:
    native = given.flag(1, "native_uuid", True)
    if family in ("postgres", "tsql") and native:
        return "UUID" if family == "postgres" else "UNIQUEIDENTIFIER"
    return None if family == "generic" else "CHAR(32)"


def _exact_uuid(given: Arguments, family: str, special: str | None) -> str | None:
    return "UNIQUEIDENTIFIER" if family == "tsql" else "UUID"


def _binary(given: Arguments, family: str, special: str | None) -> str | None:
    length = given.number(0, "length")
    if family == "mysql":
        return "BLOB" if length is None else f"BLOB({length})"
    return {"postgres": "BYTEA", "sqlite": "BLOB", "tsql": "VARBINARY(max)"}.get(family)


def _blob(given: Arguments, family: str, special: str | None) -> str | None:
    return "BLOB" if family == "postgres" else _binary(given, family, special)


def _bit(given: Arguments, family: str, special: str | None) -> str | None:
    length = given.number(0, "length")
    if special == "postgresql":
        if given.flag(1, "varying"):
            return "BIT VARYING" + ("" if length is None else f"({length})")
        return f"BIT({1 if length is None else length})"
    return "BIT" if length is None else f"BIT({length})"


def _auto_string(given: Arguments, family: str, special: str | None) -> str | None:
    length = given.number(0, "length")
    if length is None and family == "mysql":
        length = 255  # SQLModel's own choice
    return "VARCHAR" if length is None else f"VARCHAR({length})"


def _postgres_only(word: str) -> Maker:
    """A type of one database only: any other refuses it."""

    def make(given: Arguments, family: str, special: str | None) -> str | None:
        return word if family in ("postgres", "generic") else None

    return make


def _mysql_only(word: str) -> Maker:
    def make(given: Arguments, family: str, special: str | None) -> str | None:
        return word if family in ("mysql", "generic") else None

    return make


def _vector(given: Arguments, family: str, special: str | None) -> str | None:
    size = given.number(0, "dim")
    if family not in ("postgres", "generic"):
        return None
    return "VECTOR" if size is None else f"VECTOR({size})"


_MYSQL = frozenset({"mysql"})
_POSTGRES_WORDS = (
    "JSONB INET CIDR MACADDR MACADDR8 MONEY OID REGCLASS REGCONFIG TSVECTOR TSQUERY HSTORE CITEXT JSONPATH INT4RANGE "
    "INT8RANGE NUMRANGE DATERANGE TSRANGE TSTZRANGE INT4MULTIRANGE INT8MULTIRANGE NUMMULTIRANGE DATEMULTIRANGE "
    "TSMULTIRANGE TSTZMULTIRANGE"
)
MAKERS: dict[str, Maker] = {
    "Integer": _integer("INTEGER"),
    "INTEGER": _integer("INTEGER"),
    "INT": _integer("INTEGER"),
    "SmallInteger": _integer("SMALLINT"),
    "SMALLINT": _integer("SMALLINT"),
    "BigInteger": _integer("BIGINT"),
    "BIGINT": _integer("BIGINT"),
    "TINYINT": _integer("TINYINT"),
    "MEDIUMINT": _integer("MEDIUMINT"),
    "String": _sized("VARCHAR", refuses=_MYSQL, bare="max"),
    "VARCHAR": _sized("VARCHAR", refuses=_MYSQL, bare="max"),
    "Unicode": _unicode,
    "NVARCHAR": _sized("NVARCHAR", refuses=_MYSQL, bare="max"),
    "CHAR": _sized("CHAR"),
    "NCHAR": _sized("NCHAR"),
    "Text": _text("VARCHAR"),
    "TEXT": _text("TEXT"),
    "UnicodeText": _text("NVARCHAR"),
    "AutoString": _auto_string,
    "Float": _float,
    "FLOAT": _float,
    "REAL": _by_family("REAL", "REAL", "REAL", "REAL", "REAL"),
    "Double": _double,
    "DOUBLE": _double,
    "DOUBLE_PRECISION": _double,
    "Numeric": _number("NUMERIC"),
    "NUMERIC": _number("NUMERIC"),
    "DECIMAL": _number("DECIMAL"),
    "DateTime": _date_time,
    "DATETIME": _timestamp("DATETIME"),
    "TIMESTAMP": _timestamp("TIMESTAMP"),
    "Date": _by_family("DATE", "DATE", "DATE", "DATE", "DATE"),
    "DATE": _by_family("DATE", "DATE", "DATE", "DATE", "DATE"),
    "Time": _time,
    "TIME": _time,
    "Interval": _interval,
    "INTERVAL": _interval,
    "LargeBinary": _binary,
    "PickleType": _by_family("BYTEA", "BLOB", "BLOB", "VARBINARY(max)", None),
    "BYTEA": _postgres_only("BYTEA"),
    "BLOB": _blob,
    "BINARY": _sized("BINARY"),
    "VARBINARY": _sized("VARBINARY", refuses=_MYSQL, bare="max"),
    "Boolean": _by_family("BOOLEAN", "BOOL", "BOOLEAN", "BIT", "BOOLEAN"),
    "BOOLEAN": _by_family("BOOLEAN", "BOOL", "BOOLEAN", "BOOLEAN", "BOOLEAN"),
    "JSON": _by_family("JSON", "JSON", "JSON", "NVARCHAR(max)", "JSON"),
    "Uuid": _uuid,
    "UUID": _exact_uuid,
    "BIT": _bit,
    "YEAR": _mysql_only("YEAR"),
    "TINYTEXT": _mysql_only("TINYTEXT"),
    "MEDIUMTEXT": _mysql_only("MEDIUMTEXT"),
    "LONGTEXT": _mysql_only("LONGTEXT"),
    "TINYBLOB": _mysql_only("TINYBLOB"),
    "MEDIUMBLOB": _mysql_only("MEDIUMBLOB"),
    "LONGBLOB": _mysql_only("LONGBLOB"),
    "Vector": _vector,
    "VECTOR": _vector,
    "UNIQUEIDENTIFIER": _by_family(None, None, None, "UNIQUEIDENTIFIER", None),
    "DATETIMEOFFSET": _by_family(None, None, None, "DATETIMEOFFSET", None),
    "DATETIME2": _by_family(None, None, None, "DATETIME2", None),
    **{word: _postgres_only(word) for word in _POSTGRES_WORDS.split()},
}
