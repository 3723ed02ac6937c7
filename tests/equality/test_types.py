"""Types that are one, that differ, and that we do not decide: each table is judged by the server it is of, which prints a
type's name (`format_type`, COLUMN_TYPE) or, being SQLite, keeps telling values."""

from __future__ import annotations

from itertools import combinations

import pytest

from schemalint.dialects import dialect
from schemalint.equality import same_type
from schemalint.model.types import ColumnType, Outcome
from tests.equality.judges import Judges
from tests.equality.tables import Block, blocks

TABLES = {name: blocks(f"types_{name}") for name in ("postgres", "mariadb", "sqlite")}
CASES = [(name, block) for name, table in TABLES.items() for block in table]
ROOTS = [f"{name}:{block.title}" for name, block in CASES]
MANUAL = blocks("types_tsql")


def _type(spelling: str, name: str) -> ColumnType:
    found = dialect(name).column_type(spelling.removesuffix(" NULL"))
    assert found is not None, spelling
    return found


def _said(one: str, other: str, name: str) -> Outcome:
    verdict = same_type(_type(one, name), _type(other, name), name, name)
    assert verdict.outcome is same_type(_type(other, name), _type(one, name), name, name).outcome
    assert verdict.reason or verdict.outcome is Outcome.SAME
    return verdict.outcome


@pytest.mark.parametrize(("name", "block"), [*CASES, *(("tsql", block) for block in MANUAL)])
def test_what_we_say_is_in_the_table(name: str, block: Block) -> None:
    wrong = {pair: said for pair, expected in block.pairs.items() if (said := _said(*pair, name)) is not expected}
    assert wrong == {}


@pytest.mark.parametrize(("name", "block"), CASES, ids=ROOTS)
def test_the_server_agrees(name: str, block: Block, judges: Judges) -> None:
    spellings = block.spellings
    printed = dict(zip(spellings, judges[name].types(spellings), strict=True))
    wrong = {}
    for pair in combinations(spellings, 2):
        there = _plain(printed[pair[0]]) == _plain(printed[pair[1]])
        for claim in (block.pairs.get(pair), _said(*pair, name)):
            if claim in (Outcome.SAME, Outcome.DIFFERENT) and (claim is Outcome.SAME) != there:
                wrong[pair] = (claim, printed[pair[0]], printed[pair[1]])
    assert wrong == {}


def _plain(printed: str) -> str:
    """Without MySQL's display width, which MySQL 8.0.19 no longer prints; that of tinyint(1) stays."""
    head, _, rest = printed.partition("(")
    if head not in ("tinyint", "smallint", "mediumint", "int", "bigint") or printed == "tinyint(1)":
        return printed
    return head + rest.partition(")")[2]
