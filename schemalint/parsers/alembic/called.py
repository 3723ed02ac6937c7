"""Which functions of a file a computed call may mean: `globals()["upgrade_%s" % engine_name]()`, `CREATORS[name]()`."""

from __future__ import annotations

import ast
from collections.abc import Mapping

Functions = Mapping[str, ast.FunctionDef]


def by_engine(functions: Functions, item: ast.Call) -> list[ast.FunctionDef]:
    """What `globals()["upgrade_%s" % engine_name]()` of the template for several databases may call (before Alembic 0.9 it
    said `eval("upgrade_%s" % engine_name)()`). Each database runs its own."""
    func = item.func
    if isinstance(func, ast.Subscript) and isinstance(func.value, ast.Call):
        maker, name = func.value.func, func.slice
    elif isinstance(func, ast.Call) and len(func.args) == 1:
        maker, name = func.func, func.args[0]
    else:
        return []
    if not (isinstance(maker, ast.Name) and maker.id in ("globals", "eval")):
        return []
    first = name.left if isinstance(name, ast.BinOp) else name.values[0] if isinstance(name, ast.JoinedStr) else None
    if not (isinstance(first, ast.Constant) and isinstance(first.value, str)):
        return []
    prefix = first.value.partition("%")[0]
    return [each for called, each in functions.items() if prefix and called.startswith(prefix)]


def tables(tree: ast.Module, functions: Functions) -> dict[str, dict[str, ast.FunctionDef]]:
    """The dictionaries of module level that hold nothing but functions of the file, by texts."""
    found: dict[str, dict[str, ast.FunctionDef]] = {}
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target, value = statement.targets[0], statement.value
        elif isinstance(statement, ast.AnnAssign) and statement.value is not None:
            target, value = statement.target, statement.value
        else:
            continue
        if isinstance(target, ast.Name):
            found.pop(target.id, None)  # set again
            if isinstance(value, ast.Dict) and (table := _table(value, functions)):
                found[target.id] = table
    return found


def _table(value: ast.Dict, functions: Functions) -> dict[str, ast.FunctionDef] | None:
    table: dict[str, ast.FunctionDef] = {}
    for key, item in zip(value.keys, value.values, strict=True):
        if not (isinstance(key, ast.Constant) and isinstance(key.value, str)):
            return None
        if not (isinstance(item, ast.Name) and item.id in functions):
            return None
        table[key.value] = functions[item.id]
    return table


def looked_up(item: ast.Call) -> tuple[str, ast.expr] | None:
    """The dictionary and the key of `CREATORS[key]()` and `CREATORS.get(key)()`."""
    func = item.func
    if isinstance(func, ast.Subscript) and isinstance(func.value, ast.Name):
        return func.value.id, func.slice
    if not (isinstance(func, ast.Call) and isinstance(func.func, ast.Attribute) and len(func.args) == 1):
        return None
    owner = func.func.value
    return (owner.id, func.args[0]) if func.func.attr == "get" and isinstance(owner, ast.Name) else None
