"""SQL Server: names without case (the usual collation), types as `sys.types` spells them; its own names are random."""

from __future__ import annotations

from functools import lru_cache

from schemalint.dialects import Dialect, NameKind
from schemalint.dialects.spellings import Spellings, moments
from schemalint.dialects.typetext import TypeText, take_apart
from schemalint.model.types import ColumnType, Family

_SIMPLE = {
    "tinyint": ColumnType(Family.INTEGER, "tinyint", 8, unsigned=True),
    "smallint": ColumnType(Family.INTEGER, "smallint", 16),
    "int": ColumnType(Family.INTEGER, "int", 32),
    "bigint": ColumnType(Family.INTEGER, "bigint", 64),
    "bit": ColumnType(Family.BOOLEAN, "bit"),
    "real": ColumnType(Family.FLOAT, "real", 32),
    "money": ColumnType(Family.DECIMAL, "money", precision=19, scale=4),
    "smallmoney": ColumnType(Family.DECIMAL, "smallmoney", precision=10, scale=4),
    "text": ColumnType(Family.TEXT, "text"),
    "ntext": ColumnType(Family.TEXT, "ntext"),
    "image": ColumnType(Family.BINARY, "image"),
    "date": ColumnType(Family.DATE, "date"),
    "datetime": ColumnType(Family.TIMESTAMP, "datetime", with_tz=False),
    "smalldatetime": ColumnType(Family.TIMESTAMP, "smalldatetime", with_tz=False),
    "uniqueidentifier": ColumnType(Family.UUID, "uniqueidentifier"),
    "rowversion": ColumnType(Family.BINARY, "timestamp", 8, fixed=True),
    "timestamp": ColumnType(Family.BINARY, "timestamp", 8, fixed=True),
}
_SYNONYMS = {
    "integer": "int",
    "dec": "decimal",
    "character": "char",
    "char varying": "varchar",
    "character varying": "varchar",
    "national char": "nchar",
    "national character": "nchar",
    "national char varying": "nvarchar",
    "national character varying": "nvarchar",
    "binary varying": "varbinary",
    "national text": "ntext",
    "double precision": "float",
}


@lru_cache(maxsize=4096)
def _column_type(raw: str) -> ColumnType | None:
    text = take_apart(raw)
    if text is None or text.arrays:
        return None
    # [int] and sys.int are int
    words = text.names[-1][0].lower() if text.names and len(text.words) == 1 else " ".join(text.words)
    if len(text.names) > 1 and text.names[-2][0].lower() != "sys":
        return ColumnType(Family.OTHER, words)  # an alias type, whatever it is called
    words = _SYNONYMS.get(words, words)
    return _SIMPLE.get(words) or _sized(words, text)


def _sized(words: str, text: TypeText) -> ColumnType | None:
    most = bool(text.args) and text.args is not None and text.args[0].lower() == "max"
    numbers = () if most else text.numbers
    if numbers is None:
        return None
    first = numbers[0] if numbers else None
    if words in ("char", "nchar", "varchar", "nvarchar", "binary", "varbinary"):
        size = None if most else 1 if first is None else first
        family = Family.BINARY if "binary" in words else Family.TEXT
        return ColumnType(family, f"{words}({'max' if most else size})", size, fixed="var" not in words)
    if words in ("decimal", "numeric"):
        precision, scale = 18 if first is None else first, numbers[1] if len(numbers) > 1 else 0
        return ColumnType(Family.DECIMAL, f"{words}({precision},{scale})", precision=precision, scale=scale)
    if words == "float":
        short = first is not None and first < 25
        return ColumnType(Family.FLOAT, "real" if short else "float", 32 if short else 64)
    if words in ("datetime2", "datetimeoffset", "time"):
        digits = 7 if first is None else first
        family = Family.TIME if words == "time" else Family.TIMESTAMP
        return ColumnType(family, f"{words}({digits})", precision=digits, with_tz=words == "datetimeoffset")
    return ColumnType(Family.OTHER, words) if len(text.words) == 1 else None


def _lower(text: str, quoted: bool, kind: NameKind) -> str:
    return text.lower()


_SPELLINGS = Spellings(
    # "Date and time data types and functions": CURRENT_TIMESTAMP is the ANSI spelling of GETDATE()
    clocks=moments(
        now="getdate()|current_timestamp|{fnnow()}",
        precise="sysdatetime()",
        utc="getutcdate()",
        preciseutc="sysutcdatetime()",
        offset="sysdatetimeoffset()",
    ),
    alike=(frozenset({"decimal", "numeric"}),),
    # "bit": the texts TRUE and FALSE are 1 and 0
    truths={"true": True, "false": False, "1": True, "0": False},
)

DIALECT = Dialect(
    name="tsql",
    title="SQL Server",
    family="tsql",
    default_schemas=frozenset({"dbo"}),
    fold=_lower,
    column_type=_column_type,
    primary_key_name=lambda table: None,
    unique_name=lambda table, columns, taken: None,
    index_name=lambda table, columns, taken: None,
    foreign_key_name=lambda table, columns, taken: None,
    check_name=lambda table, columns, taken: None,
    index_scope="table",
    unique_is_index=True,
    transactional_ddl=True,
    quote=lambda name: "[" + name.replace("]", "]]") + "]",
    spellings=_SPELLINGS,
)
