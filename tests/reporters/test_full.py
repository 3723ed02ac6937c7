from __future__ import annotations

import io
from dataclasses import replace

import pytest

from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.report import Report
from schemalint.model.span import SourceFile, Span
from schemalint.reporters import View, reporter
from schemalint.reporters.terminal import safe
from schemalint.reporters.terminal.frames import RELATED, WIDTH
from schemalint.reporters.terminal.summary import summary
from tests.reporters.conftest import FINDING

# The shape that DESIGN.md draws, to the letter.
DRAWN = """\
error[SL101]: sync() will fail: index account_summaries_email needs column `email`, \
which account_summaries does not have
   --> backend/models/AccountSummary.js:47:16
    |
 47 |       fields: ['email'],
    |                ^^^^^^^ the model adds this index at start
   ::: deploy/mysql/init/01-init.sql:176:28
    |
176 | CREATE TABLE IF NOT EXISTS `account_summaries` (
    |                            ------------------- created here with id, account_id, total, created_at
    = path: docker-compose.prod.yml:20 mounts the script, backend/config/database.js:32 calls sequelize.sync()
    = MySQL: Key column 'email' doesn't exist in table (1072)
    = help: add `email` to the script or remove the index; sync() never adds columns to an existing table

"""
SUMMARY = (
    "1 error, 0 warnings, 1 note (--min-severity note shows them) in 2 sources, 21 tables. "
    "2 statements were not read (--show-unread). 1 file could not be read. "
    "1 file below tests/ was read but not judged. 1 finding silenced by comments.\n"
)


def full(report: Report, view: View = View()) -> str:  # noqa: B008, it is frozen
    out = io.StringIO()
    reporter("full")(report, out, view)
    return out.getvalue()


def frame(text: str, *places: tuple[str, str], path: str = "a.sql") -> str:
    """The frame of one finding on one file; places are (text to underline, label), the first is the primary."""
    found = [Location(Span(path, text.index(part), text.index(part) + len(part)), label) for part, label in places]
    finding = Finding("SL101", "x", Severity.ERROR, "message", found[0], tuple(found[1:]))
    report = Report((finding,), {path: SourceFile(path, text)}, (), (), {})
    shown = full(report)
    return shown[shown.index("\n") + 1 : shown.index("\n\n")]


def test_the_shape_and_the_closing_line(report: Report) -> None:
    assert full(report) == DRAWN + SUMMARY


def test_notes_are_shown_when_asked_for(report: Report) -> None:
    shown = full(report, View(min_severity=Severity.NOTE))
    assert "note[SL307]: the default of [total] differs\n" in shown
    assert "1 error, 0 warnings, 1 note in 2 sources" in shown


def test_only_errors_when_asked_for(report: Report) -> None:
    warned = replace(report, findings=(replace(FINDING, severity=Severity.WARNING), *report.findings))
    shown = full(warned, View(min_severity=Severity.ERROR))
    assert "warning[" not in shown
    assert "1 error, 1 warning, 1 note (--min-severity note shows them)" in shown


def test_colour_changes_nothing_but_colour(report: Report) -> None:
    import re

    coloured = full(report, View(color=True))
    assert "\x1b[1;31merror[SL101]\x1b[0m" in coloured
    assert re.sub("\x1b\\[[0-9;]*m", "", coloured) == full(report)


def test_places_of_one_file_share_a_frame() -> None:
    text = "CREATE TABLE a (\n  id int,\n  b int\n);\n\n\nCREATE INDEX i ON a (c, d);\n"
    assert frame(text, ("c,", "needs c"), ("a (", "made here"), ("b int", "has b"), ("d)", "and d")) == (
        " --> a.sql:7:22\n"
        "  |\n"
        "1 | CREATE TABLE a (\n"
        "  |              --- made here\n"
        "2 |   id int,\n"
        "3 |   b int\n"
        "  |   ----- has b\n"
        "...\n"
        "7 | CREATE INDEX i ON a (c, d);\n"
        "  |                      ^^ needs c\n"
        "  |                         -- and d"
    )


def test_tabs_and_wide_characters_keep_the_signs_in_place() -> None:
    assert frame("\t数据 TEXT", ("TEXT", "here")).endswith("1 |     数据 TEXT\n  |          ^^^^ here")
    assert frame("x 数据 y", ("数据", "here")).endswith("1 | x 数据 y\n  |   ^^^^ here")


def test_carriage_returns_are_no_part_of_a_line() -> None:
    assert frame("a\r\nbc\r\n", ("bc", "here")).endswith("2 | bc\n  | ^^ here")


def test_a_place_of_several_lines_is_cut_to_its_first() -> None:
    assert frame("CREATE (\n  x\n);", ("CREATE (\n  x\n)", "all of it")).endswith(
        "1 | CREATE (\n  | ^^^^^^^^ all of it"
    )


def test_a_place_without_text_has_one_sign() -> None:
    shown = frame("", ("", "empty file"))
    assert shown.endswith("1 |\n  | ^ empty file")


@pytest.mark.parametrize("before", [0, 30, 5000])
def test_long_lines_are_cut_around_the_place(before: int) -> None:
    shown = frame("x" * before + " HERE " + "y" * 5000, ("HERE", "label")).split("\n")
    assert all(len(line) <= WIDTH + 10 for line in shown)
    sign = shown[3].index("^")
    assert shown[2][sign : sign + 4] == "HERE"
    assert shown[2].endswith("…")
    assert ("…" in shown[2][:8]) == (before == 5000)


def test_a_file_that_is_not_there_to_show_is_named() -> None:
    finding = Finding("SL001", "x", Severity.ERROR, "m", Location(Span("big.sql", 0, 0)))
    assert full(Report((finding,), {}, (), (), {})).startswith("error[SL001]: m\n --> big.sql\n\n")


def test_many_related_places_are_listed_after_the_first_few() -> None:
    text = "".join(f"line{number}\n" for number in range(30))
    places = [(f"line{number}\n", "") for number in range(30)]
    shown = frame(text, *places)
    assert shown.count("-----") == RELATED
    assert shown.endswith("= also: " + ", ".join(f"a.sql:{line}" for line in range(RELATED + 2, 31)))


HOSTILE = "\x1b[2J\x07\x9b31m\u202e\u2066\u200b\ufeff\x7f\r\U000e0041"


def test_nothing_of_a_repository_reaches_the_terminal_raw() -> None:
    path = f"a{HOSTILE}\n.sql"
    file = SourceFile(path, f"x {HOSTILE} y\n")
    place = Location(Span(path, 0, 1), f"label {HOSTILE}\n")
    finding = Finding(
        "SL101", "x", Severity.ERROR, f"m {HOSTILE}\n", place, (place,), help=HOSTILE, notes=(f"{HOSTILE}\n",)
    )
    report = Report((finding,), {path: file}, (), (), {}, aside={f"tests{HOSTILE}": 1})
    for form in ("full", "concise"):
        out = io.StringIO()
        reporter(form)(report, out, View())
        shown = out.getvalue()
        assert not {one for one in HOSTILE if not one.isprintable()} & set(shown), form
        assert all(character == "\n" or character.isprintable() for character in shown), form


def test_safe_text_shows_what_it_replaces() -> None:
    assert safe("a\x1b[0m\n\u202e é 数据") == "a␛[0m␊\ufffd é 数据"


def test_summary_without_a_schema_says_so() -> None:
    empty = Report((), {}, (), (), {})
    assert summary(empty, Severity.WARNING) == "0 errors, 0 warnings; no schema was found."
    far = replace(empty, aside={f"{letter}/tests": 2 for letter in "abcdef"})
    assert "12 files below a/tests/, b/tests/, c/tests/ and 3 more folders were read but not judged" in summary(
        far, Severity.WARNING
    )
    tests = replace(empty, aside={"a/tests": 2, "b_test.go": 1}, claimed={"b_test.go": ("code",)})
    assert "3 files below a/tests/ and 1 test were read but not judged" in summary(tests, Severity.WARNING)
    tests = replace(tests, aside={"b_test.go": 1})
    assert "1 test was read but not judged" in summary(tests, Severity.WARNING)


@pytest.mark.parametrize(
    ("fixable", "said"),
    [
        ((1, 0), "1 finding can be fixed with --fix. "),
        ((2, 3), "2 findings can be fixed with --fix (3 more with --unsafe-fixes). "),
        ((0, 2), "2 findings can be fixed with --fix --unsafe-fixes. "),
    ],
)
def test_what_can_be_fixed_is_hinted_at(report: Report, fixable: tuple[int, int], said: str) -> None:
    assert f". {said}" in summary(report, Severity.NOTE, fixable)
    assert "--fix" not in summary(report, Severity.NOTE)
