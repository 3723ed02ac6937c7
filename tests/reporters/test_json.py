from __future__ import annotations

import io
import json
from typing import Any

from schemalint import __version__
from schemalint.model.report import Report
from schemalint.reporters import View, reporter
from tests.reporters.conftest import FINDING, MODEL, SCRIPT


def shown(report: Report, view: View = View()) -> str:  # noqa: B008, it is frozen
    out = io.StringIO()
    reporter("json")(report, out, view)
    return out.getvalue()


def keys(value: Any) -> Any:
    """The keys of an object in their order, with those of what it holds."""
    if isinstance(value, dict):
        return {key: keys(one) for key, one in value.items()}
    return [keys(value[0])] if isinstance(value, list) and value else None


# DESIGN.md §4, with the keys that were added since at the end of a finding.
PLACE = dict.fromkeys(["path", "line", "column", "end_line", "end_column", "label"])
FINDING_KEYS = {
    **dict.fromkeys(["code", "name", "severity", "message", "help", "database", "table", "column", "object"]),
    "fingerprint": None,
    "location": PLACE,
    "related": [PLACE],
    "fix": {"title": None, "safe": None, "edits": [dict.fromkeys(["path", "start", "end", "text"])]},
    "notes": [None],
    "paths": [None],
}
CONTRACT = {
    "version": None,
    "tool": {"name": None, "version": None},
    "summary": dict.fromkeys(
        (
            *("files", "sources", "tables", "errors", "warnings", "notes"),
            *("unread_statements", "unreadable_files", "suppressed", "baselined"),
        )
    ),
    "databases": [
        {
            "id": None,
            "dialect": None,
            "sources": [dict.fromkeys(["id", "kind", "parser", "root", "files", "tables"])],
            "paths": [{"name": None, "steps": [None]}],
        }
    ],
    "findings": [FINDING_KEYS],
}


def test_keys_and_their_order_are_the_contract(report: Report) -> None:
    assert json.dumps(keys(json.loads(shown(report)))) == json.dumps(CONTRACT)


def test_values(report: Report) -> None:
    data = json.loads(shown(report))
    assert data["version"] == 1
    assert data["tool"] == {"name": "schemalint", "version": __version__}
    assert data["summary"] == {
        "files": 3,
        "sources": 2,
        "tables": 21,
        "errors": 1,
        "warnings": 0,
        "notes": 1,
        "unread_statements": 2,
        "unreadable_files": 1,
        "suppressed": 1,
        "baselined": 0,
    }
    assert [source["id"] for source in data["databases"][0]["sources"]] == ["sequelize:backend", f"sql:{SCRIPT}"]
    assert data["databases"][0]["paths"][0]["steps"] == [f"sql:{SCRIPT}", "sequelize:backend"]
    finding, note = data["findings"]
    assert finding["fingerprint"] == FINDING.fingerprint
    assert finding["location"] == {
        "path": MODEL,
        "line": 47,
        "column": 16,
        "end_line": 47,
        "end_column": 23,
        "label": "the model adds this index at start",
    }
    assert finding["fix"]["edits"] == [{"path": MODEL, "start": 61, "end": 68, "text": ""}]
    assert (note["help"], note["table"], note["fix"], note["related"], note["notes"]) == (None, None, None, [], [])


def test_the_view_changes_nothing_and_bytes_are_ascii(report: Report) -> None:
    from schemalint.model.finding import Severity

    assert shown(report) == shown(report, View(Severity.ERROR, color=True, prefix="x/"))
    assert shown(report).isascii()
