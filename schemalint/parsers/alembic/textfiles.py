"""SQL that a revision reads from a file and sends: which file that is, as far as the program says it plainly. Paths are those of
`pathlib`, `os.path` and `open` (docs.python.org/3, version 3.13)."""

from __future__ import annotations

from collections.abc import Iterable
from posixpath import dirname, join, splitext
from typing import NamedTuple

from schemalint.loaded import Path
from schemalint.model.source import Script
from schemalint.pysource.nodes import Attr, Call, Const, Node, Op, Ref, Sub, Text
from schemalint.pysource.resolve import Modules

_DEEPEST = 12
_SAME_TEXT = frozenset({"strip", "lstrip", "rstrip", "decode"})
_SAME_PATH = frozenset({"resolve", "absolute", "as_posix", "expanduser"})
_MAKERS = frozenset({"Path", "PurePath", "abspath", "realpath", "normpath", "fspath", "str"})


class Loaded(NamedTuple):
    """The expression that names a file, the file of the program that it stands in, and the path, None where it is computed."""

    where: str
    named: Node
    path: Path | None


def loaded(modules: Modules, path: str, item: Node) -> Loaded | None:
    """The file that `Path(…).read_text()` or `open(…).read()` reads, where a text is what that gives; None for any other."""
    for _ in range(_DEEPEST):
        path, item = modules.value(path, item)
        method = _method(item) if isinstance(item, Call) else None
        if not isinstance(item, Call) or method is None:
            return None
        owner, name = method
        if name in _SAME_TEXT:
            item = owner
        elif name == "read_text" or name == "read_bytes":
            return Loaded(path, owner, _path(modules, path, owner))
        elif name == "read" and not item.args:
            where, opened = modules.value(path, owner)
            named = _opened(opened)
            return None if named is None else Loaded(where, named, _path(modules, where, named))
        else:
            return None
    return None


def _method(call: Call) -> tuple[Node, str] | None:
    """What a method is called on, and its name."""
    func = call.func
    if isinstance(func, Attr):
        return func.base, func.name
    if isinstance(func, Ref) and len(func.parts) > 1:
        return Ref(func.start, func.end, func.parts[:-1]), func.parts[-1]
    return None


def _opened(item: Node) -> Node | None:
    """What `open(…)`, `io.open(…)`, `codecs.open(…)` or `Path(…).open()` opens."""
    if not isinstance(item, Call):
        return None
    if isinstance(item.func, Ref) and item.func.parts in (("open",), ("io", "open"), ("codecs", "open")):
        return item.argument(0, "file")
    method = _method(item)
    return method[0] if method is not None and method[1] == "open" else None


def _path(modules: Modules, path: str, item: Node, depth: int = 0) -> Path | None:
    """The path that an expression certainly is, None for any other and for one that begins at the machine's root."""
    if depth > _DEEPEST:
        return None
    path, item = modules.value(path, item)
    if isinstance(item, Text):
        return None if item.value.startswith("/") else (False, item.value)
    if isinstance(item, Ref) and item.parts == ("__file__",):
        return True, path
    if isinstance(item, Ref) and len(item.parts) > 1:
        base = Ref(item.start, item.end, item.parts[:-1])
        return _above(_path(modules, path, base, depth + 1), item.parts[-1])
    if isinstance(item, Attr):
        return _above(_path(modules, path, item.base, depth + 1), item.name)
    if isinstance(item, Sub):
        return _parents(modules, path, item, depth)
    if isinstance(item, Op) and item.op == "/":
        return _joined([_path(modules, path, side, depth + 1) for side in (item.left, item.right)])
    return _called(modules, path, item, depth) if isinstance(item, Call) and not item.keywords else None


def _above(told: Path | None, name: str) -> Path | None:
    return None if told is None or name != "parent" else (told[0], dirname(told[1]) or ".")


def _parents(modules: Modules, path: str, item: Sub, depth: int) -> Path | None:
    """`Path(__file__).parents[1]`."""
    base, number = item.base, item.index
    if isinstance(base, Attr) and base.name == "parents" and isinstance(number, Const) and type(number.value) is int:
        told = _path(modules, path, base.base, depth + 1)
        if told is not None and 0 <= number.value < _DEEPEST:
            return told[0], join(dirname(told[1]) or ".", *[".."] * number.value)
    return None


def _called(modules: Modules, path: str, call: Call, depth: int) -> Path | None:
    given = [_path(modules, path, one, depth + 1) for one in call.args]
    name = call.func.parts[-1] if isinstance(call.func, Ref) else None
    if name == "join" or (name in _MAKERS and given):
        return _joined(given)
    if name == "dirname" and len(given) == 1:
        return _above(given[0], "parent")
    method = _method(call)
    if method is None:
        return None
    owner = _path(modules, path, method[0], depth + 1)
    if method[1] in ("with_suffix", "with_name") and owner is not None and len(given) == 1 and given[0] is not None:
        start = splitext(owner[1])[0] if method[1] == "with_suffix" else f"{dirname(owner[1]) or '.'}/"
        return owner[0], start + given[0][1]
    if method[1] in _SAME_PATH:
        return owner
    return _joined([owner, *given]) if method[1] == "joinpath" else None


def _joined(parts: list[Path | None]) -> Path | None:
    known = [part for part in parts if part is not None]
    if not known or len(known) != len(parts) or any(anchored for anchored, _ in known[1:]):
        return None
    return known[0][0], join(*(text for _, text in known))


def files_of(scripts: Iterable[Script]) -> set[str]:
    """The SQL files that revisions read and send."""
    return {
        fact.span.path
        for script in scripts
        for fact in (*script.facts, *(script.down or ()))
        if fact.span.path.endswith(".sql")
    }
