"""DDL for the benchmarks, made from a seed: tables of many shapes, their keys and indexes, and what later migrations change.

As dense as what people write: in 17,000 statements of some 80 public repositories a token with what stands before it takes 8.3
characters in PostgreSQL's DDL and 7.0 in MySQL's, and 8 to 15 % of a script are comments. `python -m tests.bench.corpus`
prints the same of this corpus.
"""

from __future__ import annotations

import random
from collections.abc import Iterator

from schemalint.sql.statements import split
from schemalint.sql.tokens import tokenize

_FIRST = "billing shipping customer account invoice session external internal default previous primary remote".split()  # noqa: SIM905
_SECOND = """
    owner email amount payload created updated state title body slug token digest position price currency locale parent
    origin status kind level score weight height width depth colour label note reason contact region country city
""".split()  # noqa: SIM905
_THIRD = "at by id in to of code name type hash text count value total".split()  # noqa: SIM905
_POSTGRES = (
    "TEXT", "TEXT NOT NULL", "VARCHAR(255) NOT NULL", "VARCHAR({n})", "BIGINT NOT NULL", "INTEGER DEFAULT 0", "UUID NOT NULL",
    "TIMESTAMPTZ NOT NULL DEFAULT now()", "TIMESTAMP WITH TIME ZONE", "NUMERIC(12, {n}) DEFAULT 0.00", "BOOLEAN DEFAULT FALSE",
    "JSONB DEFAULT '{{}}'::jsonb", "JSONB NOT NULL", "TEXT[] DEFAULT '{{}}'", "character varying({n}) NOT NULL",
    "BIGINT REFERENCES app.table_{n} (id) ON DELETE CASCADE", "INT NOT NULL CHECK (value_{n} >= 0)", "DATE", "BYTEA",
    "VARCHAR(64) NOT NULL UNIQUE", "SMALLINT NOT NULL DEFAULT {n}", "double precision", "INET", "TEXT DEFAULT 'none {n}'",
)  # fmt: skip
_MYSQL = (
    "text", "varchar(255) NOT NULL", "varchar({n}) DEFAULT NULL", "int NOT NULL", "bigint unsigned NOT NULL",
    "tinyint(1) DEFAULT '0'",
    "datetime(3) DEFAULT CURRENT_TIMESTAMP(3)", "timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP",
    "decimal(12,{n}) NOT NULL DEFAULT '0.00'", "enum('new','paid','sent') NOT NULL DEFAULT 'new'",
    "json DEFAULT NULL", "longtext",
    "varchar(64) COLLATE utf8mb4_unicode_ci NOT NULL", "int DEFAULT NULL COMMENT 'what field {n} is for'", "double DEFAULT NULL",
    "date DEFAULT NULL", "varbinary({n}) NOT NULL", "char(36) NOT NULL", "varchar(255) CHARACTER SET utf8mb4 NOT NULL DEFAULT ''",
)  # fmt: skip


def postgres(tables: int) -> str:
    """A script of so many tables (about 0.9 kB each), as one writes it for PostgreSQL."""
    return "".join(_postgres(random.Random(1), tables))


def mysql(tables: int) -> str:
    """The same for MySQL, as mysqldump and migrations write it."""
    return "".join(_mysql(random.Random(1), tables))


def _columns(rng: random.Random, definitions: tuple[str, ...], quote: str) -> list[tuple[str, str]]:
    """Columns; the first two can be keys."""
    named = [f"{quote}{_name(rng, second)}{quote}" for second in rng.sample(_SECOND, rng.randint(4, 12))]
    chosen = [rng.choice(definitions).format(n=rng.randint(2, 40)) for _ in named]
    return list(zip(named, ["bigint NOT NULL", "varchar(64) NOT NULL", *chosen[2:]], strict=True))


def _name(rng: random.Random, second: str) -> str:
    """A name of two or three words; a single one could be a function's."""
    parts = (rng.choice(_FIRST), second, rng.choice(_THIRD))
    return "_".join(rng.choice((parts, parts[:2], parts[1:], (second, parts[0]))))


def _table(rng: random.Random, n: int) -> str:
    return f"{rng.choice(_FIRST)}_{rng.choice(_SECOND)}_entries_{n}"


def _remark(rng: random.Random, mark: str, size: int) -> str:
    """A comment of about so many characters."""
    said = " ".join(rng.choice(_FIRST + _SECOND) for _ in range(size // 8))
    return f"{mark} {said}\n"


def _postgres(rng: random.Random, tables: int) -> Iterator[str]:
    before = "app.first_entries_0"
    for n in range(tables):
        columns = _columns(rng, _POSTGRES, "")
        body = ",\n".join(f"    {name:<24} {definition}" for name, definition in columns)
        first, second = columns[0][0], columns[1][0]
        name = _table(rng, n)
        yield _remark(rng, "--", 90)
        yield f"CREATE TABLE IF NOT EXISTS app.{name} (\n    id                       BIGSERIAL PRIMARY KEY,\n{body},\n"
        yield f"    CONSTRAINT {name}_{first}_key UNIQUE ({first}, {second})\n);\n\n"
        yield f"CREATE INDEX idx_{name}_{second} ON app.{name} ({second} DESC) WHERE {first} IS NOT NULL;\n"
        yield f"CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS ux_{name} ON app.{name} (lower({first}), {second});\n\n"
        yield f"ALTER TABLE app.{name}\n    ADD COLUMN later_{n} {rng.choice(_POSTGRES[:15]).format(n=n % 40 + 2)},"
        yield f"\n    ALTER COLUMN {second} SET NOT NULL;\n"
        yield f"ALTER TABLE ONLY app.{name}\n    ADD CONSTRAINT {name}_{first}_fkey FOREIGN KEY ({first})"
        yield f" REFERENCES {before} (id);\n"
        yield _remark(rng, "--", 40)
        yield f"COMMENT ON COLUMN app.{name}.{first} IS 'where letters of table {n} go when nobody has taken them';\n\n"
        before = f"app.{name}"


def _mysql(rng: random.Random, tables: int) -> Iterator[str]:
    before = "first_entries_0"
    for n in range(tables):
        columns = _columns(rng, _MYSQL, "`")
        body = ",\n".join(f"  {name} {definition}" for name, definition in columns)
        first, second = columns[0][0], columns[1][0]
        name = _table(rng, n)
        yield f"{_remark(rng, '-- Table structure for table', 70)}\nDROP TABLE IF EXISTS `{name}`;\n"
        yield f"CREATE TABLE `{name}` (\n  `id` bigint unsigned NOT NULL AUTO_INCREMENT,\n{body},\n  PRIMARY KEY (`id`),\n"
        yield f"  KEY `ix_{name}` ({first},{second}),\n"
        yield f"  CONSTRAINT `fk_{name}` FOREIGN KEY ({first}) REFERENCES `{before}` (`id`) ON DELETE CASCADE\n"
        yield ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;\n"
        yield _remark(rng, "--", 60)
        yield f"ALTER TABLE `{name}` ADD COLUMN `note_{n}` {rng.choice(_MYSQL).format(n=n % 40 + 2)} AFTER {second},"
        yield f" MODIFY COLUMN {columns[2][0]} {rng.choice(_MYSQL).format(n=n % 40 + 2)};\n"
        yield f"CREATE INDEX `short_{name}` ON `{name}` ({second}(20));\n\n"
        before = name


def main() -> None:
    for family, text in (("postgres", postgres(500)), ("mysql", mysql(500))):
        sizes = [
            (one.end - one.start, len(tokenize(text, one.start, one.end, family)))
            for one in split(text, 0, len(text), family)
        ]
        comments = sum(len(line) for line in text.splitlines() if line.startswith("--")) / len(text)
        density = sum(size for size, _ in sizes) / sum(tokens for _, tokens in sizes)
        print(f"{family}: {density:.1f} characters a token, {comments:.0%} comments")


if __name__ == "__main__":
    main()
