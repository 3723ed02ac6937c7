"""SARIF 2.1.0, for code scanning services and editors. Paths start at the top of the repository, as they ask."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any, TextIO
from urllib.parse import quote

from schemalint import __version__
from schemalint.model.finding import Finding, Fix, Severity
from schemalint.model.report import Report, Unreadable
from schemalint.model.span import SourceFile, Span
from schemalint.reporters import RulePage, View

_TEXT_LIMIT = 1024  # of a rule's short and full description, by GitHub
_RELATED_LIMIT = 100  # related locations that GitHub shows
_PROBLEM = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "recommendation"}
_NOTIFICATIONS = (
    ("unreadable-file", "UnreadableFile", "A file could not be read.", "Nothing in it was checked."),
    ("internal-error", "InternalError", "schemalint itself failed.", "Please report it with the message."),
)


def render(report: Report, out: TextIO, view: View) -> None:
    """Writes every finding; of the view only the rules and the prefix matter."""
    writer = _Writer(report.files, view.prefix)
    codes = sorted({finding.code for finding in report.findings})
    rules = {rule.code: rule for rule in view.rules}
    seen: Counter[str] = Counter()
    results = []
    for finding in report.findings:
        seen[finding.fingerprint] += 1
        results.append(writer.result(finding, codes.index(finding.code), seen[finding.fingerprint]))
    run = {
        "tool": {
            "driver": {
                "name": "schemalint",
                "semanticVersion": __version__,
                "version": __version__,
                "rules": [_rule(code, rules.get(code), report) for code in codes],
                "notifications": [
                    {
                        "id": code,
                        "name": name,
                        "shortDescription": {"text": short},
                        "fullDescription": {"text": f"{short} {more}"},
                        "help": {"text": f"{short} {more}"},
                    }
                    for code, name, short, more in _NOTIFICATIONS
                ],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"SRCROOT": {"description": {"text": "The top of the repository."}}},
        "automationDetails": {"id": "schemalint/"},
        "invocations": [
            {
                "executionSuccessful": not report.broken,
                "toolExecutionNotifications": [
                    *(writer.unreadable(one) for one in report.unreadable),
                    *(_notification(1, "error", line) for line in report.broken),
                ],
            }
        ],
        "results": results,
    }
    document = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    json.dump(document, out, indent=1)
    out.write("\n")


class _Writer:
    """Turns findings into results; knows the files, to give offsets as lines and columns."""

    def __init__(self, files: Mapping[str, SourceFile], prefix: str) -> None:
        self._files = files
        self._prefix = prefix

    def result(self, finding: Finding, index: int, occurrence: int) -> dict[str, Any]:
        related = finding.related[:_RELATED_LIMIT]
        text = [_escaped(finding.message)]
        text += [f"[{_escaped(one.label or 'see here')}]({number})" for number, one in enumerate(related, 1)]
        text += [_escaped(note) for note in finding.notes]
        if finding.help:
            text.append(f"help: {_escaped(finding.help)}")
        primary: dict[str, Any] = {"physicalLocation": self._physical(finding.primary.span)}
        names = [name for name in (finding.table, finding.column or finding.object) if name]
        if names:
            primary["logicalLocations"] = [{"fullyQualifiedName": ".".join(names), "kind": "member"}]
        if finding.primary.label:
            primary["message"] = {"text": _escaped(finding.primary.label)}
        made = {
            "ruleId": finding.code,
            "ruleIndex": index,
            "level": finding.severity.value,
            "kind": "fail",
            "message": {"text": "\n".join(text)},
            "locations": [primary],
            "relatedLocations": [
                {
                    "id": number,
                    "physicalLocation": self._physical(one.span),
                    "message": {"text": _escaped(one.label or "see here")},
                }
                for number, one in enumerate(related, 1)
            ],
            "partialFingerprints": {
                "primaryLocationLineHash": f"{finding.fingerprint}:{occurrence}",
                "schemalint/v1": finding.fingerprint,
            },
        }
        if finding.fix is not None:
            made["fixes"] = [self._fix(finding.fix)]
        return made

    def unreadable(self, one: Unreadable) -> dict[str, Any]:
        physical = self._physical(one.span) if one.span else {"artifactLocation": self._artifact(one.path)}
        return _notification(0, "warning", f"{one.path}: {one.why}") | {"locations": [{"physicalLocation": physical}]}

    def _artifact(self, path: str) -> dict[str, str]:
        return {"uri": quote(f"{self._prefix}{path}", safe="/", errors="replace"), "uriBaseId": "SRCROOT"}

    def _physical(self, span: Span) -> dict[str, Any]:
        return {"artifactLocation": self._artifact(span.path), "region": self._region(span, whole=False)}

    def _region(self, span: Span, whole: bool) -> dict[str, int]:
        """Where the span stands. Unless `whole`, it is cut to its first line: a pull request shows an alert only when
        every line of it was changed there."""
        file = self._files.get(span.path)
        if file is None:
            return {"startLine": 1}
        line, column = file.position(span.start)
        end_line, end_column = file.position(span.end)
        if end_line > line and not whole:
            end_line, end_column = line, max(column, len(file.line(line)) + 1)
        return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}

    def _fix(self, fix: Fix) -> dict[str, Any]:
        changes: dict[str, list[dict[str, Any]]] = {}
        for edit in fix.edits:
            changes.setdefault(edit.span.path, []).append(
                {"deletedRegion": self._region(edit.span, whole=True), "insertedContent": {"text": edit.text}}
            )
        return {
            "description": {"text": fix.title},
            "artifactChanges": [
                {"artifactLocation": self._artifact(path), "replacements": edits} for path, edits in changes.items()
            ],
        }


def _notification(index: int, level: str, text: str) -> dict[str, Any]:
    return {
        "descriptor": {"id": _NOTIFICATIONS[index][0], "index": index},
        "level": level,
        "message": {"text": _escaped(text)},
    }


def _rule(code: str, rule: RulePage | None, report: Report) -> dict[str, Any]:
    """A rule as its page describes it; one without a page is described by its name."""
    name = rule.name if rule else next(finding.name for finding in report.findings if finding.code == code)
    level = rule.severity if rule else max((f.severity for f in report.findings if f.code == code), key=_rank)
    page = rule.page.read_text(encoding="utf-8") if rule and rule.page.is_file() else ""
    section = re.search(r"^## What it does\n+(.+?)(?=^## |\Z)", page, re.M | re.S)
    does = " ".join(section[1].split()) if section else name.replace("-", " ")
    sentence = re.match(r".*?[.!?](?= |$)", does)
    return {
        "id": code,
        "name": "".join(word.capitalize() for word in name.split("-")),
        "shortDescription": {"text": (sentence[0] if sentence else does)[:_TEXT_LIMIT]},
        "fullDescription": {"text": does[:_TEXT_LIMIT]},
        "help": {"text": page, "markdown": page} if page else {"text": does},
        "defaultConfiguration": {"level": level.value},
        "properties": {"tags": ["schema"], "precision": "high", "problem.severity": _PROBLEM[level]},
    }


def _rank(severity: Severity) -> int:
    return severity.rank


def _escaped(text: str) -> str:
    """Plain text inside a SARIF message, where brackets make links."""
    return re.sub(r"([\[\]\\])", r"\\\1", text)
