"""From a query's tree to what it certainly reads and gives.

The walk knows by name the parts of a query that it understands. A part it does not know (PIVOT, CONNECT BY, a later
version's news) makes the whole body unread, for it may change what every name means.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from sqlglot import exp

from schemalint.dialects import NameKind
from schemalint.dialects import dialect as named
from schemalint.sql.views import OutColumn, ViewBody
from schemalint.sql.views.groups import rests_on, totals
from schemalint.sql.views.operands import is_tree, operands
from schemalint.sql.views.scopes import Names, Scope, Source

Columns = tuple[OutColumn, ...]
_STAR = OutColumn(None, star=True)

_SELECT = frozenset(
    {
        "with_",
        "kind",
        "expressions",
        "hint",
        "distinct",
        "from_",
        "operation_modifiers",
        "joins",
        "where",
        "group",
        "having",
        "windows",
        "order",
        "limit",
        "offset",
        "locks",
        "sample",
        "options",
        "for_",
    }
)
_BLIND_WHERE = frozenset({"postgres", "mysql", "tsql"})  # it sees no names of the select list
_TABLE = frozenset({"this", "alias", "db", "catalog", "joins", "hints", "only", "partition", "sample", "indexed"})
_JOIN = frozenset({"this", "on", "side", "kind", "using", "method", "hint", "directed"})
_PLAIN_KINDS = frozenset({"", "INNER", "OUTER", "CROSS", "STRAIGHT", "STRAIGHT_JOIN"})
_SUBQUERY = frozenset({"this", "alias", "with_", "joins", "order", "limit", "offset", "locks"})


class Unknown(Exception):
    """A part of a query that is not understood."""


def read(query: exp.Expr, text: str, dialect: str) -> ViewBody:
    """What a query says; `text` is where its names stand. Raises Unknown."""
    walk = _Walk(Names(text, named(dialect)))
    columns = walk.query(query, None, {})
    stars = tuple(None if column.source is None else column.source[0] for column in columns if column.star)
    shown = tuple(replace(column, source=None) if column.star else column for column in columns)
    if walk.names.dialect.family == "sqlite":
        shown = tuple(_unrepeated(shown))
    return ViewBody(walk.names.reads(), shown, stars, tuple(sorted(walk.keyed)), walk.names.unplaced())


def _unrepeated(columns: Columns) -> Iterable[OutColumn]:
    """SQLite numbers the second column of a name (`a:1`)."""
    taken = set()
    for column in columns:
        if column.name is not None and column.name.lower() in taken:
            column = replace(column, name=None)
        elif column.name is not None:
            taken.add(column.name.lower())
        yield column


@dataclass(slots=True)
class _Cte:
    """A query of WITH. It is read when it is first used: only PostgreSQL looks at one that is not."""

    key: str
    query: exp.Expr
    outer: Scope | None
    seen: dict[str, _Cte]
    alias: exp.TableAlias | None
    columns: Columns | None = None
    begun: bool = False


Ctes = dict[str, _Cte]


class _Walk:
    def __init__(self, names: Names) -> None:
        self.names = names
        self.family = names.dialect.family
        self.keyed: set[int] = set()  # reads whose primary key is needed

    def query(self, node: exp.Expr, outer: Scope | None, ctes: Ctes) -> Columns:
        """Reads a query; gives its columns. The source of a star is that of all its columns."""
        parts: list[exp.Expr] = []  # of a set operation, the first on top
        rest = [(node, ctes)]
        first: Columns | None = None
        while rest:
            node, seen = rest.pop()
            seen = self._with(node, outer, seen)
            if isinstance(node, exp.SetOperation):
                if node.args.get("by_name"):
                    raise Unknown
                parts.append(node)
                rest += [(node.expression, seen), (node.this, seen)]
                continue
            if isinstance(node, exp.Subquery):
                _known(node, _SUBQUERY)
                if node.args.get("joins") or node.alias:
                    raise Unknown
                rest.append((node.this, seen))
                continue
            columns = self._leaf(node, outer, seen)
            first = columns if first is None else first
        if first is None:
            raise Unknown
        if parts:  # a name of the first query only: the values come from all of them
            first = tuple(replace(c, source=c.source if c.star else None) for c in first)
        return first

    def _leaf(self, node: exp.Expr, outer: Scope | None, ctes: Ctes) -> Columns:
        if isinstance(node, exp.Select):
            return self._select(node, outer, ctes)
        if isinstance(node, exp.Values):
            scope = Scope(outer, closed=True)
            self._expressions(node.expressions, scope, ctes)
            width = len(node.expressions[0].expressions) if node.expressions else 0
            numbered = self.family in ("postgres", "sqlite")
            return tuple(OutColumn(f"column{n + 1}" if numbered else None) for n in range(width))
        raise Unknown

    def _with(self, node: exp.Expr, outer: Scope | None, ctes: Ctes) -> Ctes:
        clause = node.args.get("with_")
        if clause is None:
            return ctes
        if clause.args.get("udfs") or clause.args.get("cycle") or clause.args.get("search"):
            raise Unknown
        inside = dict(ctes)
        # Without RECURSIVE a query sees those before it; SQLite and SQL Server need no such word.
        ordered = self.family in ("postgres", "mysql") and not clause.args.get("recursive")
        made = []
        for cte in clause.expressions:
            alias = cte.args.get("alias")
            if not isinstance(alias, exp.TableAlias) or cte.args.get("scalar"):
                raise Unknown
            key = self.names.fold(alias.this, NameKind.TABLE)
            one = _Cte(key, cte.this, outer, dict(inside) if ordered else inside, alias)
            inside[alias.this.name.lower()] = one
            made.append(one)
        if self.family == "postgres":
            for one in made:
                self._cte(one)
        return inside

    def _cte(self, cte: _Cte) -> Columns | None:
        """Reads a query of WITH, once. While it is being read, its own columns are unknown."""
        if not cte.begun:
            cte.begun = True
            cte.columns = self._renamed(self.query(cte.query, cte.outer, cte.seen), cte.alias)
        return cte.columns

    def _renamed(self, columns: Columns | None, alias: exp.TableAlias | None) -> Columns | None:
        """The columns of a query under the names of an alias such as `x(a, b)`."""
        given = alias.args.get("columns") if alias is not None else None
        if not given:
            return columns
        fresh = [name.this if isinstance(name, exp.ColumnDef) else name for name in given]
        if not all(isinstance(name, exp.Identifier) for name in fresh):
            return None
        titles = [OutColumn(name.this, bool(name.args.get("quoted"))) for name in fresh]
        if columns is None or any(column.star for column in columns) or len(columns) < len(titles):
            return None if columns is None or len(columns) < len(titles) else (*titles, _STAR)
        kept = [replace(new, source=old.source) for new, old in zip(titles, columns, strict=False)]
        return (*kept, *columns[len(kept) :])

    # FROM

    def _select(self, node: exp.Select, outer: Scope | None, ctes: Ctes) -> Columns:
        _known(node, _SELECT)
        if node.args.get("kind"):
            raise Unknown
        scope = Scope(outer)
        conditions: list[exp.Expr] = []
        clause = node.args.get("from_")
        if clause is not None:
            self._item(clause.this, scope, ctes, conditions)
        for join in node.args.get("joins") or ():
            self._join(join, scope, ctes, conditions)
        scope.closed = True
        items = node.expressions
        scope.aliases = frozenset(item.alias.lower() for item in items if isinstance(item, exp.Alias))
        scope.made_up = not all(
            isinstance(item, (exp.Alias, exp.Star))
            or (isinstance(item, exp.Column) and isinstance(item.this, (exp.Identifier, exp.Star)))
            for item in items
        )
        self._expressions(conditions, scope, ctes)
        scope.listing = True
        given = [tuple(self._output(item, scope, ctes)) for item in items]
        columns = tuple(column for out in given for column in out)
        scope.listing = self.family in _BLIND_WHERE
        self._expressions([node.args.get("where")], scope, ctes)
        scope.listing = False
        self._expressions(node.args.get("windows") or (), scope, ctes)
        scope.sorting = True
        self._expressions([node.args.get("distinct"), node.args.get("order")], scope, ctes)
        self._grouping((group := node.args.get("group")), node.args.get("having"), items, scope, ctes)
        if isinstance(group, exp.Group) and self.family == "postgres":
            self._group(group, list(zip(items, given, strict=True)), scope)
        return (_STAR,) if node.args.get("for_") else columns

    def _grouping(
        self, group: exp.Expr | None, having: exp.Expr | None, items: list[exp.Expr], scope: Scope, ctes: Ctes
    ) -> None:
        """GROUP BY and HAVING. In PostgreSQL the latter sees no output names, and the former none that is a total."""
        named = scope.aliases
        if self.family == "postgres":
            scope.aliases -= totals(items)
        self._expressions([group], scope, ctes)
        scope.aliases, scope.listing = named, self.family == "postgres"
        self._expressions([having], scope, ctes)
        scope.listing = False

    def _group(self, group: exp.Group, items: list[tuple[exp.Expr, Columns]], scope: Scope) -> None:
        """Notes which relations' primary keys a GROUP BY needs."""
        own = {source.read for source in scope.sources}

        def place(value: exp.Expr, origin: tuple[int, str] | None) -> tuple[int, str] | None:
            if origin is None or origin[0] not in own or not isinstance(value, exp.Column):
                return None
            return origin[0], self.names.fold(value.this, NameKind.COLUMN)

        placed = [(item, place(item.unalias(), out[0].source if len(out) == 1 else None)) for item, out in items]
        self.keyed.update(rests_on(group, placed, lambda column: place(column, self.names.column(column, scope))))

    def _item(self, node: exp.Expr, scope: Scope, ctes: Ctes, conditions: list[exp.Expr]) -> None:
        """One item of FROM, with what is joined to it inside its own brackets."""
        if isinstance(node, exp.Table):
            self._table(node, scope, ctes)
        elif isinstance(node, exp.Subquery) and is_tree(node):
            _known(node, _SUBQUERY)
            inner = Scope(scope.outer) if node.alias else scope
            own: list[exp.Expr] = [] if node.alias else conditions
            self._item(node.this, inner, ctes, own)
            if node.alias:  # the alias hides the names inside
                inner.closed = True
                self._expressions(own, inner, ctes)
                self._add(scope, node, None)
        elif isinstance(node, exp.Subquery):
            _known(node, _SUBQUERY)
            inside = self._with(node, scope.outer, ctes)
            self._add(scope, node, self.query(node.this, scope.outer, inside))
        elif isinstance(node, exp.Lateral):
            if node.args.get("view"):
                raise Unknown
            if isinstance(node.this, exp.Subquery):
                self._add(scope, node, self.query(node.this, scope, ctes))
            else:
                self._expressions([node.this], scope, ctes)
                self._add(scope, node, None)
        elif isinstance(node, exp.Values):
            columns = self._leaf(node, scope.outer, ctes)
            self._add(scope, node, columns)
        elif isinstance(node, exp.Unnest):
            self._expressions(node.expressions, scope, ctes)
            self._add(scope, node, None)
        else:
            raise Unknown
        for join in node.args.get("joins") or ():
            self._join(join, scope, ctes, conditions)
        if node.args.get("pivots") or node.args.get("laterals"):
            raise Unknown

    def _add(self, scope: Scope, node: exp.Expr, columns: Columns | None) -> None:
        alias = node.args.get("alias")
        name = alias.this if isinstance(alias, exp.TableAlias) else None
        known = self._renamed(columns, alias) if isinstance(alias, exp.TableAlias) else columns
        if not isinstance(name, exp.Identifier):
            scope.add(Source(None, None, columns=known))
        else:
            scope.add(Source(self.names.fold(name, NameKind.TABLE), name.this.lower(), columns=known))

    def _table(self, node: exp.Table, scope: Scope, ctes: Ctes) -> None:
        name = node.this
        if not isinstance(name, exp.Identifier):  # a function, or several
            called = [name, *(each.this for each in node.args.get("rows_from") or ())]
            self._expressions([each for each in called if isinstance(each, exp.Expr)], scope, ctes)
            self._add(scope, node, None)
            if not isinstance(node.args.get("alias"), exp.TableAlias) and isinstance(name, exp.Func):
                # A function goes by its own name.
                loose = (name.name if isinstance(name, exp.Anonymous) else name.sql_name()).lower()
                scope.named.setdefault(loose, []).append(scope.sources[-1])
            return
        known = all(key in _TABLE for key, value in node.args.items() if value)
        alias = node.args.get("alias")
        called_ = alias.this if isinstance(alias, exp.TableAlias) and alias.this else name
        source = Source(self.names.fold(called_, NameKind.TABLE), called_.this.lower())
        schema = node.args.get("db")
        cte = ctes.get(name.this.lower()) if schema is None else None
        if cte is not None:
            columns = self._cte(cte)
            if known and cte.key == self.names.fold(name, NameKind.TABLE):
                source.columns = self._renamed(columns, alias)
        else:
            read = self.names.relation(node)
            if known and not (alias is not None and alias.args.get("columns")):
                source.read = read
            if isinstance(schema, exp.Identifier) and alias is None:
                source.schema = self.names.fold(schema, NameKind.SCHEMA)
        scope.add(source)

    def _join(self, join: exp.Expr, scope: Scope, ctes: Ctes, conditions: list[exp.Expr]) -> None:
        _known(join, _JOIN)
        kind, method = (join.args.get("kind") or "").upper(), (join.args.get("method") or "").upper()
        if kind not in _PLAIN_KINDS or method not in ("", "NATURAL") or join.args.get("side") in ("SEMI", "ANTI"):
            raise Unknown
        before = len(scope.sources)
        self._item(join.this, scope, ctes, conditions)
        using = join.args.get("using")
        if method or using:
            scope.merged = True
        if using:
            sides = [scope.sources[before:], scope.sources[:before]]
            for name in using:
                for side in sides:
                    if len(side) == 1 and side[0].read is not None and isinstance(name, exp.Identifier):
                        self.names.mention(side[0].read, name)
        if join.args.get("on"):
            conditions.append(join.args["on"])

    # Expressions

    def _output(self, item: exp.Expr, scope: Scope, ctes: Ctes) -> Iterable[OutColumn]:
        """The columns that one item of a select list gives."""
        if isinstance(item, exp.Star):
            plain = not any(item.args.values()) and not scope.merged
            for source in scope.sources if plain else ():
                yield from self._all(source)
            if not plain or not scope.sources:
                yield _STAR
            return
        if isinstance(item, exp.Column) and isinstance(item.this, exp.Star):
            table = item.args.get("table")
            plain = not any(item.this.args.values()) and not item.args.get("db")
            found = self.names.called(table, scope) if plain and isinstance(table, exp.Identifier) else None
            yield from (_STAR,) if found is None else self._all(found)
            return
        if isinstance(item, exp.Aliases):
            raise Unknown
        value, title = item, None
        if isinstance(item, exp.Alias):
            value, title = item.this, item.args.get("alias")
        if isinstance(value, exp.Column):
            origin = self.names.column(value, scope)
        else:
            origin = None
            self._expressions([value], scope, ctes)
        title = title or self._title(value)
        if not isinstance(title, exp.Identifier):
            yield OutColumn(None, source=origin)
        else:
            yield OutColumn(title.this, bool(title.args.get("quoted")), origin)

    def _title(self, value: exp.Expr) -> exp.Identifier | None:
        """The name that a column without an alias gets. PostgreSQL looks through a cast (FigureColname)."""
        if self.family == "postgres":
            while isinstance(value, exp.Cast | exp.Paren):
                value = value.this
        name = value.this if isinstance(value, exp.Column) else None
        return name if isinstance(name, exp.Identifier) and self.names.is_title(name) else None

    def _all(self, source: Source) -> Iterable[OutColumn]:
        if source.read is not None:
            yield OutColumn(None, source=(source.read, ""), star=True)
        elif source.columns is not None:
            yield from source.columns
        else:
            yield _STAR

    def _expressions(self, nodes: Iterable[exp.Expr | None], scope: Scope, ctes: Ctes) -> None:
        """Notes the columns of expressions, and reads the queries inside them."""
        for node, called in operands(nodes):
            if isinstance(node, exp.Column):
                self.names.column(node, scope, called)
            else:
                self.query(node, scope, ctes)


def _known(node: exp.Expr, parts: frozenset[str]) -> None:
    if any(value and key not in parts for key, value in node.args.items()):
        raise Unknown
