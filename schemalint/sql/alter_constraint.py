"""ALTER TABLE: what changes constraints and indexes that are there."""

from __future__ import annotations

from schemalint.dialects import NameKind
from schemalint.model.described import AlterIndex
from schemalint.model.facts import AddConstraint, NeedConstraint
from schemalint.model.names import Name, TableName
from schemalint.model.schema import PrimaryKey, UniqueConstraint
from schemalint.sql.alter_column import Altered
from schemalint.sql.cursor import Cursor
from schemalint.sql.references import deferral


def alter_constraint(cursor: Cursor, table: Altered) -> None:
    """`ALTER CONSTRAINT name …`, MySQL's `ALTER INDEX name [IN]VISIBLE` and `ALTER CHECK name [NOT] ENFORCED`."""
    cursor.at += 1
    if cursor.family == "mysql" and (cursor.take("INDEX") or cursor.take("KEY")):
        if_exists = cursor.take("IF", "EXISTS")
        index, span = cursor.name(NameKind.INDEX)
        hidden = cursor.word() != "VISIBLE" and cursor.word() != "NOT"  # MariaDB: [NOT] IGNORED
        if not if_exists:
            named = TableName(None, index)
            cursor.emit(AlterIndex(span, cursor.statement, named, table.name, hidden, guard=cursor.guard))
    elif cursor.family == "mysql" and (cursor.take("CHECK") or cursor.take("CONSTRAINT")):
        name, span = cursor.name(NameKind.CONSTRAINT)
        enforced = cursor.word() != "NOT"
        cursor.emit(
            NeedConstraint(span, cursor.statement, table.name, name, table.if_exists, cursor.guard, enforced=enforced)
        )
    elif cursor.take("CONSTRAINT"):
        name, span = cursor.name(NameKind.CONSTRAINT)
        deferrable, deferred = deferral(cursor)
        words = [token[1] for token in cursor.tokens[cursor.at : cursor.at + 6]]
        said = words[max(words.index("ENFORCED") - 1, 0)] != "NOT" if "ENFORCED" in words else None
        stated = deferrable or "DEFERRABLE" in words or words[0] == "INITIALLY"
        cursor.emit(
            NeedConstraint(
                span,
                cursor.statement,
                table.name,
                name,
                table.if_exists,
                cursor.guard,
                deferrable=deferrable if stated else None,
                deferred=deferred if stated else None,
                enforced=said,
            )
        )
    cursor.skip_item()


def validate_constraint(cursor: Cursor, table: Altered) -> None:
    """What follows `VALIDATE CONSTRAINT`."""
    name, span = cursor.name(NameKind.CONSTRAINT)
    cursor.emit(NeedConstraint(span, cursor.statement, table.name, name, table.if_exists, cursor.guard, True))


def read_using_index(cursor: Cursor, table: Altered) -> bool:
    """postgres: `[CONSTRAINT name] UNIQUE|PRIMARY KEY USING INDEX index`. Gives whether that comes next; if not, the cursor
    stays."""
    resume = cursor.at
    name: Name | None = None
    span = cursor.span(cursor.at)
    if cursor.take("CONSTRAINT"):
        if not cursor.is_name():
            cursor.at = resume
            return False
        name, span = cursor.name(NameKind.CONSTRAINT)
    primary = cursor.take("PRIMARY", "KEY")
    if not (primary or cursor.take("UNIQUE")) or not cursor.take("USING", "INDEX") or cursor.word() == "TABLESPACE":
        cursor.at = resume
        return False
    index, _ = cursor.name(NameKind.INDEX)
    while cursor.word() in ("NOT", "DEFERRABLE", "INITIALLY", "DEFERRED", "IMMEDIATE"):
        cursor.at += 1
    made = PrimaryKey(name, (), span) if primary else UniqueConstraint(name, (), span)
    cursor.emit(
        AddConstraint(
            span, cursor.statement, table.name, made, index, table_if_exists=table.if_exists, guard=cursor.guard
        )
    )
    return True
