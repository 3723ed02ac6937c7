"""Table names that are computed in known ways: from the class's name, by Flask-SQLAlchemy's rule."""

from __future__ import annotations

import re
from collections.abc import Callable

from schemalint.pysource.nodes import Attr, Call, Join, Node, Op, Ref, Text
from schemalint.pysource.resolve import Modules

MAX_DEPTH = 12

_SPLIT_BEFORE_CAPITALS = frozenset({r"(?<!^)(?=[A-Z])", r"\B(?=[A-Z])", r"(?<=[a-z0-9])(?=[A-Z])"})
"""Patterns in use for `re.sub(pattern, "_", cls.__name__)`: only these are run, never one that the file brings."""


def snake_case(name: str) -> str:
    """flask_sqlalchemy.model.camel_to_snake_case."""
    text = re.sub(r"((?<=[a-z0-9])[A-Z]|(?!^)[A-Z](?=[a-z]))", r"_\1", name)
    return text.lower().lstrip("_")


def class_name_of(modules: Modules, path: str, item: Node, class_name: str, left: int = MAX_DEPTH) -> str | None:
    """The text of an expression in which `cls.__name__` is the name of a class; None for anything not surely known."""
    if left <= 0:
        return None
    where, meant = modules.value(path, item)

    def inside(part: Node) -> str | None:
        return class_name_of(modules, where, part, class_name, left - 1)

    if isinstance(meant, Text):
        return meant.value
    if isinstance(meant, Ref) and len(meant.parts) == 2 and meant.parts[1] == "__name__":
        return class_name
    if isinstance(meant, Op) and meant.op == "+":
        one, two = inside(meant.left), inside(meant.right)
        return None if one is None or two is None else one + two
    if isinstance(meant, Join):
        parts = [inside(part) for part in meant.parts]
        return None if None in parts else "".join(part for part in parts if part is not None)
    if isinstance(meant, Call):
        return _called(meant, inside)
    return None


def _called(call: Call, inside: Callable[[Node], str | None]) -> str | None:
    func = call.func
    base: Node | None = None
    method = ""
    if isinstance(func, Attr):
        base, method = func.base, func.name
    elif isinstance(func, Ref) and len(func.parts) > 1:
        base, method = Ref(func.start, func.end, func.parts[:-1]), func.parts[-1]
    if base is not None and method in ("lower", "upper", "casefold") and not call.args:
        text = inside(base)
        if text is None:
            return None
        return text.upper() if method == "upper" else text.lower()
    if isinstance(func, Ref) and func.parts == ("re", "sub") and len(call.args) == 3:
        pattern, by, subject = (inside(arg) for arg in call.args)
        if pattern is not None and pattern in _SPLIT_BEFORE_CAPITALS and by == "_" and subject is not None:
            return re.sub(pattern, "_", subject)
    if isinstance(func, Ref) and func.parts == ("str",) and len(call.args) == 1:
        return inside(call.args[0])
    return None
