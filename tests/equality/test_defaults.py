"""Defaults that are the same, that differ, and that we do not decide: each table is judged by the server it is of.

For every two spellings the server makes a row that says nothing about either, and compares what it keeps. The tables hold
what we must say; the server says whether that is true.
"""

from __future__ import annotations

from itertools import combinations

import pytest

from schemalint.equality import same_default
from schemalint.model.facts import CreateTable
from schemalint.model.schema import Column
from schemalint.model.span import SourceFile
from schemalint.model.types import Outcome
from schemalint.sql import read
from tests.equality.judges import Judges
from tests.equality.tables import Block, blocks

TABLES = {name: blocks(f"defaults_{name}") for name in ("postgres", "mariadb", "sqlite")}
CASES = [(name, block) for name, table in TABLES.items() for block in table]
ROOTS = [f"{name}:{block.title}" for name, block in CASES]


def _columns(block: Block) -> list[str]:
    return [
        f"c{at} {block.title}" + ("" if spelling == "none" else f" DEFAULT {spelling}")
        for at, spelling in enumerate(block.spellings)
    ]


def _read(block: Block, dialect: str) -> dict[str, Column]:
    facts = read(SourceFile("a.sql", f"CREATE TABLE t ({', '.join(_columns(block))});"), dialect).facts
    (table,) = [fact for fact in facts if isinstance(fact, CreateTable)]
    assert not table.unread
    return dict(zip(block.spellings, table.columns, strict=True))


@pytest.mark.parametrize(("dialect", "block"), [*CASES, *(("tsql", block) for block in blocks("defaults_tsql"))])
def test_what_we_say_is_in_the_table(dialect: str, block: Block) -> None:
    columns = _read(block, dialect)
    wrong = {}
    for (one, other), expected in block.pairs.items():
        said = same_default(columns[one], columns[other], dialect, dialect)
        assert said.outcome is same_default(columns[other], columns[one], dialect, dialect).outcome
        assert said.reason or said.outcome is Outcome.SAME
        if said.outcome is not expected:
            wrong[one, other] = (said.outcome.value, expected.value)
    assert wrong == {}


@pytest.mark.parametrize(("dialect", "block"), CASES, ids=ROOTS)
def test_the_server_agrees(dialect: str, block: Block, judges: Judges) -> None:
    """The table's own expectations, and everything we say of pairs that it does not hold."""
    columns, spellings = _read(block, dialect), block.spellings
    agreed = judges[dialect].defaults(_columns(block))
    wrong = {}
    for (a, one), (b, other) in combinations(enumerate(spellings), 2):
        expected = block.pairs.get((one, other)) or block.pairs.get((other, one))
        said = same_default(columns[one], columns[other], dialect, dialect).outcome
        for claim in (expected, said):
            if claim in (Outcome.SAME, Outcome.DIFFERENT) and (claim is Outcome.SAME) != agreed[a, b]:
                wrong[one, other] = (claim.value, "kept alike" if agreed[a, b] else "kept apart")
    assert wrong == {}
