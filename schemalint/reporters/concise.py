"""For people and for tools that read `path:line:column:`: one line a finding."""

from __future__ import annotations

from typing import TextIO

from schemalint.model.report import Report
from schemalint.reporters import View
from schemalint.reporters.terminal import Paint, safe
from schemalint.reporters.terminal.summary import summary


def render(report: Report, out: TextIO, view: View) -> None:
    """Writes the findings at or above the view's severity, and the summary."""
    paint = Paint(view.color)
    for finding in report.findings:
        if finding.severity.rank >= view.min_severity.rank:
            span = finding.primary.span
            file = report.files.get(span.path)
            line, column = file.position(span.start) if file else (1, 1)
            title = paint(finding.severity.value, f"{finding.severity.value}[{finding.code}]")
            out.write(f"{safe(span.path)}:{line}:{column}: {title}: {safe(finding.message)}\n")
    out.write(summary(report, view.min_severity, view.fixable) + "\n")
