"""ALTER TABLE: what changes constraints and indexes that are there."""

from __future__ import annotations

from schemalint.dialects import NameKind
from schemalint.model.described import AlterIndex
from schemalint.model.facts import NeedConstraint
from schemalint.model.names import TableName
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
