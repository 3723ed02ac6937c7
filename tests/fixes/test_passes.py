"""Which fixes are applied together, which are withdrawn, and what they do to the bytes of a file."""

from __future__ import annotations

import pytest

from schemalint.discover import MemoryTree, Tree
from schemalint.fixes import PASSES, fixable, offered
from schemalint.model.finding import Finding
from schemalint.model.report import Report
from tests.fixes.projects import SQL, TABLE, UNUSED, edits, fixed, judge, shop, told


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ([edits("a.txt", (0, 1, "A")), edits("a.txt", (2, 3, "C"))], "AbCd"),
        ([edits("a.txt", (0, 2, "X")), edits("a.txt", (1, 3, "Y"))], "Xcd"),  # the second overlaps the first
        ([edits("a.txt", (1, 3, "Y")), edits("a.txt", (0, 2, "X"))], "aYd"),
        ([edits("a.txt", (0, 2, "")), edits("a.txt", (2, 4, ""))], ""),  # they only meet
        ([edits("a.txt", (2, 2, "X")), edits("a.txt", (2, 2, "Y"))], "abXcd"),  # which of them first?
        ([edits("a.txt", (0, 2, "Z")), edits("a.txt", (2, 2, "Y"))], "Zcd"),
        ([edits("a.txt", (0, 1, "A"), (3, 4, "D")), edits("a.txt", (3, 4, "!"))], "AbcD"),  # all of a fix or none
    ],
)
def test_of_fixes_that_touch_one_another_the_first_wins(given: list[Finding], left: str) -> None:
    done = fixed({"a.txt": "abcd"}, check=told(given))
    assert done.files["a.txt"][1].decode() == left
    assert done.applied == len(given) - (left in ("Xcd", "aYd", "abXcd", "Zcd", "AbcD"))


def test_what_waits_is_fixed_in_the_next_pass() -> None:
    first = [edits("a.txt", (0, 2, "X")), edits("a.txt", (1, 3, "Y"))]
    done = fixed({"a.txt": "abcd"}, check=told(first, [edits("a.txt", (0, 1, "xX"))]))
    assert done.applied == PASSES  # the made-up finding never goes away: there is an end all the same
    assert done.files["a.txt"][1].startswith(b"xX")


def test_unsafe_fixes_are_asked_for() -> None:
    given = [edits("a.txt", (0, 1, "A")), edits("a.txt", (2, 3, "C"), safe=False)]
    assert fixed({"a.txt": "abcd"}, unsafe=False, check=told(given)).files["a.txt"][1] == b"Abcd"
    assert fixed({"a.txt": "abcd"}, unsafe=True, check=told(given)).files["a.txt"][1] == b"AbCd"


@pytest.mark.parametrize("path", ["a.py", "a.go", "a.ts", "a.js"])
def test_a_file_that_would_not_parse_is_left_as_it_was(path: str) -> None:
    given = [edits(path, (0, 0, "}(")), edits("b.sql", (0, 0, "-- a\n"))]
    done = fixed({path: "", "b.sql": TABLE}, check=told(given, given))
    assert list(done.files) == ["b.sql"]
    assert done.refused == {path: "it could not be read as well as before: please report that"}


def test_a_file_of_which_less_is_understood_is_left_as_it_was() -> None:
    def check(tree: Tree) -> Report:
        given = (edits(SQL, (0, 0, "CREATE TABLE ? ;\n")),) if tree.read(SQL) == TABLE.encode() else ()
        report = judge(tree)
        return Report(given, report.files, (), (), {}, report.unread, report.unreadable)

    done = fixed({SQL: TABLE}, check=check)
    assert (done.applied, done.files) == (0, {})
    assert SQL in done.refused


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_the_mark_stay(newline: str, mark: str) -> None:
    text = f"{mark}-- Größe\n{UNUSED}{TABLE[:-1]} {UNUSED}-- größer\n".replace("\n", newline)
    left = f"{mark}-- Größe\n{TABLE}-- größer\n".replace("\n", newline)
    done = fixed({SQL: text})
    assert done.applied == 2
    assert done.files[SQL][1].decode() == left


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_added_argument_has_the_line_ends_of_the_file(newline: str) -> None:
    files = shop("name = Column(\n        Text,  # ä\n    )")
    files["models.py"] = files["models.py"].replace("\n", newline)
    left = shop("name = Column(\n        Text,  # ä\n        nullable=False,\n    )")["models.py"]
    assert fixed(dict(files)).files["models.py"][1].decode() == left.replace("\n", newline)


def test_the_hint_counts_without_making_anything() -> None:
    files = shop("name = Column(Text)")
    tree = MemoryTree({**files, "b.sql": UNUSED + TABLE})
    report = judge(tree)
    counted = fixable(report, tree)
    with_fix = [finding.fix for finding in offered(report, tree).findings if finding.fix is not None]
    assert counted == (sum(one.safe for one in with_fix), sum(not one.safe for one in with_fix)) == (1, 1)
