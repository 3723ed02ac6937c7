"""Places that call `create_all`, or `create` of one table, with the condition around them."""

from __future__ import annotations

import ast
import re
from typing import Any

from schemalint.pysource.modules import condition_text
from schemalint.pysource.writing import Writer

MAX_TEXT = 80

_Within = tuple[str | None, frozenset[str]]
"""The function around, and the parameters of all functions around."""

_STAMP = re.compile(r"_?stamp(?:_\w+)?")

_DEVELOPMENT = re.compile(
    r"(?i)(?:\benv|environment|stage|mode|flask_env|app_env)[\w.\[\]'\"()]*\s*==\s*'(?:development|dev|local|test|testing)'"
    r"|(?:[\w.]+\.)?(?:debug|testing)(?:\(\))?|(?:[\w.]+\.)?config\[['\"](?:debug|testing)['\"]\]"
)


def stamped(tree: ast.Module) -> frozenset[str | None]:
    """The functions that mark revisions as done (`command.stamp(…)`), None for the file's own statements, and all that is
    named beside such a mark."""
    found: set[str | None] = set()
    scopes: list[tuple[ast.AST, str | None]] = [(tree, None)]
    while scopes:
        scope, name = scopes.pop()
        named: set[str | None] = {name}
        marks = False
        stack = list(ast.iter_child_nodes(scope))
        while stack:
            item = stack.pop()
            if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)):
                scopes.append((item, item.name))
                continue
            if isinstance(item, (ast.Name, ast.Attribute)):
                named.add(_last(item))
            marks = marks or (isinstance(item, ast.Call) and _STAMP.fullmatch(_last(item.func) or "") is not None)
            stack.extend(ast.iter_child_nodes(item))
        found |= named if marks else set()
    return frozenset(found)


def _last(item: ast.AST) -> str | None:
    return item.id if isinstance(item, ast.Name) else item.attr if isinstance(item, ast.Attribute) else None


def create_all_calls(tree: ast.Module, write: Writer) -> list[dict[str, Any]]:
    """Every `….create_all`, called or handed to `run_sync`, and every `create` of a model's table: its callee, its text, its
    condition, the function it stands in, and whether its file marks revisions as done, however far around. What stands on a
    parameter of the function is left out: the caller decides whose tables are made."""
    found: list[dict[str, Any]] = []
    marked = stamped(tree) if "stamp" in write.file.text else frozenset()
    stack: list[tuple[ast.AST, tuple[str, ...], ast.Call | None, _Within]] = [(tree, (), None, (None, frozenset()))]
    while stack:
        item, conditions, call, inside = stack.pop()
        if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)):
            inside = item.name, inside[1] | _given(item.args)
        within, given = inside
        if isinstance(item, ast.Attribute) and item.attr == "create_all" and _root(item) not in given:
            held = _call(item, call, conditions, write)
            found.append({**held, "within": within, "stamps": bool(marked)})
        if isinstance(item, ast.Attribute) and call is not None and (model := _created(item)) is not None:
            tables = write.plain(ast.copy_location(ast.List([model], ast.Load()), model))
            made = {**_call(item, call, conditions, write), "on": write.plain(model), "tables": tables, "one": True}
            found.append({**made, "within": within, "stamps": bool(marked)})
        if isinstance(item, (ast.If, ast.IfExp)):
            test = condition_text(item.test)
            body = item.body if isinstance(item.body, list) else [item.body]
            orelse = item.orelse if isinstance(item.orelse, list) else [item.orelse]
            below = conditions if test is None or test == "TYPE_CHECKING" else (*conditions, test)
            against = conditions if test is None else (*conditions, f"not ({test})")
            stack.append((item.test, conditions, None, inside))
            stack.extend((child, below, None, inside) for child in body)
            stack.extend((child, against, None, inside) for child in orelse)
            continue
        for child in ast.iter_child_nodes(item):
            called = item if isinstance(item, ast.Call) and child is item.func else None
            stack.append((child, conditions, called, inside))
    return sorted(found, key=lambda each: each["span"][0])


def _given(args: ast.arguments) -> frozenset[str]:
    """The parameters that a caller has to give."""
    listed = [*args.posonlyargs, *args.args]
    needed = listed[: len(listed) - len(args.defaults)]
    needed += [only for only, default in zip(args.kwonlyargs, args.kw_defaults, strict=True) if default is None]
    return frozenset(arg.arg for arg in needed) - {"self", "cls"}


def _root(item: ast.expr) -> str | None:
    """The name that an attribute starts from."""
    while isinstance(item, ast.Attribute):
        item = item.value
    return item.id if isinstance(item, ast.Name) else None


def _created(item: ast.Attribute) -> ast.expr | None:
    """The model whose table `User.__table__.create` and `….tables[User.__tablename__].create` make."""
    table = item.value
    if item.attr != "create":
        return None
    if isinstance(table, ast.Subscript) and isinstance(table.slice, ast.Attribute):
        return table.slice.value if table.slice.attr == "__tablename__" else None
    return table.value if isinstance(table, ast.Attribute) and table.attr == "__table__" else None


def _call(item: ast.Attribute, call: ast.Call | None, conditions: tuple[str, ...], write: Writer) -> dict[str, Any]:
    start, end = write.span(item)
    text = write.file.text[start:end]
    if call is not None:
        whole = write.file.text[slice(*write.span(call))]
        text = whole if len(whole) <= MAX_TEXT and "\n" not in whole else f"{text}(…)"
    else:
        text = f"{text}()"
    tables = None
    for word in call.keywords if call is not None else ():
        if word.arg == "tables":
            tables = write.plain(word.value)
    return {
        "span": [start, end],
        "text": " ".join(text.split()),
        "on": write.plain(item.value),
        "tables": tables,
        "binds": None if call is None else _binds(call),
        "condition": " and ".join(conditions) or None,
    }


def _binds(call: ast.Call) -> list[str | None] | None:
    """The binds that a `create_all` of Flask-SQLAlchemy names (None: the usual database); None where it names none or all."""
    for word in call.keywords:
        if word.arg == "bind_key" or (word.arg == "bind" and isinstance(word.value, (ast.Constant, ast.List))):
            named = word.value.elts if isinstance(word.value, (ast.List, ast.Tuple)) else [word.value]
            keys = [each.value for each in named if isinstance(each, ast.Constant)]
            if len(keys) == len(named) and "__all__" not in keys:
                return [key if isinstance(key, str) else None for key in keys]
    return None


def environment(condition: str | None) -> str | None:
    """ "development" when the condition certainly keeps the call out of production."""
    if condition is None:
        return None
    return "development" if any(_DEVELOPMENT.fullmatch(part) for part in condition.split(" and ")) else None
