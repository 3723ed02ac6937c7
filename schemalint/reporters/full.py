"""For people: every finding with its source lines on all sides, and what to do."""

from __future__ import annotations

from typing import TextIO

from schemalint.model.finding import Finding
from schemalint.model.report import Report
from schemalint.reporters import View
from schemalint.reporters.terminal import Paint, safe
from schemalint.reporters.terminal.frames import frames
from schemalint.reporters.terminal.summary import summary


def render(report: Report, out: TextIO, view: View) -> None:
    """Writes the findings at or above the view's severity, and the summary."""
    paint = Paint(view.color)
    for finding in report.findings:
        if finding.severity.rank >= view.min_severity.rank:
            out.write("\n".join(_finding(finding, report, paint)) + "\n\n")
    out.write(summary(report, view.min_severity, view.fixable) + "\n")


def _finding(finding: Finding, report: Report, paint: Paint) -> list[str]:
    title = paint(finding.severity.value, f"{finding.severity.value}[{finding.code}]")
    width, lines = frames(finding, report.files, paint)
    tail = [safe(note) for note in finding.notes]
    if finding.help:
        tail.append(f"{paint('help', 'help')}: {safe(finding.help)}")
    equals = f"{' ' * width} {paint('frame', '=')}"
    return [f"{title}: {paint('bold', safe(finding.message))}", *lines, *(f"{equals} {line}" for line in tail)]
