"""For programs: everything, as one JSON object. Version 1 only grows: keys keep their names, order and meaning."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, TextIO

from schemalint import __version__
from schemalint.model.finding import Finding, Fix, Location
from schemalint.model.report import DatabaseSummary, Report
from schemalint.model.span import SourceFile
from schemalint.reporters import View


def render(report: Report, out: TextIO, view: View) -> None:
    """Writes the report; the view changes nothing. ASCII only, so that the bytes are the same on every machine."""
    data = {
        "version": 1,
        "tool": {"name": "schemalint", "version": __version__},
        "summary": {
            "files": len(report.claimed),
            "sources": len(report.sources),
            "tables": sum(source.tables for source in report.sources),
            "errors": report.count("error"),
            "warnings": report.count("warning"),
            "notes": report.count("note"),
            "unread_statements": len(report.unread),
            "unreadable_files": len(report.unreadable),
            "suppressed": report.suppressed,
            "baselined": report.baselined,
        },
        "databases": [_database(database) for database in report.databases],
        "findings": [_finding(finding, report.files) for finding in report.findings],
    }
    json.dump(data, out, indent=2)
    out.write("\n")


def _database(database: DatabaseSummary) -> dict[str, Any]:
    return {
        "id": database.id,
        "dialect": database.dialect,
        "sources": [
            {
                "id": source.id,
                "kind": source.kind,
                "parser": source.parser,
                "root": source.root,
                "files": source.files,
                "tables": source.tables,
            }
            for source in database.sources
            if not source.aside
        ],
        "paths": [{"name": path.name, "steps": [step.source for step in path.steps]} for path in database.paths],
    }


def _finding(finding: Finding, files: Mapping[str, SourceFile]) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "help": finding.help,
        "database": finding.database,
        "table": finding.table,
        "column": finding.column,
        "object": finding.object,
        "fingerprint": finding.fingerprint,
        "location": _location(finding.primary, files),
        "related": [_location(location, files) for location in finding.related],
        "fix": None if finding.fix is None else _fix(finding.fix, files),
        "notes": list(finding.notes),
        "paths": list(finding.paths),
    }


def _location(location: Location, files: Mapping[str, SourceFile]) -> dict[str, Any]:
    span = location.span
    file = files.get(span.path)
    line, column = file.position(span.start) if file else (1, 1)
    end_line, end_column = file.position(span.end) if file else (1, 1)
    return {
        "path": span.path,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "label": location.label,
    }


def _fix(fix: Fix, files: Mapping[str, SourceFile]) -> dict[str, Any]:
    def place(path: str, offset: int) -> int:
        file = files.get(path)
        return file.original(offset) if file else offset

    return {
        "title": fix.title,
        "safe": fix.safe,
        "edits": [
            {
                "path": edit.span.path,
                "start": place(edit.span.path, edit.span.start),
                "end": place(edit.span.path, edit.span.end),
                "text": edit.text,
            }
            for edit in fix.edits
        ],
    }
