"""Places that call `create_all`, or `create` of one table, with the condition around them."""

from __future__ import annotations

import ast
import re
from typing import Any

from schemalint.pysource.modules import condition_text
from schemalint.pysource.writing import Writer

MAX_TEXT = 80

STAMPS = re.compile(r"\b_?stamp(?:_\w+)?\(")

_DEVELOPMENT = re.compile(
    r"(?i)(?:\benv|environment|stage|mode|flask_env|app_env)[\w.\[\]'\"()]*\s*==\s*'(?:development|dev|local|test|testing)'"
    r"|(?:[\w.]+\.)?(?:debug|testing)(?:\(\))?|(?:[\w.]+\.)?config\[['\"](?:debug|testing)['\"]\]"
)


def create_all_calls(tree: ast.Module, write: Writer) -> list[dict[str, Any]]:
    """Every `….create_all`, called or handed to `run_sync`, and every `create` of a model's table: its callee, its text, its
    condition, the function it stands in."""
    found: list[dict[str, Any]] = []
    stack: list[tuple[ast.AST, tuple[str, ...], ast.Call | None, str | None]] = [(tree, (), None, None)]
    while stack:
        item, conditions, call, within = stack.pop()
        if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)):
            within = item.name
        if isinstance(item, ast.Attribute) and item.attr == "create_all":
            found.append({**_call(item, call, conditions, write), "within": within})
        if isinstance(item, ast.Attribute) and call is not None and (model := _created(item)) is not None:
            tables = write.plain(ast.copy_location(ast.List([model], ast.Load()), model))
            made = {**_call(item, call, conditions, write), "on": write.plain(model), "tables": tables, "one": True}
            found.append({**made, "within": within})
        if isinstance(item, (ast.If, ast.IfExp)):
            test = condition_text(item.test)
            body = item.body if isinstance(item.body, list) else [item.body]
            orelse = item.orelse if isinstance(item.orelse, list) else [item.orelse]
            below = conditions if test is None or test == "TYPE_CHECKING" else (*conditions, test)
            against = conditions if test is None else (*conditions, f"not ({test})")
            stack.append((item.test, conditions, None, within))
            stack.extend((child, below, None, within) for child in body)
            stack.extend((child, against, None, within) for child in orelse)
            continue
        for child in ast.iter_child_nodes(item):
            called = item if isinstance(item, ast.Call) and child is item.func else None
            stack.append((child, conditions, called, within))
    return sorted(found, key=lambda each: each["span"][0])


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
        "condition": " and ".join(conditions) or None,
        "stamps": STAMPS.search(write.file.text) is not None,
    }


def environment(condition: str | None) -> str | None:
    """ "development" when the condition certainly keeps the call out of production."""
    if condition is None:
        return None
    return "development" if any(_DEVELOPMENT.fullmatch(part) for part in condition.split(" and ")) else None
