"""The dialect of a source whose database is not known: folds case only, adds nothing, and reads types of all of them.

Where the databases disagree about a type (`REAL`, `TIMESTAMP`, `TEXT`), what they disagree about stays unknown.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from schemalint.dialects import Dialect, NameKind, mysql, postgres, tsql
from schemalint.dialects.spellings import Spellings
from schemalint.model.types import ColumnType, Family


@lru_cache(maxsize=4096)
def _column_type(raw: str) -> ColumnType | None:
    shown = " ".join(raw.split()).lower()
    found = [read for read in (postgres.DIALECT.column_type(raw), mysql.column_type(raw)) if read is not None]
    known = [read for read in found if read.family is not Family.OTHER]
    if not known:
        microsoft = tsql.DIALECT.column_type(raw)
        if microsoft is not None and microsoft.family is not Family.OTHER:
            return replace(microsoft, name=shown)
        return ColumnType(Family.OTHER, shown) if found else None
    read = known[0]
    if len(known) < 2 or known[0] == known[1]:
        return replace(read, name=shown)
    other = known[1]
    if read.family is not other.family:
        return ColumnType(Family.OTHER, shown)
    return ColumnType(
        read.family,
        shown,
        size=read.size if read.size == other.size else None,
        precision=read.precision if read.precision == other.precision else None,
        scale=read.scale if read.scale == other.scale else None,
        unsigned=True if other.unsigned and read.size == other.size else None,
        fixed=read.fixed if read.fixed == other.fixed else None,
    )


def _lower(text: str, quoted: bool, kind: NameKind) -> str:
    return text.lower()


DIALECT = Dialect(
    name="generic",
    title="SQL",
    family="generic",
    default_schemas=frozenset({"public", "dbo", "main"}),
    fold=_lower,
    column_type=_column_type,
    primary_key_name=lambda table: None,
    unique_name=lambda table, columns, taken: None,
    index_name=lambda table, columns, taken: None,
    foreign_key_name=lambda table, columns, taken: None,
    check_name=lambda table, columns, taken: None,
    index_scope="table",
    unique_is_index=False,
    transactional_ddl=True,
    quote=lambda name: '"' + name.replace('"', '""') + '"',
    spellings=Spellings(exact=False),
)
