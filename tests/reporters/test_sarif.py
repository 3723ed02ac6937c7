from __future__ import annotations

import io
import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from schemalint.model.finding import Location, Severity
from schemalint.model.report import Report, Unreadable
from schemalint.model.span import SourceFile, Span
from schemalint.reporters import View, reporter
from tests.reporters.conftest import FILES, FINDING, NOTE, SCRIPT

SCHEMA = json.loads((Path(__file__).parent.parent / "data/sarif-2.1.0.json").read_text("utf-8"))
PAGE = """# SL101 index-on-missing-column

## What it does

Reports an index on a column that its
table does not have. Also of an ORM.

## Why is this bad?

It fails.
"""


@dataclass(frozen=True)
class Page:
    """A rule with a page."""

    page: Path
    code: str = "SL101"
    name: str = "index-on-missing-column"
    severity: Severity = Severity.ERROR


@pytest.fixture
def view(tmp_path: Path) -> View:
    (tmp_path / "page.md").write_text(PAGE)
    return View(rules=[Page(tmp_path / "page.md")])


def run(report: Report, view: View) -> dict[str, Any]:
    """The only run of the log, which is valid by the published schema."""
    import jsonschema_rs

    out = io.StringIO()
    reporter("sarif")(report, out, view)
    log = json.loads(out.getvalue())
    errors = list(jsonschema_rs.validator_for(SCHEMA).iter_errors(log))
    assert not errors, errors
    assert len(log["runs"]) == 1
    return dict(log["runs"][0])


def test_the_schema_refuses_what_is_wrong() -> None:
    import jsonschema_rs

    validator = jsonschema_rs.validator_for(SCHEMA)
    assert validator.is_valid({"version": "2.1.0", "runs": []})
    assert not validator.is_valid({"version": "2.1.0", "runs": [{"tool": {}}]})


def test_a_result(report: Report, view: View) -> None:
    result, note = run(report, view)["results"]
    assert (result["ruleId"], result["level"], note["level"]) == ("SL101", "error", "note")
    physical = result["locations"][0]["physicalLocation"]
    assert physical == {
        "artifactLocation": {"uri": "backend/models/AccountSummary.js", "uriBaseId": "SRCROOT"},
        "region": {"startLine": 47, "startColumn": 16, "endLine": 47, "endColumn": 23},
    }
    assert result["message"]["text"].splitlines()[:2] == [
        FINDING.message,
        "[created here with id, account_id, total, created_at](1)",
    ]
    assert result["relatedLocations"][0]["id"] == 1
    assert result["relatedLocations"][0]["physicalLocation"]["region"]["startLine"] == 176
    assert result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"] == {"text": ""}
    assert note["message"]["text"] == "the default of \\[total\\] differs"


def test_fingerprints_tell_equal_findings_apart(report: Report, view: View) -> None:
    results = run(replace(report, findings=(FINDING, FINDING, NOTE)), view)["results"]
    hashes = [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]
    assert hashes == [f"{FINDING.fingerprint}:1", f"{FINDING.fingerprint}:2", f"{NOTE.fingerprint}:1"]


def test_rules_are_described_by_their_pages(report: Report, view: View) -> None:
    made = run(report, view)
    with_page, without = made["tool"]["driver"]["rules"]
    assert with_page["id"] == "SL101"
    assert with_page["name"] == "IndexOnMissingColumn"
    assert with_page["shortDescription"]["text"] == "Reports an index on a column that its table does not have."
    assert with_page["fullDescription"]["text"].endswith("Also of an ORM.")
    assert with_page["help"] == {"text": PAGE, "markdown": PAGE}
    assert without["id"] == "SL307"
    assert without["defaultConfiguration"] == {"level": "note"}
    assert [made["tool"]["driver"]["rules"][one["ruleIndex"]]["id"] for one in made["results"]] == ["SL101", "SL307"]


def test_what_could_not_be_read_and_what_broke_are_notifications(report: Report, view: View) -> None:
    placed = Unreadable(SCRIPT, "a syntax error", Span(SCRIPT, 175, 181))
    made = run(replace(report, unreadable=(*report.unreadable, placed), broken=("rule SL1: oops",)), view)
    invocation = made["invocations"][0]
    assert invocation["executionSuccessful"] is False
    first, second, third = invocation["toolExecutionNotifications"]
    assert first["message"]["text"] == "db/latin \\[1\\].sql: it is not UTF-8"
    assert first["locations"][0]["physicalLocation"] == {
        "artifactLocation": {"uri": "db/latin%20%5B1%5D.sql", "uriBaseId": "SRCROOT"}
    }
    assert second["locations"][0]["physicalLocation"]["region"]["startLine"] == 176
    assert (third["level"], third["descriptor"]) == ("error", {"id": "internal-error", "index": 1})


def test_no_address_is_invented(report: Report, view: View) -> None:
    out = io.StringIO()
    reporter("sarif")(report, out, view)
    lines = [line for line in out.getvalue().splitlines() if "http" in line]
    assert lines == [' "$schema": "https://json.schemastore.org/sarif-2.1.0.json",']


def test_paths_start_at_the_top_of_the_repository(report: Report, view: View) -> None:
    made = run(report, replace(view, prefix="services/api x/"))
    uri = made["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "services/api%20x/backend/models/AccountSummary.js"


def test_a_region_stays_on_one_line_and_counts_code_points(report: Report, view: View) -> None:
    text = "-- 𝒳é\nCREATE 𝒳 (\n  a\n);\n"
    start = text.index("𝒳 (")
    finding = replace(FINDING, primary=Location(Span("w.sql", start, len(text))), related=(), fix=None)
    made = run(replace(report, findings=(finding,), files={**FILES, "w.sql": SourceFile("w.sql", text)}), view)
    assert made["columnKind"] == "unicodeCodePoints"
    assert made["results"][0]["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 2,
        "startColumn": 8,
        "endLine": 2,
        "endColumn": 11,
    }


def test_hundreds_of_related_places_are_cut(report: Report, view: View) -> None:
    finding = replace(FINDING, related=FINDING.related * 300)
    result = run(replace(report, findings=(finding,)), view)["results"][0]
    assert len(result["relatedLocations"]) == 100
