"""SQL Server: what a table or view as it stands does not allow, where no other server minds, or minds in another way. Sources:
"ALTER TABLE", "CREATE TABLE", "CREATE VIEW", "DROP TABLE", "TRUNCATE TABLE", "INSERT" and "sp_rename (Transact-SQL)" of
Microsoft's reference; numbers and words are those of "Database Engine events and errors". Only what certainly stands so is said:
nothing where something was not read that may have changed it, nor of a statement that may not run."""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.catalog import Refusal
from schemalint.model.facts import AddColumn, AddConstraint, AlterColumn
from schemalint.model.names import Name, ObjectKind, TableName
from schemalint.model.objects import Write
from schemalint.model.schema import Column, PrimaryKey, Table
from schemalint.model.span import Span
from schemalint.model.types import Family
from schemalint.replay.state import State
from schemalint.replay.trouble import Trouble, Troubles, missing_table


def impossible(
    table: TableName, span: Span, why: str, server: str, taken: Span | None, name: Name | None = None
) -> Trouble:
    """The refusal of a change that does not fit what is there."""
    return Trouble(Refusal.IMPOSSIBLE, span, table, name, taken=taken, why=why, server=server)


def certain(state: State, table: Table, guarded: bool) -> bool:
    """Whether what is known of a table is all that SQL Server has of it, and the statement runs."""
    return state.dialect.family == "tsql" and not (state.opaque or table.incomplete or state.models or guarded)


def nullable_key(state: State, table: Table, fact: AddConstraint) -> Troubles:
    """A primary key on a column that takes NULL: in ALTER TABLE it is not made NOT NULL on the way."""
    if not isinstance(fact.constraint, PrimaryKey) or not certain(state, table, fact.guard is not None):
        return
    for name in fact.constraint.columns:
        column = table.columns.get(name)
        if column is not None and column.nullable and column.generated is None:
            words = f"Cannot define PRIMARY KEY constraint on nullable column in table '{table.name.name.text}' (8111)"
            why = f"{name} takes NULL, and no column of a primary key does"
            yield impossible(table.name, fact.span, why, words, column.span, name)
            return


def second_of_a_kind(state: State, table: Table, fact: AddColumn) -> Troubles:
    """A second IDENTITY, or a default whose name is taken."""
    if not certain(state, table, fact.guard is not None):
        return
    counted = next((column for column in table.columns.values() if column.identity), None)
    if fact.column.identity and counted is not None:
        words = f"Multiple identity columns specified for table '{table.name.name.text}' (2744)"
        why = f"{counted.name} is IDENTITY already, and a table has only one such column"
        yield impossible(table.name, fact.span, why, words, counted.span, fact.column.name)
    if fact.column.default_name is not None:
        yield from name_taken(state, table, fact.column.default_name, fact.span)


def second_default(state: State, table: Table, column: Column, fact: AlterColumn) -> Troubles:
    """A default for a column that has one, or can have none; in ALTER TABLE … ADD DEFAULT … FOR."""
    if not fact.verbatim or fact.default is None or not certain(state, table, fact.guard is not None):
        return
    where = f"Table '{table.name.name.text}', column '{column.name.text}'"
    if column.generated is not None:
        words = f"{where} is invalid for creating a default constraint (1752)"
        yield impossible(table.name, fact.span, f"{column.name} is computed", words, column.span, column.name)
    elif column.identity:
        words = f"Defaults cannot be created on columns with an IDENTITY attribute. {where} (1754)"
        yield impossible(table.name, fact.span, f"{column.name} is IDENTITY", words, column.span, column.name)
    elif column.default is not None:
        why = f"{column.name} has a default already, which is a constraint: it is dropped first"
        words = "Column already has a DEFAULT bound to it (1781)"
        yield impossible(table.name, fact.span, why, words, column.span, column.name)
    elif fact.default_name is not None:
        yield from name_taken(state, table, fact.default_name, fact.span)


def null_in_key(state: State, table: Table, column: Column, fact: AlterColumn) -> Troubles:
    """NULL for a column of the primary key, which holds it as it is."""
    key = table.primary_key
    if not fact.verbatim or not fact.nullable or key is None or column.name not in key.columns:
        return
    if certain(state, table, fact.guard is not None) and column.type == fact.type:
        words = f"The object '{key.name or '…'}' is dependent on column '{column.name.text}' (5074)"
        why = f"{column.name} is in the primary key, which takes no NULL"
        yield impossible(table.name, fact.span, why, words, key.span, column.name)


def name_taken(state: State, table: Table, name: Name, span: Span) -> Troubles:
    """The name of a new default: it is one of the schema's, as those of tables and of all constraints are."""
    taken = object_named(state, TableName(table.name.schema, name))
    if taken is not None:
        why = f"{name} is the name of something else already"
        yield impossible(table.name, span, why, _there_is(name), taken, name)


def _there_is(name: Name) -> str:
    return f"There is already an object named '{name.text}' in the database (2714)"


def object_named(state: State, name: TableName) -> Span | None:
    """What certainly bears a name among the objects of a schema: a table, a view, a sequence, a constraint, a default."""
    if state.opaque:
        return None
    if (known := state.relation(name)) is not None:
        return known
    for owner in state.foreign.get(name.name, ()):
        table = state.tables.get(owner)
        if table is None or table.incomplete or table.name.schema != name.schema:
            continue
        for held, span in objects_of(table):
            if held == name.name:
                return span
    return None


def objects_of(table: Table) -> Iterator[tuple[Name, Span]]:
    """The constraints of a table that have names, defaults among them."""
    primary = (table.primary_key,) if table.primary_key is not None else ()
    for key in (*primary, *table.uniques, *table.foreign_keys, *table.checks):
        if key.name is not None:
            yield key.name, key.span
    for column in table.columns.values():
        if column.default_name is not None:
            yield column.default_name, column.span


def not_of_a_view(state: State, name: TableName, span: Span, verb: str) -> Troubles:
    """DROP TABLE and TRUNCATE TABLE of a view."""
    view = state.view(name)
    if state.dialect.family == "tsql" and view is not None and name not in state.tables:
        if verb == "DROP":
            words = f"Cannot use DROP TABLE with '{name.name.text}' because '{name.name.text}' is a view. Use DROP VIEW (3705)"
        else:
            words = f"Cannot truncate object '{name.name.text}' because it is not a table (4708)"
        yield impossible(name, span, "it is a view", words, view)


def view_index(state: State, name: TableName, span: Span) -> Troubles:
    """An index of a view that is not bound to what it reads."""
    view = state.views.get(name)
    if state.dialect.family == "tsql" and view is not None and state.view(name) is not None and not view.bound:
        words = f"Cannot create index on view '{name.name.text}' because the view is not schema bound (1939)"
        yield impossible(name, span, "the view is not made WITH SCHEMABINDING", words, view.span)


def nothing_to_rename(state: State, name: TableName, span: Span) -> Troubles:
    """sp_rename of what is not there. Without COLUMN or INDEX it looks for an object of the schema, which neither of them is.
    What the server gave a name to (`PK__t__3213E83F`) is not known here, nor what a module or a synonym is called."""
    if state.hidden or state.opaque or not state.closed or any(table.incomplete for table in state.tables.values()):
        return
    if "__" in name.name.key or any(thing.name == name for thing in state.things.values()):
        return
    words = f"No item by the name of '{name}' could be found in the current database (15225)"
    owner = state.tables.get(TableName(None, name.schema)) if name.schema is not None else None
    if owner is not None and name.name in owner.columns and not any(one.schema == name.schema for one in state.tables):
        column = owner.columns[name.name]
        yield impossible(name, span, "a column is renamed with a third argument, 'COLUMN'", words, column.span)
    elif state.absent(name):
        found = (one for table in state.tables.values() for one in table.indexes)
        index = next((one for one in found if one.name is not None and one.name.key == name.name.key), None)
        if index is None:
            yield from missing_table(state, name, span)
        else:
            yield impossible(name, span, "an index is renamed as table.index, with 'INDEX'", words, index.span)


def row_refused(state: State, table: Table, fact: Write) -> Troubles:
    """INSERT … VALUES that leaves out what must be given, gives what the server makes, or does not give as many as it names."""
    state.loose = state.loose or fact.loose
    if not certain(state, table, fact.guard is not None):
        return
    why = next(_row_faults(state, table, fact), None)
    if why is not None:
        reason, words, name = why
        column = table.columns.get(name) if name is not None else None
        taken = column.span if column is not None else table.span
        yield Trouble(Refusal.ROW_REFUSED, fact.span, table.name, name, taken=taken, why=reason, server=words)


def _row_faults(state: State, table: Table, fact: Write) -> Iterator[tuple[str, str, Name | None]]:
    named = [name for name, _ in fact.columns]
    width = fact.width or 0
    seen: set[Name] = set()
    for name in named:
        if name in seen:
            words = f"The column name '{name.text}' is specified more than once in the … column list of an INSERT (264)"
            yield f"it names {name} twice", words, name
        seen.add(name)
    if named and len(named) != width:
        much, number = ("more", 109) if len(named) > width else ("fewer", 110)
        words = (
            f"There are {much} columns in the INSERT statement than values specified in the VALUES clause ({number})"
        )
        yield f"it names {len(named)} columns and gives {width} values", words, None
    columns = {name: column for name, column in table.columns.items() if name in seen}
    for name, column in columns.items():
        if column.generated is not None:
            words = f'The column "{name.text}" cannot be modified because it is either a computed column or … (271)'
            yield f"{name} is computed", words, name
        elif column.identity and not state.loose:
            words = f"Cannot insert explicit value for identity column in table '{table.name.name.text}' when IDENTITY_INSERT"
            yield f"{name} is IDENTITY, and IDENTITY_INSERT is not on", f"{words} is set to OFF (544)", name
    if any(_given_by_others(column) for column in table.columns.values()) or state.loose or _triggered(state, table):
        return
    if not named and width != sum(1 for one in table.columns.values() if one.generated is None and not one.identity):
        words = "Column name or number of supplied values does not match table definition (213)"
        yield f"it gives {width} values, and the table takes another number", words, None
    for name, column in table.columns.items() if named else ():
        bare = (
            column.default is None and column.has_default is False and not column.identity and column.generated is None
        )
        if name not in columns and column.nullable is False and bare:
            words = f"Cannot insert the value NULL into column '{name.text}'; column does not allow nulls. INSERT fails"
            yield f"it leaves out {name}, which is NOT NULL and has no default", f"{words} (515)", name


def _given_by_others(column: Column) -> bool:
    """Whether the server may give a column its values though none is seen here: a rowversion, an alias type with a default of its
    own, the bounds of a period of a temporal table."""
    kind = column.type
    if column.generated is not None:
        return False
    if kind is None or kind.name == "timestamp" or (kind.family is Family.OTHER and column.nullable is False):
        return True
    return kind.name.startswith("datetime2") and column.nullable is False and column.default is None


def _triggered(state: State, table: Table) -> bool:
    """Whether a trigger may write the row instead."""
    return state.hidden or any(
        thing.kind is ObjectKind.TRIGGER and thing.table in (table.name, None) for thing in state.things.values()
    )
