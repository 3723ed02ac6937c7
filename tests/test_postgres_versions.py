"""What each version of PostgreSQL takes and refuses, and what we say of it. See tests/oracles/postgres/README.md."""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from schemalint.config import Config
from schemalint.dialects import spoken
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from schemalint.model.catalog import Refusal
from schemalint.model.facts import Invalid
from schemalint.model.source import Server
from schemalint.replay.apply import run
from schemalint.replay.state import State
from schemalint.sql.refusals.postgres_versions import PATTERNS
from tests.oracles.postgres.cases import BESIDE, HERE, SCRIPTS, Case, asked, cases, refusals, statements_of
from tests.oracles.postgres.renew import by_version
from tests.sql.servers import ours, resolved, source

VERSIONS = range(10, 19)
SUPPORTED = range(13, 19)
"""Of which we say everything that a case does not excuse; of the older ones, only nothing wrong."""


def _rows(name: str) -> dict[str, dict[int, Any]]:
    """The answers of a file for each version."""
    found: dict[str, dict[int, Any]] = {}
    for key, runs in json.loads((HERE / name).read_text("utf-8"))["rows"].items():
        found[key] = {}
        for versions, answer in runs.items():
            first, _, last = versions.partition("-")
            found[key].update(dict.fromkeys(range(int(first), int(last or first) + 1), answer))
    return found


ANSWERS = _rows("answers.json")
CATALOGS = _rows("catalogs.json")
CASES = list(cases())
ASKED = asked()


@cache
def _read(line: str, version: int | None) -> tuple[tuple[Invalid, ...], tuple[str, ...]]:
    """What is called invalid in a case, whatever the version, and what cannot be applied to what is there."""
    one = next(case for case in ASKED if case.line == line)
    server = _server(version)
    state = State(spoken("postgres", server), closed=True, server=server)
    before = "".join(f"{statement};\n" for statement in (BESIDE, *one.before))
    first, last = source("postgres", server, before, f"{one.statement};").scripts
    list(run(state, first.facts, first.path))
    facts = last.facts
    troubles = [trouble.refusal for _, trouble in run(state, facts, last.path)]
    problems = tuple(refusal.name for refusal in troubles if refusal is not Refusal.MASKED)
    return tuple(fact for fact in facts if isinstance(fact, Invalid)), problems


def _said(line: str, version: int | None) -> list[str]:
    _, problems = _read(line, _alike(version))
    return [fact.reason for fact in _invalid(line, version)] + list(problems)


def _alike(version: int | None) -> int | None:
    """The last version that names and drops things as this one does."""
    return None if version is None else next(last for last in (11, 14, 16, 17, 18) if version <= last)


def _server(version: int | None) -> Server:
    return Server("postgres", None if version is None else (version,), "", True)


def _invalid(line: str, version: int | None) -> list[Invalid]:
    found, _ = _read(line, None)
    return [fact for fact in found if not fact.only or _server(version).is_one_of(fact.only)]


def test_every_answer_is_of_a_case() -> None:
    assert set(ANSWERS) == {case.line for case in ASKED}, "run renew.py"
    assert set(CATALOGS) == {script.stem for script in SCRIPTS}, "run renew.py"
    kept = json.loads((HERE / "answers.json").read_text("utf-8"))["rows"]
    assert {line: by_version(found) for line, found in ANSWERS.items()} == kept


def test_every_case_can_be_put_to_a_supported_version() -> None:
    assert [case.line for case in CASES if all(ANSWERS[case.line][version] == "" for version in SUPPORTED)] == []


@pytest.mark.parametrize("version", VERSIONS)
def test_what_a_version_takes_is_not_refused(version: int) -> None:
    taken = [line for line, answers in ANSWERS.items() if answers[version] is None]
    assert len(taken) > 300
    known = version if version in SUPPORTED else None
    assert {line: said for line in taken if (said := _said(line, version))} == {}
    assert {line: said for line in taken if known and (said := _said(line, None))} == {}


@pytest.mark.parametrize("version", SUPPORTED)
def test_what_a_version_refuses_is_said(version: int) -> None:
    lines = {**{case.line: case.reason or case.rule for case in CASES}, **dict.fromkeys(refusals("refused"))}
    refused = [line for line in lines if ANSWERS[line][version]]
    assert [line for line in refused if lines[line] is None and not _said(line, version)] == []


@pytest.mark.parametrize("case", [case for case in CASES if case.reason], ids=lambda case: case.line)
def test_what_is_excused_is_refused_and_not_said(case: Case) -> None:
    refusing = [version for version in SUPPORTED if ANSWERS[case.line][version]]
    assert refusing, "every version takes it"
    assert any(not _said(case.line, version) for version in refusing), "it is said"


@pytest.mark.parametrize("case", [case for case in CASES if case.rule], ids=lambda case: case.line)
def test_what_a_rule_says(case: Case) -> None:
    for version in SUPPORTED:
        files = {
            "compose.yml": f"services: {{db: {{image: 'postgres:{version}', volumes: ['./init:/docker-entrypoint-initdb.d']}}}}",
            "init/1.sql": "".join(f"{one};\n" for one in (BESIDE, *case.before, case.statement)),
        }
        said = {finding.code for finding in lint(MemoryTree(files), Config()).findings}
        assert (case.rule in said) is bool(ANSWERS[case.line][version]), version


@pytest.mark.parametrize("version", SUPPORTED)
def test_the_words_are_the_version_s(version: int) -> None:
    wrong = {}
    for line, answers in ANSWERS.items():
        said = _invalid(line, version)
        if answers[version] and len(said) == 1 and said[0].server is not None:
            quoted = said[0].server.rpartition(" (")[0] if said[0].server.endswith(")") else said[0].server
            if quoted not in answers[version]:
                wrong[line] = (quoted, answers[version])
    assert wrong == {}


@pytest.mark.parametrize("row", PATTERNS, ids=lambda row: row.reason)
def test_what_depends_on_the_version_was_asked(row: Any) -> None:
    reason = re.compile(".+".join(map(re.escape, row.reason.split("{at}"))))
    found = (fact for line in ANSWERS for fact in _read(line, None)[0] if fact.only == row.only)
    assert any(reason.fullmatch(fact.reason) for fact in found)


@pytest.mark.parametrize("version", range(11, 19))
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda script: script.stem)
def test_a_script_makes_the_tables_of_the_version(script: Path, version: int) -> None:
    told = CATALOGS[script.stem][version]
    taken = [one for one in statements_of(script.read_text()) if one not in told["refused"]]
    made = resolved(ours("".join(f"{one};\n" for one in taken), "postgres", _server(version)))
    here = json.loads(json.dumps({name: asdict(table) for name, table in made.items()}, default=sorted))
    assert here.keys() == told["tables"].keys()
    for name, table in told["tables"].items():
        assert here[name] == table, name
