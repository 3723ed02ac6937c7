"""The command line and the files: what is written, what is left alone, what is said."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemalint import cli
from schemalint.discover import DiskTree, MemoryTree
from schemalint.fixes import PASSES, Outcome
from schemalint.fixes import run as runs
from schemalint.fixes.writing import diff, editable, write
from tests.fixes.projects import HERE, SQL, TABLE, UNUSED, edits, shop, told


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one comment too many, in which the test stands."""
    (tmp_path / "db/migrations").mkdir(parents=True)
    (tmp_path / SQL).write_text(UNUSED + TABLE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(capfd: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as caught:
        cli.main(("check", *arguments, "--no-cache"))
    out, err = capfd.readouterr()
    assert isinstance(caught.value.code, int)
    return caught.value.code, out, err


def test_a_fixed_file_and_what_is_left(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (project / SQL).chmod(0o640)
    text = TABLE + "CREATE INDEX i ON users (nope);\n"
    (project / SQL).write_text(f"{text}\n\n{UNUSED}")
    before = os.lstat(project / SQL)
    code, out, err = run(capfd, "--fix", "--select", "SL003,SL101", "--output-format", "concise")
    assert (project / SQL).read_text() == f"{text}\n\n"
    assert err == "Applied 1 fix in 1 file.\n"
    assert out.startswith(f"{SQL}:2:26: error[SL101]")
    assert code == 1
    now = os.lstat(project / SQL)
    assert (stat.S_IMODE(now.st_mode), now.st_uid, now.st_gid) == (0o640, before.st_uid, before.st_gid)
    assert os.listdir(project / "db/migrations") == [Path(SQL).name]


def test_a_second_run_changes_nothing(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(capfd, "--fix")[0] == 0
    held = os.lstat(project / SQL)
    assert run(capfd, "--fix") == (0, "0 errors, 0 warnings in 1 source, 1 table.\n", "Nothing to fix.\n")
    assert os.lstat(project / SQL) == held
    assert run(capfd, "--diff") == (0, "", "Nothing to fix.\n")


def test_many_that_are_in_each_others_way(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    words = ", ".join(["SL101", "SL102"] * 40)
    (project / SQL).write_text(f"{TABLE}CREATE INDEX i ON users (id); -- schemalint: ignore[{words}]\n")
    assert run(capfd, "--fix")[2] == "Applied 80 fixes in 1 file.\n"
    assert (project / SQL).read_text() == f"{TABLE}CREATE INDEX i ON users (id);\n"


def test_what_is_still_left_is_said(project: Path) -> None:
    endless = [edits(SQL, (0, 0, "-- a\n"))]
    done = runs.run(
        DiskTree(project), told(endless)(MemoryTree({})), told(endless, endless), lambda path: True, False, True
    )
    assert done.said == (f"Would apply {PASSES} fixes in 1 file.", "1 more stood in their way: run it again.")


def test_a_diff_writes_nothing_and_is_a_patch(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    text = (UNUSED + TABLE + "-- Größe").replace("\n", "\r\n")
    (project / SQL).write_bytes(text.encode())
    code, out, err = run(capfd, "--diff")
    assert code == 1
    assert err == "Would apply 1 fix in 1 file.\n"
    assert (project / SQL).read_bytes() == text.encode()
    (project / "a.patch").write_bytes(out.encode())
    subprocess.run(["git", "apply", "--whitespace=nowarn", "a.patch"], cwd=project, check=True)
    assert (project / SQL).read_bytes() == text.removeprefix(UNUSED.replace("\n", "\r\n")).encode()


def test_a_diff_is_no_report(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capfd, "--diff", "--output-format", "json")
    assert (code, out) == (2, "")
    assert err == "schemalint: --diff prints a diff and no report: leave --output-format out\n"
    assert run(capfd, "--diff", "--exit-zero")[0] == 0


def test_unsafe_ones_are_counted_and_hinted_at(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for path, text in shop("name = Column(Text)").items():
        (project / path).write_text(text)
    hint = "1 finding can be fixed with --fix --unsafe-fixes"
    assert hint in run(capfd, "--select", "SL306")[1]
    _, out, err = run(capfd, "--fix", "--select", "SL306")
    assert err == "Nothing to fix (1 more with --unsafe-fixes).\n"
    assert "can be fixed" not in out
    assert run(capfd, "--fix", "--unsafe-fixes", "--select", "SL306")[2] == "Applied 1 fix in 1 file.\n"


def test_machines_get_every_fix(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for path, text in shop("name = Column(Text)").items():
        (project / path).write_text(text)
    said = json.loads(run(capfd, "--select", "SL306", "--output-format", "json")[1])
    (found,) = said["findings"]
    at = (project / "models.py").read_text().index("name = Column(Text") + len("name = Column(Text")
    assert found["fix"] == {
        "title": "write nullable=False",
        "safe": False,
        "edits": [{"path": "models.py", "start": at, "end": at, "text": ", nullable=False"}],
    }
    log = json.loads(run(capfd, "--select", "SL306", "--output-format", "sarif")[1])
    (change,) = log["runs"][0]["results"][0]["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["insertedContent"] == {"text": ", nullable=False"}
    schema = json.loads((HERE / "tests/data/sarif-2.1.0.json").read_text("utf-8"))
    import jsonschema_rs

    assert not list(jsonschema_rs.validator_for(schema).iter_errors(log))


def test_files_that_were_not_named_are_not_edited(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for path, text in shop("name = Column(Text)").items():
        (project / path).write_text(text)
    subprocess.run(["git", "init", "-q"], check=True)  # the root is then not the folder of the file that is named
    _, _, err = run(capfd, "--fix", "--unsafe-fixes", "--select", "SL306", SQL)
    assert err == "models.py is not fixed: it was not named\nNothing to fix.\n"
    assert (project / "models.py").read_text() == shop("name = Column(Text)")["models.py"]


@pytest.mark.parametrize("outside", [True, False])
def test_links_are_not_followed(
    project: Path, tmp_path_factory: pytest.TempPathFactory, outside: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    real = (tmp_path_factory.mktemp("elsewhere") if outside else project / "db") / "real.txt"
    (project / SQL).rename(real)
    (project / SQL).symlink_to(real)
    _, _, err = run(capfd, "--fix")
    assert real.read_text() == UNUSED + TABLE
    assert (project / SQL).is_symlink()
    assert outside or f"{SQL} is not fixed: it is a symbolic link, or lies behind one\n" in err
    assert editable(project, SQL, b"") == "it is a symbolic link, or lies behind one"
    assert write(project, SQL, (UNUSED + TABLE).encode(), b"x") == editable(project, SQL, b"")
    assert editable(project, f"../{project.name}/{SQL}", b"") is not None


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (f"{UNUSED}{TABLE}".encode("utf-16"), "it is not UTF-8"),
        (f"{UNUSED}{TABLE}".encode("utf-16-le"), "it is not UTF-8"),
        (f"{UNUSED}-- \xe4\n{TABLE}".encode("latin-1"), "it is not UTF-8"),
    ],
    ids=["utf-16", "utf-16-le", "latin-1"],
)
def test_what_is_not_utf8_is_not_edited(
    project: Path, content: bytes, why: str, capfd: pytest.CaptureFixture[str]
) -> None:
    (project / SQL).write_bytes(content)
    _, out, err = run(capfd, "--fix")
    assert err == f"{SQL} is not fixed: {why}\nNothing to fix.\n"
    assert "warning[SL003]" in out
    assert (project / SQL).read_bytes() == content


def test_a_read_only_file_stays(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (project / SQL).chmod(0o444)
    _, out, err = run(capfd, "--fix")
    assert err == f"{SQL} is not fixed: it is read-only\nNothing to fix.\n"
    assert "warning[SL003]" in out


def test_a_file_that_changed_meanwhile_stays(
    project: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    original = runs.fix

    def slow(*given: object) -> Outcome:
        done = original(*given)  # type: ignore[arg-type]
        (project / SQL).write_text(UNUSED + TABLE + "-- somebody's work\n")
        return done

    monkeypatch.setattr(runs, "fix", slow)
    _, out, err = run(capfd, "--fix")
    assert err == f"{SQL} is not fixed: it has changed since it was read\nFixed 0 files.\n"
    assert (project / SQL).read_text().endswith("-- somebody's work\n")
    assert "warning[SL003]" in out  # what is left is what the file says now


def test_a_folder_that_takes_no_file(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", full)
    before = (UNUSED + TABLE).encode()
    assert write(project, SQL, before, b"x") == "it cannot be written: no space left on device"
    assert (project / SQL).read_bytes() == before
    assert os.listdir(project / "db/migrations") == [Path(SQL).name]


def test_libcst_is_loaded_only_when_an_argument_is_written(project: Path) -> None:
    for path, text in shop("name = Column(Text)").items():
        (project / path).write_text(text)
    program = (
        "import sys\nfrom schemalint.cli import main\n"
        "try:\n    main({})\nexcept SystemExit:\n    sys.stderr.write(str('libcst' in sys.modules))\n"
    )

    def loaded(*arguments: str) -> bool:
        command = [sys.executable, "-c", program.format(["check", "--no-cache", "--select", "SL306", *arguments])]
        done = subprocess.run(
            command, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": str(HERE)}
        )
        return done.stderr.endswith("True")

    assert not loaded()
    assert loaded("--output-format", "json")
    assert loaded("--diff", "--unsafe-fixes")


@settings(max_examples=200, deadline=None)
@given(st.text("ab\r\n", max_size=12), st.text("ab\r\n", max_size=12))
def test_a_diff_holds_both_sides(before: str, after: str) -> None:
    pieces = "".join(diff("a", before.encode(), after.encode()))
    body = re.sub(r"\n\\ No newline at end of file\n", "\n", pieces.partition("@@")[2]).split("\n")
    removed = sum(line.startswith("-") for line in body)
    added = sum(line.startswith("+") for line in body)
    assert (pieces == "") == (before == after)
    assert added - removed == len(_lines(after)) - len(_lines(before))


def _lines(text: str) -> list[str]:
    return [line for line in text.replace("\n", "\n\0").split("\0") if line]
