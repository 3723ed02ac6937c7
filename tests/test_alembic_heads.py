"""SL507 shows where the branches part that end in several heads: that is where one of them is put behind the other."""

from __future__ import annotations

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import lint


def shown(graph: dict[str, str]) -> list[tuple[str, str]]:
    """The files and labels of the one finding for revisions that each follow one or (`a b`) two others."""
    tree = {
        f"migrations/versions/{name}.py": f"revision = {name!r}\ndown_revision = {tuple(parents.split()) or None}\n"
        "from alembic import op\n\n\ndef upgrade():\n    op.execute('SELECT 1')\n"
        for name, parents in graph.items()
    }
    report = lint(MemoryTree(tree), Config(), only={"SL507"})
    (finding,) = report.findings
    return [(each.span.path.rpartition("/")[2], each.label or "") for each in (finding.primary, *finding.related)]


def test_two_branches() -> None:
    assert shown({"a": "", "b": "a", "b2": "b", "c": "a"}) == [
        ("c.py", "nothing follows this revision"),
        ("b2.py", "nothing follows this revision"),
        ("b.py", "a branch begins here, behind a"),
        ("c.py", "a branch begins here, behind a"),
    ]


def test_branches_that_were_merged_are_not_shown() -> None:
    """b and c part behind a and meet in d; only behind d do two ways lead to two heads."""
    places = shown({"a": "", "b": "a", "c": "a", "d": "b c", "e": "d", "f": "d"})
    assert [path for path, label in places if "branch" in label] == ["e.py", "f.py"]


def test_two_beginnings() -> None:
    """Nothing parts where two histories have nothing in common."""
    assert [label for _, label in shown({"a": "", "b": ""})] == ["nothing follows this revision"] * 2
