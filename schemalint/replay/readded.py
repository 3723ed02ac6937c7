"""MySQL and MariaDB: a column that one ALTER TABLE drops and adds again is another column, in the keys of the one that went.

The server makes a new table, and looks for the columns of each old key by their names among those that the new table is to have
(`mysql_prepare_alter_table`). Of the new column a key holds as much as it held of the old one, and the server refuses what no
column of that type gives. Asked of MySQL 5.6 and 9.7 and MariaDB 10.11.
"""

from __future__ import annotations

from collections.abc import Generator

from schemalint.model.catalog import Refusal
from schemalint.model.facts import AddColumn, DropColumn
from schemalint.model.frozen import replace
from schemalint.model.schema import Column, Index, IndexPart, Table
from schemalint.model.span import Span
from schemalint.model.types import ColumnType, Family
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble

_BYTES = {"year": 1, "date": 3, "time": 3, "timestamp": 4, "datetime": 5}
"""Of a value without a fraction of a second."""
_CUTTABLE = ("char", "varchar", "binary", "varbinary")
_WHOLE = (None, "btree", "hash")
_ENDLESS = 1 << 32
_WORDS = "Incorrect prefix key; the used key part isn't a string, the used length is longer than the key part, … (1089)"


def added_again(state: State, fact: DropColumn) -> Column | None:
    """The column that the same statement adds under the name of the one that this drops."""
    if state.dialect.family != "mysql":
        return None
    again = (one.column for one in state.statement if isinstance(one, AddColumn) and not one.if_not_exists)
    return next((column for column in again if column.name == fact.column), None)


def keys_kept(table: Table, left: Table, new: Column, fact: DropColumn) -> Generator[Trouble, None, Table]:
    """`left`, a table without a column, with the keys that `table`, the one before, had of it; yields what the server refuses."""
    old = table.columns[new.name]
    primary, uniques, cut, indexes = table.primary_key, [], [], []
    wrong: list[Span] = []

    def held(prefix: int | None, span: Span) -> int | None:
        """How much of the new column the key holds, None where that is all of it."""
        much, there = prefix or _length(old.type), _length(new.type)
        if much is None or there is None or there == much:
            return prefix if there is None else None
        if _is_cut(new.type) and there > much:
            return much
        wrong.append(span)
        return None

    if primary is not None and new.name in primary.columns:
        lengths = primary.prefixes or (None,) * len(primary.columns)
        parts = zip(primary.columns, lengths, strict=True)
        lengths = tuple(held(length, primary.span) if name == new.name else length for name, length in parts)
        primary = replace(primary, prefixes=lengths if any(lengths) else ())
    for key in table.uniques:
        length = held(None, key.span) if new.name in key.columns else None
        if length is None:
            uniques.append(key)
        else:
            parts_of = (IndexPart(key.span, name, prefix=length if name == new.name else None) for name in key.columns)
            cut.append(Index(key.name, tuple(parts_of), key.span, unique=True))
    for index in table.indexes:
        if index.method in _WHOLE and any(part.column == new.name for part in index.parts):
            kept = tuple(
                replace(part, prefix=held(part.prefix, index.span)) if part.column == new.name else part
                for part in index.parts
            )
            indexes.append(replace(index, parts=kept))
        else:
            indexes.append(index)
    if wrong and not table.incomplete:
        why = f"the new {new.name} is in the keys of the old one, and its type is not as long: drop these with it"
        yield Trouble(
            Refusal.IMPOSSIBLE, fact.span, table.name, new.name, existing=table, taken=wrong[0], why=why, server=_WORDS
        )
    return replace(left, primary_key=primary, uniques=tuple(uniques), indexes=(*indexes, *cut))


def _is_cut(kind: ColumnType | None) -> bool:
    """Whether a key may hold the beginning of a value."""
    return kind is not None and kind.family in (Family.TEXT, Family.BINARY)


def _length(kind: ColumnType | None) -> int | None:
    """How much a key holds of a whole value, in characters or bytes; None where that is not known."""
    if kind is None:
        return None
    word = kind.name.split("(")[0].split(" ")[0]
    if _is_cut(kind):
        if word.endswith(("text", "blob")):
            return _ENDLESS
        return kind.size if word in _CUTTABLE else None
    if kind.name == "tinyint(1)":
        return 1
    if kind.family in (Family.INTEGER, Family.FLOAT):
        return kind.size // 8 if kind.size is not None else _BYTES.get(word)
    if word not in _BYTES:
        return None
    return _BYTES[word] + ((kind.precision or 0) + 1) // 2
