"""PostgreSQL: folding, `format_type` spellings, and the names `ChooseIndexName` and `ChooseConstraintName` make."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from schemalint.dialects import Dialect, NameKind, Taken
from schemalint.dialects.spellings import Spellings, moments, pairs
from schemalint.dialects.typetext import TypeText, take_apart
from schemalint.model.facts import Servers
from schemalint.model.types import ColumnType, Family

_LIMIT = 63

_SIMPLE = {
    "smallint": ColumnType(Family.INTEGER, "smallint", 16),
    "integer": ColumnType(Family.INTEGER, "integer", 32),
    "bigint": ColumnType(Family.INTEGER, "bigint", 64),
    "real": ColumnType(Family.FLOAT, "real", 32),
    "double precision": ColumnType(Family.FLOAT, "double precision", 64),
    "text": ColumnType(Family.TEXT, "text"),
    "citext": ColumnType(Family.TEXT, "citext"),
    "name": ColumnType(Family.TEXT, "name", 63),
    "boolean": ColumnType(Family.BOOLEAN, "boolean"),
    "date": ColumnType(Family.DATE, "date"),
    "uuid": ColumnType(Family.UUID, "uuid"),
    "json": ColumnType(Family.JSON, "json"),
    "jsonb": ColumnType(Family.JSON, "jsonb"),
    "bytea": ColumnType(Family.BINARY, "bytea"),
}
_SYNONYMS = {
    "int2": "smallint",
    "smallserial": "smallint",
    "serial2": "smallint",
    "int": "integer",
    "int4": "integer",
    "serial": "integer",
    "serial4": "integer",
    "int8": "bigint",
    "bigserial": "bigint",
    "serial8": "bigint",
    "float4": "real",
    "float8": "double precision",
    "bool": "boolean",
    "dec": "numeric",
    "decimal": "numeric",
    "varchar": "character varying",
    "char varying": "character varying",
    "national character varying": "character varying",
    "national char varying": "character varying",
    "nchar varying": "character varying",
    "char": "character",
    "nchar": "character",
    "national character": "character",
    "national char": "character",
    "varbit": "bit varying",
    "timestamp without time zone": "timestamp",
    "timestamptz": "timestamp with time zone",
    "time without time zone": "time",
    "timetz": "time with time zone",
}
_INTERNAL = frozenset(
    {"int2", "int4", "int8", "float4", "float8", "bool", "varchar", "varbit", "timestamptz", "timetz", "text", "uuid"}
    | {"json", "jsonb", "bytea", "date", "citext", "numeric", "bpchar", "timestamp", "time", "name"}
)
_BUILT_IN_WORDS = """
money inet cidr macaddr macaddr8 tsvector tsquery xml point line lseg box path polygon circle oid regclass regproc
regprocedure regoper regoperator regtype regrole regnamespace regconfig regdictionary pg_lsn pg_snapshot
txid_snapshot int4range int8range numrange tsrange tstzrange daterange int4multirange int8multirange nummultirange
tsmultirange tstzmultirange datemultirange jsonpath xid xid8 cid tid bpchar oidvector int2vector refcursor aclitem
hstore ltree lquery ltxtquery cube seg isbn isbn13 issn ismn ean13 upc lo geometry geography raster topogeometry
box2d box3d vector halfvec sparsevec semver uint1 uint2 uint4 uint8 int1 rum earth
"""
_BUILT_IN = frozenset(_BUILT_IN_WORDS.split())
"""Types of the server itself and of common extensions: nothing in a project's SQL has to create them."""
_SIZED_BUILT_IN = frozenset({"geometry", "geography", "vector", "halfvec", "sparsevec"})


def _clip(text: str, limit: int) -> str:
    """The text cut to so many bytes at a character's border, as `pg_mbcliplen` does."""
    if len(text) * 4 <= limit:
        return text
    return text.encode("utf-8", "surrogatepass")[:limit].decode("utf-8", "ignore")


def _fold(text: str, quoted: bool, kind: NameKind) -> str:
    return _clip(text if quoted else text.lower(), _LIMIT)


def _object_name(first: str, second: str | None, label: str) -> str:
    """`makeObjectName`: both parts shortened, the longer one first, until all of it fits."""
    room = _LIMIT - len(label) - 1 - (1 if second else 0)
    one, two = first.encode("utf-8", "surrogatepass"), (second or "").encode("utf-8", "surrogatepass")
    a, b = len(one), len(two)
    while a + b > room:
        if a > b:
            a -= 1
        else:
            b -= 1
    name = _clip(first, a) if a < len(one) else first
    if second:
        name += "_" + (_clip(second, b) if b < len(two) else second)
    return f"{name}_{label}"


def _chosen(first: str, second: str | None, label: str, taken: Taken) -> str:
    name, count = _object_name(first, second, label), 0
    while taken(name):
        count += 1
        name = _object_name(first, second, f"{label}{count}")
    return name


def _joined(columns: tuple[str, ...]) -> str | None:
    """`ChooseIndexNameAddition`: the columns with underscores, no longer than a name may be."""
    text = ""
    for column in columns:
        text = f"{text}_{column}" if text else column
        if len(text.encode("utf-8", "surrogatepass")) > _LIMIT:
            break
    return text or None


def _check_name(table: str, columns: tuple[str, ...], taken: Taken) -> str:
    distinct = dict.fromkeys(columns)
    return _chosen(table, next(iter(distinct)) if len(distinct) == 1 else None, "check", taken)


@lru_cache(maxsize=4096)
def _column_type(raw: str) -> ColumnType | None:
    text = take_apart(raw)
    if text is None:
        return None
    element = _scalar(text)
    if element is None or not text.arrays:
        return element
    return ColumnType(Family.ARRAY, f"{element.name}[]", element=element)


def _scalar(text: TypeText) -> ColumnType | None:
    names = text.names
    if len(names) == 2 and names[0][0].lower() == "pg_catalog":
        names = names[1:]
    words = " ".join(text.words)
    if len(text.words) == 1 and names and names[-1][1]:
        words = names[-1][0]  # a quoted name is a type of the server only as the server itself spells it
        if words == "char" or words not in _INTERNAL | _BUILT_IN:
            return _user_type(text, names)
    elif len(names) > 1:
        return _user_type(text, names)
    words = _SYNONYMS.get(words, words)
    if words in _SIMPLE:
        return _SIMPLE[words] if text.args is None else None
    numbers = text.numbers
    if numbers is None:
        return _user_type(text, names)
    first = numbers[0] if numbers else None
    if words == "float":
        return _SIMPLE["double precision" if first is None or first > 24 else "real"]
    if words == "numeric":
        return _numeric(numbers)
    if words == "character varying":
        return ColumnType(Family.TEXT, "character varying" if first is None else f"character varying({first})", first)
    if words == "character" or (words == "bpchar" and first is not None):
        return ColumnType(
            Family.TEXT, f"character({1 if first is None else first})", 1 if first is None else first, fixed=True
        )
    if words == "bpchar":
        return ColumnType(Family.TEXT, "bpchar")
    if words in ("bit", "bit varying"):
        if words == "bit":
            first = first or 1
        return ColumnType(Family.OTHER, words if first is None else f"{words}({first})", first, fixed=words == "bit")
    if words.startswith(("timestamp", "time")) and words in (
        "timestamp",
        "time",
        "timestamp with time zone",
        "time with time zone",
    ):
        head, zoned = words.split(" ")[0], " with " in words
        sized = head if first is None else f"{head}({first})"
        family = Family.TIMESTAMP if head == "timestamp" else Family.TIME
        tail = "with time zone" if zoned else "without time zone"
        return ColumnType(family, f"{sized} {tail}", precision=first, with_tz=zoned)
    if text.words[0] == "interval":
        fields = " ".join(text.words)
        return ColumnType(Family.INTERVAL, fields if first is None else f"{fields}({first})", precision=first)
    if words in _BUILT_IN:
        return ColumnType(Family.OTHER, words if first is None else f"{words}({','.join(map(str, numbers))})", first)
    return _user_type(text, names)


def _numeric(numbers: tuple[int, ...]) -> ColumnType | None:
    if not numbers:
        return ColumnType(Family.DECIMAL, "numeric")
    if len(numbers) > 2:
        return None
    precision, scale = numbers[0], numbers[1] if len(numbers) > 1 else 0
    return ColumnType(Family.DECIMAL, f"numeric({precision},{scale})", precision=precision, scale=scale)


def _user_type(text: TypeText, names: tuple[tuple[str, bool], ...]) -> ColumnType | None:
    if len(text.words) != 1 or not 1 <= len(names) <= 2:
        return None
    folded = [_fold(part, quoted, NameKind.TABLE) for part, quoted in names]
    if not names[-1][1] and folded[-1] in _BUILT_IN:  # an extension's type in the schema it was installed in
        shown = folded[-1]
        if text.args and shown in _SIZED_BUILT_IN:
            shown += f"({','.join(text.args)})"
        return ColumnType(Family.OTHER, shown)
    if len(names) == 1 and names[0] == ("char", True):
        return ColumnType(Family.TEXT, '"char"', 1, fixed=True)
    if len(folded) == 2 and folded[0] == "public":
        folded = folded[1:]
    shown = ".".join(part if _plain(part) else _quote(part) for part in folded)
    return ColumnType(Family.OTHER, shown, user_type=".".join(folded))


def _plain(name: str) -> bool:
    return name.isascii() and name.replace("_", "a").isalnum() and not name[:1].isdigit() and name == name.lower()


def _quote(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


_SPELLINGS = Spellings(
    # Date/Time Functions and Operators, "Current Date/Time"
    clocks=moments(
        now="now()|current_timestamp|current_timestamp(p)|transaction_timestamp()",
        local="localtimestamp|localtimestamp(p)",
        statement="statement_timestamp()",
        clock="clock_timestamp()",
        today="current_date",
        time="current_time|current_time(p)",
        localtime="localtime|localtime(p)",
    ),
    on={
        (Family.DATE, None): {"now": "today", "local": "today"},
        (Family.TIMESTAMP, False): {"now": "local"},
        (Family.TIME, False): {"now": "localtime", "local": "localtime"},
    },
    apart=pairs("now statement", "now clock", "local statement", "local clock", "statement clock", "now today")
    | pairs("local today"),
    finest=6,
    alike=(frozenset({"text", "character varying"}),),
    # Data Types, "Boolean Type": also every unique prefix of these
    truths={word[:size]: True for word in ("true", "yes") for size in range(1, 5)}
    | {word[:size]: False for word in ("false", "no") for size in range(1, 6)}
    | {"on": True, "1": True, "off": False, "of": False, "0": False},
    constants={"jsonb_build_object()": "{}", "json_build_object()": "{}"}
    | {"jsonb_build_array()": "[]", "json_build_array()": "[]"},
)

_NEW = Dialect(
    name="postgres",
    title="PostgreSQL",
    family="postgres",
    default_schemas=frozenset({"public"}),
    fold=_fold,
    column_type=_column_type,
    primary_key_name=lambda table: _object_name(table, None, "pkey"),
    unique_name=lambda table, columns, taken: _chosen(table, _joined(columns), "key", taken),
    index_name=lambda table, columns, taken: _chosen(table, _joined(columns), "idx", taken),
    foreign_key_name=lambda table, columns, taken: _chosen(table, _joined(columns), "fkey", taken),
    check_name=_check_name,
    index_scope="schema",
    unique_is_index=True,
    transactional_ddl=True,
    quote=_quote,
    spellings=_SPELLINGS,
    exclusion_name=lambda table, columns, taken: _chosen(table, _joined(columns), "excl", taken),
    sequence_name=lambda table, columns, taken: _chosen(table, _joined(columns), "seq", taken),
)
_BEFORE_18 = replace(_NEW, names_not_null=False)
_BEFORE_17 = replace(_BEFORE_18, hands_identity_down=False)
_BEFORE_12 = replace(
    _BEFORE_17, foreign_key_name=lambda table, columns, taken: _chosen(table, (columns or (None,))[0], "fkey", taken)
)
"""Which called a foreign key after the first of its columns (release notes of 12, "Migration to Version 12")."""
DIALECT = replace(
    _NEW,
    older=(
        (Servers("postgres", None, (12,)), _BEFORE_12),
        (Servers("postgres", None, (17,)), _BEFORE_17),
        (Servers("postgres", None, (18,)), _BEFORE_18),
    ),
)
