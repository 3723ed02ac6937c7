"""Dataclasses that are made quickly are what they were: frozen, equal, copied and kept as before."""

from __future__ import annotations

import pickle
from dataclasses import FrozenInstanceError, dataclass, replace

import pytest

from schemalint.model import quick
from schemalint.model.quick import quickly_made
from schemalint.model.schema import IndexPart
from schemalint.model.span import Span


@quickly_made
@dataclass(frozen=True, slots=True)
class Pair:
    first: int
    second: tuple[int, ...] = ()


def test_fields_are_stored_by_place_and_by_name() -> None:
    assert (Pair(1).first, Pair(1).second) == (1, ())
    assert Pair(second=(3,), first=2) == Pair(2, (3,))


@quickly_made
@dataclass(frozen=True, slots=True)
class Kinds:
    kind: str
    twin: int = 0


def test_a_field_may_have_any_name() -> None:
    one = Kinds("list", twin=2)
    assert (type(one), one.kind, one.twin) == (Kinds, "list", 2)


def test_one_is_of_its_own_class_and_cannot_be_changed() -> None:
    one = Pair(1)
    assert type(one) is Pair
    with pytest.raises(FrozenInstanceError):
        one.first = 2  # type: ignore[misc]
    assert one == Pair(1)


def test_too_few_and_unknown_arguments_are_refused() -> None:
    with pytest.raises(TypeError):
        Pair()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        Pair(1, third=2)  # type: ignore[call-arg]


def test_replacing_hashing_and_pickling_go_on_as_before() -> None:
    part = IndexPart(Span("a.sql", 1, 2), prefix=3)
    assert replace(part, prefix=4).prefix == 4
    assert pickle.loads(pickle.dumps(part)) == part
    assert hash(Pair(1)) == hash(Pair(1))
    assert repr(Pair(1)).endswith("Pair(first=1, second=())")


@dataclass(frozen=True, slots=True)
class Usual:
    first: int
    second: str = ""


@pytest.mark.parametrize("one", [Pair(1, (2,)), Usual(1, "b")])
def test_replace_gives_what_dataclasses_give(one: Pair | Usual) -> None:
    changed = quick.replace(one, first=5)
    assert changed == replace(one, first=5)
    assert type(changed) is type(one)
    assert one.first == 1
    with pytest.raises(FrozenInstanceError):
        changed.first = 2  # type: ignore[misc]
    with pytest.raises(TypeError, match="has no field third"):
        quick.replace(one, third=2)
