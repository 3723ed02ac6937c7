"""Our DDL reader against sqlglot on the same generated scripts, and how fast data is stepped over: megabytes a second."""

from __future__ import annotations

import sqlglot

from schemalint.model.span import SourceFile
from schemalint.sql import read
from tests.bench.clock import best

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
POSTGRES = (
    TABLE
    + """ALTER TABLE app.table_{n} ADD COLUMN note_{n} TEXT, ALTER COLUMN amount SET NOT NULL;
ALTER TABLE ONLY app.table_{n}
    ADD CONSTRAINT table_{n}_parent FOREIGN KEY (owner_id) REFERENCES app.parents (id) ON DELETE SET NULL;
CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS idx_table_{n}_email ON app.table_{n} (lower(email), owner_id);
COMMENT ON COLUMN app.table_{n}.email IS 'where letters of table {n} go';
"""
)
MYSQL = """CREATE TABLE `table_{n}` (
    `id` BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
    `owner_id` INT NOT NULL,
    `email` VARCHAR(255) CHARACTER SET utf8mb4 NOT NULL DEFAULT '',
    `state` ENUM('new', 'paid', 'sent') NOT NULL DEFAULT 'new' COMMENT 'where order {n} stands',
    `amount` DECIMAL(12, 2) DEFAULT 0.00,
    `created_at` DATETIME(3) DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3),
    PRIMARY KEY (`id`),
    UNIQUE KEY `uk_table_{n}` (`owner_id`, `email`),
    KEY `ix_table_{n}` (`state`, `created_at`),
    CONSTRAINT `fk_table_{n}` FOREIGN KEY (`owner_id`) REFERENCES `owners` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;
ALTER TABLE `table_{n}` ADD COLUMN `note_{n}` TEXT NULL AFTER `email`, MODIFY COLUMN `amount` DECIMAL(14, 2) NOT NULL;
CREATE INDEX `ix_table_{n}_email` ON `table_{n}` (`email`(20));
"""
INSERT = "INSERT INTO orders (id, name, note, price) VALUES {rows};\n"
ROW = "({n}, 'customer {n}', 'it''s the note of {n}; nothing else', {n}.25)"


def against_sqlglot(name: str, dialect: str, template: str) -> None:
    text = "".join(template.format(n=n) for n in range(300))
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
    against_sqlglot("postgres tables", "postgres", TABLE)
    against_sqlglot("postgres tables, indexes, alters", "postgres", POSTGRES)
    against_sqlglot("mysql tables, indexes, alters", "mysql", MYSQL)
    inserts = "".join(INSERT.format(rows=", ".join(ROW.format(n=n * 100 + k) for k in range(100))) for n in range(500))
    for dialect in ("postgres", "mysql", "sqlite", "tsql"):
        over_data(f"INSERT, {dialect}", dialect, inserts)
    rows = "".join(f"{n}\tcustomer {n}\tit's the note of {n}; nothing else\t{n}.25\n" for n in range(100_000))
    over_data("COPY, postgres", "postgres", f"COPY orders (id, name, note, price) FROM stdin;\n{rows}\\.\n")


if __name__ == "__main__":
    main()
