"""PostgreSQL's own grammar (libpg_query, which pglast wraps) as a judge: its tree in neutral lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pglast import enums, parse_sql
from pglast.parser import ParseError
from pglast.stream import RawStream

from tests.sql.judges import neutral
from tests.sql.judges.neutral import SHAPED_ELSEWHERE, Words, drop, rename

_ACTIONS = {"r": "RESTRICT", "c": "CASCADE", "n": "SET NULL", "d": "SET DEFAULT"}
_SERIALS = {"serial": "int4", "serial4": "int4", "bigserial": "int8", "serial8": "int8"}
_SERIALS |= {"smallserial": "int2", "serial2": "int2"}
_DROPPED = {
    enums.ObjectType.OBJECT_TABLE: "table",
    enums.ObjectType.OBJECT_FOREIGN_TABLE: "table",
    enums.ObjectType.OBJECT_INDEX: "index",
    enums.ObjectType.OBJECT_VIEW: "view",
    enums.ObjectType.OBJECT_MATVIEW: "view",
    enums.ObjectType.OBJECT_TYPE: "type",
    enums.ObjectType.OBJECT_DOMAIN: "type",
}
_VIEWS = (enums.ObjectType.OBJECT_VIEW, enums.ObjectType.OBJECT_MATVIEW)


def lines(sql: str) -> list[str] | None:
    """The statement in neutral lines, None when the grammar refuses it."""
    try:
        (statement,) = parse_sql(sql)
    except ParseError:
        return None
    read = _READERS.get(type(statement.stmt).__name__)
    return [] if read is None else list(read(statement.stmt))


def _expression(text: str) -> str:
    return _printed(parse_sql(f"SELECT {text}")[0].stmt.targetList[0].val)


def _type(text: str) -> str:
    return _typed(parse_sql(f"CREATE TABLE t (c {text})")[0].stmt.tableElts[0].typeName)


WORDS = Words(_expression, _type)


def _printed(node: Any) -> str:
    return str(RawStream()(node))


def _typed(type_: Any) -> str:
    """A type's name in the catalog and its modifiers. `numeric(10)` is `numeric(10,0)` (manual, 8.1.2); an array's number
    of dimensions is documentation only (8.15.1)."""
    names = [name.sval for name in type_.names]
    name = ".".join(names[1:] if names[0] in ("pg_catalog", "public") else names)
    name = _SERIALS.get(name, name)
    modifiers = [_printed(one) for one in type_.typmods or ()]
    if name == "numeric" and len(modifiers) == 1:
        modifiers.append("0")
    return name + (f"({','.join(modifiers)})" if modifiers else "") + ("[]" if type_.arrayBounds else "")


def _dotted(names: Iterable[Any]) -> str:
    parts = [name.sval for name in names]
    return ".".join(parts[1:] if parts[0] == "public" else parts[-2:])


def _relation(node: Any) -> str:
    schema = node.schemaname
    return f"{schema}.{node.relname}" if schema and schema != "public" else str(node.relname)


def _strings(nodes: Iterable[Any] | None) -> list[str]:
    return [node.sval for node in nodes or ()]


class _Column:
    """A ColumnDef with what its constraints say."""

    def __init__(self, node: Any) -> None:
        self.name: str = node.colname
        self.type: str | None = None if node.typeName is None else _typed(node.typeName)
        self.nullable = True
        self.identity = False
        self.default: str | None = None
        self.generated: str | None = None
        self.collation: str | None = None if node.collClause is None else node.collClause.collname[-1].sval
        self.keys: list[str] = []
        if node.typeName is not None and node.typeName.names[-1].sval in _SERIALS:
            self.identity, self.nullable = True, False
        for constraint in node.constraints or ():
            self._constrain(constraint)

    def _constrain(self, node: Any) -> None:
        kind = enums.ConstrType
        if node.contype == kind.CONSTR_NOTNULL:
            self.nullable = False
        elif node.contype == kind.CONSTR_DEFAULT:
            if _is_sequence(node.raw_expr):
                self.identity = True
            elif not _is_null(node.raw_expr):
                self.default = _printed(node.raw_expr)
        elif node.contype == kind.CONSTR_IDENTITY:
            self.identity, self.nullable = True, False
        elif node.contype == kind.CONSTR_GENERATED:
            self.generated = _printed(node.raw_expr)
        elif (line := _constraint(node, [self.name])) is not None:
            self.keys.append(line)

    def line(self) -> str:
        return neutral.column(
            self.name, self.type, self.nullable, self.default, self.identity, self.generated, self.collation
        )


def _is_sequence(node: Any) -> bool:
    """`nextval(…)`: what SERIAL stands for (manual, 8.1.4)."""
    return type(node).__name__ == "FuncCall" and node.funcname[-1].sval == "nextval"


def _is_null(node: Any) -> bool:
    return type(node).__name__ == "A_Const" and bool(node.isnull)


def _constraint(node: Any, own: list[str]) -> str | None:
    """A key or check; `own` is the column that it stands behind. None for what has no line of its own."""
    kind = enums.ConstrType
    columns = _strings(node.keys) or own
    if node.contype == kind.CONSTR_PRIMARY:
        line = neutral.primary_key(node.conname, [] if node.indexname else columns)
        return line + (f" by index {node.indexname}" if node.indexname else "")
    if node.contype == kind.CONSTR_UNIQUE:
        line = neutral.unique(node.conname, [] if node.indexname else columns)
        return line + (f" by index {node.indexname}" if node.indexname else "")
    if node.contype == kind.CONSTR_CHECK:
        return neutral.check(node.conname, _printed(node.raw_expr))
    if node.contype == kind.CONSTR_FOREIGN:
        return neutral.foreign_key(
            node.conname,
            _strings(node.fk_attrs) or own,
            _relation(node.pktable),
            _strings(node.pk_attrs),
            _ACTIONS.get(node.fk_del_action),
            _ACTIONS.get(node.fk_upd_action),
        )
    return None


def _create_table(node: Any) -> Iterator[str]:
    table = _relation(node.relation)
    columns: list[_Column] = []
    keys: list[str] = []
    key: set[str] = set()
    required: set[str] = set()
    elsewhere = bool(node.inhRelations or node.partbound or node.ofTypename)
    for element in node.tableElts or ():
        if type(element).__name__ == "ColumnDef":
            columns.append(_Column(element))
            if any(c.contype == enums.ConstrType.CONSTR_PRIMARY for c in element.constraints or ()):
                key.add(element.colname)
        elif type(element).__name__ == "TableLikeClause":
            elsewhere = True
        else:
            if element.contype == enums.ConstrType.CONSTR_PRIMARY:
                key.update(_strings(element.keys))
            elif element.contype == enums.ConstrType.CONSTR_NOTNULL:
                required.update(_strings(element.keys))
            if (line := _constraint(element, [])) is not None:
                keys.append(line)
    temporary = node.relation.relpersistence == "t"
    yield neutral.create_table(table, [column.name for column in columns], node.if_not_exists, temporary)
    for column in columns:
        column.nullable = column.nullable and column.name not in key | required
        yield f"{table}: column {column.line()}"
        yield from (f"{table}: {line}" for line in column.keys)
    yield from (f"{table}: {line}" for line in keys)
    if elsewhere:
        yield SHAPED_ELSEWHERE


def _create_as(node: Any) -> Iterator[str]:
    name = _relation(node.into.rel)
    if node.objtype == enums.ObjectType.OBJECT_MATVIEW:
        yield f"create view {name} [materialized]" + (" [if not exists]" if node.if_not_exists else "")
    elif not node.is_select_into:
        yield neutral.create_table(name, [], node.if_not_exists, node.into.rel.relpersistence == "t")
        yield SHAPED_ELSEWHERE


def _create_index(node: Any) -> Iterator[str]:
    parts = [
        neutral.part(one.name, one.expr and _printed(one.expr), one.ordering == enums.SortByDir.SORTBY_DESC)
        for one in node.indexParams
    ]
    where = None if node.whereClause is None else _printed(node.whereClause)
    include = [one.name for one in node.indexIncludingParams or ()]
    line = neutral.index(node.idxname, parts, bool(node.unique), node.accessMethod, include, where)
    line += " [if not exists]" if node.if_not_exists else ""
    yield f"{_relation(node.relation)}: {line}{' [concurrently]' if node.concurrent else ''}"


def _alter_table(node: Any) -> Iterator[str]:
    if node.objtype not in (enums.ObjectType.OBJECT_TABLE, enums.ObjectType.OBJECT_FOREIGN_TABLE):
        return
    table = _relation(node.relation)
    flag = " [table if exists]" if node.missing_ok else ""
    for command in node.cmds:
        for line in _action(command, flag):
            yield f"{table}: {line}"


def _action(command: Any, flag: str) -> Iterator[str]:
    kind = enums.AlterTableType
    name = command.name
    cascade = command.behavior == enums.DropBehavior.DROP_CASCADE
    if command.subtype == kind.AT_AddColumn:
        column = _Column(command.def_)
        yield f"add {column.line()}{flag}{' [if not exists]' if command.missing_ok else ''}"
        yield from column.keys
    elif command.subtype == kind.AT_DropColumn:
        yield drop("column", name, bool(command.missing_ok), cascade) + flag
    elif command.subtype == kind.AT_AlterColumnType:
        yield f"alter {name} type {_typed(command.def_.typeName)}{flag}"
    elif command.subtype in (kind.AT_SetNotNull, kind.AT_DropNotNull):
        yield f"alter {name} {'not null' if command.subtype == kind.AT_SetNotNull else 'null'}{flag}"
    elif command.subtype == kind.AT_ColumnDefault:
        yield f"alter {name} {_changed_default(command.def_)}{flag}"
    elif command.subtype == kind.AT_AddIdentity:
        yield f"alter {name} identity{flag}"
    elif command.subtype == kind.AT_DropIdentity:
        yield f"alter {name} no identity{flag}"
    elif command.subtype == kind.AT_DropExpression:
        yield f"alter {name} no expression{flag}"
    elif command.subtype == kind.AT_AddConstraint:
        if command.def_.contype == enums.ConstrType.CONSTR_NOTNULL:
            yield from (f"alter {column} not null{flag}" for column in _strings(command.def_.keys))
        elif (line := _constraint(command.def_, [])) is not None:
            yield line + flag
    elif command.subtype == kind.AT_DropConstraint:
        yield drop("constraint", name, bool(command.missing_ok), cascade) + flag


def _changed_default(node: Any) -> str:
    if node is None or _is_null(node):
        return "no default"
    return "identity" if _is_sequence(node) else f"default {_printed(node)}"


def _rename(node: Any) -> Iterator[str]:
    kind = enums.ObjectType
    flag = " [if exists]" if node.missing_ok else ""
    if node.renameType in (kind.OBJECT_TABLE, kind.OBJECT_FOREIGN_TABLE, *_VIEWS):
        table = _relation(node.relation)
        schema = f"{node.relation.schemaname}." if "." in table else ""
        yield rename("table", table, schema + node.newname) + flag
    elif node.renameType == kind.OBJECT_COLUMN and node.relationType in (
        kind.OBJECT_TABLE,
        kind.OBJECT_FOREIGN_TABLE,
        *_VIEWS,
    ):
        line = rename("column", node.subname, node.newname)
        yield f"{_relation(node.relation)}: {line}" + (" [table if exists]" if node.missing_ok else "")
    elif node.renameType == kind.OBJECT_TABCONSTRAINT:
        line = rename("constraint", node.subname, node.newname)
        yield f"{_relation(node.relation)}: {line}" + (" [table if exists]" if node.missing_ok else "")
    elif node.renameType == kind.OBJECT_INDEX:
        yield rename("index", _relation(node.relation), node.newname) + flag
    elif node.renameType == kind.OBJECT_TYPE:
        yield rename("type", _dotted(node.object), _beside(_dotted(node.object), node.newname))


def _beside(old: str, new: str) -> str:
    """The new name in the old one's schema."""
    return f"{old.rpartition('.')[0]}.{new}" if "." in old else new


def _schema(node: Any) -> Iterator[str]:
    if node.objectType == enums.ObjectType.OBJECT_TABLE:
        new = node.newschema
        name = node.relation.relname
        target = name if new == "public" else f"{new}.{name}"
        yield rename("table", _relation(node.relation), target) + (" [if exists]" if node.missing_ok else "")
    elif node.objectType == enums.ObjectType.OBJECT_TYPE:
        name = _dotted(node.object).rpartition(".")[2]
        target = name if node.newschema == "public" else f"{node.newschema}.{name}"
        yield rename("type", _dotted(node.object), target)


def _drop(node: Any) -> Iterator[str]:
    kind = _DROPPED.get(node.removeType)
    if kind is None:
        return
    cascade = node.behavior == enums.DropBehavior.DROP_CASCADE
    for one in node.objects:
        names = one.names if type(one).__name__ == "TypeName" else one
        yield drop(kind, _dotted(names), bool(node.missing_ok), cascade)


def _enum(node: Any) -> Iterator[str]:
    yield f"create type {_dotted(node.typeName)} {tuple(_strings(node.vals))!r}"


def _alter_enum(node: Any) -> Iterator[str]:
    if node.oldVal is None:
        flag = " [if not exists]" if node.skipIfNewValExists else ""
        yield f"add value {node.newVal!r} to {_dotted(node.typeName)}{flag}"
    else:
        yield f"{_dotted(node.typeName)}: {rename('value', repr(node.oldVal), repr(node.newVal))}"


def _view(node: Any) -> Iterator[str]:
    yield f"create view {_relation(node.view)}" + (" [or replace]" if node.replace else "")


def _comment(node: Any) -> Iterator[str]:
    if node.objtype == enums.ObjectType.OBJECT_TABLE:
        yield f"comment {_dotted(node.object)}"
    elif node.objtype == enums.ObjectType.OBJECT_COLUMN:
        yield f"comment {_dotted(node.object[:-1])} {node.object[-1].sval}"


_READERS = {
    "CreateStmt": _create_table,
    "CreateForeignTableStmt": lambda node: _create_table(node.base),
    "CreateTableAsStmt": _create_as,
    "IndexStmt": _create_index,
    "AlterTableStmt": _alter_table,
    "RenameStmt": _rename,
    "AlterObjectSchemaStmt": _schema,
    "DropStmt": _drop,
    "CreateEnumStmt": _enum,
    "AlterEnumStmt": _alter_enum,
    "CreateDomainStmt": lambda node: iter([f"create type {_dotted(node.domainname)}"]),
    "CompositeTypeStmt": lambda node: iter([f"create type {_relation(node.typevar)}"]),
    "CreateRangeStmt": lambda node: iter([f"create type {_dotted(node.typeName)}"]),
    "DefineStmt": lambda node: iter(
        [f"create type {_dotted(node.defnames)}"] if node.kind == enums.ObjectType.OBJECT_TYPE else []
    ),
    "ViewStmt": _view,
    "CommentStmt": _comment,
}
