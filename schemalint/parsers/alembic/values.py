"""Plain data of values in revisions: what a loop goes through, what a name is bound to, what another file gives."""

from __future__ import annotations

import ast

from schemalint.pysource.nodes import Plain


def names_dialect(item: Plain) -> bool:
    """`….dialect.name`, also where the bind came from a call."""
    if item[0] == "ref":
        return item[-2:] == ["dialect", "name"] or item[-1] in ("dialect_name",)
    if item[0] == "attr":
        base = item[3]
        return item[4] == "name" and base[0] in ("attr", "ref") and base[-1] == "dialect"
    return False


def in_order(values: Plain) -> Plain:
    """What a loop goes through: `reversed(…)` of a sequence is one, and so are the items of a dictionary."""
    if values[0] != "call":
        return values
    func, args = values[3], values[4]
    if func[0] == "ref" and func[3:] == ["reversed"] and len(args) == 1 and args[0][0] == "seq":
        return [*args[0][:4], args[0][4][::-1]]
    if (
        func[0] == "attr"
        and func[4] == "items"
        and func[3][0] == "dict"
        and all(key is not None for key, _ in func[3][3])
    ):
        pairs = [["seq", key[1], value[2], "tuple", [key, value]] for key, value in func[3][3]]
        return ["seq", values[1], values[2], "list", pairs]
    return values


def whole(values: Plain) -> Plain | None:
    """The text that a loop over `text.split(";")` goes through piece by piece."""
    if values[0] != "call" or values[3][0] not in ("attr", "ref") or values[3][-1] != "split" or len(values[4]) != 1:
        return None
    mark, func = values[4][0], values[3]
    if mark[0] != "text" or mark[3].strip() != ";":
        return None
    return func[3] if func[0] == "attr" else [*func[:-1]]


def bind(target: ast.expr, value: Plain | None, known: dict[str, Plain]) -> None:
    """Binds a loop's variables to one value; to nothing when it is not known."""
    if isinstance(target, ast.Name):
        if value is None:
            known.pop(target.id, None)
        else:
            known[target.id] = value
    elif isinstance(target, (ast.Tuple, ast.List)):
        fits = value is not None and value[0] == "seq" and len(value[4]) == len(target.elts)
        for at, each in enumerate(target.elts):
            bind(each, value[4][at] if fits and value is not None else None, known)


def elsewhere(item: Plain, path: str) -> Plain:
    """A node of another file. Constants mean the same everywhere, and a sequence is one of such nodes."""
    if item[0] == "const":
        return item
    if item[0] == "seq":
        return [*item[:4], [elsewhere(each, path) for each in item[4]]]
    if item[0] == "star":
        return [*item[:3], elsewhere(item[3], path)]
    return ["elsewhere", item[1], item[2], path, item]
