from __future__ import annotations

import io

from schemalint.model.report import Report
from schemalint.reporters import View, formats, reporter


def test_one_line_a_finding_and_the_summary(report: Report) -> None:
    out = io.StringIO()
    reporter("concise")(report, out, View())
    finding, summary = out.getvalue().splitlines()
    assert finding == (
        "backend/models/AccountSummary.js:47:16: error[SL101]: sync() will fail: index account_summaries_email needs "
        "column `email`, which account_summaries does not have"
    )
    assert summary.startswith("1 error, 0 warnings, 1 note (--min-severity note shows them)")


def test_formats_are_the_modules_of_the_folder() -> None:
    assert formats() == ("concise", "full", "json", "sarif")
