"""Tables and comments: what the server does with each fact, or why it refuses."""

from __future__ import annotations

from typing import TypeVar

from schemalint.dialects import NameKind
from schemalint.model.catalog import Refusal
from schemalint.model.facts import CreateTable, DropTable, Invalid, Opaque, RenameIndex, RenameTable
from schemalint.model.frozen import replace
from schemalint.model.names import Name, ObjectKind, TableName
from schemalint.model.objects import Alone, KeyChecks, LegacyRenames, Savepoint, Transaction
from schemalint.model.schema import Check, Column, ForeignKey, Index, Table
from schemalint.replay.clusters import settled
from schemalint.replay.constraints import constraint_columns, merged, names_free, target
from schemalint.replay.depends import table_needed
from schemalint.replay.derived import shaped
from schemalint.replay.elsewhere import part
from schemalint.replay.held import default_renamed
from schemalint.replay.indexes import index_columns, rename_key, with_new_key_name, with_new_name
from schemalint.replay.inlinekeys import with_inline_keys
from schemalint.replay.keyindexes import names_shared, with_key_indexes
from schemalint.replay.mysqlchanges import computed_of
from schemalint.replay.names import name_all
from schemalint.replay.readers import renamed_in_views, views_on, without_views
from schemalint.replay.sequences import sequence_renamed, sequences_there, with_sequences, without_draws
from schemalint.replay.settings import with_copied
from schemalint.replay.sqlserver import impossible, not_of_a_view, nothing_to_rename, object_named, objects_of
from schemalint.replay.state import State
from schemalint.replay.triggers import with_new_view, without_view
from schemalint.replay.trouble import Trouble, Troubles, missing_table

_Named = TypeVar("_Named", ForeignKey, Check)


def create_table(state: State, fact: CreateTable, source: str) -> Troubles:
    if fact.temporary:
        state.temporary |= {fact.table}
        return
    existing = state.tables.get(fact.table)
    if existing is not None:
        refusal = Refusal.MASKED if fact.if_not_exists else Refusal.TABLE_EXISTS
        yield Trouble(refusal, fact.span, fact.table, fact.table.name, existing=existing, taken=existing.span)
        state.masked[fact.table] = (*state.masked.get(fact.table, ()), fact)
        return
    if (taken := state.relation(fact.table)) is not None:
        # SQLite minds an index of that name even then.
        if not fact.if_not_exists or (state.dialect.family == "sqlite" and fact.table not in state.views):
            held = state.find_key(fact.table, fact.table.name)
            index = held[1] if held and isinstance(held[1], Index) else None
            yield Trouble(Refusal.TABLE_EXISTS, fact.span, fact.table, fact.table.name, index=index, taken=taken)
        return
    if (made := state.type_named(fact.table)) is not None and not state.opaque:
        # A table is a type as well in PostgreSQL, and a composite type is a relation.
        if fact.if_not_exists and (known := state.types.get(fact.table)) and known.shape and not known.domain:
            return
        yield Trouble(Refusal.TYPE_EXISTS, fact.span, fact.table, fact.table.name, taken=made)
        return
    without_view(state, fact.table)
    fact = with_inline_keys(state, (yield from shaped(state, fact)))
    columns: dict[Name, Column] = {}
    for column in fact.columns:
        if column.name in columns:
            taken = columns[column.name].span
            yield Trouble(Refusal.COLUMN_EXISTS, column.span, fact.table, column.name, taken=taken)
        else:
            columns[column.name] = column
    primary_key, uniques = merged(state, fact.primary_key, fact.uniques)
    table = Table(
        name=fact.table,
        span=fact.span,
        source=source,
        columns=columns,
        primary_key=primary_key,
        uniques=uniques,
        indexes=fact.indexes,
        foreign_keys=fact.foreign_keys,
        checks=fact.checks,
        exclusions=fact.exclusions,
        parents=tuple(parent for parent, _ in fact.inherits),
        partition=fact.partition,
        partitioned=fact.partitioned,
        partition_by=fact.partition_by,
        bound=fact.bound,
        of=fact.of and fact.of[0],
        options=fact.options,
        comment=fact.comment,
        settings=fact.settings,
        partitions=fact.partitions,
        history=(fact.statement,),
        quoted=fact.quoted,
        # What was done to it before it is created here (dumps may list indexes first) is not known to belong to it.
        incomplete=fact.unread + ((fact.span,) if fact.table in state.unknown else ()),
    )
    if state.dialect.family == "mysql" and fact.likes and (model := state.tables.get(fact.likes[0].table)) is not None:
        table = with_copied(table, model)
    state.gone.pop(fact.table, None)
    bare = replace(table, primary_key=None, uniques=(), indexes=(), foreign_keys=(), checks=(), exclusions=())
    state.put(bare)
    primary = (primary_key,) if primary_key else ()
    constraints = (*primary, *uniques, *fact.exclusions, *fact.checks, *fact.foreign_keys)
    for constraint in constraints:
        yield from constraint_columns(state, table, constraint)
    yield from names_free(state, bare, constraints)
    for index in fact.indexes:
        yield from index_columns(state, table, index)
    for column in fact.columns if state.dialect.family == "mysql" else ():
        if column.generated is not None or column.default is not None:
            yield from computed_of(state, table, column)
    for key in fact.foreign_keys:
        yield from target(state, table, key)
    yield from _names_taken(state, table)
    table = settled(state, name_all(state, with_sequences(state, table)))
    yield from names_shared(state, table, fact.span)
    state.put(with_key_indexes(state, table))
    yield from sequences_there(state, fact.table, fact.columns)


def _names_taken(state: State, table: Table) -> Troubles:
    """Index names of a new table that another table has already, where names are unique in the schema."""
    if state.dialect.index_scope == "table":
        return
    for index in table.indexes:
        if index.name is not None and (held := state.find_key(table.name, index.name)) is not None:
            yield Trouble(
                Refusal.INDEX_EXISTS,
                index.span,
                table.name,
                index.name,
                existing=held[0],
                index=index,
                taken=held[1].span,
            )


def drop_table(state: State, fact: DropTable, source: str) -> Troubles:
    if fact.temporary:
        state.temporary -= {fact.table}
        return
    table = state.tables.get(fact.table)
    if table is not None:
        cascade = fact.cascade and state.dialect.family != "mysql"  # MySQL reads the word and does nothing
        if cascade:
            without_views(state, fact.table)
            without_draws(state, table, None)
        else:
            yield from table_needed(state, table, fact.span)
        for other, _ in list(state.referencing(fact.table)):
            if fact.cascade:
                kept = tuple(key for key in other.foreign_keys if key.ref_table != fact.table)
                state.put(replace(other, foreign_keys=kept))
        for child in list(state.children(fact.table)):
            if child.partition or cascade:  # partitions go with their table, others with CASCADE
                yield from drop_table(state, replace(fact, table=child.name), source)
    elif state.dialect.family == "generic" and fact.table in state.views:
        without_view(state, fact.table)  # as in ClickHouse
    elif (wrong := list(not_of_a_view(state, fact.table, fact.span, "DROP"))) or not fact.if_exists:
        yield from wrong or missing_table(state, fact.table, fact.span)
    state.remove(fact.table, fact.span)
    state.temporary -= {fact.table}
    state.masked.pop(fact.table, None)


def rename_table(state: State, fact: RenameTable, source: str) -> Troubles:
    table = state.tables.get(fact.table)
    if table is None:
        yield from _rename_other(state, fact)
        return
    # MySQL takes ALTER TABLE a RENAME TO a and refuses RENAME TABLE a TO a.
    if fact.new == fact.table and state.dialect.family not in ("postgres", "sqlite"):
        return
    if (taken := state.relation(fact.new)) is not None:
        existing = state.tables.get(fact.new)
        yield Trouble(Refusal.TABLE_EXISTS, fact.new_span, fact.new, fact.new.name, existing=existing, taken=taken)
        return
    if state.dialect.family == "tsql":
        yield from views_on(state, fact.table, None, fact.span)
    if (made := state.type_named(fact.new)) is not None and not state.opaque:
        yield Trouble(Refusal.TYPE_EXISTS, fact.new_span, fact.new, fact.new.name, taken=made)
        return
    legacy = state.legacy_renames
    for other, _ in [] if legacy else list(state.referencing(fact.table)):
        moved = tuple(
            replace(key, ref_table=fact.new) if key.ref_table == fact.table else key for key in other.foreign_keys
        )
        state.put(replace(other, foreign_keys=moved, quoted=False))
    own = tuple(
        replace(key, ref_table=fact.new) if key.ref_table == fact.table and not legacy else key
        for key in table.foreign_keys
    )
    if state.dialect.family == "mysql":
        own = tuple(_renamed_with(state, key, fact, "_ibfk_") for key in own)
    checks = table.checks
    if state.dialect.name == "mysql":
        checks = tuple(_renamed_with(state, check, fact, "_chk_") for check in checks)
    things = {key: thing for key, thing in state.things.items() if thing.table == fact.table}
    state.remove(fact.table, fact.span)
    state.gone.pop(fact.new, None)
    for key, thing in things.items():  # triggers and sequences go along
        table_of = fact.new if key[2] == fact.table else key[2]
        state.things[(key[0], key[1], table_of)] = replace(thing, table=fact.new)
    for sequence, users in state.drawn.items():
        if fact.table in users:
            state.drawn[sequence] = tuple(fact.new if name == fact.table else name for name in users)
    for child in list(state.children(fact.table)):
        parents = tuple(fact.new if parent == fact.table else parent for parent in child.parents)
        state.put(replace(child, parents=parents))
    if state.dialect.family in ("postgres", "sqlite") and not legacy:
        renamed_in_views(state, fact.table, fact.new)
    history = (*table.history, fact.statement)
    quoted = table.quoted and own == table.foreign_keys
    state.put(replace(table, name=fact.new, foreign_keys=own, checks=checks, history=history, quoted=quoted))
    if fact.table in state.masked:
        state.masked[fact.new] = state.masked.pop(fact.table)


def rename_index(state: State, fact: RenameIndex, source: str) -> Troubles:
    """ALTER INDEX … RENAME, which in PostgreSQL renames any relation."""
    sequence = (ObjectKind.SEQUENCE, fact.name, None)
    other = fact.name in state.tables or fact.name in state.views or sequence in state.things
    if not other or state.dialect.family != "postgres":
        yield from rename_key(state, fact, source)
        return
    new = TableName(fact.name.schema, fact.new)
    yield from rename_table(
        state, RenameTable(fact.span, fact.statement, fact.name, new, fact.span, fact.if_exists, fact.guard), source
    )


def _rename_other(state: State, fact: RenameTable) -> Troubles:
    """ALTER TABLE … RENAME of a view, a sequence or an index: PostgreSQL takes any relation."""
    view = state.views.get(fact.table)
    sequence = (ObjectKind.SEQUENCE, fact.table, None)
    held = state.find_key(fact.table, fact.table.name) if state.dialect.family == "postgres" else None
    if view is None and sequence not in state.things and held is not None:
        if (taken := state.relation(fact.new)) is not None:
            yield Trouble(Refusal.INDEX_EXISTS, fact.new_span, held[0].name, fact.new.name, taken=taken)
        else:
            state.put(with_new_key_name(held[0], held[1].name, fact.new.name, fact.statement))
        return
    if view is None and sequence not in state.things and state.dialect.family == "tsql":
        taken = object_named(state, fact.new)
        if not _rename_constraint(state, fact):
            yield from nothing_to_rename(state, fact.table, fact.span)
        elif taken is not None:
            words = f"The new name '{fact.new.name.text}' is already in use and would cause a duplicate (15335)"
            why = f"{fact.new.name} is the name of something else already"
            yield impossible(fact.table, fact.new_span, why, words, taken, fact.new.name)
        return
    if view is None and sequence not in state.things:
        if not fact.if_exists:
            yield from missing_table(state, fact.table, fact.span)
        state.gone.pop(fact.new, None)
        if fact.guard is None:  # whoever made it, it has another name from now on
            state.unknown = (state.unknown - {fact.table}) | {fact.new}
            state.gone[fact.table] = fact.span
        return
    if (taken := state.relation(fact.new)) is not None:
        yield Trouble(Refusal.TABLE_EXISTS, fact.new_span, fact.new, fact.new.name, taken=taken)
        return
    state.gone[fact.table] = fact.span
    state.gone.pop(fact.new, None)
    if view is None:
        state.things[(ObjectKind.SEQUENCE, fact.new, None)] = replace(state.things.pop(sequence), name=fact.new)
        sequence_renamed(state, fact.table, fact.new)
        return
    del state.views[fact.table]
    state.put_view(replace(view, name=fact.new))
    with_new_view(state, fact.table, fact.new)
    state.doubtful = frozenset(fact.new if name == fact.table else name for name in state.doubtful)
    renamed_in_views(state, fact.table, fact.new)


def _rename_constraint(state: State, fact: RenameTable) -> bool:
    """sp_rename of an object that is no table: it renames constraints, defaults among them, and much that is not kept. Gives
    whether there is such a constraint."""
    if default_renamed(state, fact.table.name, fact.new.name):
        return True
    for table in list(state.tables.values()):
        if table.name.schema == fact.table.schema and fact.table.name in {name for name, _ in objects_of(table)}:
            state.put(with_new_name(table, fact.table.name, fact.new.name, fact.statement))
            return True
    return False


def _renamed_with(state: State, key: _Named, fact: RenameTable, mark: str) -> _Named:
    """MySQL renames the foreign keys and checks that are called after the table, and MariaDB the former."""
    rest = key.name.text.removeprefix(f"{fact.table.name.text}{mark}") if key.name else ""
    if key.name is None or rest == key.name.text:
        return key
    name = state.dialect.identifier(f"{fact.new.name.text}{mark}{rest}", True, NameKind.CONSTRAINT)
    return replace(key, name=name)


def key_checks(state: State, fact: KeyChecks, source: str) -> Troubles:
    yield from ()
    state.key_checks = fact.on


def legacy_renames(state: State, fact: LegacyRenames, source: str) -> Troubles:
    yield from ()
    state.legacy_renames = fact.on


def invalid(state: State, fact: Invalid, source: str) -> Troubles:
    """SL116 reports these from the facts; the statement's own facts follow as if it had been written right."""
    yield from ()


def alone(state: State, fact: Alone, source: str) -> Troubles:
    """SL510 reports these where a transaction is open; they leave tables as they are."""
    yield from ()


def opaque(state: State, fact: Opaque, source: str) -> Troubles:
    yield from ()
    state.hidden = True
    state.rows.clear()
    part(state, fact.touches)
    if fact.touches is None:
        state.opaque = (*state.opaque, fact.span)
        if not state.models:  # it may have changed any of them
            state.tables = {
                name: table if table.incomplete else replace(table, incomplete=(fact.span,))
                for name, table in state.tables.items()
            }
        return
    for name in fact.touches:
        table = state.tables.get(name)
        if table is not None:
            state.put(replace(table, incomplete=(*table.incomplete, fact.span)))
        else:
            # What was not read may have created it.
            state.unknown |= {name}


def transaction(state: State, fact: Transaction, source: str) -> Troubles:
    """ROLLBACK takes back what came since BEGIN, where the server can."""
    yield from ()
    if not state.dialect.transactional_ddl:
        return
    if fact.verb == "BEGIN":
        state.saved = state.copy()
    elif fact.verb == "ROLLBACK" and state.saved is not None:
        state.reset(state.saved)
    if fact.verb != "BEGIN":
        state.saved = None
    state.marks = {}


def savepoint(state: State, fact: Savepoint, source: str) -> Troubles:
    """ROLLBACK TO takes back what came since SAVEPOINT, where the server can."""
    yield from ()
    if not state.dialect.transactional_ddl:
        return
    if not fact.back:
        state.marks[fact.name] = state.copy()
    elif (kept := state.marks.get(fact.name)) is not None:
        state.reset(kept)
