"""DDL for the benchmarks, made from a seed: tables of many shapes, their keys and indexes, and what later migrations change."""

from __future__ import annotations

import random
from collections.abc import Iterator

_NAMES = """
    owner email amount payload created updated state title body slug token digest position price currency locale parent
    origin remote status kind level score weight height width depth colour label note reason secret region country city
""".split()  # noqa: SIM905
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
    named = [f"{quote}{name}_{rng.choice('abc')}{quote}" for name in rng.sample(_NAMES, rng.randint(4, 12))]
    chosen = [rng.choice(definitions).format(n=rng.randint(2, 40)) for _ in named]
    return list(zip(named, ["bigint NOT NULL", "varchar(64) NOT NULL", *chosen[2:]], strict=True))


def _postgres(rng: random.Random, tables: int) -> Iterator[str]:
    for n in range(tables):
        columns = _columns(rng, _POSTGRES, "")
        body = ",\n".join(f"    {name} {definition}" for name, definition in columns)
        first, second = columns[0][0], columns[1][0]
        yield f"CREATE TABLE app.table_{n} (\n    id BIGSERIAL PRIMARY KEY,\n{body},\n"
        yield f"    CONSTRAINT table_{n}_{first} UNIQUE ({first}, {second})\n);\n"
        yield f"CREATE INDEX idx_table_{n}_{second} ON app.table_{n} ({second} DESC) WHERE {first} IS NOT NULL;\n"
        yield f"CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS ux_{n} ON app.table_{n} (lower({first}), {second});\n"
        yield f"ALTER TABLE app.table_{n} ADD COLUMN later_{n} {rng.choice(_POSTGRES[:15]).format(n=n % 40 + 2)},"
        yield f" ALTER COLUMN {second} SET NOT NULL;\n"
        yield f"ALTER TABLE ONLY app.table_{n}\n    ADD CONSTRAINT fk_{n} FOREIGN KEY ({first})"
        yield f" REFERENCES app.table_{n // 2} (id);\n"
        yield f"COMMENT ON COLUMN app.table_{n}.{first} IS 'where letters of table {n} go';\n"


def _mysql(rng: random.Random, tables: int) -> Iterator[str]:
    for n in range(tables):
        columns = _columns(rng, _MYSQL, "`")
        body = ",\n".join(f"  {name} {definition}" for name, definition in columns)
        first, second = columns[0][0], columns[1][0]
        yield f"CREATE TABLE `table_{n}` (\n  `id` bigint unsigned NOT NULL AUTO_INCREMENT,\n{body},\n  PRIMARY KEY (`id`),\n"
        yield f"  KEY `ix_table_{n}` ({first},{second}),\n"
        yield f"  CONSTRAINT `fk_{n}` FOREIGN KEY ({first}) REFERENCES `table_{n // 2}` (`id`) ON DELETE CASCADE\n"
        yield ") ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;\n"
        yield f"ALTER TABLE `table_{n}` ADD COLUMN `note_{n}` {rng.choice(_MYSQL).format(n=n % 40 + 2)} AFTER {second},"
        yield f" MODIFY COLUMN {columns[2][0]} {rng.choice(_MYSQL).format(n=n % 40 + 2)};\n"
        yield f"CREATE INDEX `ix_{n}` ON `table_{n}` ({second}(20));\n"
