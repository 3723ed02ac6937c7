"""SQL inside revisions: `op.execute("…")`, `bind.execute(text("…"))`, and types made and dropped by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.discover import Tree
from schemalint.loaded import facts
from schemalint.model.facts import Fact, Opaque
from schemalint.model.frozen import frozen
from schemalint.model.objects import CreateEnum, DropType
from schemalint.model.span import SourceFile
from schemalint.parsers.alembic.tenants import without_schema
from schemalint.parsers.alembic.textfiles import loaded
from schemalint.pysource.columns import ColumnReader
from schemalint.pysource.nodes import Attr, Call, Const, Join, Node, Ref, Text, span
from schemalint.pysource.resolve import External
from schemalint.pysource.sqltypes import library_name
from schemalint.pysource.tables import Builder
from schemalint.sql import read_literal

EXECUTES = frozenset({"execute", "exec_driver_sql", "scalar", "scalars"})

_DATA = frozenset({"insert", "update", "delete", "select", "values", "where", "query", "exists", "union"})
_NO_SCHEMA = re.compile(
    r"\s*(?:INSERT|UPDATE|DELETE|SELECT|WITH|SET|GRANT|REVOKE|ANALYZE|VACUUM|REINDEX|REFRESH|NOTIFY|LOCK|TRUNCATE|COPY|CALL"
    r"|MERGE|REPLACE|PRAGMA|SHOW|EXPLAIN|BEGIN|COMMIT|RESET|USE|KILL|COMMENT"
    r"|(?:CREATE(?:\s+OR\s+REPLACE)?|DROP|ALTER)\s+(?:UNIQUE\s+)?(?:FUNCTION|PROCEDURE|TRIGGER|EXTENSION|ROLE|USER|POLICY|SCHEMA"
    r"|SEQUENCE|DATABASE|AGGREGATE|OPERATOR|CAST|RULE|EVENT|PUBLICATION|SUBSCRIPTION))\b",
    re.I,
)
_ALTERS = re.compile(r"\s*ALTER\s+TABLE\s+(?:IF\s+EXISTS\s+)?(?:ONLY\s+)?([\"`]?)(\w+)\1\s", re.I)


@frozen
class Executes:
    """Reads SQL in one dialect."""

    columns: ColumnReader
    builder: Builder
    dialect: str | None
    tree: Tree

    def execute(self, path: str, file: SourceFile, call: Call) -> Iterator[Fact]:
        """The facts of the SQL that a call runs; Opaque when it is computed and may be DDL."""
        item = call.argument(0, "sqltext") or call.argument(0, "statement")
        if item is None:
            return
        where, meant = self.columns.modules.value(path, item)
        text = self._literal(where, meant)
        if text is not None:
            pin = None if text.verbatim is not None and where == path else span(path, item)
            yield from read_literal(file, text.verbatim or 0, text.value, self.dialect, pin).facts
            return
        found = loaded(self.columns.modules, where, self._bare(where, meant))
        if found is not None:
            place, sent = span(found.where, found.named), span(path, call)
            yield from facts(found.path, place, sent, self.tree, self.dialect)
            return
        if isinstance(joined := self._joined(where, meant), str):
            yield from read_literal(file, 0, joined, self.dialect, span(path, item)).facts
            return
        if self._is_data(where, meant):
            return
        touches = None
        head = self._head(where, meant)
        if head is not None:
            if _NO_SCHEMA.match(head):
                return
            altered = _ALTERS.match(head)
            if altered is not None and len(head) > altered.end():
                touches = (self.builder.table_name(altered[2]),)
        yield Opaque(span(path, item), span(path, call), "SQL that is computed", touches)

    def _bare(self, path: str, item: Node) -> Node:
        """What stands in `text(…)`."""
        for _ in range(3):
            if isinstance(item, Call) and item.args and self.columns.is_sql(path, item):
                item = item.args[0]
        return item

    def _literal(self, path: str, item: Node) -> Text | None:
        """The text of `"…"`, `text("…")`, `DDL("…")`, `text("…").bindparams(…)`."""
        for _ in range(8):
            path, item = self.columns.modules.value(path, item)
            if isinstance(item, Text):
                return item
            if not isinstance(item, Call):
                return None
            if isinstance(item.func, Attr):
                if item.func.name not in ("bindparams", "execution_options", "columns"):
                    return None
                item = item.func.base
                continue
            name = library_name(self.columns.modules.resolve(path, item.func))
            if name not in ("text", "DDL", "literal_column", "TextClause") or not item.args:
                return None
            item = item.args[0]
        return None

    def _joined(self, path: str, item: Node) -> str | None:
        """The SQL of an f-string in which nothing but schemas is computed, without them."""
        for _ in range(3):
            path, item = self.columns.modules.value(path, item)
            if isinstance(item, Call) and item.args and self.columns.is_sql(path, item):
                item = item.args[0]
        return (
            without_schema(item, lambda part: self.columns.modules.value(path, part)[1])
            if isinstance(item, Join)
            else None
        )

    def _is_data(self, path: str, item: Node) -> bool:
        """Whether an expression certainly builds a statement on rows: `users.update().values(…)`."""
        for _ in range(30):
            if isinstance(item, Call):
                func = item.func
                if isinstance(func, Attr):
                    if func.name in _DATA:
                        return True
                    item = func.base
                    continue
                if isinstance(func, Ref):
                    return bool(_DATA & set(func.parts))
                return False
            if isinstance(item, Attr):
                item = item.base
                continue
            return False
        return False

    def _head(self, path: str, item: Node) -> str | None:
        """The known beginning of a computed text, None when it does not begin with one."""
        for _ in range(8):
            path, item = self.columns.modules.value(path, item)
            if isinstance(item, Join):
                first = item.parts[0] if item.parts else None
                return first.value if isinstance(first, Text) else None
            if isinstance(item, Text):
                return item.value
            if isinstance(item, Call) and isinstance(item.func, Attr):
                item = item.func.base
            elif isinstance(item, Call) and item.args and self.columns.is_sql(path, item):
                item = item.args[0]
            elif not isinstance(item, (Call, Ref)) and hasattr(item, "left"):
                item = item.left
            else:
                return None
        return None

    def type_call(self, path: str, call: Call) -> Iterator[Fact] | None:
        """`sa.Enum("a", name="mood").create(bind)` and `.drop(bind)`; None when the call is neither."""
        func = call.func
        if not isinstance(func, Attr) or func.name not in ("create", "drop") or not isinstance(func.base, Call):
            return None
        where, base = self.columns.modules.value(path, func.base)
        if not isinstance(base, Call):
            return None
        found = self.columns.modules.resolve(where, base.func)
        if library_name(found) not in ("Enum", "ENUM"):
            return None
        special = isinstance(found, External) and ".dialects." in found.dotted
        return self._type(path, call, where, base, func.name, special)

    def _type(self, path: str, call: Call, where: str, base: Call, method: str, special: bool) -> Iterator[Fact]:
        if self.builder.family != "postgres":
            return
        given = call.argument(1, "checkfirst")
        # postgresql.ENUM looks first, sqlalchemy.Enum does not.
        first = given.value not in (False, None) if isinstance(given, Const) else special
        statement, place = span(path, call), span(path, base)
        read = self.columns.types.read(where, base)
        if method == "drop":
            name = self.columns.name(where, base.keyword("name"))
            schema = self.columns.name(where, base.keyword("schema"))
            text = read.enum.name if read.enum is not None else name.text
            if text is None:
                yield Opaque(place, statement, "a type of a computed name is dropped", ())
                return
            yield DropType(place, statement, self.builder.table_name(text, schema.text), first)
            return
        if read.enum is None:
            yield Opaque(place, statement, "a type whose values are computed", ())
            return
        made = self.builder.table_name(read.enum.name, read.enum.schema)
        yield CreateEnum(place, statement, made, read.enum.values, first)
