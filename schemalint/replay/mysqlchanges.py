"""What MySQL and MariaDB do not let become of a table or view as it stands, though all that is named is there. Put to MySQL 5.6
and 9.7 and MariaDB 10.11."""

from __future__ import annotations

import re

from schemalint.model.catalog import Refusal
from schemalint.model.described import AlterSettings
from schemalint.model.facts import AddColumn, AlterColumn, DropColumn, Servers
from schemalint.model.names import Name
from schemalint.model.objects import CreateObject, CreateView
from schemalint.model.schema import Column, Index, Table
from schemalint.model.span import Span
from schemalint.model.types import Family
from schemalint.replay.depends import pointing, referred
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles, missing_column, missing_columns
from schemalint.sql import mentioning
from schemalint.sql.refusals.definitions import of_index
from schemalint.sql.refusals.values import wrong_default

_MYSQL = (Servers("mysql"),)
_CHECKED = (Servers("mysql", (8, 0, 16)), Servers("mariadb", (10, 2, 1)))
_LITERAL = re.compile(r"'(?:[^'\\]|\\.|'')*'|[-+]?\d[\d.]*", re.DOTALL)


def _judged(state: State) -> bool:
    return state.dialect.family == "mysql" and not state.models and not state.opaque


def _is(state: State, servers: tuple[Servers, ...]) -> bool:
    return state.server is not None and state.server.is_one_of(servers)


def _refused(table: Table, column: Name | None, span: Span, taken: Span, why: str, server: str) -> Trouble:
    return Trouble(Refusal.IMPOSSIBLE, span, table.name, column, existing=table, taken=taken, why=why, server=server)


def default_refused(state: State, table: Table, column: Column, fact: AlterColumn) -> Troubles:
    """ALTER COLUMN … SET DEFAULT of what the column's type does not hold, or of a column that is computed."""
    kind = column.type
    if not _judged(state) or fact.default is None or fact.replacement is not None or kind is None or table.incomplete:
        return
    raw, name = fact.default.raw.strip(), column.name
    words = f"Invalid default value for '{name.text}' (1067)"
    if column.generated is not None:
        if _is(state, _MYSQL):
            words = "Incorrect usage of DEFAULT and generated column (1221)"
            yield _refused(table, name, fact.span, column.span, f"{name} is computed, and has no default", words)
    elif kind.family is Family.JSON or kind.name.endswith(("text", "blob")):
        if _is(state, _MYSQL) and (_LITERAL.fullmatch(raw) or raw.upper() == "NULL"):
            words = f"BLOB, TEXT, GEOMETRY or JSON column '{name.text}' can't have a default value (1101)"
            why = f"{name} is {kind.name.upper()}, which has no literal default"
            yield _refused(table, name, fact.span, column.span, why, words)
    elif raw.upper() == "NULL":
        if column.nullable is False:
            yield _refused(table, name, fact.span, column.span, f"{name} is NOT NULL", words)
    elif (misfit := wrong_default(kind, kind.name, raw)) is not None:
        yield _refused(table, name, fact.span, column.span, f"the default of {name} does not fit: {misfit}", words)


def computing_kept(state: State, table: Table, column: Column, fact: AlterColumn) -> Troubles:
    """MODIFY and CHANGE: a column that is computed when it is read takes no place in the rows, and one that is stored does.
    Neither becomes the other."""
    new = fact.replacement
    if not _judged(state) or new is None or table.incomplete:
        return
    if _virtual(column) != _virtual(new):
        was, now = (
            ("computed when it is read", "stored") if _virtual(column) else ("stored", "computed when it is read")
        )
        words = "" if state.dialect.name == "mariadb" else "'Changing the STORED status' is not supported (3106)"
        why = f"{column.name} is {was}, and cannot become {now}: drop it and add it again"
        yield _refused(table, column.name, fact.span, column.span, why, words)
    elif bool(new.identity) != bool(column.identity) and _is(state, _MYSQL) and state.key_checks:
        for owner, key in pointing(state, table):
            if column.name in referred(key, table):
                words = (
                    f"Cannot change column '{column.name.text}': used in a foreign key of table '{owner.name}' (1833)"
                )
                why = f"a foreign key points at {column.name}, which neither gets nor loses AUTO_INCREMENT then"
                yield _refused(table, column.name, fact.span, key.span, why, words)
                return
    if new.identity and not column.identity and _is(state, _CHECKED):
        check = next((one for one in table.checks if any(name == column.name for name, _ in one.mentions)), None)
        if check is not None:
            why = f"a CHECK speaks of {column.name}, which therefore cannot have AUTO_INCREMENT"
            yield _refused(table, column.name, fact.span, check.span, why, "")


def _virtual(column: Column) -> bool:
    return column.generated is not None and not column.stored


def columns_left(state: State, table: Table, fact: DropColumn) -> Troubles:
    """The last column of a table, where the statement adds no other."""
    if not _judged(state) or len(table.columns) > 1 or table.incomplete:
        return
    if not any(isinstance(other, AddColumn) for other in state.statement):
        words = "You can't delete all columns with ALTER TABLE; use DROP TABLE instead (1090)"
        yield _refused(table, fact.column, fact.span, table.span, f"{fact.column} is its last column", words)


def view_altered(state: State, fact: CreateView) -> Troubles:
    """ALTER VIEW of a view that is not there."""
    if not _judged(state) or not state.closed or state.relation(fact.name) is not None:
        return
    if fact.name not in state.temporary | state.doubtful | state.unknown:
        yield Trouble(Refusal.OBJECT_MISSING, fact.span, None, fact.name.name)


def trigger_columns(state: State, fact: CreateObject) -> Troubles:
    """NEW and OLD of columns that a trigger's table does not have."""
    table = state.tables.get(fact.table) if fact.table is not None and fact.names else None
    if table is not None and _judged(state):
        for name, span in fact.names:
            yield from missing_column(state, table, name, span)


def computed_of(state: State, table: Table, column: Column) -> Troubles:
    """Columns that a computed column or a default names and that are not there."""
    expression = column.generated or column.default
    if not _judged(state) or expression is None or (column.generated is None and "(" not in expression.raw):
        return
    wanted = list(mentioning(state.dialect.name, expression.raw, column.span)[1])
    yield from missing_columns(state, Refusal.CONSTRAINT_COLUMN_MISSING, table, wanted, None)


def index_refused(state: State, table: Table, index: Index) -> Troubles:
    """What an index of a table that is there takes its columns for."""
    if not _judged(state) or table.incomplete:
        return
    for span, why, server, only in of_index(index, table.columns):
        if not only or _is(state, only):
            yield _refused(table, index.name, span, table.span, why, server)


def keys_of_partitioned(state: State, table: Table, other: Table, span: Span) -> Troubles:
    """A foreign key of, or to, a table with partitions: neither server has one."""
    if not _judged(state):
        return
    split = next((one for one in (table, other) if one.partitioned and not one.incomplete), None)
    if split is not None and not any(isinstance(fact, AlterSettings) and fact.partitioning for fact in state.statement):
        words = (
            "Foreign keys are not yet supported in conjunction with partitioning (1506)" if _is(state, _MYSQL) else ""
        )
        why = f"{split.name} has partitions, and no foreign key leads from it or to it"
        yield _refused(table, None, span, split.span, why, words)
