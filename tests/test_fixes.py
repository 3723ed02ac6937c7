"""`check --fix`: what is edited, what is left alone, and that a second run has nothing to do."""

from __future__ import annotations

import ast
import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from schemalint import cli
from schemalint.config import Config
from schemalint.discover import MemoryTree, Tree
from schemalint.fixes import PASSES, Outcome, fix, fixable, offered
from schemalint.fixes.parsing import parses
from schemalint.fixes.writing import diff, editable, write
from schemalint.lint import lint
from schemalint.model.finding import Edit, Finding, Fix, Location, Severity
from schemalint.model.report import Report
from schemalint.model.span import Span

HERE = Path(__file__).parent.parent
SQL = "db/migrations/000001_init.up.sql"
TABLE = "CREATE TABLE users (id bigserial PRIMARY KEY);\n"
UNUSED = "-- schemalint: ignore[SL101] once needed\n"
GO_MOD = "module example.com/shop\n\ngo 1.22\n\nrequire (\n\tgorm.io/driver/mysql v1.6.0\n\tgorm.io/gorm v1.31.2\n)\n"


def judge(tree: Tree) -> Report:
    return lint(tree, Config())


def fixed(files: dict[str, str | bytes], unsafe: bool = True, check: Callable[[Tree], Report] = judge) -> Outcome:
    tree = MemoryTree(files)
    return fix(tree, check(tree), check, unsafe)


def model(tag: str) -> str:
    return (
        'package main\n\nimport "gorm.io/gorm"\n\n'
        f"type User struct {{\n\tID uint\n\tMail string {tag}\n}}\n\n"
        "func migrate(db *gorm.DB) error { return db.AutoMigrate(&User{}) }\n"
    )


def edits(path: str, *given: tuple[int, int, str], safe: bool = True) -> Finding:
    made = tuple(Edit(Span(path, start, end), text) for start, end, text in given)
    return Finding("SL999", "made-up", Severity.NOTE, "", Location(made[0].span), fix=Fix("", made, safe))


def told(findings: Iterable[Finding], then: Iterable[Finding] = ()) -> Callable[[Tree], Report]:
    """A check that finds these, and at every later call those."""
    calls = [tuple(findings)]

    def check(tree: Tree) -> Report:
        return Report(calls.pop() if calls else tuple(then), {}, (), (), {})

    return check


# Passes


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


# Bytes


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


# Python


def shop(column: str, ddl: str = "name text NOT NULL", rest: str = "") -> dict[str, str]:
    return {
        SQL: f"CREATE TABLE shops (id bigserial PRIMARY KEY, {ddl});\n{rest}",
        "requirements.txt": "psycopg2-binary==2.9.9\nsqlalchemy==2.0.36\n",
        "models.py": (
            "import sqlalchemy as sa\n"
            "from sqlalchemy import BigInteger, Column, MetaData, String, Text, UniqueConstraint\n"
            "from sqlalchemy.orm import declarative_base, mapped_column\n\n"
            "Base = declarative_base()\nMORE = {}\n\n\n"
            'class Shop(Base):\n    __tablename__ = "shops"\n'
            f"    id = Column(BigInteger, primary_key=True)\n    {column}\n"
            "    code = Column(Text, unique=True, index=False)\n    kind = Column(Text, index=True)\n"
        ),
    }


def after(files: dict[str, str]) -> str | None:
    """What the line of the column becomes."""
    done = fixed(dict(files))
    if "models.py" not in done.files:
        return None
    before, now = (content.decode().split("\n") for content in done.files["models.py"])
    (line,) = [new.strip() for old, new in zip(before, now, strict=True) if old != new]
    return line


UNIQUE = "name text, UNIQUE (name)"
INDEX = "CREATE INDEX ix_shops_name ON shops (name);"


@pytest.mark.parametrize(
    ("column", "ddl", "rest", "left"),
    [
        ("name = Column(Text)", "name text NOT NULL", "", "name = Column(Text, nullable=False)"),
        (
            "name = sa.Column(sa.Text, nullable=True)",
            "name text NOT NULL",
            "",
            "name = sa.Column(sa.Text, nullable=False)",
        ),
        ("n = Column('name', Text)", "name text NOT NULL", "", "n = Column('name', Text, nullable=False)"),
        ("n = Column(Text, name='name')", "name text NOT NULL", "", "n = Column(Text, name='name', nullable=False)"),
        ("name = Column(Text, nullable=bool(1))", "name text NOT NULL", "", None),
        ("name = Column(Text, **MORE)", "name text NOT NULL", "", None),
        ("name = Column(Text)", "name text NOT NULL DEFAULT ''", "", None),
        ("name = Column(String(80))", "name varchar(20)", "", "name = Column(String(20))"),
        (
            "name = Column(String(80, collation='C'))",
            "name varchar(20)",
            "",
            "name = Column(String(20, collation='C'))",
        ),
        ("name = Column(String(40 + 40))", "name varchar(20)", "", None),
        ("name = Column(Text)", "name varchar(20)", "", None),
        ("name = Column(Text)", UNIQUE, "", "name = Column(Text, unique=True)"),
        ("name = Column(Text, unique=False)", UNIQUE, "", "name = Column(Text, unique=True)"),
        ("name = Column(Text, index=True)", UNIQUE, "", None),
        ("name = Column(Text)", "name text", "CREATE UNIQUE INDEX u ON shops (name);", None),
        ("name = Column(Text)", "name text", INDEX, "name = Column(Text, index=True)"),
        ("name = Column(Text, index=False)", "name text", INDEX, "name = Column(Text, index=True)"),
        ("name = Column(Text)", "name text", INDEX.replace("ix_", "idx_"), None),
        ("name = Column(Text)", "name text", INDEX.replace("name)", "name DESC)"), None),
        ("__table_args__ = {'schema': 'public'}\n    name = Column(Text)", "name text", INDEX, None),
    ],
)
def test_what_one_edit_is_certain_to_say(column: str, ddl: str, rest: str, left: str | None) -> None:
    files = shop(column, f"{ddl}, code text UNIQUE, kind text", f"CREATE INDEX ON shops (kind);{rest}")
    assert after(files) == left
    if left is not None:
        before, now = (sent(content.decode()) for content in fixed(dict(files)).files["models.py"])
        wanted = rest or (ddl.replace("name text, ", "") if ddl == UNIQUE else ddl.replace("text", "TEXT"))
        said = wanted.rstrip(";").replace("varchar", "VARCHAR")
        assert said not in before
        assert said in now


def sent(source: str) -> str:
    """The DDL that SQLAlchemy sends to PostgreSQL for the tables of a module."""
    names: dict[str, Any] = {}
    exec(source, names)
    tables = names["Base"].metadata.sorted_tables
    dialect = postgresql.dialect()
    made = [CreateTable(table) for table in tables] + [CreateIndex(one) for table in tables for one in table.indexes]
    return "\n".join(str(one.compile(dialect=dialect)) for one in made)


@pytest.mark.parametrize(
    ("field", "left"),
    [
        ("Field(max_length=80, index=True)", "Field(max_length=20, index=True)"),
        ("Field('', max_length=80)", "Field('', max_length=20)"),
        ("Field(max_length=8 * 10)", None),
        ("Field(sa_type=String(80))", None),
        ("Field(sa_column=Column(String(80)))", "Field(sa_column=Column(String(20)))"),
        ("Field(sa_column=Column(String(80), **MORE))", None),
    ],
)
def test_fields_of_sqlmodel(field: str, left: str | None) -> None:
    files = {
        SQL: "CREATE TABLE shops (id bigserial PRIMARY KEY, name varchar(20));\n",
        "requirements.txt": "psycopg2-binary==2.9.9\nsqlmodel==0.0.22\n",
        "models.py": (
            "from sqlalchemy import Column, String\nfrom sqlmodel import Field, SQLModel\n\n\n"
            'class Shop(SQLModel, table=True):\n    __tablename__ = "shops"\n'
            f"    id: int | None = Field(default=None, primary_key=True)\n    name: str | None = {field}\n"
        ),
    }
    assert after(files) == (None if left is None else f"name: str | None = {left}")


def test_a_naming_convention_anywhere_names_indexes_otherwise() -> None:
    files = shop(
        "name = Column(Text)", "name text, code text UNIQUE, kind text", f"CREATE INDEX ON shops (kind);{INDEX}"
    )
    assert after(files) is not None
    assert (
        after({**files, "base.py": "metadata = MetaData(naming_convention={'ix': 'i_%(column_0_label)s'})\n"}) is None
    )
    assert after({**files, "base.py": "metadata = MetaData(\n    schema='public')\n"}) is None


def test_an_index_is_unsafe_where_create_all_would_make_it() -> None:
    files = shop(
        "name = Column(Text)", "name text, code text UNIQUE, kind text", f"CREATE INDEX ON shops (kind);{INDEX}"
    )
    assert fixed(dict(files), unsafe=False).applied == 1
    files["start.py"] = "from models import Base\n\nBase.metadata.create_all(engine)\n"
    assert fixed(dict(files), unsafe=False).applied == 0
    assert fixed(dict(files), unsafe=True).applied == 1


@pytest.mark.parametrize("depth", [300, 1_500, 20_000])
@pytest.mark.parametrize("deep", ["a{}", "{}a", "{}1"], ids=["attributes", "words", "signs"])
def test_what_nests_too_deep_is_not_edited(deep: str, depth: int) -> None:
    more = {"a{}": ".a", "{}a": "a and ", "{}1": "-"}[deep] * depth
    done = fixed(dict(shop(f"name = Column(Text, info={deep.format(more)})")))
    assert done.refused == {}
    assert done.applied == (depth == 300)


# GORM


@pytest.mark.parametrize(
    ("tag", "left"),
    [
        ('`gorm:"size:9;unique_index" json:"mail"`', '`gorm:"size:9;uniqueIndex" json:"mail"`'),
        ('"gorm:\\"size:9;unique_index\\""', '"gorm:\\"size:9;uniqueIndex\\""'),
        ('`gorm:"uniqueIndex,size:9"`', '`gorm:"uniqueIndex;size:9"`'),
        ('`gorm:"uniqueIndex,sort:desc;size:9"`', '`gorm:"uniqueIndex:,sort:desc;size:9"`'),
        ("`gorm:\"enum('a','b\\\\\\\\c')\"`", None),  # what is written is not what GORM reads
    ],
)
def test_tags(tag: str, left: str | None) -> None:
    done = fixed({"go.mod": GO_MOD, "user.go": model(tag)}, unsafe=False)
    assert done.refused == {}
    if left is None:
        assert done.files == {}
    else:
        assert done.files["user.go"][1].decode() == model(left)


# Disk


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
    from schemalint.fixes import run as runs

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


# Properties

WORDS = (
    """Text String(80) nullable=True index=True unique=True **MORE *MORE (Text) 'name' server_default='a' comment='ä'"""
)
ODD = ("\n", "\r\n", "# c\n", "x for x in y", "lambda: (1,)", "String(\n80)")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from((*WORDS.split(), *ODD)), max_size=5),
    st.sampled_from([", ", ",\n        ", " , ", ",\r\n\t"]),
    st.booleans(),
)
def test_a_model_parses_after_whatever_was_fixed(words: list[str], between: str, trailing: bool) -> None:
    column = f"name = Column({between.join(words)}{',' if trailing and words else ''})"
    files = shop(column, "name varchar(20) NOT NULL, code text UNIQUE, kind text, UNIQUE (name)", INDEX)
    done = fixed(dict(files))
    assert done.refused == {}
    for before, now in done.files.values():
        if parses("models.py", before):
            ast.parse(now)
    assert fixed({**files, **{path: now for path, (_, now) in done.files.items()}}).applied == 0


TAGS = r"""unique_index size:9 not_null index unique prority:2 varchar(20) type:text index:a where:a='b' default:'x;y' \\; \\,
    uniqueIndex ondelete:CASCADE - é constraint:a"""


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from((*TAGS.split(), "size: 9", " ")), max_size=5),
    st.sampled_from([";", ",", ";;", " ; "]),
    st.booleans(),
)
def test_a_struct_parses_after_whatever_was_fixed(words: list[str], between: str, plain: bool) -> None:
    value = between.join(words)
    tag = f'"gorm:\\"{value}\\" json:\\"a\\""' if plain else f'`gorm:"{value}" json:"a"`'
    files: dict[str, str | bytes] = {"go.mod": GO_MOD, "user.go": model(tag)}
    done = fixed(files)
    assert done.refused == {}
    for _, now in done.files.values():
        assert parses("user.go", now)
        assert 'json:\\"a\\"' in now.decode() or 'json:"a"' in now.decode()
    assert fixed({**files, **{path: now for path, (_, now) in done.files.items()}}).applied == 0


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


def test_the_hint_counts_without_making_anything() -> None:
    files = shop("name = Column(Text)")
    tree = MemoryTree({**files, "b.sql": UNUSED + TABLE})
    report = judge(tree)
    counted = fixable(report, tree)
    with_fix = [finding.fix for finding in offered(report, tree).findings if finding.fix is not None]
    assert counted == (sum(one.safe for one in with_fix), sum(not one.safe for one in with_fix)) == (1, 1)
