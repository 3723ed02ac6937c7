from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from schemalint import __version__, cli
from schemalint.cli import main

BROKEN = "CREATE TABLE a (id int);\nCREATE INDEX i ON a (nope);\n"
FINE = "CREATE TABLE a (id int);\n"


HERE = str(Path(__file__).parent.parent)  # so that a process started elsewhere finds the package


class Run:
    """Runs the command line in this process; keeps the exit code, standard output and standard error."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def __call__(self, *arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        out, err = self._capsys.readouterr()
        assert isinstance(caught.value.code, int)
        return caught.value.code, out, err


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(capsys)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with one error, in which the test stands."""
    (tmp_path / "schema.sql").write_text(BROKEN)
    (tmp_path / "schemalint.toml").write_text('dialect = "postgres"\n')
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def test_findings_are_exit_1_and_go_to_standard_output(run: Run, project: Path) -> None:
    code, out, err = run("check")
    assert code == 1
    assert out.startswith("error[SL101]: ")
    assert " --> schema.sql:2:22\n" in out
    assert out.endswith("1 error, 0 warnings in 1 source, 1 table.\n")
    assert err == ""


def test_clean_is_exit_0(run: Run, project: Path) -> None:
    (project / "schema.sql").write_text(FINE)
    assert run("check") == (0, "0 errors, 0 warnings in 1 source, 1 table.\n", "")


def test_nothing_to_check_is_exit_2_and_says_so(run: Run, tmp_path: Path) -> None:
    code, out, err = run("check", str(tmp_path))
    assert code == 2
    assert out == "0 errors, 0 warnings; no schema was found.\n"
    assert err.startswith(f"schemalint: no schema found in {tmp_path}: it has no files")
    (tmp_path / "x.txt").write_text("hello")
    assert run("check", str(tmp_path), "--exit-zero")[0] == 2
    assert run("dump", str(tmp_path))[0] == 2


def test_no_schema_does_not_hide_findings_about_deployment(run: Run, tmp_path: Path) -> None:
    (tmp_path / "go.mod").write_text("module x\n\ngo 1.24.1\n")
    (tmp_path / "Dockerfile").write_text("FROM golang:1.23\nWORKDIR /app\nCOPY . .\nRUN go build ./...\n")
    code, out, err = run("check", str(tmp_path))
    assert code == 1
    assert "error[SL606]" in out
    assert err == ""


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        (["--exit-zero"], 0),
        (["--fail-on", "never"], 0),
        (["--fail-on", "warning"], 1),
        (["--ignore", "SL101"], 0),
        (["--ignore", "SL1,SL2"], 0),
        (["--select", "SL2"], 0),
        (["--select", "SL2", "--extend-select", "index-on-missing-column"], 1),
        (["--config", "severity.SL101 = 'warning'"], 0),
        (["--config", "severity.SL101 = 'warning'", "--fail-on", "warning"], 1),
        (["--no-progress"], 1),
    ],
)
def test_what_decides_the_exit_code(run: Run, project: Path, flags: list[str], code: int) -> None:
    assert run("check", *flags)[0] == code


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["chekc"], "there is no command 'chekc': did you mean 'check'?"),
        (["schema.sql"], "there is no command 'schema.sql': did you mean `schemalint check schema.sql`?"),
        (["check", "--selct", "SL1"], "No such option"),
        (["check", "--select", "SL999"], "no rule is called 'SL999': did you mean 'SL"),
        (["check", "--ignore", "index-on-missing-colum"], "no rule is called 'index-on-missing-colum': did you mean"),
        (["check", "schema.sq"], "there is no file or folder 'schema.sq': did you mean 'schema.sql'?"),
        (["check", "nothing/like/it"], "there is no file or folder 'nothing/like/it'"),
        (["check", "--output-format", "sarf"], "--output-format: 'sarf' is not known: did you mean 'sarif'?"),
        (
            ["check", "--output-format", "xml"],
            "--output-format: 'xml' is not known: expected concise, full, json or sarif",
        ),
        (["check", "--output-format", "json="], "--output-format json=: the name of a file is missing after ="),
        (["check", "--output-format", "json=no/where"], "--output-format: no/where cannot be written: No such file"),
        (["check", "--output-format", "json", "--output-format", "full"], "only one --output-format can go to"),
        (["check", "--fail-on", "eror"], "Invalid value for '--fail-on': 'eror' is not known: did you mean 'error'?"),
        (
            ["check", "--min-severity", "x"],
            "Invalid value for '--min-severity': 'x' is not known: expected error, warning or",
        ),
        (
            ["check", "--color", "sometimes"],
            "Invalid value for '--color': 'sometimes' is not known: expected auto, always or",
        ),
        (["check", "--config", "dialekt = 1"], "--config: there is no key 'dialekt': did you mean 'dialect'?"),
        (["check", "--config", "nope.toml"], "--config names nope.toml, which is neither a file nor TOML"),
        (["dump", "--format", "jsn"], "--format: 'jsn' is not known: did you mean 'json'?"),
        (["dump", "nope"], "there is no file or folder 'nope'"),
        (["rule", "SL6099"], "no rule is called 'SL6099': did you mean 'SL609'?"),
    ],
)
def test_mistakes_are_exit_2_and_one_line(run: Run, project: Path, arguments: list[str], said: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"schemalint: {said}")
    assert err.count("\n") == 1


def test_a_mistake_in_the_configuration_names_file_and_line(run: Run, project: Path) -> None:
    (project / "schemalint.toml").write_text('\ndialect = "postgers"\n')
    code, _, err = run("check")
    assert code == 2
    said = "`dialect`: 'postgers' is not known: did you mean 'postgres'?"
    assert err == f"schemalint: {project}/schemalint.toml:2: {said}\n"
    assert run("check", "--isolated")[0] != 2


def test_several_formats_at_once(run: Run, project: Path) -> None:
    formats = [f"--output-format={form}" for form in ("concise", "json=o.json", "sarif=o.sarif")]
    code, out, _ = run("check", *formats)
    assert code == 1
    assert out.startswith("schema.sql:2:22: error[SL101]: ")
    finding = json.loads((project / "o.json").read_text())["findings"][0]
    assert (finding["code"], finding["location"]["line"]) == ("SL101", 2)
    rule = json.loads((project / "o.sarif").read_text())["runs"][0]["tool"]["driver"]["rules"][0]
    assert rule["id"] == "SL101"


def test_output_is_the_same_from_run_to_run(project: Path) -> None:
    (project / "more.sql").write_text("CREATE TABLE a (id text);\nCREATE TABLE b (x int, x int);\n")
    for form in ("json", "sarif", "full"):
        outputs = {
            subprocess.run(
                [sys.executable, "-m", "schemalint", "check", "--output-format", form],
                capture_output=True,
                env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": HERE},
                check=False,
            ).stdout
            for seed in ("1", "2", "3")
        }
        assert len(outputs) == 1
        assert outputs != {b""}


@pytest.fixture
def repository(project: Path) -> Path:
    """The project as a repository of two scripts with an error each, one of them below a folder of tests."""
    (project / "db").mkdir()
    (project / "tests/db").mkdir(parents=True)
    (project / "db/b.sql").write_text(BROKEN.replace(" a ", " b "))
    (project / "tests/db/c.sql").write_text(BROKEN.replace(" a ", " c "))
    subprocess.run(["git", "init"], cwd=project, check=True, capture_output=True)
    return project


def places(out: str) -> list[str]:
    return re.findall(r"^(\S+?):\d+:\d+: error\[SL101\]", out, re.M)


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        ([], ["db/b.sql", "schema.sql"]),
        (["."], ["db/b.sql", "schema.sql"]),
        (["db"], ["b.sql"]),
        (["db/b.sql"], ["db/b.sql"]),
        (["schema.sql", "db"], ["db/b.sql", "schema.sql"]),
        (["tests/db/c.sql"], ["tests/db/c.sql"]),
        (["tests/db"], ["c.sql"]),
        (["schema.sql", "tests/db"], ["schema.sql", "tests/db/c.sql"]),
    ],
)
def test_a_folder_is_the_root_and_files_are_judged_in_their_repository(
    run: Run, repository: Path, paths: list[str], found: list[str]
) -> None:
    _, out, _ = run("check", *paths, "--output-format", "concise")
    assert places(out) == found


def test_what_is_below_tests_is_counted(run: Run, repository: Path) -> None:
    assert "1 file below tests/ was read but not judged." in run("check")[1]


def test_a_named_file_that_is_not_read_is_said(run: Run, repository: Path) -> None:
    (repository / ".gitignore").write_text("local.sql\n")
    (repository / "local.sql").write_text(BROKEN)
    _, _, err = run("check", "local.sql", "schema.sql")
    assert err == "schemalint: local.sql is not read: ignored by git, excluded, or in a folder that never is\n"


def test_sarif_paths_start_at_the_top_of_the_repository(run: Run, repository: Path) -> None:
    result = json.loads(run("check", "db", "--output-format", "sarif")[1])["runs"][0]["results"][0]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "db/b.sql"


def test_listings_go_to_standard_error(run: Run, project: Path) -> None:
    (project / "db").mkdir()
    (project / "db/huge.sql").write_bytes(b"PGDMP\1")
    code, out, err = run("check", "--show-settings", "--show-files", "--statistics", "--output-format", "json")
    assert code == 1
    json.loads(out)
    assert f"configuration: {project}/schemalint.toml\n  dialect = 'postgres'\n" in err
    settled = "    postgres: configuration: dialect\n    server PostgreSQL: configuration: dialect\n"
    assert f"source sql:schema.sql (schema, 1 files, 1 tables)\n{settled}" in err
    assert "schema.sql: sql\n" in err
    assert "db/huge.sql: not read, " in err
    assert "1  SL101  index-on-missing-column\n" in err


def test_statements_that_were_not_read_are_listed_and_warned_of(run: Run, project: Path) -> None:
    (project / "schema.sql").write_text(FINE + "ALTER TABLE a SET FROBNICATE, DROP COLUMN @;\n")
    code, out, err = run("check", "--show-unread")
    assert code == 0
    assert "1 statement was not read (--show-unread)" in out
    assert re.match(r"schema\.sql:2:\d+: not read: .* \(may concern a\)\n$", err)
    assert "warning[SL002]" not in out
    assert "warning[SL002]" in run("check", "--strict")[1]
    assert run("check", "--strict", "--fail-on", "warning")[0] == 1


def test_a_way_back_that_was_not_read_is_told_to_be_one(run: Run, project: Path) -> None:
    """Liquibase gives a key no name that it could be dropped by, and knows none on the way back."""
    changes = [{"createTable": {"tableName": "a", "columns": [{"column": {"name": "b", "type": "int"}}]}}]
    changes.append({"addUniqueConstraint": {"tableName": "a", "columnNames": "b"}})
    changesets = [{"changeSet": {"id": 1, "author": "ann", "changes": changes}}]
    (project / "schema.sql").unlink()
    (project / "changelog.json").write_text(json.dumps({"databaseChangeLog": changesets}))
    code, _, err = run("check", "--show-unread")
    assert code == 0
    assert err.endswith(
        "dropUniqueConstraint says no constraintName, and Liquibase knows none (stands in a way back)\n"
    )


@pytest.mark.parametrize(
    ("flag", "environment", "coloured"),
    [
        ("auto", {}, False),
        ("always", {}, True),
        ("always", {"NO_COLOR": "1"}, True),
        ("auto", {"FORCE_COLOR": "1"}, True),
        ("auto", {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("auto", {"FORCE_COLOR": "0"}, False),
        ("never", {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch, flag: str, environment: dict[str, str], coloured: bool
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in run("check", "--color", flag)[1]) == coloured


def test_a_terminal_gets_colour(project: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm", "PYTHONPATH": HERE}
    environment.pop("NO_COLOR", None)
    with subprocess.Popen([sys.executable, "-m", "schemalint", "check"], stdout=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        while True:
            try:
                more = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not more:
                break
            shown += more
        assert process.wait() == 1
    os.close(ours)
    assert b"\x1b[1;31merror[SL101]" in shown


def test_a_reader_that_stops_early_is_no_error(project: Path) -> None:
    command = f"{sys.executable} -m schemalint check --output-format json | head -c 1"
    environment = {**os.environ, "PYTHONPATH": HERE}
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=True, env=environment)
    assert (done.stdout, done.stderr) == ("{", "")


def test_a_bug_is_named_as_ours_without_a_traceback(run: Run, project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*arguments: object) -> None:
        raise ValueError("oh\x1b[2J no")

    monkeypatch.setattr(cli, "_check", fails)
    code, out, err = run("check")
    assert (code, out) == (2, "")
    assert err == "schemalint: bug in schemalint, please report it: ValueError: oh␛[2J no\n"


@pytest.mark.parametrize(("text", "code"), [(FINE, 2), (BROKEN, 1)])
def test_a_rule_that_raises_is_exit_2_unless_there_are_findings(
    run: Run, project: Path, monkeypatch: pytest.MonkeyPatch, text: str, code: int
) -> None:
    from schemalint import lint as pipeline

    (project / "schema.sql").write_text(text)
    judge = pipeline._judge

    def one_breaks(*arguments: Any) -> Any:
        arguments[-1].attempt("rule SL000", lambda: 1 / 0)
        return judge(*arguments)

    monkeypatch.setattr(pipeline, "_judge", one_breaks)
    found, _, err = run("check")
    assert found == code
    assert err.startswith("schemalint: bug in schemalint, please report it: rule SL000: ZeroDivisionError")


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"schemalint {__version__}\n", "")
    assert run("version")[1].startswith(f"schemalint {__version__} (Python 3.")


def test_rule_pages(run: Run) -> None:
    from schemalint.rules import rules

    listing = run("rule")[1].splitlines()
    assert [line.split() for line in listing] == [[one.code, one.severity.value, one.name] for one in rules()]
    page = next(one.page for one in rules() if one.code == "SL101").read_text("utf-8")
    assert run("rule", "SL101") == run("rule", "sl101") == run("rule", "index-on-missing-column") == (0, page, "")
    assert run("rule", "--all")[1] == "".join(one.page.read_text("utf-8") for one in rules())
    assert "\x1b[" in run("rule", "SL101", "--color", "always")[1]


def test_dump(run: Run, project: Path) -> None:
    (project / "other.sql").write_text("CREATE TABLE other (id int);\n")
    data = json.loads(run("dump")[1])
    assert [source["id"] for source in data["sources"]] == ["sql:other.sql", "sql:schema.sql"]
    assert 'CREATE TABLE "other" (' in run("dump", "other.sql", "--format", "sql")[1]
    assert "schema.sql" not in run("dump", "other.sql", "--format", "sql")[1]


def test_python_m_runs_it() -> None:
    command = [sys.executable, "-m", "schemalint", "--version"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HERE)
    assert done.stdout == f"schemalint {__version__}\n"


def test_help_names_every_command(run: Run) -> None:
    out = run("--help")[1]
    assert {"check", "dump", "rule", "version"} == set(re.findall(r"^  ([a-z]+)  ", out, re.M))


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device that is always full")
def test_a_full_disk_is_no_bug_of_ours(project: Path) -> None:
    with open("/dev/full", "w") as full:
        command = [sys.executable, "-m", "schemalint", "check"]
        environment = os.environ | {"PYTHONPATH": HERE}
        done = subprocess.run(command, cwd=project, stdout=full, stderr=subprocess.PIPE, text=True, env=environment)
    assert (done.returncode, done.stderr) == (2, "schemalint: the output cannot be written: No space left on device\n")
