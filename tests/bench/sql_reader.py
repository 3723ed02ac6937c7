"""Our DDL reader against sqlglot on the same generated scripts, and how fast data is stepped over: megabytes a second."""

from __future__ import annotations

import sqlglot

from schemalint.model.span import SourceFile
from schemalint.sql import read
from tests.bench import corpus
from tests.bench.clock import best

INSERT = "INSERT INTO orders (id, name, note, price) VALUES {rows};\n"
ROW = "({n}, 'customer {n}', 'it''s the note of {n}; nothing else', {n}.25)"


def against_sqlglot(name: str, dialect: str, text: str) -> None:
    file, megabytes = SourceFile("bench.sql", text), len(text) / 1e6
    ours, theirs = best(lambda: read(file, dialect), lambda: sqlglot.parse(text, dialect=dialect))
    print(
        f"{name}: schemalint {megabytes / ours:.2f} MB/s, sqlglot {megabytes / theirs:.2f} MB/s, ratio {theirs / ours:.1f}"
    )


def over_data(name: str, dialect: str, text: str) -> None:
    file = SourceFile("bench.sql", text)
    (ours,) = best(lambda: read(file, dialect))
    print(f"{name}: {len(text) / 1e6 / ours:.0f} MB/s over {len(text) / 1e6:.1f} MB of data")


def main() -> None:
    against_sqlglot("DDL, postgres", "postgres", corpus.postgres(500))
    against_sqlglot("DDL, mysql", "mysql", corpus.mysql(500))
    inserts = "".join(INSERT.format(rows=", ".join(ROW.format(n=n * 100 + k) for k in range(100))) for n in range(500))
    for dialect in ("postgres", "mysql", "sqlite", "tsql"):
        over_data(f"INSERT, {dialect}", dialect, inserts)
    rows = "".join(f"{n}\tcustomer {n}\tit's the note of {n}; nothing else\t{n}.25\n" for n in range(100_000))
    over_data("COPY, postgres", "postgres", f"COPY orders (id, name, note, price) FROM stdin;\n{rows}\\.\n")


if __name__ == "__main__":
    main()
