"""Facts as plain data and back, for the cache: generic over the model's frozen dataclasses and enumerations.

A dataclass becomes a dict with its class under "" and only the fields that differ from their defaults; spans and names,
which are nearly all of it, become short lists under keys of their own. Tuples become lists.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, cast

from schemalint.model import clauses as _clauses
from schemalint.model import facts as _facts
from schemalint.model import names as _names
from schemalint.model import objects as _objects
from schemalint.model import schema as _schema
from schemalint.model import types as _types
from schemalint.model.facts import Fact
from schemalint.model.names import Name
from schemalint.model.span import Span

_ATOMS = frozenset({str, int, float, bool, type(None)})


@cache
def _classes() -> dict[str, type]:
    found: dict[str, type] = {}
    for module in (_clauses, _facts, _names, _objects, _schema, _types):
        for name, value in vars(module).items():
            if isinstance(value, type) and (is_dataclass(value) or issubclass(value, Enum)):
                found[name] = value
    return found


def _fields(kind: Any) -> tuple[tuple[str, object], ...]:
    return tuple((field.name, field.default) for field in fields(kind))


_defaults: dict[type, tuple[tuple[str, object], ...]] = {}


def encode(fact: Fact) -> dict[str, Any]:
    """A fact as dicts, lists, text, numbers, true, false and None."""
    return cast("dict[str, Any]", _plain(fact))


def _plain(value: object) -> object:
    kind = type(value)
    if kind in _ATOMS:
        return value
    if isinstance(value, Span):
        return {"@": [value.path, value.start, value.end]}
    if isinstance(value, Name):
        return {"n": [value.key, value.text]}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Enum):
        return {"": kind.__name__, "v": value.value}
    made: dict[str, object] = {"": kind.__name__}
    if kind not in _defaults:
        _defaults[kind] = _fields(kind)
    for name, default in _defaults[kind]:
        here = getattr(value, name)
        if here is default or (
            type(here) is type(default) and here == default and type(here) in (str, int, bool, tuple)
        ):
            continue
        made[name] = _plain(here)
    return made


def decode(data: dict[str, Any]) -> Fact:
    """The fact that `encode` made this of."""
    return cast("Fact", _model(data))


def _model(data: object) -> Any:
    if isinstance(data, list):
        return tuple([_model(item) for item in data])
    if not isinstance(data, dict):
        return data
    at = data.get("@")
    if at is not None:
        return Span(at[0], at[1], at[2])
    name = data.get("n")
    if name is not None:
        return Name(name[0], name[1])
    kind: Callable[..., Any] = _classes()[data[""]]
    if "v" in data:
        return kind(data["v"])
    return kind(**{key: _model(value) for key, value in data.items() if key})
