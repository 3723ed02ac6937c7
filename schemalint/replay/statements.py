"""What a server asks of a table when a statement is over, whichever of its facts is to blame.

MySQL and MariaDB: a column with AUTO_INCREMENT begins a key (InnoDB), and there is one such column. With PostgreSQL, of a table
with partitions: its unique keys hold every column that tells the partitions apart. Asked of MySQL 5.6 and 9.7, MariaDB 10.11 and
PostgreSQL 10 to 18.
"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Refusal
from schemalint.model.described import AlterSettings
from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateIndex,
    CreateTable,
    DropColumn,
    DropConstraint,
    DropIndex,
    Fact,
)
from schemalint.model.names import Name, TableName
from schemalint.model.schema import Index, PrimaryKey, Table, UniqueConstraint
from schemalint.replay.partitions import partition_columns
from schemalint.replay.parts import keys
from schemalint.replay.pgchanges import part_refused
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble

_ASKED = frozenset(
    {
        AddColumn,
        AddConstraint,
        AlterColumn,
        AlterSettings,
        CreateIndex,
        CreateTable,
        DropColumn,
        DropConstraint,
        DropIndex,
    }
)


def unmet(state: State, statement: tuple[Fact, ...]) -> Iterator[tuple[Fact, Trouble]]:
    """What the server minds at the end of a statement."""
    if state.opaque or state.models:
        return
    for fact in statement:
        if type(fact) not in _ASKED:
            continue
        name: TableName | None = getattr(fact, "table", None)
        table = state.tables.get(name) if name is not None else None
        if table is None or table.incomplete or table.elsewhere:
            continue
        if state.dialect.family == "mysql" and _rekeys(fact) and (trouble := _unkeyed(table, fact)) is not None:
            yield fact, trouble
            return
        if isinstance(fact, AddColumn | DropColumn) and table.parents:
            yield from ((fact, trouble) for trouble in part_refused(state, table, fact))
        if table.partition_by is not None and (trouble := _across_partitions(state, table, fact)) is not None:
            yield fact, trouble
            return


def _rekeys(fact: Fact) -> bool:
    """Whether it may leave AUTO_INCREMENT without a key. CREATE TABLE is judged where it is read."""
    if isinstance(fact, AddColumn):
        return bool(fact.column.identity)
    if isinstance(fact, AlterColumn):
        return fact.replacement is not None and bool(fact.replacement.identity)
    return isinstance(fact, DropConstraint | DropIndex)


def _unkeyed(table: Table, fact: Fact) -> Trouble | None:
    counting = [column for column in table.columns.values() if column.identity]
    if not counting or dict(table.settings).get("engine", "innodb").lower() != "innodb":
        return None
    first = {key.columns[0] for key in keys(table) if key.columns}
    first |= {key.parts[0].column for key in table.indexes if key.parts[0].column is not None}
    wrong = counting[1] if len(counting) > 1 else counting[0]
    if len(counting) == 1 and wrong.name in first:
        return None
    rival = counting[0] if len(counting) > 1 else wrong
    return Trouble(Refusal.UNKEYED, fact.span, table.name, wrong.name, existing=table, taken=rival.span)


def _across_partitions(state: State, table: Table, fact: Fact) -> Trouble | None:
    """The key of the fact, or, of a fact about the partitions, any of the table."""
    below = isinstance(fact, CreateTable) and fact.partition
    if state.dialect.family == "postgres" and not (below or isinstance(fact, AddConstraint | CreateIndex)):
        return None  # CREATE TABLE is judged where it is read
    wanted = partition_columns(state, table)
    for key in _unique_keys(table, fact) if wanted else ():
        held = _whole_columns(key)
        lacking = next((name for name in wanted if name not in held), None)
        if lacking is not None:
            index = None if isinstance(key, PrimaryKey) else Index(key.name, (), key.span, True)
            return Trouble(
                Refusal.KEY_LACKS_PARTITION,
                fact.span if below else key.span,
                table.name,
                lacking,
                existing=table,
                index=index,
                taken=table.span,
            )
    return None


def _unique_keys(table: Table, fact: Fact) -> Iterator[PrimaryKey | UniqueConstraint | Index]:
    match fact:
        case AddConstraint(constraint=PrimaryKey() | UniqueConstraint() as key, using_index=None):
            yield key
        case CreateIndex(index=Index(unique=True) as index):
            yield index
        case CreateTable() | AlterSettings(partitioning="by"):
            yield from ((table.primary_key,) if table.primary_key is not None else ())
            yield from table.uniques
            yield from (index for index in table.indexes if index.unique)
        case _:
            return


def _whole_columns(key: PrimaryKey | UniqueConstraint | Index) -> set[Name]:
    if isinstance(key, Index):
        return {part.column for part in key.parts if part.column is not None and part.prefix is None}
    return set(key.columns)
