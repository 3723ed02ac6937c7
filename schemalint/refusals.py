"""What each server says when it refuses, so that a finding quotes the words its reader will search for.

Texts and numbers are those of PostgreSQL 18, MariaDB 10.11 and SQLite 3.40, as `tests/test_refusals.py` hears them.
MySQL gets those it shares with MariaDB since before the fork, and its own 1091. A `…` stands for a part that only the
server knows (the database's name).
"""

from __future__ import annotations

from operator import attrgetter

from schemalint.model.catalog import Problem, Refusal
from schemalint.model.described import AlterIndex
from schemalint.model.facts import (
    AddColumn,
    AddConstraint,
    AlterColumn,
    AlterType,
    CreateTable,
    DropColumn,
    DropConstraint,
    DropIndex,
    DropTable,
    Fact,
    RenameColumn,
    RenameConstraint,
    RenameIndex,
    RenameTable,
)
from schemalint.model.objects import (
    AddEnumValue,
    AlterObject,
    CreateEnum,
    CreateObject,
    DropObject,
    DropType,
    DropView,
    Write,
)
from schemalint.model.schema import Check, ForeignKey, PrimaryKey
from schemalint.model.types import Family
from schemalint.refused import generated_from, of_primary_key, typed_table
from schemalint.sqlserver_words import SQL_SERVER, Words

_TITLES = {"postgres": "PostgreSQL", "mysql": "MySQL", "mariadb": "MariaDB", "sqlite": "SQLite", "tsql": "SQL Server"}

_COMMON_TO_MYSQL: Words = {
    (Refusal.TABLE_EXISTS, ""): "Table '{table}' already exists (1050)",
    (Refusal.TABLE_MISSING, ""): "Table '….{table}' doesn't exist (1146)",
    (Refusal.TABLE_MISSING, "drop"): "Unknown table '….{table}' (1051)",
    (Refusal.COLUMN_EXISTS, ""): "Duplicate column name '{name}' (1060)",
    (Refusal.COLUMN_MISSING, ""): "Unknown column '{name}' in '{table}' (1054)",
    (Refusal.INDEX_EXISTS, ""): "Duplicate key name '{name}' (1061)",
    (Refusal.INDEX_COLUMN_MISSING, ""): "Key column '{column}' doesn't exist in table (1072)",
    (Refusal.INDEX_TABLE_MISSING, ""): "Table '….{table}' doesn't exist (1146)",
    (Refusal.CONSTRAINT_EXISTS, ""): "Duplicate key name '{name}' (1061)",
    (Refusal.CONSTRAINT_EXISTS, "foreign key"): None,
    (Refusal.CONSTRAINT_EXISTS, "check"): None,
    (Refusal.CONSTRAINT_COLUMN_MISSING, ""): "Key column '{column}' doesn't exist in table (1072)",
    (Refusal.CONSTRAINT_COLUMN_MISSING, "check"): None,
    (Refusal.KEY_COLUMN_MISSING, "own"): "Key column '{column}' doesn't exist in table (1072)",
    (Refusal.OBJECT_MISSING, "rename index"): "Key '{name}' doesn't exist in table '{table}' (1176)",
    (Refusal.PRIMARY_KEY_EXISTS, ""): "Multiple primary key defined (1068)",
    (Refusal.VIEW_EXISTS, ""): "Table '{name}' already exists (1050)",
    (Refusal.VIEW_TABLE_MISSING, ""): "Table '….{table}' doesn't exist (1146)",
    (Refusal.DEPENDED_ON, "index"): "Cannot drop index '{name}': needed in a foreign key constraint (1553)",
    (Refusal.DEPENDED_ON, "truncate"): "Cannot truncate a table referenced in a foreign key constraint (…) (1701)",
    (
        Refusal.UNKEYED,
        "",
    ): "Incorrect table definition; there can be only one auto column and it must be defined as a key (1075)",
    (
        Refusal.KEY_LACKS_PARTITION,
        "",
    ): "A UNIQUE INDEX must include all columns in the table's partitioning function (1503)",
    (
        Refusal.KEY_LACKS_PARTITION,
        "primary",
    ): "A PRIMARY KEY must include all columns in the table's partitioning function (1503)",
}
_MALFORMED = 'Can\'t create table … (errno: 150 "Foreign key constraint is incorrectly formed") (1005)'

_WORDS: dict[str, Words] = {
    "postgres": {
        (Refusal.TABLE_EXISTS, ""): 'relation "{table}" already exists (42P07)',
        (Refusal.TABLE_MISSING, ""): 'relation "{table}" does not exist (42P01)',
        (Refusal.TABLE_MISSING, "drop"): 'table "{table}" does not exist (42P01)',
        (Refusal.COLUMN_EXISTS, ""): 'column "{name}" of relation "{table}" already exists (42701)',
        (Refusal.COLUMN_EXISTS, "create"): 'column "{name}" specified more than once (42701)',
        (Refusal.COLUMN_MISSING, ""): 'column "{name}" of relation "{table}" does not exist (42703)',
        (Refusal.COLUMN_MISSING, "rename"): 'column "{name}" does not exist (42703)',
        (Refusal.INDEX_EXISTS, ""): 'relation "{name}" already exists (42P07)',
        (Refusal.INDEX_COLUMN_MISSING, ""): 'column "{column}" does not exist (42703)',
        (Refusal.INDEX_TABLE_MISSING, ""): 'relation "{table}" does not exist (42P01)',
        (Refusal.CONSTRAINT_EXISTS, ""): 'relation "{name}" already exists (42P07)',
        (Refusal.CONSTRAINT_EXISTS, "foreign key"): 'constraint "{name}" for relation "{table}" already exists (42710)',
        (Refusal.CONSTRAINT_EXISTS, "check"): 'constraint "{name}" for relation "{table}" already exists (42710)',
        (Refusal.CONSTRAINT_COLUMN_MISSING, ""): 'column "{column}" named in key does not exist (42703)',
        (Refusal.CONSTRAINT_COLUMN_MISSING, "add primary key"): 'column "{column}" of relation "{table}" does not exist'
        " (42703)",
        (Refusal.CONSTRAINT_COLUMN_MISSING, "check"): 'column "{column}" does not exist (42703)',
        (Refusal.KEY_TABLE_MISSING, ""): 'relation "{table}" does not exist (42P01)',
        (
            Refusal.KEY_COLUMN_MISSING,
            "",
        ): 'column "{column}" referenced in foreign key constraint does not exist (42703)',
        (Refusal.OBJECT_MISSING, "drop index"): 'index "{name}" does not exist (42704)',
        (Refusal.OBJECT_MISSING, "rename index"): 'relation "{name}" does not exist (42P01)',
        (Refusal.OBJECT_MISSING, "foreign key"): 'constraint "{name}" of relation "{table}" does not exist (42704)',
        (Refusal.OBJECT_MISSING, "constraint"): 'constraint "{name}" of relation "{table}" does not exist (42704)',
        (Refusal.OBJECT_MISSING, "rename constraint"): 'constraint "{name}" for table "{table}" does not exist (42704)',
        (Refusal.OBJECT_MISSING, "type"): 'type "{name}" does not exist (42704)',
        (Refusal.OBJECT_MISSING, "composite"): 'relation "{name}" does not exist (42P01)',
        (Refusal.OBJECT_MISSING, "domain"): 'constraint "{name}" of domain "{table}" does not exist (42704)',
        (Refusal.OBJECT_MISSING, "rename domain"): 'constraint "{name}" for domain {table} does not exist (42704)',
        (Refusal.CONSTRAINT_EXISTS, "domain"): 'constraint "{name}" for domain "{table}" already exists (42710)',
        (Refusal.CONSTRAINT_EXISTS, "rename domain"): 'constraint "{name}" for domain {table} already exists (42710)',
        (
            Refusal.DEPENDED_ON,
            "composite",
        ): 'cannot alter type "{name}" because it is the type of a typed table (2BP01)',
        (Refusal.DEPENDED_ON, "used composite"): 'cannot alter type "{name}" because column "…" uses it (0A000)',
        (Refusal.DEPENDED_ON, "typed AddColumn"): "cannot add column to typed table (42809)",
        (Refusal.DEPENDED_ON, "typed DropColumn"): "cannot drop column from typed table (42809)",
        (Refusal.DEPENDED_ON, "typed RenameColumn"): "cannot rename column of typed table (42809)",
        (Refusal.DEPENDED_ON, "typed AlterColumn"): "cannot alter column type of typed table (42809)",
        (Refusal.OBJECT_MISSING, "view"): 'view "{name}" does not exist (42P01)',
        (Refusal.TYPE_EXISTS, ""): 'type "{name}" already exists (42710)',
        (Refusal.PRIMARY_KEY_EXISTS, ""): 'multiple primary keys for table "{table}" are not allowed (42P16)',
        (Refusal.VIEW_EXISTS, ""): 'relation "{name}" already exists (42P07)',
        (Refusal.DEPENDED_ON, "table"): "cannot drop table {table} because other objects depend on it (2BP01)",
        (Refusal.DEPENDED_ON, "column"): "cannot drop column {name} of table {table} because other objects depend on it"
        " (2BP01)",
        (Refusal.DEPENDED_ON, "constraint"): "cannot drop constraint {name} on table {table} because other objects"
        " depend on it (2BP01)",
        (Refusal.DEPENDED_ON, "index"): "cannot drop index {name} because … (2BP01)",
        (Refusal.DEPENDED_ON, "truncate"): "cannot truncate a table referenced in a foreign key constraint (0A000)",
        (
            Refusal.KEY_LACKS_PARTITION,
            "",
        ): "unique constraint on partitioned table must include all partitioning columns (0A000)",
        (Refusal.DEPENDED_ON, "view"): "cannot drop view {name} because other objects depend on it (2BP01)",
        (Refusal.DEPENDED_ON, "sequence"): "cannot drop sequence {name} because other objects depend on it (2BP01)",
        (Refusal.DEPENDED_ON, "schema"): "cannot drop schema {name} because other objects depend on it (2BP01)",
        (Refusal.DEPENDED_ON, "nullable key"): 'column "{name}" is in a primary key (42P16)',
        (Refusal.DEPENDED_ON, "nullable"): 'column "{name}" of relation "{table}" is an identity column (42601)',
        (Refusal.DEPENDED_ON, "generated"): "cannot alter type of a column used by a generated column (0A000)",
        (Refusal.DEPENDED_ON, "retyped"): "cannot alter type of a column used by a view or rule (0A000)",
        (Refusal.VIEW_TABLE_MISSING, ""): 'relation "{table}" does not exist (42P01)',
        (Refusal.ROW_COLUMN_MISSING, ""): 'column "{column}" of relation "{table}" does not exist (42703)',
        (Refusal.READ_COLUMN_MISSING, ""): 'column "{column}" does not exist (42703)',
        (Refusal.OBJECT_EXISTS, "sequence"): 'relation "{name}" already exists (42P07)',
        (Refusal.OBJECT_EXISTS, "schema"): 'schema "{name}" already exists (42P06)',
        (Refusal.OBJECT_EXISTS, "extension"): 'extension "{name}" already exists (42710)',
        (Refusal.OBJECT_EXISTS, "trigger"): 'trigger "{name}" for relation "{table}" already exists (42710)',
        (Refusal.OBJECT_MISSING, "sequence"): 'sequence "{name}" does not exist (42P01)',
        (Refusal.OBJECT_MISSING, "trigger"): 'trigger "{name}" for table "{table}" does not exist (42704)',
        (Refusal.DEPENDED_ON, "type"): "cannot drop type {name} because other objects depend on it (2BP01)",
    },
    "mysql": {
        **_COMMON_TO_MYSQL,
        (Refusal.COLUMN_MISSING, "drop"): "Can't DROP '{name}'; check that column/key exists (1091)",
        (Refusal.OBJECT_MISSING, "drop index"): "Can't DROP '{name}'; check that column/key exists (1091)",
        (Refusal.OBJECT_MISSING, "foreign key"): "Can't DROP '{name}'; check that column/key exists (1091)",
        (Refusal.KEY_UNSIZED, ""): "BLOB/TEXT column '{name}' used in key specification without a key length (1170)",
        (
            Refusal.KEY_UNSIZED,
            "json",
        ): "JSON column '{name}' supports indexing only via generated columns on a specified JSON path. (3152)",
    },
    "mariadb": {
        **_COMMON_TO_MYSQL,
        (Refusal.COLUMN_MISSING, "drop"): "Can't DROP COLUMN `{name}`; check that it exists (1091)",
        (Refusal.CONSTRAINT_EXISTS, "check"): "Duplicate CHECK constraint name '{name}' (1826)",
        (Refusal.CONSTRAINT_COLUMN_MISSING, "check"): "Unknown column '{column}' in 'CHECK' (1054)",
        (Refusal.KEY_TABLE_MISSING, ""): _MALFORMED,
        (Refusal.KEY_COLUMN_MISSING, ""): _MALFORMED,
        (Refusal.OBJECT_MISSING, "drop index"): "Can't DROP INDEX `{name}`; check that it exists (1091)",
        (Refusal.OBJECT_MISSING, "primary key"): "Can't DROP INDEX `PRIMARY`; check that it exists (1091)",
        (Refusal.OBJECT_MISSING, "foreign key"): "Can't DROP FOREIGN KEY `{name}`; check that it exists (1091)",
        (Refusal.OBJECT_MISSING, "constraint"): "Can't DROP CONSTRAINT `{name}`; check that it exists (1091)",
        (Refusal.OBJECT_MISSING, "view"): "Unknown VIEW: '….{name}' (4092)",
        (Refusal.DEPENDED_ON, "table"): "Cannot delete or update a parent row: a foreign key constraint fails (1451)",
    },
    "sqlite": {
        (Refusal.TABLE_EXISTS, ""): "table {table} already exists",
        (Refusal.TABLE_EXISTS, "view"): "view {table} already exists",
        (Refusal.TABLE_EXISTS, "index"): "there is already an index named {table}",
        (Refusal.TABLE_EXISTS, "rename"): "there is already another table or index with this name: {table}",
        (Refusal.INDEX_EXISTS, "table"): "there is already a table named {name}",
        (Refusal.TABLE_MISSING, ""): "no such table: {table}",
        (Refusal.COLUMN_EXISTS, ""): "duplicate column name: {name}",
        (Refusal.COLUMN_MISSING, ""): 'no such column: "{name}"',
        (Refusal.INDEX_EXISTS, ""): "index {name} already exists",
        (Refusal.INDEX_COLUMN_MISSING, ""): "no such column: {column}",
        (Refusal.INDEX_TABLE_MISSING, ""): "no such table: main.{table}",
        (Refusal.CONSTRAINT_COLUMN_MISSING, ""): "no such column: {column}",
        (Refusal.KEY_COLUMN_MISSING, "own"): 'unknown column "{column}" in foreign key definition',
        (Refusal.OBJECT_MISSING, "drop index"): "no such index: {name}",
        (Refusal.ROW_COLUMN_MISSING, ""): "table {table} has no column named {column}",
        (Refusal.ROW_COLUMN_MISSING, "update"): "no such column: {column}",
        (Refusal.READ_COLUMN_MISSING, ""): "no such column: {column}",
        (Refusal.OBJECT_MISSING, "view"): "no such view: {name}",
    },
    "tsql": SQL_SERVER,
}

_OBJECTS: dict[type, str] = {
    DropIndex: "drop index",
    RenameIndex: "rename index",
    AlterIndex: "rename index",  # in the same words
    DropConstraint: "constraint",
    RenameConstraint: "rename constraint",
    AddEnumValue: "type",
    DropType: "type",
    DropView: "view",
}


_DROPPED: dict[type, str] = {
    DropTable: "table",
    DropColumn: "column",
    DropConstraint: "constraint",
    DropIndex: "index",
    DropType: "type",
    DropView: "view",
    AlterColumn: "retyped",
    Write: "truncate",
}


def server_words(problem: Problem, dialect: str | None) -> str | None:
    """The server's message for a problem, led by the server's name, or None where it is not known."""
    if problem.server is not None:
        return f"{_TITLES[dialect or 'mysql']}: {problem.server}"
    words = _WORDS.get(dialect or "", {})
    kind = (problem.refusal, _kind(problem))
    template = words[kind] if kind in words else words.get((problem.refusal, ""))
    if template is None:
        return None
    # PostgreSQL says a name as it reads it, folded; the others as it was written.
    spelled = attrgetter("key" if dialect == "postgres" else "text")
    name = spelled(problem.name) if problem.name else ""
    column = spelled(problem.names[0]) if problem.names else name
    table = spelled(problem.table.name) if problem.table else ""
    return f"{_TITLES[dialect or '']}: {template.format(table=table, name=name, column=column)}"


def _json(problem: Problem) -> bool:
    column = problem.existing.columns.get(problem.name) if problem.existing and problem.name else None
    return column is not None and column.type is not None and column.type.family is Family.JSON


def _kind(problem: Problem) -> str:
    """The kind of statement that was refused, as far as servers answer it in words of its own."""
    match problem.refusal, problem.fact:
        case _, AlterType() as fact:
            return _of_type(problem, fact)
        case Refusal.COLUMN_EXISTS, CreateEnum():
            return "create"
        case Refusal.COLUMN_MISSING, CreateTable():
            return "rename"  # in the same words
        case Refusal.KEY_UNSIZED, _ if _json(problem):
            return "json"
        case Refusal.DEPENDED_ON, fact if typed_table(problem):
            return f"typed {type(fact).__name__}"
        case Refusal.TABLE_MISSING, DropTable():
            return "drop"
        case Refusal.TABLE_EXISTS, RenameTable():
            return "rename"
        case Refusal.TABLE_EXISTS, _ if problem.existing is None:
            return "index" if problem.index else "view"
        case Refusal.INDEX_EXISTS, _ if problem.existing is None:
            return "table"
        case Refusal.OBJECT_EXISTS | Refusal.DEPENDED_ON, CreateObject(kind=kind) | AlterObject(kind=kind) | DropObject(
            kind=kind
        ):
            return kind.value
        case Refusal.ROW_COLUMN_MISSING, Write(verb="UPDATE"):
            return "update"
        case Refusal.DEPENDED_ON, AlterColumn() as fact if problem.holder is None and not fact.verbatim:
            if generated_from(problem) is not None:
                return "generated"
            return "nullable key" if of_primary_key(problem) else "nullable"
        case Refusal.KEY_LACKS_PARTITION, _ if problem.index is None and problem.path.dialect != "postgres":
            return "primary"
        case Refusal.DEPENDED_ON, RenameColumn() | RenameTable():
            return "rename"
        case Refusal.DEPENDED_ON, DropTable() if problem.holder is not None and problem.path.dialect == "tsql":
            return "bound"
        case Refusal.DEPENDED_ON, fact:
            return _DROPPED.get(type(fact), "")
        case Refusal.COLUMN_EXISTS, CreateTable():
            return "create"
        case Refusal.COLUMN_MISSING, DropColumn():
            return "drop"
        case Refusal.COLUMN_MISSING, RenameColumn():
            return "rename"
        case Refusal.CONSTRAINT_EXISTS, AddConstraint(constraint=ForeignKey()) | RenameIndex():
            return "foreign key"
        case Refusal.CONSTRAINT_EXISTS, _:
            return "check" if _is_check(problem) else ""
        case Refusal.CONSTRAINT_COLUMN_MISSING, AddConstraint(constraint=PrimaryKey()):
            return "add primary key"
        case Refusal.CONSTRAINT_COLUMN_MISSING, _:
            return "check" if _in_check(problem) else ""
        case Refusal.KEY_COLUMN_MISSING, _:
            return "own" if _own_column(problem) else ""
        case Refusal.OBJECT_MISSING, fact:
            return _object(fact)
    return ""


def _of_type(problem: Problem, fact: AlterType) -> str:
    """The kind of a refused change of a domain or of a composite type's attributes."""
    renames = isinstance(fact.change, RenameConstraint | RenameColumn)
    match problem.refusal:
        case Refusal.OBJECT_MISSING if problem.table is None:
            return "type" if fact.domain else "composite"
        case Refusal.OBJECT_MISSING | Refusal.CONSTRAINT_EXISTS:
            return "rename domain" if renames else "domain"
        case Refusal.COLUMN_MISSING:
            return "rename" if renames else ""
        case Refusal.DEPENDED_ON:
            return "composite" if problem.existing and problem.existing.of == fact.name else "used composite"
    return ""


def _is_check(problem: Problem) -> bool:
    """Whether one of the two constraints of one name is a check."""
    held = problem.existing is not None and any(check.name == problem.name for check in problem.existing.checks)
    return held or (isinstance(problem.fact, AddConstraint) and isinstance(problem.fact.constraint, Check))


def _in_check(problem: Problem) -> bool:
    fact = problem.fact
    if isinstance(fact, AddConstraint):
        return isinstance(fact.constraint, Check)
    checks = fact.checks if isinstance(fact, CreateTable | AddColumn) else ()
    return any(span == problem.span for check in checks for _, span in check.mentions)


def _own_column(problem: Problem) -> bool:
    """Whether the table with the foreign key lacks the column, rather than the table it points at."""
    fact = problem.fact
    keys: tuple[object, ...] = ()
    if isinstance(fact, CreateTable | AddColumn):
        keys = fact.foreign_keys
    elif isinstance(fact, AddConstraint):
        keys = (fact.constraint,)
    column = problem.names[0] if problem.names else None
    own = any(isinstance(key, ForeignKey) and column in key.columns for key in keys)
    return own and problem.table == getattr(fact, "table", None)


def _object(fact: Fact) -> str:
    match fact:
        case DropConstraint(name=None):
            return "primary key"
        case DropConstraint(kind="foreign key"):
            return "foreign key"
        case DropObject(kind=kind) | AlterObject(kind=kind):
            return kind.value
    return _OBJECTS.get(type(fact), "")
