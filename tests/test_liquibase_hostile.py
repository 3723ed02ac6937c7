"""Changelogs made to break a reader: nothing raises, nothing hangs, and what was not read is told."""

from __future__ import annotations

from itertools import pairwise

import pytest

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from schemalint.model.report import Report

DEEP = 3000


def log(inner: str) -> str:
    return f"<databaseChangeLog>{inner}</databaseChangeLog>"


def bomb() -> str:
    names = "abcdefgh"
    lines = ["a: &a [{sql: x}, {sql: x}, {sql: x}, {sql: x}]"]
    lines += (f"{new}: &{new} [{', '.join([f'*{old}'] * 8)}]" for old, new in pairwise(names))
    return "\n".join([*lines, "databaseChangeLog: [changeSet: {id: 1, author: a, changes: *h}]"])


ENTITIES = '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
DOUBLING = {f"c{n}.xml": log(f'<include file="c{n + 1}.xml"/>' * 2) for n in range(50)}
GROWING = "".join(f'<property name="p{n + 1}" value="{f"${{p{n}}}" * 9}"/>' for n in range(30))
PROJECTS = {
    "includes that double": {**DOUBLING, "c50.xml": log("")},
    "entities": {"c.xml": ENTITIES + log('<changeSet id="&b;" author="a"/>')},
    "nested XML": {"c.xml": log("<a>" * DEEP + "</a>" * DEEP)},
    "a long line": {"c.xml": log('<changeSet id="é" author="a"/>' * 20_000)},
    "XML that is left open": {"c.xml": "<databaseChangeLog>" + "<changeSet " * 20_000},
    "aliases": {"c.yaml": bomb()},
    "nested JSON": {"c.json": '{"databaseChangeLog": ' + '[{"a":' * DEEP + "1" + "}]" * DEEP + "}"},
    "properties that grow": {
        "c.xml": log(
            f'<property name="p0" value="{"x" * 99}"/>{GROWING}'
            f'<changeSet id="1" author="a"><sql>CREATE TABLE a (x int DEFAULT {"${p30}" * 9999})</sql></changeSet>'
        )
    },
    "rollbacks": {
        "c.sql": "--liquibase formatted sql\n" + "--changeset a:1\n--rollback (\n/* liquibase rollback\n" * 5000
    },
    "no changeset": {"c.sql": "--liquibase formatted sql\nCREATE TABLE a (x int);\n"},
    "a circle of one": {"c.xml": log('<include file="c.xml"/>')},
}


def check(files: dict[str, str]) -> Report:
    report = lint(MemoryTree(files), Config(dialect="postgres"))
    assert report.broken == ()
    return report


@pytest.mark.parametrize("case", PROJECTS)
def test_projects(case: str) -> None:
    check(PROJECTS[case])


@pytest.mark.parametrize(
    ("path", "text", "place"),
    [
        ("c.xml", "<databaseChangeLog>\n  <changeSet id='1'>\n</databaseChangeLog>", (3, 3)),
        ("c.xml", f"\n{ENTITIES}{log('')}", (2, 25)),
        ("c.yaml", "databaseChangeLog:\n  - changeSet: [\n", (3, 1)),
        ("c.json", '{"databaseChangeLog": [}', (1, 24)),
    ],
)
def test_what_cannot_be_read_is_told(path: str, text: str, place: tuple[int, int]) -> None:
    report = check({path: text})
    ((where, at),) = [(one.primary.span.path, one.primary.span.start) for one in report.findings if one.code == "SL001"]
    assert (where, report.files[where].position(at)) == (path, place)
