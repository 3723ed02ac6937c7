"""sqlglot as a judge for MySQL and SQL Server: its tree in neutral lines.

What its tree leaves to the server is added here from the manuals: the sizes a type has when none is written, what SERIAL
stands for, that MySQL forgets a REFERENCES behind a column.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from tests.sql.judges import neutral
from tests.sql.judges.neutral import SHAPED_ELSEWHERE, Words, drop, rename


def lines(sql: str, dialect: str) -> list[str] | None:
    """The statement in neutral lines, None when sqlglot refuses it or keeps it as text."""
    with _quiet():
        try:
            trees = sqlglot.parse(sql, dialect=dialect)
        except SqlglotError:
            return None
    if len(trees) != 1 or trees[0] is None or trees[0].find(exp.Command):
        return None
    return list(_Reader(dialect).statement(trees[0]))


def words(dialect: str) -> Words:
    """How sqlglot spells what we keep as written."""

    def expression(text: str) -> str:
        return _printed(sqlglot.parse_one(text, dialect=dialect), dialect)

    def type_(text: str) -> str:
        with _quiet():
            try:
                return _typed(exp.DataType.build(text, dialect=dialect), dialect)
            except SqlglotError:
                return text

    return Words(expression, type_)


@contextmanager
def _quiet() -> Iterator[None]:
    """sqlglot writes a line to its log when it keeps a statement as text."""
    log = logging.getLogger("sqlglot")
    before = log.level
    log.setLevel(logging.ERROR)
    try:
        yield
    finally:
        log.setLevel(before)


def _printed(node: exp.Expression, dialect: str) -> str:
    while isinstance(node, exp.Paren):
        node = node.this
    return str(node.sql(dialect=dialect))


_CLUSTERED = (exp.ClusteredColumnConstraint, exp.NonClusteredColumnConstraint)
_INTEGERS = ("TINYINT", "SMALLINT", "MEDIUMINT", "INT", "BIGINT")
_SIZES = {  # MySQL 8.0 Reference Manual, 11.1 and 11.3; Transact-SQL: char, decimal, datetime2, time, datetimeoffset
    "mysql": {"CHAR": "1", "BINARY": "1", "BIT": "1", "DECIMAL": "10, 0"},
    "tsql": {
        "CHAR": "1",
        "NCHAR": "1",
        "VARCHAR": "1",
        "NVARCHAR": "1",
        "BINARY": "1",
        "VARBINARY": "1",
        "DECIMAL": "18, 0",
        "FLOAT": "53",
        "DATETIME2": "7",
        "TIMESTAMP": "7",
        "TIME": "7",
        "TIMESTAMPTZ": "7",
        "DATETIMEOFFSET": "7",
    },
}


def _typed(node: exp.DataType, dialect: str) -> str:
    """The type without display widths and with the sizes that are meant when none is written."""
    kind = node.this.value if isinstance(node.this, exp.DType) else str(node.this)
    sizes = [str(one.sql(dialect=dialect)) for one in node.expressions]
    signless = kind.removeprefix("U") if kind.startswith("U") and kind[1:] in _INTEGERS else kind
    if signless in _INTEGERS and dialect == "mysql":
        sizes = ["1"] if kind == "TINYINT" and sizes == ["1"] else []
    if kind == "BOOLEAN" and dialect == "mysql":
        kind, sizes = "TINYINT", ["1"]
    if kind in ("DECIMAL", "UDECIMAL") and len(sizes) == 1:
        sizes.append("0")
    if dialect == "mysql":
        kind = {"NVARCHAR": "VARCHAR", "NCHAR": "CHAR"}.get(kind, kind)  # with a character set of their own (11.3.2)
        sizes = [] if kind == "YEAR" else sizes  # a display width (11.2.4)
    if kind == "USER-DEFINED":  # its schema has no part in our type
        return str(node.args["kind"]).rpartition(".")[2].strip('[]"').lower()
    shown = ", ".join(sizes) or _SIZES[dialect].get(kind.removeprefix("U") if kind == "UDECIMAL" else kind, "")
    return f"{kind.lower()}({shown})" if shown else kind.lower()


class _Reader:
    """Walks one tree; names fold as the dialect folds them."""

    def __init__(self, dialect: str) -> None:
        self.dialect = dialect

    def name(self, node: Any) -> str:
        """The name of a column, key or index."""
        while isinstance(node, (exp.Column, exp.Ordered, exp.ColumnPrefix)):
            node = node.this
        return str(node.name if isinstance(node, exp.Expression) else node).lower()

    def table(self, node: exp.Table) -> str:
        schema, name = node.db, node.name
        if self.dialect == "tsql":
            schema, name = schema.lower(), name.lower()
            schema = "" if schema == "dbo" else schema
        return f"{schema}.{name}" if schema else name

    def printed(self, node: exp.Expression) -> str:
        return _printed(node, self.dialect)

    def statement(self, tree: exp.Expression) -> Iterator[str]:
        if isinstance(tree, exp.Create):
            yield from self.create(tree)
        elif isinstance(tree, exp.Alter) and tree.args.get("kind") == "TABLE":
            for action in tree.args["actions"]:
                yield from self.action(tree.this, action)
        elif isinstance(tree, exp.Drop):
            yield from self.drop(tree)
        elif isinstance(tree, exp.Execute) and tree.this.name.lower() == "sp_rename":
            said = [one.expression if isinstance(one, exp.EQ) else one for one in tree.expressions]
            yield from self.sp_rename([one.name for one in said])

    def create(self, tree: exp.Create) -> Iterator[str]:
        kind = tree.kind or ""
        if kind == "TABLE":
            yield from self.create_table(tree)
        elif kind.endswith("INDEX"):
            yield from self.create_index(tree)
        elif kind == "VIEW":
            target = tree.this.this if isinstance(tree.this, exp.Schema) else tree.this
            yield f"create view {self.table(target)}" + (" [or replace]" if tree.args.get("replace") else "")

    def create_table(self, tree: exp.Create) -> Iterator[str]:
        schema = tree.this
        target = schema.this if isinstance(schema, exp.Schema) else schema
        table = self.table(target)
        elements = schema.expressions if isinstance(schema, exp.Schema) else []
        columns = [one for one in elements if isinstance(one, exp.ColumnDef)]
        properties = tree.args.get("properties")
        kinds = [type(one) for one in (properties.expressions if properties else ())]
        temporary = exp.TemporaryProperty in kinds
        key = set(self.primary(elements))
        if tree.args.get("replace"):
            yield drop("table", table, True)
        names = [self.name(one.this) for one in columns]
        yield neutral.create_table(table, names, bool(tree.args.get("exists")), temporary)
        for element in elements:
            if isinstance(element, exp.ColumnDef):
                line, keys = self.column(element, key)
                yield f"{table}: column {line}"
                yield from (f"{table}: {line}" for line in keys)
            else:
                yield from (f"{table}: {line}" for line in self.constraint(element))
        if tree.expression or exp.LikeProperty in kinds or schema.find(exp.LikeProperty):
            yield SHAPED_ELSEWHERE

    def primary(self, elements: list[exp.Expression]) -> Iterator[str]:
        """The columns of the primary key, wherever it is written."""
        for element in elements:
            for key in element.find_all(exp.PrimaryKey):
                yield from (self.name(one) for one in key.expressions)
            if isinstance(element, exp.Constraint) and element.find(exp.PrimaryKeyColumnConstraint):
                yield from (self.name(part) for one in element.find_all(*_CLUSTERED) for part in one.this)
            if isinstance(element, exp.ColumnDef) and element.find(exp.PrimaryKeyColumnConstraint):
                yield self.name(element.this)

    def column(self, node: exp.ColumnDef, key: set[str]) -> tuple[str, list[str]]:
        """A column's line and those of its keys."""
        name = self.name(node.this)
        nullable, identity = name not in key, False
        default = generated = collation = None
        keys: list[str] = []
        type_ = node.args.get("kind")
        for constraint in node.constraints:
            kind = constraint.kind
            own = None if constraint.this is None else self.name(constraint.this)
            match kind:
                case exp.NotNullColumnConstraint():
                    nullable = nullable and bool(kind.args.get("allow_null"))
                case exp.DefaultColumnConstraint():
                    default = None if isinstance(kind.this, exp.Null) else self.printed(kind.this)
                case exp.AutoIncrementColumnConstraint():
                    identity = True
                case exp.GeneratedAsIdentityColumnConstraint():
                    identity, nullable = True, False
                case exp.ComputedColumnConstraint():
                    generated = self.printed(kind.this)
                case exp.CollateColumnConstraint():
                    collation = kind.this.name
                case exp.PrimaryKeyColumnConstraint():
                    keys.append(neutral.primary_key(own, [name]))
                case exp.UniqueColumnConstraint():
                    keys.append(neutral.unique(own, [name]))
                case exp.CheckColumnConstraint():
                    keys.append(neutral.check(own, self.printed(kind.this)))
                case exp.Reference() if self.dialect != "mysql":  # read and forgotten (manual, 13.1.20.5)
                    keys.append(self.reference(own, [name], kind))
        shown = None
        if type_ is not None:
            shown = _typed(type_, self.dialect)
            if shown == "serial":  # BIGINT UNSIGNED NOT NULL AUTO_INCREMENT UNIQUE (manual, 11.1.1)
                shown, identity, nullable = "ubigint", True, False
                keys.append(neutral.unique(None, [name]))
        return neutral.column(name, shown, nullable, default, identity, generated, collation), keys

    def reference(self, name: str | None, columns: list[str], node: exp.Reference) -> str:
        target = node.this
        wanted = [self.name(one) for one in target.expressions] if isinstance(target, exp.Schema) else []
        table = self.table(target.this if isinstance(target, exp.Schema) else target)
        actions = {"DELETE": None, "UPDATE": None}
        for option in node.args.get("options") or ():
            for event in actions:
                if str(option).upper().startswith(f"ON {event} "):
                    actions[event] = str(option).upper().removeprefix(f"ON {event} ")
        return neutral.foreign_key(name, columns, table, wanted, actions["DELETE"], actions["UPDATE"])

    def constraint(self, node: exp.Expression, name: str | None = None) -> Iterator[str]:
        """A table constraint or an inline index."""
        match node:
            case exp.Constraint():
                own = self.name(node.this)
                kinds = [type(one) for one in node.expressions]
                for one in node.expressions:
                    if isinstance(one, _CLUSTERED) and kinds[0] is exp.PrimaryKeyColumnConstraint:
                        yield neutral.primary_key(own, [self.name(part) for part in one.this])
                    else:
                        yield from self.constraint(one, own)
            case exp.PrimaryKey():
                yield neutral.primary_key(name, [self.name(one) for one in node.expressions])
            case exp.UniqueColumnConstraint():
                schema = node.this
                if isinstance(schema, _CLUSTERED):
                    yield neutral.unique(name, [self.name(part) for part in schema.this])
                    return
                own = name or (self.name(schema.this) if schema.this is not None else None)
                if self.dialect == "mysql":
                    yield neutral.index(own, self.parts(schema.expressions), True, None, [], None)
                else:
                    yield neutral.unique(own, [self.name(one) for one in schema.expressions])
            case exp.ForeignKey():
                own = name or (self.name(node.this) if node.this is not None else None)
                columns = [self.name(one) for one in node.expressions]
                yield self.reference(own, columns, node.args["reference"])
            case exp.CheckColumnConstraint():
                yield neutral.check(name, self.printed(node.this))
            case exp.IndexColumnConstraint():
                own = None if node.this is None else self.name(node.this)
                method = str(node.args.get("kind") or node.args.get("index_type") or "").lower()
                yield neutral.index(own, self.parts(node.expressions), False, method, [], None)

    def parts(self, nodes: list[exp.Expression]) -> Iterator[str]:
        """What an index is made of. sqlglot reads `a(10)` as a call of a function."""
        for node in nodes:
            descending = isinstance(node, exp.Ordered) and bool(node.args.get("desc"))
            inner = node.this if isinstance(node, exp.Ordered) else node
            if isinstance(inner, exp.ColumnPrefix):
                yield neutral.part(self.name(inner), None, descending, int(inner.expression.name))
            elif isinstance(inner, exp.Anonymous) and len(inner.expressions) == 1 and inner.expressions[0].is_int:
                yield neutral.part(str(inner.this).lower(), None, descending, int(inner.expressions[0].name))
            elif isinstance(inner, (exp.Column, exp.Identifier)):
                yield neutral.part(self.name(inner), None, descending)
            else:
                yield neutral.part(None, self.printed(inner), descending)

    def create_index(self, tree: exp.Create) -> Iterator[str]:
        node = tree.this
        params = node.args.get("params")
        where = params.args.get("where")
        include = [self.name(one) for one in params.args.get("include") or ()]
        kind = str(tree.kind).removesuffix("INDEX").strip().lower()
        method = kind if kind in ("fulltext", "spatial") else None
        name = None if node.this is None else self.name(node.this)
        shown = None if where is None else self.printed(where.this)
        parts = self.parts(params.args.get("columns") or [])
        line = neutral.index(name, parts, bool(tree.args.get("unique")), method, include, shown)
        yield f"{self.table(node.args['table'])}: {line}" + (" [if not exists]" if tree.args.get("exists") else "")

    def action(self, target: exp.Table, node: exp.Expression) -> Iterator[str]:
        """One action of ALTER TABLE."""
        table = self.table(target)
        match node:
            case exp.ColumnDef():
                line, keys = self.column(node, set())
                position = node.args.get("position")
                line += " [if not exists]" if node.args.get("exists") else ""
                if position is not None:
                    after = position.args.get("this")
                    line += " [first]" if after is None else f" [after {self.name(after)}]"
                yield f"{table}: add {line}"
                yield from (f"{table}: {line}" for line in keys)
            case exp.AddConstraint():
                for one in node.expressions:
                    yield from (f"{table}: {line}" for line in self.constraint(one))
            case exp.ModifyColumn():
                line, keys = self.column(node.this, set())
                old = node.args.get("rename_from") or node.this.this
                yield f"{table}: alter {self.name(old)} into {line}"
                yield from (f"{table}: {line}" for line in keys)
            case exp.RenameColumn():
                yield f"{table}: {rename('column', self.name(node.this), self.name(node.args['to']))}"
            case exp.RenameIndex():
                yield rename("index", f"{self.name(node.this)} on {table}", self.name(node.args["to"]))
            case exp.DropPrimaryKey():
                yield f"{table}: {drop('primary key', '-')}"
            case exp.AlterRename():
                yield rename("table", table, self.table(node.this))
            case exp.AlterColumn():
                yield from (f"{table}: alter {line}" for line in self.altered(node))
            case exp.Drop():
                yield from self.dropped(table, node)

    def altered(self, node: exp.AlterColumn) -> Iterator[str]:
        name = self.name(node.this)
        if node.args.get("dtype") is not None:
            yield f"{name} type {_typed(node.args['dtype'], self.dialect)}"
            if self.dialect == "tsql":
                yield f"{name} {'not null' if node.args.get('allow_null') is False else 'null'}"
        elif node.args.get("default") is not None:
            default = node.args["default"]
            yield f"{name} " + ("no default" if isinstance(default, exp.Null) else f"default {self.printed(default)}")
        elif node.args.get("drop") and node.args.get("allow_null") is None:
            yield f"{name} no default"

    def dropped(self, table: str, node: exp.Drop) -> Iterator[str]:
        """DROP inside ALTER TABLE."""
        kind, if_exists = str(node.args["kind"]).lower(), bool(node.args.get("exists"))
        for one in node.args["tables"]:
            name = self.name(one)
            if kind in ("index", "key"):
                yield drop("index", f"{name} on {table}", if_exists)
            else:
                yield f"{table}: {drop(kind, name, if_exists)}"

    def drop(self, tree: exp.Drop) -> Iterator[str]:
        kind, if_exists = str(tree.args["kind"]).lower(), bool(tree.args.get("exists"))
        cascade = bool(tree.args.get("cascade"))
        if kind == "index":
            place = tree.args.get("cluster")
            for one in tree.args["tables"]:
                name, on = self.name(one.this), f" on {self.table(place.this)}" if place is not None else ""
                if not on and self.dialect == "tsql" and one.db:
                    on = f" on {one.db.lower()}"
                yield drop("index", name + on, if_exists)
        elif kind in ("table", "view", "type"):
            yield from (drop(kind, self.table(one), if_exists, cascade) for one in tree.args["tables"])

    def sp_rename(self, said: list[str]) -> Iterator[str]:
        """Transact-SQL, sp_rename: the last part of the first argument gets the second one's name."""
        path = [piece.strip('[]"').lower() for piece in said[0].split(".")]
        kind = said[2].lower() if len(said) > 2 else "object"
        path = [piece for at, piece in enumerate(path) if not (at == 0 and len(path) > 1 and piece == "dbo")]
        if kind == "object":
            yield rename("table", ".".join(path), ".".join([*path[:-1], said[1].lower()]))
        elif kind == "column":
            yield f"{'.'.join(path[:-1])}: {rename('column', path[-1], said[1].lower())}"
        elif kind == "index":
            yield rename("index", f"{path[-1]} on {'.'.join(path[:-1])}", said[1].lower())
