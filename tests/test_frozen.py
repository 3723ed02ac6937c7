"""`@frozen` gives what `@dataclass(frozen=True, slots=True)` gives: each case is put to both."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace
from typing import Any

import pytest

from schemalint.model import frozen as module
from schemalint.model.frozen import frozen
from schemalint.model.schema import IndexPart
from schemalint.model.span import Span

usual = dataclass(frozen=True, slots=True)


@frozen
class Pair:
    first: int
    second: tuple[int, ...] = ()
    said: str = field(default="", compare=False)
    more: list[int] = field(default_factory=list, repr=False, compare=False)

    @property
    def size(self) -> int:
        return 1 + len(self.second)


@frozen
class Other:
    first: int
    second: tuple[int, ...] = ()


@frozen
class Empty:
    pass


@frozen
class Own:
    """What it defines itself stays."""

    text: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Own) and self.text.lower() == other.text.lower()

    def __hash__(self) -> int:
        return hash(self.text.lower())

    def __repr__(self) -> str:
        return "mine"


@frozen
class Kinds:
    kind: str
    twin: int = 0
    self_: int = 1


def _twice() -> list[type[Any]]:
    def pair(decorate: Callable[[type[Any]], type[Any]]) -> type[Any]:
        class Twice:
            first: int
            second: tuple[int, ...] = ()
            said: str = field(default="", compare=False)
            more: list[int] = field(default_factory=list, repr=False, compare=False)

        Twice.__annotations__ = dict.fromkeys(("first", "second", "said", "more"), "object")
        return decorate(Twice)

    return [pair(frozen), pair(usual)]


BOTH = pytest.mark.parametrize("kind", _twice(), ids=["frozen", "dataclass"])


@BOTH
def test_fields_are_stored_by_place_and_by_name(kind: type[Any]) -> None:
    assert (kind(1).first, kind(1).second, kind(1).said, kind(1).more) == (1, (), "", [])
    assert kind(second=(3,), first=2) == kind(2, (3,))
    assert kind(1).more is not kind(1).more
    assert kind(1, more=[7]).more == [7]


@BOTH
def test_what_is_compared_hashed_and_shown(kind: type[Any]) -> None:
    assert kind(1, said="a") == kind(1, said="b")
    assert kind(1) != kind(2)
    assert kind(1) != (1, ())
    assert kind(1).__eq__(1) is NotImplemented
    assert hash(kind(1, said="a")) == hash(kind(1, said="b")) == hash((1, ()))
    assert repr(kind(1, more=[3])).endswith("Twice(first=1, second=(), said='')")
    assert kind.__match_args__ == ("first", "second", "said", "more")


@BOTH
def test_none_can_be_changed_or_grow(kind: type[Any]) -> None:
    one = kind(1)
    assert type(one) is kind
    with pytest.raises(FrozenInstanceError):
        one.first = 2
    with pytest.raises(FrozenInstanceError):
        del one.first
    with pytest.raises((FrozenInstanceError, TypeError)):  # 3.11's own says the latter of what is no field
        one.third = 2
    assert one == kind(1)
    assert not hasattr(one, "__dict__")


@BOTH
def test_too_few_and_unknown_arguments_are_refused(kind: type[Any]) -> None:
    for arguments, named in (((), {}), ((1,), {"third": 2}), ((1, (), "", [], 5), {})):
        with pytest.raises(TypeError):
            kind(*arguments, **named)
    assert kind(1).first == 1


@BOTH
@pytest.mark.parametrize("change", [replace, module.replace])
def test_one_is_copied_with_changes(kind: type[Any], change: Callable[..., Any]) -> None:
    one = kind(1, (2,))
    changed = change(one, first=5)
    assert changed == kind(5, (2,))
    assert type(changed) is kind
    assert one.first == 1
    with pytest.raises(FrozenInstanceError):
        changed.first = 2
    with pytest.raises(TypeError, match="third"):
        change(one, third=2)


def test_classes_differ_though_their_fields_are_alike() -> None:
    assert Pair(1) != Other(1)
    assert Empty() == Empty()
    assert {Empty(): 1}[Empty()] == 1


def test_what_a_class_defines_itself_stays() -> None:
    assert Own("A") == Own("a")
    assert len({Own("A"), Own("a")}) == 1
    assert repr(Own("A")) == "mine"
    assert Pair(1, (2, 3)).size == 3


def test_a_field_may_have_any_name() -> None:
    one = Kinds("list", twin=2)
    assert (type(one), one.kind, one.twin, one.self_) == (Kinds, "list", 2, 1)


def test_one_is_pickled_and_copied() -> None:
    part = IndexPart(Span("a.sql", 1, 2), prefix=3)
    for made in (pickle.loads(pickle.dumps(part)), copy.copy(part), copy.deepcopy(part)):
        assert made == part
        assert type(made) is IndexPart
    assert [each.name for each in fields(part)][:2] == ["span", "column"]


def test_one_is_taken_apart_by_match() -> None:
    match Pair(1, (2,)):
        case Pair(first, second):
            assert (first, second) == (1, (2,))


def test_a_class_that_does_more_when_it_is_made_is_refused() -> None:
    class More:
        first: int

        def __post_init__(self) -> None:
            return

    with pytest.raises(TypeError, match="More has a __post_init__"):
        frozen(More)
