"""ALTER TABLE: one action after the other; what is not understood becomes Opaque on that table alone."""

from __future__ import annotations

from schemalint.dialects import NameKind
from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    CreateIndex,
    Inherit,
    Opaque,
    RenameColumn,
    RenameConstraint,
    RenameIndex,
    RenameTable,
)
from schemalint.model.frozen import replace
from schemalint.model.names import TableName
from schemalint.model.objects import Alone, SetType
from schemalint.model.schema import Check, ForeignKey, Index
from schemalint.model.span import Span
from schemalint.sql import refusals
from schemalint.sql.alter_column import Altered, alter_column, redefine_column
from schemalint.sql.alter_constraint import alter_constraint, read_using_index, validate_constraint
from schemalint.sql.alter_drops import CASCADES, read_drops
from schemalint.sql.columns import keyed, read_column
from schemalint.sql.constraints import read_constraint, starts_constraint
from schemalint.sql.cursor import Cursor, Unreadable
from schemalint.sql.expressions import expression, skip_expression
from schemalint.sql.parts import Parts
from schemalint.sql.references import not_valid
from schemalint.sql.storage import read_setting
from schemalint.sql.table_options import read_altered_options
from schemalint.sql.tokens import PUNCT, WORD, words

_HARMLESS = words(
    """
    OWNER ENABLE DISABLE CLUSTER SET RESET REPLICA FORCE NO ENGINE AUTO_INCREMENT
    COMMENT DEFAULT CHARACTER CHARSET COLLATE CONVERT ROW_FORMAT ALGORITHM LOCK ORDER PARTITION TABLESPACE CHECK
    NOCHECK OPTIMIZE ANALYZE REBUILD COALESCE REORGANIZE EXCHANGE TRUNCATE REMOVE IMPORT DISCARD KEY_BLOCK_SIZE
    MAX_ROWS MIN_ROWS AVG_ROW_LENGTH STATS_PERSISTENT STATS_AUTO_RECALC SWITCH NOT OF WITH WITHOUT CONNECTION
    CHECKSUM DELAY_KEY_WRITE PACK_KEYS FORCE ENCRYPTION COMPRESSION WAIT NOWAIT INSERT_METHOD UNION DEPENDS OPTIONS
    """
)
"""First words of actions that leave columns, keys and indexes as they are."""
_ACTIONS_OF_PARTS = frozenset({"ADD", "DROP", "ALTER", "MODIFY", "CHANGE", "RENAME"})
_ACTIONS = _HARMLESS | _ACTIONS_OF_PARTS
_REPEATED = frozenset({"ADD", "DROP", "ALTER"})
"""What may stand in SQL Server behind the comma of an ADD and is no further definition."""


def read_alter_table(cursor: Cursor) -> None:
    """What follows `ALTER TABLE`."""
    if cursor.take("ALL", "IN"):
        return
    at = cursor.at
    if_exists = cursor.take("IF", "EXISTS")
    if if_exists:
        refusals.if_in_alter(cursor, at, 2, "ALTER TABLE", None)
    only = cursor.take("ONLY")
    name, span = cursor.qualified()
    cursor.take("*")
    if cursor.word() in ("WAIT", "NOWAIT"):
        cursor.at += 2 if cursor.word() == "WAIT" else 1
    table = Altered(name, span, if_exists, only)
    if cursor.word() == "WITH" and cursor.word(1) in ("CHECK", "NOCHECK"):
        cursor.at += 2
    adding = False
    start = cursor.at
    while not cursor.done:
        before, start = start, cursor.at
        try:
            adding = _action(cursor, table, adding)
            if not cursor.done and not (cursor.kind == PUNCT and cursor.value == ","):
                raise Unreadable("something follows the action")
        except Unreadable as trouble:
            refusals.no_action(cursor, before, start, name)
            cursor.at = start  # the trouble may stand inside a parenthesis
            cursor.skip_item()
            cursor.at = max(cursor.at, start + 1)
            cursor.emit(_opaque(cursor, table, start, str(trouble)))
        if cursor.kind == PUNCT and cursor.value == ")":
            cursor.at += 1
        cursor.take(",")


def _opaque(cursor: Cursor, table: Altered, start: int, why: str) -> Opaque:
    return Opaque(cursor.span(start, cursor.at), cursor.statement, why, (table.name,), cursor.guard)


def _action(cursor: Cursor, table: Altered, adding: bool) -> bool:
    """Reads one action; gives whether a comma may be followed by another definition (SQL Server's ADD a …, b …)."""
    word = cursor.word()
    beside = word not in _ACTIONS_OF_PARTS or cursor.word(1) == "PARTITION"
    if beside and cursor.family == "mysql" and read_altered_options(cursor, table):
        return False
    if word == "ADD" or (adding and cursor.family == "tsql" and word not in _REPEATED):
        cursor.take("ADD")
        _add(cursor, table)
        return cursor.family in ("tsql", "generic")
    if cursor.take("DROP"):
        read_drops(cursor, table)
    elif cursor.word() == "ALTER" and cursor.word(1) in ("INDEX", "KEY", "CONSTRAINT", "CHECK"):
        alter_constraint(cursor, table)
    elif cursor.take("ALTER"):
        if cursor.take("COLUMN") or cursor.is_name():
            alter_column(cursor, table)
    elif word in ("MODIFY", "CHANGE"):
        refusals.sqlite_action(cursor, cursor.at, table.name)
        cursor.at += 1
        redefine_column(cursor, table, word == "CHANGE")
    elif cursor.take("RENAME"):
        _rename(cursor, table)
    elif word == "SET" and cursor.word(1) == "SCHEMA":
        cursor.at += 2
        schema, span = cursor.name(NameKind.SCHEMA)
        default = schema.key in cursor.dialect.default_schemas
        new = TableName(None if default else schema, table.name.name)
        if new != table.name or cursor.family != "postgres":  # which takes it where it is
            _emit_rename(cursor, table, new, span)
    elif word in ("ATTACH", "DETACH") and cursor.word(1) == "PARTITION" and cursor.family == "postgres":
        _partition(cursor, table)
    elif cursor.family == "postgres" and (cursor.take("NO", "INHERIT") or cursor.take("INHERIT")):
        off = cursor.tokens[cursor.at - 2][1] == "NO"
        parent, parent_span = cursor.qualified()
        cursor.emit(
            Inherit(parent_span, cursor.statement, table.name, parent, False, off, table.if_exists, cursor.guard)
        )
    elif cursor.family == "postgres" and (said := read_setting(cursor, table.name, table.span)) is not None:
        cursor.emit(replace(said, table_if_exists=table.if_exists))
    elif cursor.take("VALIDATE", "CONSTRAINT"):
        validate_constraint(cursor, table)
    elif cursor.family == "postgres" and (cursor.take("NOT", "OF") or cursor.take("OF")):
        of, span = (None, table.span) if cursor.tokens[cursor.at - 2][1] == "NOT" else cursor.qualified()
        cursor.emit(SetType(span, cursor.statement, table.name, of, table.if_exists, cursor.guard))
    elif adding and word not in _ACTIONS:
        _add(cursor, table)
        return True
    elif word in _HARMLESS:
        cursor.skip_item()
    else:
        raise Unreadable("unknown action")
    return False


def _partition(cursor: Cursor, table: Altered) -> None:
    """`ATTACH PARTITION p FOR VALUES … | DEFAULT`, `DETACH PARTITION p [CONCURRENTLY | FINALIZE]`."""
    off = cursor.word() == "DETACH"
    cursor.at += 2
    child, span = cursor.qualified()
    start = cursor.at
    cursor.skip_item()
    bound = None if off else cursor.raw(start, cursor.at)
    if off and cursor.tokens[start][1] == "CONCURRENTLY":
        what = "ALTER TABLE ... DETACH CONCURRENTLY"
        cursor.emit(Alone(cursor.span(start), cursor.statement, what, cursor.guard))
    cursor.emit(Inherit(span, cursor.statement, child, table.name, True, off, table.if_exists, cursor.guard, bound))


def _add(cursor: Cursor, table: Altered) -> None:
    start = cursor.at
    if not cursor.take("COLUMN"):
        if cursor.family in ("tsql", "generic") and _default_for(cursor, table):
            return
        if starts_constraint(cursor):
            _add_constraint(cursor, table)
            return
        projected = cursor.word() == "PROJECTION" and cursor.word(3) in ("SELECT", "WITH")  # ClickHouse
        if projected or cursor.word() == "PARTITION" or (cursor.word() == "SYSTEM" and cursor.word(1) == "VERSIONING"):
            cursor.skip_item()
            return
    if_not_exists = cursor.take("IF", "NOT", "EXISTS")
    if if_not_exists:
        refusals.if_in_alter(cursor, cursor.at - 3, 3, "ADD COLUMN", table.name)
    if cursor.value == "(" and cursor.kind == PUNCT:
        _add_list(cursor, table)
        return
    _add_column(cursor, table, start, if_not_exists)


def _add_list(cursor: Cursor, table: Altered) -> None:
    """MySQL: `ADD (a int, b int, KEY (a))`."""
    cursor.need("(")
    while True:
        start = cursor.at
        if starts_constraint(cursor):
            _add_constraint(cursor, table)
        else:
            _add_column(cursor, table, start, False)
        if not cursor.take(","):
            break
    cursor.need(")")


def _add_column(cursor: Cursor, table: Altered, start: int, if_not_exists: bool) -> None:
    parts = Parts()
    column = read_column(cursor, table.name, parts)
    if parts.primary_key is not None:
        parts.columns.append(column)
        (column,) = keyed(parts, cursor, False)
    cursor.emit(
        AddColumn(
            span=column.span,
            statement=cursor.statement,
            table=table.name,
            column=column,
            primary_key=parts.primary_key,
            uniques=tuple(parts.uniques),
            foreign_keys=tuple(parts.foreign_keys),
            inline_keys=tuple(parts.inline_keys),
            checks=tuple(parts.checks),
            after=parts.after,
            first=parts.first,
            if_not_exists=if_not_exists,
            table_if_exists=table.if_exists,
            guard=cursor.guard,
        )
    )
    for span in parts.unread:
        cursor.emit(Opaque(span, cursor.statement, "unknown clause of a column", (table.name,), cursor.guard))


def _add_constraint(cursor: Cursor, table: Altered) -> None:
    start = cursor.at
    if cursor.family in ("postgres", "generic") and read_using_index(cursor, table):
        return
    refusals.sqlite_constraint(cursor, start, table.name)
    if_not_exists = _strip_if_not_exists(cursor)
    parts = Parts()
    made = read_constraint(cursor, table.name, parts)
    if isinstance(made, (ForeignKey, Check)) and not_valid(cursor, start):
        made = replace(made, validated=False)
    for column, span, called in parts.not_null:
        cursor.emit(
            AlterColumn(
                span,
                cursor.statement,
                table.name,
                column,
                nullable=False,
                not_null=called,
                table_if_exists=table.if_exists,
                guard=cursor.guard,
            )
        )
    if made is None:
        return
    if isinstance(made, Index):
        cursor.emit(
            CreateIndex(made.span, cursor.statement, table.name, table.span, made, if_not_exists, guard=cursor.guard)
        )
        return
    cursor.emit(
        AddConstraint(
            span=made.span,
            statement=cursor.statement,
            table=table.name,
            constraint=made,
            if_not_exists=if_not_exists,
            table_if_exists=table.if_exists,
            only=table.only,
            guard=cursor.guard,
        )
    )


def _strip_if_not_exists(cursor: Cursor) -> bool:
    """MariaDB: `ADD INDEX IF NOT EXISTS name (…)`. The words are taken out so that the rest reads as usual."""
    tokens = cursor.tokens
    for at in range(cursor.at, min(cursor.at + 4, len(tokens) - 3)):
        kind, value, _, _ = tokens[at]
        if value == "IF" and kind == WORD and (tokens[at + 1][1], tokens[at + 2][1]) == ("NOT", "EXISTS"):
            cursor.tokens = [*tokens[:at], *tokens[at + 3 :]]
            return True
        if value == "(":
            return False
    return False


def _default_for(cursor: Cursor, table: Altered) -> bool:
    """SQL Server: `[CONSTRAINT name] DEFAULT value FOR column`."""
    resume, name = cursor.at, None
    if cursor.take("CONSTRAINT") and cursor.is_name():
        name, _ = cursor.name(NameKind.CONSTRAINT)
    if not cursor.take("DEFAULT"):
        cursor.at = resume
        return False
    start = cursor.at
    end = skip_expression(cursor, frozenset({"FOR"}))
    value = expression(cursor, start, end)
    cursor.need("FOR")
    column, span = cursor.name()
    cursor.take("WITH", "VALUES")
    none = cursor.raw(start, end).upper() == "NULL"
    cursor.emit(
        AlterColumn(
            span,
            cursor.statement,
            table.name,
            column,
            default=None if none else value,
            drop_default=none,
            guard=cursor.guard,
            default_name=name,
            verbatim=cursor.family == "tsql",
        )
    )
    return True


def _emit_rename(cursor: Cursor, table: Altered, new: TableName, new_span: Span) -> None:
    cursor.script.created[new] = None
    cursor.emit(RenameTable(table.span, cursor.statement, table.name, new, new_span, table.if_exists, cursor.guard))


def _rename(cursor: Cursor, table: Altered) -> None:
    if cursor.word() in ("TO", "AS") and cursor.is_name(1):
        cursor.at += 1
        new, span = cursor.qualified()
        if cursor.dialect.name == "postgres" and new.schema != table.name.schema:
            new = TableName(table.name.schema, new.name)
        _emit_rename(cursor, table, new, span)
        return
    if cursor.word() in ("INDEX", "KEY") and cursor.family != "postgres" and cursor.ahead(2)[1] == "TO":
        refusals.sqlite_action(cursor, cursor.at, table.name)
        cursor.at += 1
        old, span = cursor.name(NameKind.INDEX)
        cursor.need("TO")
        fresh, _ = cursor.name(NameKind.INDEX)
        cursor.emit(RenameIndex(span, cursor.statement, TableName(None, old), fresh, table.name, guard=cursor.guard))
        return
    if cursor.word() == "CONSTRAINT" and cursor.ahead(1)[1] != "TO":
        cursor.at += 1
        old, span = cursor.name(NameKind.CONSTRAINT)
        cursor.need("TO")
        fresh, _ = cursor.name(NameKind.CONSTRAINT)
        cursor.emit(RenameConstraint(span, cursor.statement, table.name, old, fresh, table.if_exists, cursor.guard))
        return
    if cursor.word() == "COLUMN" and cursor.ahead(1)[1] != "TO":
        cursor.at += 1
    if cursor.is_name() and cursor.ahead(1)[1] == "TO":
        old, span = cursor.name()
        cursor.need("TO")
        fresh, fresh_span = cursor.name()
        cursor.take_any(CASCADES)
        cursor.emit(
            RenameColumn(span, cursor.statement, table.name, old, fresh, fresh_span, table.if_exists, cursor.guard)
        )
        return
    if cursor.family == "mysql" and cursor.is_name():  # MySQL: RENAME new_name
        new, span = cursor.qualified()
        _emit_rename(cursor, table, new, span)
        return
    raise Unreadable("unknown RENAME")
