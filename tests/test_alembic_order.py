"""The order of revisions in graphs with branches, merges and dependencies, asked of Alembic's own map of revisions."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.script import ScriptDirectory
from alembic.script.revision import Revision, RevisionMap

from schemalint.parsers.alembic.order import in_order


@dataclass(frozen=True)
class Node:
    path: str
    name: str
    parents: tuple[str, ...]
    depends: tuple[str, ...] = ()


def graph(seed: int) -> list[Node]:
    """Up to thirty revisions with bases, branches, merges and (one each at most: Alembic keeps several in a set)
    dependencies; file names say nothing of the order."""
    chance = random.Random(seed)
    names: list[str] = []
    nodes: list[Node] = []
    for number in range(chance.randint(2, 30)):
        name = f"{chance.getrandbits(48):012x}"
        count = min(chance.choice((0, 1, 1, 1, 1, 1, 2, 3)) if number else 0, len(names))
        recent = names[-chance.randint(count, 8) :] if count else []
        parents = tuple(chance.sample(recent, min(count, len(recent))))
        depends = tuple(chance.sample(names, 1)) if names and chance.random() < 0.1 else ()
        nodes.append(Node(f"{chance.getrandbits(16):04x}_{name}.py", name, parents, depends))
        names.append(name)
    return sorted(nodes, key=lambda node: node.path)


@pytest.mark.parametrize("start", range(0, 600, 100))
def test_alembic_runs_them_in_this_order(start: int) -> None:
    for seed in range(start, start + 100):
        nodes = graph(seed)
        map_ = RevisionMap(
            lambda nodes=nodes: [Revision(each.name, each.parents or None, each.depends or None) for each in nodes]  # type: ignore[misc]
        )
        real = [each.revision for each in map_.iterate_revisions("heads", "base")]
        assert [each.name for each in in_order(nodes)] == real[::-1], seed


def test_circles_and_what_follows_them_come_last() -> None:
    nodes = [
        Node("a", "a", ("c",)),
        Node("b", "b", ("a",)),
        Node("c", "c", ("b",)),
        Node("d", "d", ()),
        Node("e", "e", ("d", "a")),
    ]
    assert [each.name for each in in_order(nodes)] == ["d", "a", "b", "c", "e"]


@pytest.mark.parametrize(
    "nodes",
    [
        [Node("0", "base", ()), *(Node(f"n{one:06}", f"n{one}", ("base",)) for one in range(6000))],
        [Node(f"n{one:06}", f"n{one}", (f"n{one - 1}",), ("n0",)) for one in range(6000)],
        [
            Node(f"{side}{one:06}", f"{side}{one}", (f"a{one - 1}", f"b{one - 1}"))
            for one in range(3000)
            for side in "ab"
        ],
    ],
    ids=["star", "chain of dependencies", "ladder"],
)
def test_a_graph_that_was_made_to_take_long(nodes: list[Node]) -> None:
    begun = time.perf_counter()
    assert len(in_order(nodes)) == len(nodes)
    assert time.perf_counter() - begun < 10


@pytest.mark.parametrize(
    ("options", "read"),
    [
        ({}, {"a"}),
        ({"recursive_version_locations": "true"}, {"a", "b"}),
        ({"version_locations": "%(here)s/versions %(here)s/versions_old", "path_separator": "space"}, {"a", "c"}),
    ],
)
def test_the_folders_that_alembic_reads(tmp_path: Path, options: dict[str, str], read: set[str]) -> None:
    """What `parsers/alembic/locations.py` rests on."""
    for folder, name in (("versions", "a"), ("versions/archive", "b"), ("versions_old", "c")):
        (tmp_path / folder).mkdir(exist_ok=True)
        (tmp_path / folder / f"{name}.py").write_text(f"revision = {name!r}\ndown_revision = None\nupgrade = None\n")
    config = Config(str(tmp_path / "alembic.ini"))
    config.set_main_option("script_location", str(tmp_path))
    for option, value in options.items():
        config.set_main_option(option, value)
    assert {each.revision for each in ScriptDirectory.from_config(config).walk_revisions()} == read
