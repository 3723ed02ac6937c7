"""How the time of reading grows when the text doubles: 2.0 is linear. Normal scripts first, then the hostile shapes."""

from __future__ import annotations

from schemalint.model.span import SourceFile
from schemalint.sql import read
from tests.bench import corpus
from tests.bench.clock import best
from tests.sql.hostile import SHAPES


def one_line(megabytes: int) -> str:
    row = "(1, 'abc', 'it''s; nothing'), "
    return "INSERT INTO t VALUES " + row * (megabytes * 1_000_000 // len(row)) + "(1, '', '');"


def growth(name: str, dialect: str, text: str, doubled: str) -> None:
    once, twice = SourceFile("bench.sql", text), SourceFile("bench.sql", doubled)
    short, long = best(lambda: read(once, dialect), lambda: read(twice, dialect), rounds=5)
    print(f"{name}, {dialect}: {long / short:.2f} times, {len(doubled) / 1e6 / long:.1f} MB/s")


def main() -> None:
    for dialect, made in (("postgres", corpus.postgres), ("mysql", corpus.mysql)):
        growth("DDL", dialect, made(500), made(1000))
    for dialect in ("postgres", "mysql"):
        growth("20 MB on one line", dialect, one_line(10), one_line(20))
    for name, shape in SHAPES.items():
        for dialect in ("postgres", "mysql", "generic"):
            growth(name, dialect, shape(10_000), shape(20_000))


if __name__ == "__main__":
    main()
