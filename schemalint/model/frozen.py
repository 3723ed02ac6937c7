"""`@frozen`: what `@dataclass(frozen=True, slots=True)` gives, cheap to declare and cheap to make.

A run declares some two hundred such classes and makes most of their objects from a few dozen. `dataclass` compiles six
methods for each class when it is declared, which was a third of the time that a small project's check took. Here a method is
compiled when it is first called, and an object is made in a third of the time.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import MISSING, Field, FrozenInstanceError, dataclass, field, fields
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")

_declared = dataclass(init=False, repr=False, eq=False, slots=True)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(kind: type[T]) -> type[T]:
    """The class as a dataclass with slots whose objects cannot be changed. What it defines itself (`__eq__`, `__hash__`,
    `__repr__`) stays. What does more when it is made (`__post_init__`) is for `dataclass` itself: TypeError."""
    own = vars(kind)
    if "__post_init__" in own:
        raise TypeError(f"{kind.__name__} has a __post_init__, which is not called here: declare it with dataclass()")
    if kind.__doc__ is None:
        kind.__doc__ = kind.__name__  # else dataclasses put a signature together
    made: Any = _declared(kind)
    made.__setattr__, made.__delattr__, made.__reduce__ = _locked, _locked, _reduced
    _when_called(made, "__init__", _init)
    if "__repr__" not in own:
        made.__repr__ = _shown
    if "__eq__" not in own:
        _when_called(made, "__eq__", _eq)
        _when_called(made, "__hash__", _hash)
    return made  # type: ignore[no-any-return]


def _when_called(kind: Any, name: str, compiled: Callable[[Any], Callable[..., Any]]) -> None:
    """Gives the class a method that is compiled by the first call, which all others skip."""

    def first(*arguments: Any, **named: Any) -> Any:
        method = compiled(kind)
        setattr(kind, name, method)
        return method(*arguments, **named)

    setattr(kind, name, first)


def _locked(one: object, name: str, *value: object) -> None:
    raise FrozenInstanceError(f"cannot {'assign to' if value else 'delete'} field {name!r}")


def _reduced(one: Any) -> tuple[Any, tuple[Any, ...]]:
    """For `pickle` and `copy`, which would set the slots one by one."""
    return type(one), tuple(getattr(one, each.name) for each in fields(one))


def _shown(one: Any) -> str:
    said = ", ".join(f"{each.name}={getattr(one, each.name)!r}" for each in fields(one) if each.repr)
    return f"{type(one).__qualname__}({said})"


def _init(kind: Any) -> Callable[..., None]:
    """The usual one calls `object.__setattr__` for each field. This one lets the new object be of a twin class without
    locks while its fields are stored, which costs next to nothing, and locks it before anyone sees it."""
    # In capitals, as no field is: a parameter would hide them.
    scope: dict[str, Any] = {"KIND": kind, "TWIN": _twin(kind), "TURN": object.__setattr__, "MISSING": MISSING}
    parameters, stores = [], []
    for each in fields(kind):
        name, value = each.name, each.name
        parameters.append(name + _default(each, scope))
        if each.default_factory is not MISSING:
            scope[f"factory_{name}"] = each.default_factory
            value = f"factory_{name}() if {name} is MISSING else {name}"
        stores.append(f"    self.{name} = {value}\n")
    return _compiled(
        f"def __init__(self, {', '.join(parameters)}):\n"
        f"    TURN(self, '__class__', TWIN)\n{''.join(stores)}    self.__class__ = KIND\n",
        scope,
    )


def _default(each: Field[Any], scope: dict[str, Any]) -> str:
    if each.default_factory is not MISSING:
        return "=MISSING"
    if each.default is MISSING:
        return ""
    scope[f"default_{each.name}"] = each.default
    return f"=default_{each.name}"


def _eq(kind: Any) -> Callable[..., bool]:
    mine, others = _compared(kind, "self"), _compared(kind, "other")
    return _compiled(
        f"def __eq__(self, other):\n    return {mine} == {others} if other.__class__ is self.__class__ else NotImplemented\n"
    )


def _hash(kind: Any) -> Callable[..., int]:
    return _compiled(f"def __hash__(self):\n    return hash({_compared(kind, 'self')})\n")


def _compared(kind: Any, one: str) -> str:
    return f"({''.join(f'{one}.{each.name}, ' for each in fields(kind) if each.compare)})"


def copier(kind: type[T], *changed: str) -> Callable[..., T]:
    """A function that copies objects of a frozen class but for these fields, whose values follow the object."""
    stores = "".join(f"    NEW.{name} = {name if name in changed else f'ONE.{name}'}\n" for name in _names(kind))
    return _compiled(
        f"def copy(ONE, {', '.join(changed)}):\n    NEW = TWIN()\n{stores}    NEW.__class__ = KIND\n    return NEW\n",
        {"KIND": kind, "TWIN": _twin(kind)},
    )


_copiers: dict[type, Callable[[Any, dict[str, Any]], Any]] = {}


def replace(one: T, /, **changes: Any) -> T:
    """What `dataclasses.replace` gives of a frozen class, in a quarter of the time: tables and columns are changed by the
    ten thousand while a history is replayed."""
    copy = _copiers.get(type(one)) or _copier(type(one))
    made: T = copy(one, changes)
    return made


def _copier(kind: type) -> Callable[[Any, dict[str, Any]], Any]:
    """The function that copies objects of a class, field by field, by way of a twin without locks."""
    names = _names(kind)
    stores = "".join(f"    new.{name} = changes['{name}'] if '{name}' in changes else one.{name}\n" for name in names)
    copy = _compiled(
        "def copy(one, changes):\n"
        "    if not known.issuperset(changes):\n"
        "        raise TypeError(f'{kind.__name__} has no field {sorted(changes.keys() - known)[0]}')\n"
        f"    new = twin()\n{stores}    new.__class__ = kind\n    return new\n",
        {"kind": kind, "twin": _twin(kind), "known": frozenset(names)},
    )
    _copiers[kind] = copy
    return copy


def _names(kind: Any) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))


def _twin(kind: type) -> type:
    """A class of the same slots whose objects can be changed."""
    return type(kind.__name__, (), {"__slots__": _names(kind)})


def _compiled(source: str, scope: dict[str, Any] | None = None) -> Callable[..., Any]:
    """The one function that a text defines. As in dataclasses, the text holds nothing but names of fields."""
    scope = {} if scope is None else scope
    before = set(scope)
    exec(source, scope)
    (name,) = scope.keys() - before - {"__builtins__"}
    method: Callable[..., Any] = scope[name]
    return method
