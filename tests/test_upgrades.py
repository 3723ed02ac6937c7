"""Upgrade scripts beside a schema: what the pages of SL206 and SL317 cannot show."""

from __future__ import annotations

from time import process_time

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import lint


def test_an_index_that_is_made_twice_names_the_drop_that_missed_it() -> None:
    script = (
        "ALTER TABLE `vars` ADD INDEX `idx_vars_customvar_id` (`customvar_id`);\n"
        "ALTER TABLE `vars` DROP INDEX `idx_vars_customvars_id`;\n"
        "ALTER TABLE `vars` ADD INDEX `idx_vars_customvar_id` (`customvar_id`, `id`);\n"
    )
    report = lint(MemoryTree({"mysql/upgrades/1.0.0.sql": script}), Config(), only={"SL206"})
    (found,) = report.findings
    assert found.help is not None
    assert "was idx_vars_customvar_id meant there?" in found.help
    assert [script[one.span.start : one.span.end].strip("`") for one in found.related] == [
        "idx_vars_customvar_id",
        "idx_vars_customvars_id",
    ]


def test_thousands_of_tables_that_are_made_dropped_and_renamed() -> None:
    many = range(3000)
    schema = "".join(f"CREATE TABLE t{n} (id int PRIMARY KEY, a int, b int);\n" for n in many)
    upgrade = "".join(
        f"ALTER TABLE t{n} ADD COLUMN b int, ADD INDEX i{n} (a);\nALTER TABLE u{n} RENAME TO v{n};\nUPDATE s{n} SET a = 1;\n"
        for n in many
    )
    files = {"mysql/schema.sql": schema, "mysql/upgrades/1.0.0.sql": upgrade, "mysql/upgrades/later.sql": upgrade}
    files["mysql/upgrades/1.1.0.sql"] = "".join(f"DROP TABLE t{n};\n" for n in many)
    before = process_time()
    lint(MemoryTree(files), Config(), only={"SL317"})
    assert process_time() - before < 20
