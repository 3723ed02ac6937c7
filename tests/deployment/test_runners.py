"""Programs that run the scripts of a folder: what is certain of them, and that nothing hostile takes long."""

from __future__ import annotations

import random
import time

import pytest

from schemalint.config import Config
from schemalint.deployment import read
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from schemalint.model.deployment import ToolCall
from schemalint.model.source import SourceKind

JS = """const fs = require('fs');
const path = require('path');

async function main(client) {
  const files = LIST;
  for (const file of files) {
    SKIP
    const sql = READ;
    SEND
  }
}
"""
LIST = "fs.readdirSync(path.join(__dirname, 'sql')).filter((f) => f.endsWith('.sql')).sort()"
READ = "fs.readFileSync(path.join(__dirname, 'sql', file), 'utf8')"
SEND = "await client.query(sql);"
SCRIPTS = {"sql/1_a.sql": "CREATE TABLE a (id int);", "sql/2_b.sql": "CREATE TABLE b (id int);"}


def program(**parts: str) -> str:
    said = {"LIST": LIST, "READ": READ, "SEND": SEND, "SKIP": ""} | parts
    text = JS
    for word, part in said.items():
        text = text.replace(word, part)
    return text


def calls(files: dict[str, str]) -> list[ToolCall]:
    return [call for call in read(MemoryTree(SCRIPTS | files)).tool_calls if call.tool == "sql"]


def test_what_is_certain() -> None:
    (call,) = calls({"run.js": program()})
    assert (call.folder, call.where, call.doubt) == ("sql", "code", None)


@pytest.mark.parametrize(
    ("parts", "doubt"),
    [
        ({"LIST": LIST.removesuffix(".sort()")}, "in the order in which the system lists them"),
        ({"LIST": LIST.replace(".sort()", ".sort((a, b) => parseInt(a) - parseInt(b))")}, "a way of its own"),
        ({"LIST": LIST + ".reverse()"}, "a way of its own"),
        ({"LIST": LIST.replace(".endsWith('.sql')", ".endsWith('.up.sql')")}, "it picks some of them, by `.up.sql`"),
        ({"SKIP": "if (file.startsWith('seed')) continue;"}, "it picks some of them, by `seed`"),
        ({"READ": READ + ".replace('$SCHEMA', schema)"}, "it changes their text"),
        ({"READ": READ + ".split('-- DOWN')[0]"}, "it cuts their text"),
        ({"SEND": "try { await client.query(sql); } catch (e) { console.error(e); }"}, "it goes on where one of them"),
        ({"SKIP": "if (file === '2_b.sql') continue;"}, "it picks some of them, by `2_b.sql`"),
        ({"SKIP": "await first('sql/1_a.sql');"}, "it knows sql/1_a.sql by its name"),
    ],
)
def test_what_is_not_certain(parts: dict[str, str], doubt: str) -> None:
    (call,) = calls({"run.js": program(**parts)})
    assert call.doubt is not None
    assert doubt in call.doubt


@pytest.mark.parametrize(
    "parts",
    [
        {"LIST": LIST.replace("path.join(__dirname, 'sql')", "process.env.FOLDER")},
        {"LIST": LIST.replace("'sql')", "'..', '..', 'sql')")},
        {"LIST": LIST.replace("'sql')", "'elsewhere')")},
        {"SEND": "console.log(sql);"},
        {"SEND": "await client.query('SELECT 1 FROM done WHERE name = $1', [file]);"},
        {"READ": "fs.readFileSync('README.md')"},
    ],
)
def test_what_is_none(parts: dict[str, str]) -> None:
    assert calls({"run.js": program(**parts)}) == []


def test_split_statements_are_those_of_the_script() -> None:
    (call,) = calls({"run.js": program(SEND="for (const one of sql.split(';')) { await client.query(one); }")})
    assert call.doubt is None


@pytest.mark.parametrize(
    ("pattern", "doubt"),
    [
        (r"/^\d+_.+\.sql$/", None),
        (r"/^[0-9]{1}_[a-z]+\.sql$/i", None),
        (r"/^\d{3}_.+\.sql$/", r"it picks some of them, by `/^\d{3}_.+\.sql$/`"),
        (r"/^(\d+)+_.+\.sql$/", r"it picks some of them, by `/^(\d+)+_.+\.sql$/`"),
    ],
)
@pytest.mark.parametrize("named", [False, True])
def test_an_expression_that_all_names_match_picks_nothing(pattern: str, doubt: str | None, named: bool) -> None:
    listed = LIST.replace("f.endsWith('.sql')", "STEP.test(f)" if named else f"{pattern}.test(f)")
    (call,) = calls({"run.js": f"const STEP = {pattern};\n" + program(LIST=listed)})
    assert call.doubt == doubt


def test_what_a_record_is_read_by_picks_nothing() -> None:
    skip = "const done = {version: rows['version']}; if (done[file]) continue;"
    (call,) = calls({"run.js": program(SKIP=skip)})
    assert call.doubt is None


def test_a_constant_picks() -> None:
    (call,) = calls({"run.js": "const SEED = 'seed';\n" + program(SKIP="if (file.startsWith(SEED)) continue;")})
    assert call.doubt == "it picks some of them, by `seed`"


def test_of_several_folders_the_one_that_is_there() -> None:
    several = "[path.join(__dirname, 'sql'), path.join(__dirname, '..', 'sql'), '/srv/elsewhere']"
    first = f"const where = {several}.find((one) => fs.existsSync(one));\n"
    text = first + program(LIST=LIST.replace("path.join(__dirname, 'sql')", "where"))
    (call,) = calls({"app/run.js": text})
    assert (call.folder, call.doubt) == ("sql", None)
    assert calls({"app/run.js": text, "app/sql/1_c.sql": "CREATE TABLE c (id int);"}) == []


def test_ways_back_in_the_folder_are_not_understood() -> None:
    (call,) = calls({"run.js": program(), "sql/1_a_rollback.sql": "DROP TABLE a;"})
    assert call.doubt == "sql/1_a_rollback.sql looks like a way back"


def test_go_that_does_not_look_at_the_error() -> None:
    text = """package main

import "os"

func run(db DB) {
	files, _ := os.ReadDir("sql")
	for _, f := range files {
		b, _ := os.ReadFile("sql/" + f.Name())
		if hasSuffix(f.Name(), ".sql") {
			db.Exec(string(b))
		}
	}
}
"""
    (call,) = calls({"go.mod": "module x\n", "main.go": text})
    assert call.doubt == "it goes on where one of them fails"


def test_python_without_an_order() -> None:
    text = 'from pathlib import Path\nfor f in Path("sql").glob("*.sql"):\n    cursor.execute(f.read_text())\n'
    (call,) = calls({"run.py": text})
    assert call.doubt == "it sends them in the order in which the system lists them"


def test_the_settings_tell_why() -> None:
    certain = lint(MemoryTree(SCRIPTS | {"run.js": program()}), Config())
    (source,) = (one for one in certain.sources if one.root == "sql")
    assert source.kind == SourceKind.MIGRATIONS.value
    assert source.why == "one history, in the order of the names: run.js:9 runs every file of the folder"
    doubted = lint(MemoryTree(SCRIPTS | {"run.js": program(LIST=LIST + ".reverse()")}), Config())
    (source,) = (one for one in doubted.sources if one.root == "sql")
    assert source.kind == SourceKind.SCHEMA.value
    assert source.why is not None
    assert source.why.endswith("run.js:9 runs them, but it sorts them in a way of its own")


def test_a_program_that_knows_refusals_goes_on_after_them() -> None:
    handler = "try { await client.query(sql); } catch (e) { if (e.code !== '42P07') throw e; }"
    found = lint(MemoryTree(SCRIPTS | {"run.js": program(SEND=handler)}), Config())
    (source,) = (one for one in found.sources if one.root == "sql")
    assert source.kind == SourceKind.SCHEMA.value


def test_of_several_folders_one_may_need_the_other() -> None:
    files = {
        "one/run.js": program(),
        "one/sql/1_a.sql": "CREATE TABLE a (id int);",
        "two/run.js": program(),
        "two/sql/1_b.sql": "ALTER TABLE a ADD COLUMN b int;",
    }
    found = {one.root: one.kind for one in lint(MemoryTree(files), Config()).sources}
    assert found["one/sql"] == SourceKind.MIGRATIONS.value
    assert found["two/sql"] == SourceKind.SCHEMA.value


@pytest.mark.parametrize("seed", range(20))
def test_pieces_of_programs_do_no_harm(seed: int) -> None:
    chance = random.Random(seed)
    text = program()
    at = chance.randrange(len(text))
    read(MemoryTree(SCRIPTS | {"run.js": text[:at] + chance.choice(["", "(", "`${", "}", "'"]) + text[at + seed :]}))


@pytest.mark.parametrize(
    "text",
    [
        program(LIST="a(" * 20_000 + LIST + ")" * 20_000),
        program(SKIP="x = " * 20_000 + "file;"),
        program(SKIP="x(file)." * 20_000 + "y;"),
        program(LIST="fs.readdirSync(" + "(" * 20_000 + "'sql'" + ")" * 20_000 + ").sort()"),
        "\n".join(program() for _ in range(300)),
        program(READ="open(" * 700 + READ + ")" * 700),
    ],
    ids=["arguments", "assignments", "chain", "parentheses", "many", "reads"],
)
def test_deep_programs_take_no_long_time(text: str) -> None:
    started = time.process_time()
    read(MemoryTree(SCRIPTS | {"run.js": text}))
    assert time.process_time() - started < 5


def test_a_script_that_holds_the_way_back_too_is_not_sent_as_it_is() -> None:
    both = "-- Up\nALTER TABLE a ADD COLUMN b int;\n-- Down\nALTER TABLE a DROP COLUMN b;\n"
    found = lint(MemoryTree(SCRIPTS | {"run.js": program(), "sql/3_b.sql": both}), Config())
    (source,) = (one for one in found.sources if one.root == "sql")
    assert source.kind == SourceKind.SCHEMA.value
    assert source.why is not None
    assert source.why.endswith("run.js:9 runs them, but they hold the way up and the way back")
