"""MySQL's character sets."""

from __future__ import annotations

from schemalint.model.schema import Column, Table
from schemalint.model.types import ColumnType, Family

_ONE_BYTE = (
    "armscii8 ascii binary cp1250 cp1251 cp1256 cp1257 cp850 cp852 cp866 dec8 geostd8 greek hebrew hp8 keybcs2 koi8r koi8u "
    "latin1 latin2 latin5 latin7 macce macroman swe7 tis620"
)
_TWO_BYTES = "big5 cp932 euckr gb2312 gbk sjis ucs2"
_THREE_BYTES = "eucjpms ujis utf8 utf8mb3"
_FOUR_BYTES = "gb18030 utf16 utf16le utf32 utf8mb4"

BYTES = {
    charset: size
    for size, names in enumerate((_ONE_BYTE, _TWO_BYTES, _THREE_BYTES, _FOUR_BYTES), 1)
    for charset in names.split()
}
"""Every character set of MySQL 9.7 and MariaDB 10.11 with the bytes that its longest character takes (`SHOW CHARACTER SET`)."""


def charset_of(collation: str) -> str | None:
    """The character set that a collation is for; None for MariaDB's that are for several, and unknown ones."""
    first = collation.lower().partition("_")[0]
    return plain(first) if first in BYTES else None


def plain(charset: str) -> str:
    """The one name of a character set."""
    return "utf8mb3" if charset.lower() == "utf8" else charset.lower()


def is_text(type_: ColumnType | None) -> bool:
    """Whether a column of MySQL's has a character set."""
    return type_ is not None and (type_.family in (Family.TEXT, Family.ENUM) or type_.name.startswith("set("))


def letters(table: Table, column: Column) -> tuple[str | None, str | None]:
    """The character set and the collation of a column, its own or MySQL's of its table; None where they are the database's."""
    if column.charset is not None or column.collation is not None or not is_text(column.type):
        return column.charset or None, column.collation
    said = dict(table.settings)
    return said.get("charset"), said.get("collate")
