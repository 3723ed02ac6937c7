"""A script without its data says what the whole script says, at the same places, wherever the pieces of it end."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schemalint.dialects import dialect as named
from schemalint.model.span import SourceFile, Span
from schemalint.sql import condense as module
from schemalint.sql import gaps, read
from schemalint.sql.condense import condense
from tests.sql.test_servers import MARIADB, POSTGRES, SQLITE

SCRIPTS = [
    *(("postgres", text) for text in POSTGRES.values()),
    *(("mariadb", text) for text in MARIADB.values()),
    *(("sqlite", text) for text in SQLITE.values()),
]


@pytest.fixture(autouse=True)
def _little_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_ROWS", 60)
    monkeypatch.setattr(module, "_ROW", 200)
    monkeypatch.setattr(module, "_COMMENT", 100)
    monkeypatch.setattr(module, "_LOOK", 500)


def condensed(text: str, dialect: str, size: int, longest: int = module.LONGEST) -> SourceFile:
    pieces = (text[at : at + size] for at in range(0, len(text), size))
    found = condense(pieces, named(dialect).family, longest)
    return SourceFile("a.sql", found.text, found.cuts, found.gaps)


def said(file: SourceFile, dialect: str) -> list[object]:
    """The facts with lines and columns for offsets."""

    def placed(value: object) -> object:
        if isinstance(value, Span):
            return file.position(value.start), file.position(value.end)
        if isinstance(value, tuple):
            return tuple(placed(item) for item in value)
        if dataclasses.is_dataclass(value):
            return type(value), *(placed(getattr(value, field.name)) for field in dataclasses.fields(value))
        return value

    return [placed(fact) for fact in read(file, dialect).facts]


def same(text: str, dialect: str, size: int) -> SourceFile:
    file = condensed(text, dialect, size)
    assert file.gaps == ()
    assert said(file, dialect) == said(SourceFile("a.sql", text), dialect)
    assert len(file.text) + sum(cut.points for cut in file.cuts) == len(text)
    offset = 0
    for start, cut in [(0, None), *((cut.at, cut) for cut in file.cuts)]:
        offset += cut.points if cut else 0
        assert file.original(start) - start == offset
    return file


@pytest.mark.parametrize("size", [1, 37, 1000, 10**6])
@pytest.mark.parametrize(("dialect", "text"), SCRIPTS)
def test_scripts_say_the_same(dialect: str, text: str, size: int) -> None:
    same(text, dialect, size)


_TEXT = st.lists(
    st.sampled_from(
        ["a", "é", "東", "😀", ";", "--", "/*", "*/", "''", "\n", "\\.", "(", ")", ",", "$$", "`", "GO", " ", "#"]
    ),
    max_size=12,
).map("".join)
_SETTINGS = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))


def _quoted(value: str, mysql: bool) -> str:
    return "'" + (value.replace("\\", "\\\\").replace("''", "\\'") if mysql else value) + "'"


@st.composite
def dumps(draw: st.DrawFn, dialect: str) -> str:
    """What a tool might have dumped: tables, rows in each of the ways, comments, and then something more to tell."""
    mysql, pieces = dialect in ("mysql", "mariadb"), []
    for number in range(draw(st.integers(1, 4))):
        pieces.append(f"CREATE TABLE t{number} (\n  a int,\n  b text\n);\n")
        for _ in range(draw(st.integers(0, 6))):
            count = draw(st.integers(1, 12))
            values = [f"({n}, {_quoted(draw(_TEXT), mysql)}, f(g(1), 'x'))" for n in range(count)]
            joint = draw(st.sampled_from([",", ", ", ",\n"]))
            tail = draw(st.sampled_from(["", "", "", " ON CONFLICT DO NOTHING"] if dialect == "postgres" else [""]))
            pieces.append(f"INSERT INTO t{number} VALUES {joint.join(values)}{tail};")
            pieces.append(draw(st.sampled_from(["\n", " ", "\n\n", ""])))
        if dialect == "postgres" and draw(st.booleans()):
            rows = [draw(_TEXT).replace("\n", "\\n").replace("\\.", "") for _ in range(draw(st.integers(0, 30)))]
            pieces.append("\n".join([f"\nCOPY t{number} (a, b) FROM stdin;", *rows, "\\.\n"]))
        if draw(st.booleans()):
            words = draw(_TEXT).replace("\n", " ")
            pieces.append(f"\n-- {words}\n" * draw(st.integers(1, 20)))
        if draw(st.booleans()):
            words = draw(_TEXT).replace("*/", "").replace("/*", "")
            pieces.append(f"/* {words * draw(st.integers(1, 40))} */")
        pieces.append(f"ALTER TABLE t{number} ADD c{number} int; ")
    return "".join(pieces)


@_SETTINGS
@given(st.data(), st.sampled_from(["postgres", "mysql", "sqlite"]), st.integers(1, 300))
def test_dumps_say_the_same(data: st.DataObject, dialect: str, size: int) -> None:
    same(data.draw(dumps(dialect)), dialect, size)


@_SETTINGS
@given(st.data(), st.sampled_from(["postgres", "mysql", "sqlite", "tsql", "generic"]), st.integers(1, 200))
def test_whatever_is_cut_is_counted(data: st.DataObject, dialect: str, size: int) -> None:
    text = data.draw(dumps(data.draw(st.sampled_from(["postgres", "mysql", "sqlite"]))))
    text = text[data.draw(st.integers(0, 50)) :]
    file = condensed(text, dialect, size)
    assert file.gaps or len(file.text) + sum(cut.points for cut in file.cuts) == len(text)
    at = original = 0
    for cut in (*file.cuts, None):
        end = len(file.text) if cut is None else cut.at
        assert file.text[at:end] == text[original : original + end - at]
        original += end - at + (0 if cut is None else cut.points)
        at = end
    plain = SourceFile("a.sql", text)
    for offset in range(len(file.text)):
        assert file.position(offset) == plain.position(file.original(offset))
        assert file.offset(*file.position(offset)) == offset


def _rows(count: int) -> Iterator[str]:
    return (f"({n}, 'text; number {n}')" for n in range(count))


CUT = {
    "rows of one INSERT": ("mysql", f"INSERT INTO `a` VALUES {','.join(_rows(5000))};"),
    "rows with columns": ("postgres", f'INSERT INTO s."a b" (id, "values")\n VALUES\n{", ".join(_rows(5000))};'),
    "an INSERT a row": ("sqlite", "".join(f"INSERT INTO a VALUES{row};\n" for row in _rows(5000))),
    "two tables in turn": ("sqlite", "".join(f"INSERT INTO {'ab'[n % 2]} VALUES(1);\n" for n in range(9000))),
    "no semicolons": ("tsql", "".join(f"INSERT [a] ([id], [t]) VALUES {row}\nGO\n" for row in _rows(5000))),
    "a tail": ("postgres", "".join(f"INSERT INTO a VALUES {row} ON CONFLICT DO NOTHING;\n" for row in _rows(5000))),
    "a large row": ("mysql", f"INSERT INTO a VALUES (1, 0x{'AB' * 50_000});"),
    "REPLACE": ("mysql", f"REPLACE INTO a VALUES {','.join(_rows(5000))};"),
    "escaped quotes": ("mysql", "INSERT INTO a VALUES " + r"('it\'s', '\\')," * 5000 + "('');"),
    "backslashes that escape nothing": ("postgres", "INSERT INTO a VALUES " + r"('C:\', E'\'')," * 5000 + "('');"),
    "COPY": ("postgres", "COPY a (b) FROM stdin;\n" + "1\tit's; a\n" * 9000 + "\\.\n"),
    "a line comment": ("postgres", "-- " + "x" * 90_000 + "\n"),
    "line comments": ("postgres", "-- it's a line\n" * 9000),
    "a comment": ("mysql", "/* it's " + "x\n" * 9000 + "*/"),
    "comments in comments": ("postgres", "/* a /* it's " + "x\n" * 9000 + "*/ b */"),
    "blank lines": ("generic", "\n" * 90_000),
}


@pytest.mark.parametrize("size", [999, 10**6])
@pytest.mark.parametrize("case", CUT)
def test_data_is_cut(case: str, size: int) -> None:
    dialect, data = CUT[case]
    text = f"CREATE TABLE a (id int);\n{data}\nCREATE TABLE b (id int);\n"
    file = same(text, dialect, size)
    assert len(file.text) < len(text) / 30 + 500
    assert len(file.cuts) < 400
    assert "CREATE TABLE b" in file.text


def test_marks_of_tools_stay() -> None:
    lines = "-- nothing\n" * 3000
    text = f"{lines}-- +goose Down\n{lines}-- schemalint: ignore[SL101] known\nCREATE TABLE a (id int);"
    file = same(text, "postgres", 1000)
    assert "\n-- +goose Down\n" in file.text
    assert "\n-- schemalint: ignore[SL101] known\nCREATE" in file.text


ENDLESS = {
    "text": ("postgres", "INSERT INTO b VALUES ('", "x; "),
    "name": ("postgres", 'SELECT 1 AS "', "x; "),
    "comment": ("postgres", "/* ", "x; "),
    "dollar quote": ("postgres", "DO $$ ", "x; "),
    "brackets": ("tsql", "SELECT [", "x; "),
    "statement": ("mysql", "CREATE TABLE b (", "x, "),
    "row": ("mysql", "INSERT INTO b VALUES (1", ", 2"),
    "delimiter": ("mysql", "DELIMITER //\n", "x; "),
}


@pytest.mark.parametrize(
    ("case", "longest"),
    [*((case, 20_000) for case in ENDLESS), *((case, 10**9) for case in ENDLESS if case != "delimiter")],
)
def test_what_does_not_end_is_told_with_its_place(case: str, longest: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_STATEMENT", 10_000)
    dialect, head, body = ENDLESS[case]
    text = f"CREATE TABLE a (id int);\n\n{head}{body * 60_000}"
    file = condensed(text, dialect, 1000, longest)
    assert len(file.text) < 1000
    assert [file.position(gap.start) for gap in gaps(file, dialect)] == [(3, 1)]
    facts = read(file, dialect).facts
    assert [type(fact).__name__ for fact in facts] == ["CreateTable", "Opaque"]
    assert facts[1].touches is None  # type: ignore[union-attr]


def test_a_statement_beyond_sense_is_told_and_what_follows_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_STATEMENT", 10_000)
    text = f"CREATE TABLE a (id int);\nCREATE TABLE b ({'x int, ' * 3000} y int);\nCREATE TABLE c (id int);"
    file = condensed(text, "postgres", 1000)
    assert [type(fact).__name__ for fact in read(file, "postgres").facts] == ["CreateTable", "Opaque", "CreateTable"]
    assert [file.position(gap.start)[0] for gap in gaps(file, "postgres")] == [2]
