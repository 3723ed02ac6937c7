"""The columns and queries inside an expression."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sqlglot import exp

_UNREAD = (
    exp.DataType,
    exp.ColumnDef,
    exp.Schema,
    exp.JSONSchema,
    exp.Lambda,
    exp.NextValueFor,
    exp.Limit,
    exp.Offset,
    exp.Fetch,
    exp.Table,
)
"""Parts of an expression whose names are no columns."""
_ONLY = {
    exp.Alias: ("this",),
    exp.Cast: ("this",),
    exp.TryCast: ("this",),
    exp.Collate: ("this",),
    exp.Interval: ("this",),
    exp.Extract: ("expression",),
    exp.Kwarg: ("expression",),
    exp.PropertyEQ: ("expression",),
    exp.In: ("this", "expressions", "query", "unnest"),  # `field`: SQLite's `a IN relation`
}
"""Of these only some parts are expressions of columns."""
_SEQUENCES = frozenset({"nextval", "lastval", "setval", "currval"})
"""Functions of a sequence's name."""


def operands(nodes: Iterable[exp.Expr | None]) -> Iterator[tuple[exp.Expr, bool]]:
    """The columns and the outermost queries of expressions, and whether each is an argument of a function."""
    stack: list[tuple[exp.Expr, bool]] = [(node, False) for node in nodes if node is not None]
    while stack:
        node, called = stack.pop()
        if isinstance(node, exp.Column | exp.Query):
            yield node, called
        elif not isinstance(node, _UNREAD) and not (
            isinstance(node, exp.Anonymous) and node.name.lower() in _SEQUENCES
        ):
            function = isinstance(node, exp.Func) and not isinstance(node, exp.Connector | exp.Case | exp.If)
            stack += [(child, function) for child in _children(node)]


def _children(node: exp.Expr) -> Iterable[exp.Expr]:
    kept = next((parts for kind, parts in _ONLY.items() if isinstance(node, kind)), None)
    for key, value in node.args.items():
        if kept is not None and key not in kept:
            continue
        for child in value if isinstance(value, list) else (value,):
            if not isinstance(child, exp.Expr):
                continue
            if isinstance(node, exp.Is) and key == "expression" and isinstance(child, exp.Column):
                continue  # IS DOCUMENT
            if isinstance(node, exp.Dot) and isinstance(child, exp.Column) and isinstance(node.expression, exp.Func):
                continue  # a schema before a function
            yield child


def is_tree(node: exp.Subquery) -> bool:
    """Whether brackets in FROM hold tables and joins, not a query."""
    inside = node.this
    if isinstance(inside, exp.Subquery):
        return bool(inside.alias or inside.args.get("joins")) or is_tree(inside)
    return isinstance(inside, exp.Table)
