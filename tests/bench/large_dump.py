"""How long a check of a large dump takes, and how much memory: generated dumps as pg_dump and mysqldump write them.

`python tests/bench/large_dump.py [MEGABYTES]` (200 without a number).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

_TEXTS = (
    "plain words",
    "semi; colon -- dash",
    "it''s /* quoted */",
    "Grüße aus 東京",
    "line\\nbreak \\\\. end",
    "x" * 90,
)
_TABLES = 40


def pg_dump() -> Iterator[str]:
    """Tables with their COPY blocks, as pg_dump writes them."""
    yield "--\n-- PostgreSQL database dump\n--\n\nSET statement_timeout = 0;\nSET standard_conforming_strings = on;\n\n"
    rows = "".join(f"{n}\t{_TEXTS[n % 6]}\t2024-01-01 00:00:00+00\t\\N\n" for n in range(10_000))
    for table in range(_TABLES):
        yield (
            f"CREATE TABLE public.t{table} (\n    id bigint NOT NULL,\n    note text,\n    at timestamp with time zone,\n"
            f"    owner bigint\n);\n\nCOPY public.t{table} (id, note, at, owner) FROM stdin;\n"
        )
        yield rows
        yield "\\.\n\n"
    for table in range(_TABLES):
        yield f"CREATE INDEX t{table}_owner ON public.t{table} USING btree (owner);\n"
        yield f"CREATE INDEX t{table}_gone ON public.t{table} USING btree (gone);\n"


def pg_dump_inserts() -> Iterator[str]:
    """An INSERT a row (pg_dump --inserts)."""
    for table in range(_TABLES):
        yield f"CREATE TABLE public.t{table} (\n    id bigint NOT NULL,\n    note text,\n    owner bigint\n);\n\n"
        yield "".join(f"INSERT INTO public.t{table} VALUES ({n}, '{_TEXTS[n % 6]}', NULL);\n" for n in range(10_000))
    yield "CREATE INDEX gone ON public.t1 USING btree (gone);\n"


def mysqldump() -> Iterator[str]:
    """INSERTs of a megabyte each (mysqldump --extended-insert)."""
    yield "-- MySQL dump 10.13\n/*!40101 SET NAMES utf8mb4 */;\n"
    rows = ",".join(f"({n},'{_TEXTS[n % 6]}','it\\'s',NULL,1.5)" for n in range(15_000))
    for table in range(_TABLES):
        yield (
            f"DROP TABLE IF EXISTS `t{table}`;\nCREATE TABLE `t{table}` (\n  `id` bigint NOT NULL AUTO_INCREMENT,\n"
            "  `note` varchar(200) DEFAULT NULL,\n  `more` text,\n  `owner` bigint DEFAULT NULL,\n  `price` double,\n"
            f"  PRIMARY KEY (`id`)\n) ENGINE=InnoDB;\n\nLOCK TABLES `t{table}` WRITE;\nINSERT INTO `t{table}` VALUES "
        )
        yield rows
        yield ";\nUNLOCK TABLES;\n"
    yield "CREATE INDEX gone ON t1 (gone);\n"


def write(path: Path, kind: Iterator[str], size: int) -> int:
    """Writes a dump of about that many bytes: its long pieces are repeated as often as it takes."""
    pieces = [piece.encode() for piece in kind]
    data = sum(len(piece) for piece in pieces if len(piece) > 100_000)
    with path.open("wb") as out:
        for piece in pieces:
            times = max(1, round(size / data)) if len(piece) > 100_000 else 1
            comma = b"," if piece.endswith(b")") else b""
            out.writelines(islice(cycle((piece, comma)), 2 * times - 1))
    return path.stat().st_size


def main() -> None:
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    for make in (pg_dump, pg_dump_inserts, mysqldump):
        with tempfile.TemporaryDirectory() as folder:
            size = write(Path(folder, "dump.sql"), make(), megabytes * 1_000_000)
            command = [sys.executable, "-m", "schemalint", "check", folder, "--output-format", "concise"]
            begin = time.perf_counter()
            done = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
            assert done.stdout is not None
            said = done.stdout.read().decode().splitlines()
            _, status, usage = os.wait4(done.pid, 0)
            seconds = time.perf_counter() - begin
        print(
            f"{make.__name__:16} {size / 1e6:.0f} MB  {seconds:5.1f} s  {size / 1e6 / seconds:5.0f} MB/s"
            f"  {usage.ru_maxrss / 1024:.0f} MB resident at most  exit {os.waitstatus_to_exitcode(status)}"
        )
        for line in said[:2] + said[-1:]:
            print(f"  {line[:160]}")


if __name__ == "__main__":
    main()
