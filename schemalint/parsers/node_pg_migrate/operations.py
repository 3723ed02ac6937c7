"""Each operation of node-pg-migrate as the SQL that the tool sends, and as the SQL with which it takes it back where a migration
has no way back of its own (9.0.0, src/operations and `reverse` there)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from schemalint.jssource.here import Here
from schemalint.jssource.history import Unread
from schemalint.jssource.literals import Key, Literals, Plain, keyed, said, truth
from schemalint.model.frozen import frozen
from schemalint.model.span import Span
from schemalint.parsers.node_pg_migrate.writing import Style, escaped, listed


@frozen
class Sql:
    """SQL and the place that it comes from; of a table or its columns also where each column stands. `lost` are columns that
    were not understood, `table` is the one that they belong to."""

    text: str
    span: Span
    columns: Mapping[str, Span]
    lost: tuple[Span, ...] = ()
    table: str = ""


@frozen
class Operation:
    """A call of `pgm.name(…)`."""

    name: str
    call: Here
    literals: Literals
    style: Style

    def given(self, at: int) -> Here | None:
        arguments = self.call.arguments()
        if at >= len(arguments) or self.literals.evaluator.follow(arguments[at]).kind == "undef":
            return None
        return arguments[at]

    def value(self, at: int) -> Plain:
        """An argument; None where there is none. Raises Unread where it is computed."""
        here = self.given(at)
        return None if here is None else self.literals.plain(here)

    def literal(self, at: int) -> str:
        return self.style.literal(self.value(at))

    def options(self, at: int) -> dict[str, Plain]:
        found = self.value(at)
        return found if isinstance(found, dict) else {}

    def place(self, at: int = 0) -> Span:
        """Where an argument stands, else the call."""
        here = self.given(at)
        return self.call.at(self.call.value["f"]).span if here is None else here.span

    def sql(self, text: str, at: int = 0) -> Sql:
        return Sql(f"{text};", self.place(at), {})


Write = Callable[[Operation], Iterator[Sql]]


def _exists(options: Mapping[str, Plain]) -> str:
    return " IF EXISTS" if truth(options, "ifExists") else ""


def _absent(options: Mapping[str, Plain]) -> str:
    return " IF NOT EXISTS" if truth(options, "ifNotExists") else ""


def _cascade(options: Mapping[str, Plain]) -> str:
    return " CASCADE" if truth(options, "cascade") else ""


# Tables


def _columns(op: Operation, at: int) -> tuple[list[str], list[Key], list[str], list[Span]]:
    """The definitions of columns, their keys, the columns of a primary key of several, and what was not understood."""
    here = op.given(at)
    known: list[tuple[Key, dict[str, Plain]]] = []
    lost: list[Span] = []
    for key in op.literals.keys(here) if here is not None else ():
        try:
            known.append((key, op.style.typed(op.literals.plain(key.value))))
        except Unread:
            lost.append(key.span)
    primary = [key.name for key, options in known if truth(options, "primaryKey")]
    lines, made = [], []
    for key, options in known:
        try:
            lines.append(op.style.column(key.name, options, [key.name] == primary))
            made.append(key)
        except Unread:
            lost.append(key.span)
    return lines, made, primary if len(primary) > 1 else [], lost


def _create_table(op: Operation) -> Iterator[Sql]:
    table, options = op.value(0), op.options(2)
    lines, made, primary, lost = _columns(op, 1)
    constraints = {**keyed(options.get("constraints")), **({"primaryKey": primary} if primary else {})}
    lines += op.style.constraints(table, constraints, None)
    like = options.get("like")
    if like:
        inner = keyed(like.get("options")) if isinstance(like, Mapping) else {}
        words = [f"{word} {said(one)}" for key, word in _LIKES for one in listed(inner.get(key))]
        source = like["table"] if isinstance(like, Mapping) and "table" in like else like
        lines.append(" ".join(["LIKE", op.style.literal(source), *words]))
    inherits = f" INHERITS ({op.style.literal(options['inherits'])})" if options.get("inherits") else ""
    if options.get("partition"):
        raise Unread("a table with partitions")
    temporary = " TEMPORARY" if truth(options, "temporary") else " UNLOGGED" if truth(options, "unlogged") else ""
    name = op.style.literal(table)
    text = f"CREATE{temporary} TABLE{_absent(options)} {name} ({', '.join(lines)}){inherits};"
    yield Sql(text, op.place(), {op.style.spelled(key.name): key.span for key in made}, tuple(lost), name)


_LIKES = (("including", "INCLUDING"), ("excluding", "EXCLUDING"))


def _drop_table(op: Operation) -> Iterator[Sql]:
    options = op.options(1)
    yield op.sql(f"DROP TABLE{_exists(options)} {op.literal(0)}{_cascade(options)}")


def _undo_table(op: Operation) -> Iterator[Sql]:
    yield op.sql(f"DROP TABLE {op.literal(0)}")


def _add_columns(op: Operation) -> Iterator[Sql]:
    table, options = op.literal(0), op.options(2)
    lines, made, primary, lost = _columns(op, 1)
    if primary:
        raise Unread("a primary key of several columns that are added")
    # One statement: a check of one of them may name another.
    text = f"ALTER TABLE {table} {', '.join(f'ADD{_absent(options)} {line}' for line in lines)};" if lines else ""
    yield Sql(text, op.place(), {op.style.spelled(key.name): key.span for key in made}, tuple(lost), table)


def _named_columns(op: Operation) -> Iterator[tuple[str, Span]]:
    here = op.given(1)
    found = None if here is None else op.literals.evaluator.follow(here)
    if found is not None and found.kind in {"obj", "call"}:
        yield from ((key.name, key.span) for key in op.literals.keys(found))
    elif found is not None and found.kind == "arr":
        yield from ((op.literals.plain(item), item.span) for item in found.arguments())
    else:
        yield op.value(1), op.place(1)


def _drop_columns(op: Operation) -> Iterator[Sql]:
    table, options = op.literal(0), op.options(2)
    for name, span in _named_columns(op):
        yield Sql(f"ALTER TABLE {table} DROP{_exists(options)} {op.style.literal(name)}{_cascade(options)};", span, {})


def _rename_column(op: Operation, back: bool = False) -> Iterator[Sql]:
    old, new = (op.literal(2), op.literal(1)) if back else (op.literal(1), op.literal(2))
    yield op.sql(f"ALTER TABLE {op.literal(0)} RENAME {old} TO {new}", 1)


def _alter_column(op: Operation) -> Iterator[Sql]:
    options = op.options(2)
    actions = []
    if "default" in options:
        told = options["default"]
        actions.append("DROP DEFAULT" if told is None else f"SET DEFAULT {escaped(told)}")
    if options.get("type"):
        using = f" USING {said(options['using'])}" if options.get("using") else ""
        collation = f" COLLATE {said(options['collation'])}" if options.get("collation") else ""
        type_ = Style().typed({"type": options["type"]})["type"]  # shorthands mean nothing here
        actions.append(f"SET DATA TYPE {said(type_)}{collation}{using}")
    if truth(options, "notNull"):
        actions.append("SET NOT NULL")
    elif options.get("notNull") is False or truth(options, "allowNull"):
        actions.append("DROP NOT NULL")
    if "sequenceGenerated" in options:
        told = options["sequenceGenerated"]
        actions.append(f"ADD GENERATED {said(keyed(told).get('precedence'))} AS IDENTITY" if told else "DROP IDENTITY")
    if "expressionGenerated" in options:
        raise Unread("the expression of a computed column")
    table, column = op.literal(0), op.literal(1)
    if actions:
        yield op.sql(f"ALTER TABLE {table} {', '.join(f'ALTER {column} {action}' for action in actions)}", 1)


def _rename(kind: str, back: bool, op: Operation) -> Iterator[Sql]:
    old, new = (op.literal(1), op.literal(0)) if back else (op.literal(0), op.literal(1))
    yield op.sql(f"ALTER {kind} {old} RENAME TO {new}")


# Constraints and indexes


def _add_constraint(op: Operation) -> Iterator[Sql]:
    name, told = op.value(1), op.value(2)
    if isinstance(told, str):
        lines = [f"CONSTRAINT {op.style.literal(name)} {told}" if name else told]
    else:
        lines = list(op.style.constraints(op.value(0), keyed(told), name))
    if lines:
        added = ", ".join(f"ADD {line}" for line in lines)
        yield op.sql(f"ALTER TABLE {op.literal(0)} {added}", 1 if name else 0)


def _drop_constraint(op: Operation) -> Iterator[Sql]:
    options = op.options(2)
    table = f"{' IF EXISTS' if truth(options, 'ifTableExists') else ''} {op.literal(0)}"
    yield op.sql(f"ALTER TABLE{table} DROP CONSTRAINT{_exists(options)} {op.literal(1)}{_cascade(options)}", 1)


def _undo_constraint(op: Operation) -> Iterator[Sql]:
    if op.value(1) is None or isinstance(op.value(2), str):
        raise Unread("the tool cannot take it back")
    yield from _drop_constraint(op)


def _rename_constraint(op: Operation, back: bool = False) -> Iterator[Sql]:
    old, new = (op.literal(2), op.literal(1)) if back else (op.literal(1), op.literal(2))
    yield op.sql(f"ALTER TABLE {op.literal(0)} RENAME CONSTRAINT {old} TO {new}", 1)


def _create_index(op: Operation) -> Iterator[Sql]:
    table, columns, options = op.value(0), listed(op.value(1)), op.options(2)
    name = op.style.literal(op.style.index_name(table, columns, options))
    unique = " UNIQUE" if truth(options, "unique") else ""
    concurrently = " CONCURRENTLY" if truth(options, "concurrently") else ""
    method = f" USING {said(options['method'])}" if options.get("method") else ""
    include = f" INCLUDE ({op.style.names(listed(options['include']))})" if options.get("include") else ""
    nulls = f" NULLS {said(options['nulls']).upper()}" if options.get("nulls") else ""
    where = f" WHERE {said(options['where'])}" if options.get("where") else ""
    parts = ", ".join(map(op.style.index_part, columns))
    head = f"CREATE{unique} INDEX{concurrently}{_absent(options)} {name} ON {op.style.literal(table)}{method}"
    yield op.sql(f"{head} ({parts}){include}{nulls}{where}", 1)


def _drop_index(op: Operation) -> Iterator[Sql]:
    table, options = op.value(0), op.options(2)
    name = op.style.literal(op.style.index_name(table, listed(op.value(1)), options))
    if isinstance(table, Mapping) and table.get("schema"):
        name = f"{op.style.literal(table['schema'])}.{name}"
    concurrently = " CONCURRENTLY" if truth(options, "concurrently") else ""
    yield op.sql(f"DROP INDEX{concurrently}{_exists(options)} {name}{_cascade(options)}", 1)


# Types and other things


def _create_type(op: Operation) -> Iterator[Sql]:
    told = op.value(1)
    if isinstance(told, list):
        yield op.sql(f"CREATE TYPE {op.literal(0)} AS ENUM ({', '.join(map(escaped, told))})")
    else:
        parts = [f"{op.style.literal(name)} {said(op.style.typed(one)['type'])}" for name, one in keyed(told).items()]
        yield op.sql(f"CREATE TYPE {op.literal(0)} AS ({', '.join(parts)})")


def _add_value(op: Operation) -> Iterator[Sql]:
    options = op.options(2)
    place = next((f" {word} {escaped(options[key])}" for key, word in _PLACES if options.get(key)), "")
    yield op.sql(f"ALTER TYPE {op.literal(0)} ADD VALUE{_absent(options)} {escaped(op.value(1))}{place}", 1)


_PLACES = (("before", "BEFORE"), ("after", "AFTER"))


def _rename_value(op: Operation) -> Iterator[Sql]:
    yield op.sql(f"ALTER TYPE {op.literal(0)} RENAME VALUE {escaped(op.value(1))} TO {escaped(op.value(2))}", 1)


def _create(kind: str, op: Operation) -> Iterator[Sql]:
    """A sequence, schema or extension."""
    for name in listed(op.value(0)):
        yield op.sql(f"CREATE {kind}{_absent(op.options(1))} {op.style.literal(name)}")


def _drop(kind: str, at: int | None, op: Operation) -> Iterator[Sql]:
    """`at` is the argument with the options, None where it is undone and they mean nothing."""
    options = {} if at is None else op.options(at)
    for name in listed(op.value(0)):
        yield op.sql(f"DROP {kind}{_exists(options)} {op.style.literal(name)}{_cascade(options)}")


def _create_domain(op: Operation) -> Iterator[Sql]:
    type_ = op.style.typed(op.value(1))["type"]
    yield op.sql(f"CREATE DOMAIN {op.literal(0)} AS {said(type_)}")


def _create_view(kind: str, op: Operation) -> Iterator[Sql]:
    options, query = op.options(1), op.value(2)
    if not isinstance(query, str):
        raise Unread("a view's query is computed")
    words = " OR REPLACE" if truth(options, "replace") else ""
    words += " TEMPORARY" if truth(options, "temporary") else ""
    columns = f" ({op.style.names(listed(options['columns']))})" if options.get("columns") else ""
    yield op.sql(f"CREATE{words} {kind}{_absent(options)} {op.literal(0)}{columns} AS {query}")


def _create_function(op: Operation) -> Iterator[Sql]:
    """Its name is what other steps need."""
    replace = " OR REPLACE" if truth(op.options(2), "replace") else ""
    yield op.sql(f"CREATE{replace} FUNCTION {op.literal(0)}() RETURNS trigger LANGUAGE plpgsql AS ''")


def _create_trigger(op: Operation) -> Iterator[Sql]:
    options = op.options(2)
    called = options.get("function") or op.value(1)
    if op.given(3) is not None:
        replace = " OR REPLACE" if truth(options, "replace") else ""
        text = f"CREATE{replace} FUNCTION {op.style.literal(called)}() RETURNS trigger LANGUAGE plpgsql AS ''"
        yield op.sql(text, 1)
    head = f"CREATE TRIGGER {op.literal(1)} BEFORE INSERT ON {op.literal(0)}"
    yield op.sql(f"{head} FOR EACH ROW EXECUTE PROCEDURE {op.style.literal(called)}()", 1)


def _drop_trigger(op: Operation) -> Iterator[Sql]:
    options = op.options(2)
    yield op.sql(f"DROP TRIGGER{_exists(options)} {op.literal(1)} ON {op.literal(0)}{_cascade(options)}", 1)


def _undo_trigger(op: Operation) -> Iterator[Sql]:
    yield op.sql(f"DROP TRIGGER {op.literal(1)} ON {op.literal(0)}", 1)
    if op.given(3) is not None:
        yield op.sql(f"DROP FUNCTION {op.style.literal(op.options(2).get('function') or op.value(1))}()", 1)


WRITES: dict[str, tuple[Write, Write | None]] = {
    "createTable": (_create_table, _undo_table),
    "dropTable": (_drop_table, None),
    "renameTable": (partial(_rename, "TABLE", False), partial(_rename, "TABLE", True)),
    "addColumns": (_add_columns, _drop_columns),
    "dropColumns": (_drop_columns, None),
    "renameColumn": (_rename_column, partial(_rename_column, back=True)),
    "alterColumn": (_alter_column, None),
    "addConstraint": (_add_constraint, _undo_constraint),
    "dropConstraint": (_drop_constraint, None),
    "renameConstraint": (_rename_constraint, partial(_rename_constraint, back=True)),
    "createIndex": (_create_index, _drop_index),
    "dropIndex": (_drop_index, None),
    "renameIndex": (partial(_rename, "INDEX", False), partial(_rename, "INDEX", True)),
    "createType": (_create_type, partial(_drop, "TYPE", None)),
    "dropType": (partial(_drop, "TYPE", 1), None),
    "renameType": (partial(_rename, "TYPE", False), partial(_rename, "TYPE", True)),
    "addTypeValue": (_add_value, None),
    "renameTypeValue": (_rename_value, None),
    "createExtension": (partial(_create, "EXTENSION"), partial(_drop, "EXTENSION", None)),
    "dropExtension": (partial(_drop, "EXTENSION", 1), None),
    "createSchema": (partial(_create, "SCHEMA"), partial(_drop, "SCHEMA", None)),
    "dropSchema": (partial(_drop, "SCHEMA", 1), None),
    "createSequence": (partial(_create, "SEQUENCE"), partial(_drop, "SEQUENCE", None)),
    "dropSequence": (partial(_drop, "SEQUENCE", 1), None),
    "createDomain": (_create_domain, partial(_drop, "DOMAIN", None)),
    "dropDomain": (partial(_drop, "DOMAIN", 1), None),
    "createView": (partial(_create_view, "VIEW"), partial(_drop, "VIEW", None)),
    "dropView": (partial(_drop, "VIEW", 1), None),
    "createMaterializedView": (
        partial(_create_view, "MATERIALIZED VIEW"),
        partial(_drop, "MATERIALIZED VIEW", None),
    ),
    "dropMaterializedView": (partial(_drop, "MATERIALIZED VIEW", 1), None),
    "createFunction": (_create_function, partial(_drop, "FUNCTION", None)),
    "dropFunction": (partial(_drop, "FUNCTION", 2), None),
    "createTrigger": (_create_trigger, _undo_trigger),
    "dropTrigger": (_drop_trigger, None),
}
"""By operation: the SQL of it, and that of the tool's own way back; None where the tool has none."""
ALIASES = {
    "addColumn": "addColumns",
    "dropColumn": "dropColumns",
    "createConstraint": "addConstraint",
    "addIndex": "createIndex",
    "addType": "createType",
    "addExtension": "createExtension",
}
_QUIET = """createRole dropRole alterRole renameRole createPolicy dropPolicy alterPolicy renamePolicy grantRoles revokeRoles
    grantOnSchemas revokeOnSchemas grantOnTables revokeOnTables createCast dropCast createOperator dropOperator
    createOperatorClass dropOperatorClass renameOperatorClass createOperatorFamily dropOperatorFamily renameOperatorFamily
    addToOperatorFamily removeFromOperatorFamily refreshMaterializedView alterTable alterSequence noTransaction func
    addTypeAttribute dropTypeAttribute setTypeAttribute renameTypeAttribute alterDomain alterView alterViewColumn
    alterMaterializedView"""
QUIET = frozenset(_QUIET.split())
"""Operations that change nothing of what is kept here."""
FINAL = ("drop", "alter", "revoke", "refresh", "set")
"""How the operations begin that the tool cannot take back by itself."""
