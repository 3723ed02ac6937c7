"""SQLite: names without case, types as declared with the family their words or their affinity say."""

from __future__ import annotations

from functools import lru_cache

from schemalint.dialects import Dialect, NameKind
from schemalint.dialects.spellings import Spellings, moments, pairs
from schemalint.dialects.typetext import take_apart
from schemalint.model.types import ColumnType, Family

_WORDS = {
    "boolean": Family.BOOLEAN,
    "bool": Family.BOOLEAN,
    "date": Family.DATE,
    "time": Family.TIME,
    "datetime": Family.TIMESTAMP,
    "timestamp": Family.TIMESTAMP,
    "timestamptz": Family.TIMESTAMP,
    "timestamp with time zone": Family.TIMESTAMP,
    "timestamp without time zone": Family.TIMESTAMP,
    "uuid": Family.UUID,
    "json": Family.JSON,
    "jsonb": Family.JSON,
    "numeric": Family.DECIMAL,
    "decimal": Family.DECIMAL,
    "number": Family.DECIMAL,
    "bytea": Family.BINARY,
    "varbinary": Family.BINARY,
    "binary": Family.BINARY,
}


@lru_cache(maxsize=4096)
def _column_type(raw: str) -> ColumnType | None:
    declared = raw.strip()
    if not declared:
        return None
    text = take_apart(declared)
    words = " ".join(text.words) if text else declared.lower()
    family = _WORDS.get(words) or _affinity(words)
    numbers = (text.numbers or ()) if text else ()
    if family is Family.TEXT and numbers:
        return ColumnType(family, declared, numbers[0], fixed=words in ("char", "character", "nchar") or None)
    if family is Family.DECIMAL and numbers:
        return ColumnType(family, declared, precision=numbers[0], scale=numbers[1] if len(numbers) > 1 else 0)
    return ColumnType(family, declared)


def _affinity(words: str) -> Family:
    """The rules of "Determination Of Column Affinity", in their order."""
    if "int" in words:
        return Family.INTEGER
    if "char" in words or "clob" in words or "text" in words:
        return Family.TEXT
    if "blob" in words:
        return Family.BINARY
    if "real" in words or "floa" in words or "doub" in words:
        return Family.FLOAT
    return Family.OTHER


def _kept(name: str) -> str:
    """The affinity of a declared type: "integer" stands for NUMERIC too, which only a CAST tells apart."""
    text = take_apart(name)
    family = _affinity(" ".join(text.words) if text else name.lower())
    if family is Family.OTHER:
        return "integer" if name else "blob"
    return str({Family.BINARY: "blob", Family.FLOAT: "real"}.get(family, family.value))


def _lower(text: str, quoted: bool, kind: NameKind) -> str:
    return text.lower()


_SPELLINGS = Spellings(
    exact=False,
    # "Date And Time Functions"
    clocks=moments(
        now="current_timestamp|datetime()|datetime('now')|datetime(current_timestamp)"
        "|strftime('%Y-%m-%d %H:%M:%S','now')|strftime('%F %T','now')",
        today="current_date|date()|date('now')|strftime('%Y-%m-%d','now')|strftime('%F','now')",
        time="current_time|time()|time('now')|strftime('%H:%M:%S','now')|strftime('%T','now')",
        epoch="unixepoch()|unixepoch('now')|strftime('%s','now')",
    ),
    apart=pairs("now today", "now time", "today time", "now epoch", "today epoch", "time epoch"),
    pads=False,
    affinity=_kept,
)

DIALECT = Dialect(
    name="sqlite",
    title="SQLite",
    family="sqlite",
    default_schemas=frozenset({"main"}),
    fold=_lower,
    column_type=_column_type,
    primary_key_name=lambda table: None,
    unique_name=lambda table, columns, taken: None,
    index_name=lambda table, columns, taken: None,
    foreign_key_name=lambda table, columns, taken: None,
    check_name=lambda table, columns, taken: None,
    index_scope="schema",
    unique_is_index=False,
    transactional_ddl=True,
    quote=lambda name: '"' + name.replace('"', '""') + '"',
    spellings=_SPELLINGS,
)
