"""Our DDL reader against sqlglot on the same generated script: megabytes a second, and the ratio."""

from __future__ import annotations

import time
from collections.abc import Callable

import sqlglot

from schemalint.model.span import SourceFile
from schemalint.sql import read

TABLE = """CREATE TABLE app.table_{n} (
    id BIGSERIAL PRIMARY KEY,
    owner_id BIGINT NOT NULL REFERENCES app.owners (id) ON DELETE CASCADE,
    email VARCHAR(255) NOT NULL UNIQUE,
    amount NUMERIC(12, 2) DEFAULT 0.00 CHECK (amount >= 0),
    payload JSONB DEFAULT '{{}}'::jsonb,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT table_{n}_owner_email UNIQUE (owner_id, email)
);
CREATE INDEX idx_table_{n}_created ON app.table_{n} (created_at DESC) WHERE amount > 0;
"""


def best(work: Callable[[], object], rounds: int = 3) -> float:
    """The shortest of a few runs, in CPU seconds."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def main() -> None:
    text = "".join(TABLE.format(n=n) for n in range(400))
    megabytes = len(text) / 1e6
    ours = best(lambda: read(SourceFile("bench.sql", text), "postgres"))
    theirs = best(lambda: sqlglot.parse(text, dialect="postgres"))
    print(f"schemalint {megabytes / ours:.2f} MB/s, sqlglot {megabytes / theirs:.2f} MB/s, ratio {theirs / ours:.1f}")


if __name__ == "__main__":
    main()
