"""How the work grows with the input: counted in calls, never in seconds, so that a busy machine changes nothing."""

from __future__ import annotations

import sys
from types import FrameType

import pytest

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from schemalint.model.span import SourceFile

GO_MOD = "module x\n\ngo 1.22\n\nrequire (\n\tgorm.io/gorm v1.25.12\n\tgorm.io/driver/mysql v1.5.7\n)\n"


def wide_model(fields: int) -> dict[str, str]:
    """A struct whose every field is unique by an index of its own, which AutoMigrate makes."""
    lines = "\n".join(f'\tF{number} string `gorm:"size:64;uniqueIndex:ix_{number}"`' for number in range(fields))
    return {
        "go.mod": GO_MOD,
        "main.go": 'package main\n\nimport (\n\t"gorm.io/driver/mysql"\n\t"gorm.io/gorm"\n)\n\n'
        f"type Wide struct {{\n\tID uint\n{lines}\n}}\n\n"
        'func main() {\n\tdb, _ := gorm.Open(mysql.Open("d"), &gorm.Config{})\n\tdb.AutoMigrate(&Wide{})\n}\n',
    }


def wide_table(columns: int) -> dict[str, str]:
    """A table with an index on each of its columns."""
    lines = ",\n".join(f"  f{number} integer" for number in range(columns))
    indexes = "\n".join(f"CREATE INDEX ix_{number} ON wides (f{number});" for number in range(columns))
    return {"schema.postgres.sql": f"CREATE TABLE wides (\n{lines}\n);\n{indexes}\n"}


def calls(files: dict[str, str], only: set[str] | None = None) -> int:
    """How many functions a check enters."""
    count = 0

    def seen(frame: FrameType, event: str, argument: object) -> None:
        nonlocal count
        count += event == "call"

    sys.setprofile(seen)
    try:
        lint(MemoryTree(dict(files)), Config(), only)
    finally:
        sys.setprofile(None)
    return count


def test_a_model_twice_as_wide_is_twice_the_work() -> None:
    calls(wide_model(10))  # imports
    assert calls(wide_model(400)) < 2.4 * calls(wide_model(200))


@pytest.mark.parametrize(
    "head",
    ["Store{db: db, next: ", "Store{models: []any{", "r.Register(&Store{next: ", "gormigrate.Migration{Migrate: "],
)
def test_a_literal_twice_as_deep_is_twice_the_work(head: str) -> None:
    """In a tree of nodes, going up from each of them is a walk through the whole depth."""
    tail = "".join({"{": "}", "(": ")"}.get(letter, "") for letter in reversed(head))

    def nested(depth: int) -> dict[str, str]:
        value = head * depth + "nil" + tail * depth
        body = f"\tstore := {value}\n\tstore.list = append(store.list, {value})\n\tdb.AutoMigrate(&Wide{{}}, {value})\n"
        imports = 'import (\n\t"github.com/go-gormigrate/gormigrate/v2"\n\t"gorm.io/gorm"\n)\n'
        return {"go.mod": GO_MOD, "main.go": f"package main\n\n{imports}\nfunc f(db *gorm.DB) {{\n{body}}}\n"}

    calls(nested(10))  # imports
    assert calls(nested(1_000)) < 2.4 * calls(nested(500))


@pytest.mark.parametrize("dialect", ["postgres", "mysql", "sqlite"])
def test_an_index_more_is_no_walk_over_the_others(dialect: str) -> None:
    def indexed(columns: int) -> dict[str, str]:
        (text,) = wide_table(columns).values()
        return {f"schema.{dialect}.sql": text}

    calls(indexed(10), set())  # imports
    assert calls(indexed(800), set()) < 2.4 * calls(indexed(400), set())


def test_looking_for_redundant_indexes_is_no_comparison_of_pairs() -> None:
    calls(wide_table(10))  # imports
    judging = calls(wide_table(400), {"SL209"}) - calls(wide_table(400), set())
    assert judging < 100 * 400


def test_places_on_one_long_line() -> None:
    """A bundle is one line of megabytes; each place asked for by bytes must not read it all."""
    text = "é" + "x=1;" * 500_000
    file = SourceFile("bundle.js", text)
    places = range(1, len(text), 20)
    assert [file.offset_of_byte(place + 1) for place in places] == list(places)


@pytest.mark.parametrize("text", ["", "é", "a\r\né漢b\n\n😀c", "ab漢😀\n" * 700, "漢" * 1023 + "\n" + "é" * 1025])
def test_bytes_become_code_points(text: str) -> None:
    file, raw = SourceFile("any", text), text.encode()
    for byte in range(len(raw) + 2):
        assert file.offset_of_byte(byte) == len(raw[:byte].decode("utf-8", "ignore"))


def lone_scripts(number: int) -> dict[str, str]:
    """Scripts beside each other, each with a table of its own."""
    return {f"reports/of_{name}.sql": f"CREATE TABLE of_{name} (id integer);\n" for name in range(number)}


def test_scripts_that_share_nothing_are_not_compared_with_each_other() -> None:
    calls(lone_scripts(5))  # imports
    assert calls(lone_scripts(200)) < 2.4 * calls(lone_scripts(100))
