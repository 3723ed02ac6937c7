"""MySQL: folding, `COLUMN_TYPE` spellings without display widths, and the names the server gives to keys."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from itertools import count

from schemalint.dialects import Dialect, NameKind, Taken
from schemalint.dialects.spellings import Spellings, moments, pairs
from schemalint.dialects.typetext import TypeText, string_value, take_apart
from schemalint.model.types import ColumnType, Family

_INTEGERS = {
    "tinyint": ("tinyint", 8),
    "int1": ("tinyint", 8),
    "smallint": ("smallint", 16),
    "int2": ("smallint", 16),
    "mediumint": ("mediumint", 24),
    "int3": ("mediumint", 24),
    "middleint": ("mediumint", 24),
    "int": ("int", 32),
    "integer": ("int", 32),
    "int4": ("int", 32),
    "bigint": ("bigint", 64),
    "int8": ("bigint", 64),
}
_TEXTS = {
    "tinytext": ("tinytext", 255),
    "text": ("text", 65_535),
    "mediumtext": ("mediumtext", 16_777_215),
    "long": ("mediumtext", 16_777_215),
    "long varchar": ("mediumtext", 16_777_215),
    "longtext": ("longtext", 4_294_967_295),
}
_BLOBS = {
    "tinyblob": ("tinyblob", 255),
    "blob": ("blob", 65_535),
    "mediumblob": ("mediumblob", 16_777_215),
    "long varbinary": ("mediumblob", 16_777_215),
    "longblob": ("longblob", 4_294_967_295),
}
_BYTES = {"tinytext": "tinyblob", "text": "blob", "mediumtext": "mediumblob", "longtext": "longblob"}
"""What `BYTE` behind a type makes of it: an alias for the binary types."""
_VARCHAR = frozenset(
    {
        "varchar",
        "varcharacter",
        "character varying",
        "char varying",
        "nvarchar",
        "nchar varchar",
        "nchar varying",
        "national varchar",
        "national char varying",
        "national character varying",
    }
)
_CHAR = frozenset({"char", "character", "nchar", "national char", "national character"})
_DECIMAL = frozenset({"decimal", "dec", "numeric", "fixed"})
_DOUBLE = frozenset({"double", "double precision", "real", "float8"})
_MODIFIERS = frozenset({"unsigned", "signed", "zerofill", "ascii", "unicode", "binary", "byte"})
_SPATIAL = {
    "geometry": "geometry",
    "point": "point",
    "linestring": "linestring",
    "polygon": "polygon",
    "multipoint": "multipoint",
    "multilinestring": "multilinestring",
    "multipolygon": "multipolygon",
    "geometrycollection": "geomcollection",
    "geomcollection": "geomcollection",
    "vector": "vector",
}


def fold(text: str, quoted: bool, kind: NameKind) -> str:
    """Tables and schemas keep their case (what the server does with it depends on its files); the rest has none."""
    return text if kind in (NameKind.TABLE, NameKind.SCHEMA) else text.lower()


def quote(name: str) -> str:
    """A name as the server prints it."""
    return "`" + name.replace("`", "``") + "`"


def key_name(table: str, columns: tuple[str, ...], taken: Taken) -> str | None:
    """`make_unique_key_name`: the first column's name, then what fits of it with `_2` and so on."""
    if not columns:
        return None
    first = columns[0]
    if first.lower() != "primary" and not taken(first):
        return first
    return next(name for n in count(2) if not taken(name := f"{first[:61]}_{n}"))


def numbered(pattern: str) -> Callable[[str, tuple[str, ...], Taken], str | None]:
    """A maker of names like `orders_ibfk_1`: the first number that is free."""

    def make(table: str, columns: tuple[str, ...], taken: Taken) -> str | None:
        return next(name for n in count(1) if not taken(name := pattern.format(table=table, n=n)))

    return make


@lru_cache(maxsize=4096)
def column_type(raw: str) -> ColumnType | None:
    """The type as `COLUMN_TYPE` prints it."""
    text = take_apart(raw)
    if text is None or text.arrays:
        return None
    kept = [word for word in text.words if word not in _MODIFIERS]
    extra = {word for word in text.words if word in _MODIFIERS}
    if not kept:
        kept, extra = list(text.words[:1]), set(text.words[1:])
    return _read(" ".join(kept), text, extra)


def _read(words: str, text: TypeText, extra: set[str]) -> ColumnType | None:
    if words in ("enum", "set"):
        return _choice(words, text)
    numbers = text.numbers
    if numbers is None:
        return None
    first = numbers[0] if numbers else None
    if words in _INTEGERS:
        return _integer(*_INTEGERS[words], first, extra)
    if words in ("bool", "boolean"):
        return _integer("tinyint", 8, 1, set())
    if words == "serial":
        return _integer("bigint", 64, None, {"unsigned"})
    unsigned = bool(extra & {"unsigned", "zerofill"})
    if "byte" in extra and words in _BYTES:
        return _read(_BYTES[words], text, set())
    if "byte" in extra and (words in _VARCHAR or words in _CHAR):
        return _read("varbinary" if words in _VARCHAR else "binary", text, set())
    tail = (" unsigned" if unsigned else "") + (" zerofill" if "zerofill" in extra else "")
    if words in _DECIMAL:
        precision, scale = first or 10, numbers[1] if len(numbers) > 1 else 0
        name = f"decimal({precision},{scale}){tail}"
        return ColumnType(Family.DECIMAL, name, precision=precision, scale=scale, unsigned=unsigned)
    if words in ("float", "float4") or words in _DOUBLE:
        double = words in _DOUBLE or (len(numbers) == 1 and numbers[0] > 24)
        shown = ("double" if double else "float") + (f"({numbers[0]},{numbers[1]})" if len(numbers) == 2 else "")
        return ColumnType(Family.FLOAT, shown + tail, 64 if double else 32, unsigned=unsigned)
    if words in _VARCHAR:
        return None if first is None else ColumnType(Family.TEXT, f"varchar({first})", first)
    if words in _CHAR:
        size = 1 if first is None else first
        return ColumnType(Family.TEXT, f"char({size})", size, fixed=True)
    if words in _TEXTS:
        ladder = ("tinytext", "text", "mediumtext", "longtext")
        # The length counts characters, and how many bytes one takes is the character set's affair: four by default.
        name, size = _sized(words, _TEXTS, first and first * 4, ladder)
        certain = first is None or size == _sized(words, _TEXTS, first, ladder)[1]
        return ColumnType(Family.TEXT, name, size if certain else None)
    if words in _BLOBS:
        name, size = _sized(words, _BLOBS, first, ("tinyblob", "blob", "mediumblob", "longblob"))
        return ColumnType(Family.BINARY, name, size)
    if words == "varbinary":
        return None if first is None else ColumnType(Family.BINARY, f"varbinary({first})", first)
    if words == "binary":
        return ColumnType(Family.BINARY, f"binary({first or 1})", first or 1, fixed=True)
    if words == "bit":
        return ColumnType(Family.OTHER, f"bit({first or 1})", first or 1, fixed=True)
    if words in ("datetime", "timestamp"):
        name = f"{words}({first})" if first else words
        return ColumnType(Family.TIMESTAMP, name, precision=first or 0, with_tz=words == "timestamp")
    if words == "time":
        return ColumnType(Family.TIME, f"time({first})" if first else "time", precision=first or 0)
    if words == "date":
        return ColumnType(Family.DATE, "date")
    if words == "year":
        return ColumnType(Family.OTHER, "year")
    if words == "json":
        return ColumnType(Family.JSON, "json")
    name = _SPATIAL.get(words, words)
    return ColumnType(Family.OTHER, name if not numbers else f"{name}({','.join(map(str, numbers))})", first)


def _integer(name: str, bits: int, width: int | None, extra: set[str]) -> ColumnType:
    unsigned = bool(extra & {"unsigned", "zerofill"})
    if name == "tinyint" and width == 1 and not unsigned:
        return ColumnType(Family.BOOLEAN, "tinyint(1)", 8, unsigned=False)
    if "zerofill" in extra:
        name += f"({width})" if width else ""
        return ColumnType(Family.INTEGER, f"{name} unsigned zerofill", bits, unsigned=True)
    return ColumnType(Family.INTEGER, f"{name} unsigned" if unsigned else name, bits, unsigned=unsigned)


def _sized(
    words: str, sizes: dict[str, tuple[str, int]], wanted: int | None, ladder: tuple[str, ...]
) -> tuple[str, int]:
    """`TEXT(n)` becomes the smallest type that holds n bytes."""
    if wanted is None or words not in ("text", "blob"):
        return sizes[words]
    return sizes[next((step for step in ladder if sizes[step][1] >= wanted), ladder[-1])]


def _choice(words: str, text: TypeText) -> ColumnType | None:
    if not text.args or not all(arg[-1] in "'\"" for arg in text.args):
        return None
    values = tuple(string_value(arg, backslash=True) for arg in text.args)
    shown = ",".join("'" + value.replace("'", "''") + "'" for value in values)
    return ColumnType(Family.ENUM if words == "enum" else Family.OTHER, f"{words}({shown})", values=values)


SPELLINGS = Spellings(
    types={"geometrycollection": "geomcollection", "year(4)": "year"},
    # "Date and Time Functions": NOW() and its synonyms
    clocks=moments(
        now="now()|now(p)|current_timestamp|current_timestamp()|current_timestamp(p)|localtime|localtime()|localtime(p)"
        "|localtimestamp|localtimestamp()|localtimestamp(p)",
        sysdate="sysdate()|sysdate(p)",
        utc="utc_timestamp|utc_timestamp()|utc_timestamp(p)",
        today="curdate()|current_date|current_date()",
        time="curtime()|curtime(p)|current_time|current_time()|current_time(p)",
    ),
    on={(Family.DATE, None): {"now": "today"}, (Family.TIME, None): {"now": "time"}},
    apart=pairs("now today"),
    finest=0,
    widened=frozenset({(Family.TIMESTAMP, "now")}),
    constants={"json_object()": "{}", "json_array()": "[]"},
)

DIALECT = Dialect(
    name="mysql",
    title="MySQL",
    family="mysql",
    default_schemas=frozenset(),
    fold=fold,
    column_type=column_type,
    primary_key_name=lambda table: "PRIMARY",
    unique_name=key_name,
    index_name=key_name,
    foreign_key_name=numbered("{table}_ibfk_{n}"),
    check_name=numbered("{table}_chk_{n}"),
    index_scope="table",
    unique_is_index=True,
    transactional_ddl=False,
    quote=quote,
    spellings=SPELLINGS,
)
