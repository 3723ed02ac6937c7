"""The values of Python enumerations and of `Enum("a", "b")`, as SQLAlchemy would store them."""

from __future__ import annotations

import re

from schemalint.model.frozen import frozen
from schemalint.pysource.nodes import Call, Const, Node, Other, Ref, Seq, Star, Text, node
from schemalint.pysource.resolve import ClassDef, External, Modules, Value

MAX_BASES = 12

_VALUES_OF_IT = re.compile(r"lambda\s+(\w+)\s*:\s*\[\s*(?:str\(\s*)?(\w+)\.value\s*\)?\s+for\s+\2\s+in\s+\1\s*\]")
_LISTED = re.compile(
    r"\[\s*(\w+)\.(value|name)\s+for\s+\1\s+in\s+([\w.]+)\s*\]|\(\s*(\w+)\.(value|name)\s+for\s+\4\s+in\s+([\w.]+)\s*\)"
)


@frozen
class EnumRead:
    """`values` None: not known. `class_name` is set when they come from a Python enumeration."""

    values: tuple[str, ...] | None
    class_name: str | None = None


def enumeration(modules: Modules, path: str, call: Call) -> EnumRead:
    """What `Enum(…)` holds."""
    if len(call.args) == 1 and not isinstance(call.args[0], (Text, Star)):
        found = modules.resolve(path, call.args[0])
        if isinstance(found, ClassDef) and is_enum(modules, found):
            by_value = call.keyword("values_callable")
            if by_value is None:
                return EnumRead(names(modules, found), found.name)
            return EnumRead(values(modules, found) if _means_values(by_value) else None, found.name)
        if isinstance(found, Value):
            functional = _functional(modules, found)
            if functional is not None and call.keyword("values_callable") is None:
                return EnumRead(functional, found.name)
            return EnumRead(None, found.name)
        return EnumRead(None)
    listed: list[str] = []
    for arg in call.args:
        if isinstance(arg, Star):
            spread = _spread(modules, path, arg.value)
            if spread is None:
                return EnumRead(None)
            listed += spread
            continue
        _, value = modules.value(path, arg)
        if not isinstance(value, Text):
            return EnumRead(None)
        listed.append(value.value)
    return EnumRead(tuple(listed) if listed else None)


def is_enum(modules: Modules, found: ClassDef) -> bool:
    """Whether a class of the repository is an enumeration."""
    here = found
    for _ in range(MAX_BASES):
        own: ClassDef | None = None
        for base in here.data["bases"]:
            target = modules.resolve(here.path, node(base))
            if isinstance(target, External) and target.last.endswith(("Enum", "Flag", "Choices")):
                return True
            if isinstance(target, ClassDef):
                own = own or target
        if own is None:
            return False
        here = own
    return False


def names(modules: Modules, found: ClassDef) -> tuple[str, ...] | None:
    """The names of an enumeration's members, aliases left out."""
    return tuple(name for name, _ in _members(found)) or None


def values(modules: Modules, found: ClassDef) -> tuple[str, ...] | None:
    """The values of its members, None unless every one is a known text."""
    texts: list[str] = []
    lower = any(
        isinstance(target := modules.resolve(found.path, node(base)), External) and target.last == "StrEnum"
        for base in found.data["bases"]
    )
    for name, value in _members(found):
        _, meant = modules.value(found.path, value)
        if isinstance(meant, Text):
            texts.append(meant.value)
        elif lower and isinstance(value, Call) and isinstance(value.func, Ref) and value.func.parts[-1] == "auto":
            texts.append(name.lower())
        else:
            return None
    return tuple(texts) or None


def _members(found: ClassDef) -> list[tuple[str, Node]]:
    members: list[tuple[str, Node]] = []
    seen: set[object] = set()
    for name, _span, annotation, value, decorators, _ in found.data["body"]:
        if value is None or decorators is not None or annotation is not None or name.startswith("_"):
            continue
        meant = node(value)
        if isinstance(meant, (Text, Const)):
            key = (type(meant.value), meant.value)
            if key in seen:
                continue  # an alias
            seen.add(key)
        members.append((name, meant))
    return members


def _functional(modules: Modules, found: Value) -> tuple[str, ...] | None:
    """`Color = enum.Enum("Color", "RED GREEN")`."""
    call = found.value
    if not isinstance(call, Call) or len(call.args) < 2:
        return None
    target = modules.resolve(found.path, call.func)
    if not (isinstance(target, External) and target.library == "enum"):
        return None
    _, members = modules.value(found.path, call.args[1])
    if isinstance(members, Text):
        return tuple(members.value.replace(",", " ").split()) or None
    if isinstance(members, Seq) and all(isinstance(item, Text) for item in members.items):
        return tuple(item.value for item in members.items if isinstance(item, Text)) or None
    return None


def _means_values(item: Node) -> bool:
    return isinstance(item, Other) and _VALUES_OF_IT.fullmatch(item.text.strip()) is not None


def _spread(modules: Modules, path: str, item: Node) -> list[str] | None:
    """The texts of `*CHOICES` or `*[e.value for e in Color]`."""
    where, meant = modules.value(path, item)
    if isinstance(meant, Seq):
        texts = [modules.value(where, each)[1] for each in meant.items]
        return (
            [each.value for each in texts if isinstance(each, Text)]
            if all(isinstance(t, Text) for t in texts)
            else None
        )
    if isinstance(meant, Other):
        listed = _LISTED.fullmatch(meant.text.strip())
        if listed:
            what, of = listed[2] or listed[5], listed[3] or listed[6]
            found = modules.resolve(where, Ref(meant.start, meant.end, tuple(of.split("."))))
            if isinstance(found, ClassDef) and is_enum(modules, found):
                read = values(modules, found) if what == "value" else names(modules, found)
                return None if read is None else list(read)
    return None
