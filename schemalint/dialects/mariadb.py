"""MariaDB: MySQL's habits, other names for checks, and a few types of its own."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from schemalint.dialects import Dialect
from schemalint.dialects import mysql as _mysql
from schemalint.model.types import ColumnType, Family


@lru_cache(maxsize=4096)
def _column_type(raw: str) -> ColumnType | None:
    read = _mysql.column_type(raw)
    if read is not None and read.family is Family.TEXT and read.size is None and "(" in raw:
        sized = _mysql.column_type(raw.replace("text", "blob").replace("TEXT", "BLOB"))
        return read if sized is None else replace(read, name=sized.name.replace("blob", "text"))  # latin1 by default
    if read is None or read.family not in (Family.JSON, Family.OTHER):
        return read
    if read.family is Family.JSON:
        return replace(read, name="longtext")  # JSON is an alias of LONGTEXT with a check
    if read.name == "uuid":
        return ColumnType(Family.UUID, "uuid")
    if read.name == "geomcollection":
        return replace(read, name="geometrycollection")
    return replace(read, name="year(4)") if read.name == "year" else read


DIALECT: Dialect = replace(
    _mysql.DIALECT,
    name="mariadb",
    title="MariaDB",
    column_type=_column_type,
    check_name=_mysql.numbered("CONSTRAINT_{n}"),
)
