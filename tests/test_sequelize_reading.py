"""Reading JavaScript ends and never raises; every span lies in its file and covers what it names."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemalint.config import Config, SequelizeConfig
from schemalint.discover import MemoryTree
from schemalint.model.deployment import Deployment
from schemalint.model.facts import CreateTable, Opaque
from schemalint.model.source import Source
from schemalint.parsers.sequelize import PARSER
from schemalint.project import Project

FIXTURES = sorted((Path(__file__).parent / "oracles" / "sequelize" / "fixtures").glob("*.js"))
PACKAGE = json.dumps({"dependencies": {"sequelize": "^6.0.0"}})


def read(files: dict[str, str], config: Config | None = None) -> list[Source]:
    tree = MemoryTree({"package.json": PACKAGE, **files})
    extracts = {
        path: PARSER.extract(file, None)
        for path in tree.paths
        if PARSER.claims(path, tree.read(path) or b"") and (file := tree.file(path)) is not None
    }
    return list(PARSER.link(extracts, Project(tree, config or Config(), Deployment())))


HOSTILE = {
    "deep calls": "const Sequelize = 1; " + "f(" * 20_000 + ")" * 20_000,
    "deep objects": "const sequelize = " + "{a:" * 20_000 + "1" + "}" * 20_000,
    "deep functions": "sequelize; " + "(() => {" * 60_000 + "})" * 60_000,
    "deep members": "const sequelize = a" + ".b" * 20_000 + ";",
    "deep sums": "const sequelize = 'a'" + " + 'a'" * 20_000 + ";",
    "deep conditions": "sequelize; " + "if (a) {" * 60_000 + "sequelize.sync();" + "}" * 60_000,
    "name of itself": "const a = a.b; const c = c; sequelize.define(a, c, a); sequelize.define('x', a.b.c, c);",
    "names in a circle": "const a = {...b}; const b = {...a, x: a.x}; sequelize.define('x', a, b);",
    "functions in a circle": "function f() { return g(); } function g() { return f(); } sequelize.define('x', g());",
    "imports in a circle": "module.exports = require('./app'); sequelize.define('x', module, require('./app').y);",
    "many spreads": "const a0 = {x: 1};"
    + "".join(f"const a{i} = {{...a{i - 1}, ...a{i - 1}}};" for i in range(1, 60))
    + "sequelize.define('x', a59);",
    "no arguments": "sequelize.define(); X.init(); sequelize.sync(...a); new Sequelize(...b); A.belongsTo();",
    "broken": "sequelize.define('x', {a: DataTypes.STRING(, {",
    "no end": "sequelize.define('x', { a: `${",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_is_read(name: str) -> None:
    read({"app.js": HOSTILE[name], "app.ts": HOSTILE[name]})


_VOCABULARY = (
    "sequelize define init sync belongsTo hasMany Model extends class DataTypes STRING ENUM fields unique indexes"
    " tableName field require module exports import from const let function return async await if new Sequelize User"
    " through ( ) { } [ ] , ; : . ... => = + ' \" ` ${ 'a' './app' 'User' 1 true null this super && || ? ! é \n"
)
_WORDS = st.sampled_from(_VOCABULARY.split(" "))


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, max_size=60))
def test_any_words_are_read(words: list[str]) -> None:
    read({"app.js": "sequelize " + " ".join(words), "other.ts": " ".join(words)})


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_spans_cover_what_they_name(path: Path) -> None:
    # A line of wide characters in front: offsets are counted in code points, not in bytes.
    text = "// ünïcode — 表\n" + path.read_text().replace("DIALECT", "'mysql'")
    (source,) = read({"models.js": text})
    for fact in source.facts:
        assert text[fact.span.start : fact.span.end]
        if not isinstance(fact, CreateTable):
            continue
        named = text[fact.span.start : fact.span.end].strip("'")
        assert named in {fact.model, fact.table.name.text}
        for column in fact.columns:
            written = text[column.span.start : column.span.end]
            made = written in {named, f"'{named}'"} or "." in written or written.startswith("'")
            assert made or written == column.attribute
        for index in fact.indexes:
            for part in index.parts:
                assert part.column is not None
                assert text[part.span.start : part.span.end] == f"'{part.column.text}'"


def test_configuration_says_what_define_is() -> None:
    files = {"app.js": "sequelize.define('BigOrder', { paidAt: DataTypes.DATE });"}
    (unknown,) = read(files)
    assert [type(fact) for fact in unknown.facts] == [Opaque]
    config = Config(sequelize=SequelizeConfig(define={"underscored": True, "timestamps": False}))
    (known,) = read(files, config)
    (fact,) = known.facts
    assert isinstance(fact, CreateTable)
    assert fact.table.name.text == "big_orders"
    assert [column.name.text for column in fact.columns] == ["id", "paid_at"]


def test_the_version_comes_from_the_lock_file() -> None:
    files = {
        "package.json": json.dumps({"dependencies": {"sequelize": ">=5"}}),
        "package-lock.json": json.dumps({"packages": {"node_modules/sequelize": {"version": "5.22.5"}}}),
        "app.js": "new Sequelize('mysql://a/b').define('Bonus', { a: DataTypes.STRING });",
    }
    (source,) = read(files)
    tables = [fact.table.name.text for fact in source.facts if isinstance(fact, CreateTable)]
    assert tables == ["Bonus"]
    del files["package-lock.json"]
    (source,) = read(files)
    tables = [fact.table.name.text for fact in source.facts if isinstance(fact, CreateTable)]
    assert tables == ["Bonuses"]


MODEL = "const sequelize = new Sequelize('postgres://x/y');\nsequelize.define('User', { name: DataTypes.STRING });\n"
LOST = {
    "a syntax error elsewhere": ("sequelize.define('Post', { title: DataTypes.STRING(, });\nsync(;", "not understood"),
    "no end": ("sequelize.define('Post', { title: DataTypes.STRING,", "not understood"),
    "a bundle": ("sequelize.define('Post',{a:DataTypes.STRING});" + "a=b?c:d," * 20_000 + "x", "bundle"),
    "five megabytes": ("sequelize.define('Post', { a: DataTypes.STRING });\n" + "// filler\n" * 500_000, "bundle"),
}


@pytest.mark.parametrize("name", LOST)
def test_what_was_not_read_is_told(name: str) -> None:
    """Beside models that are read: what may hold others is listed, and nothing is claimed of what it overlaps."""
    text, why = LOST[name]
    (source,) = read({"models.js": MODEL, "more.js": text})
    told = [fact for fact in source.facts if isinstance(fact, Opaque)]
    assert told
    assert all(fact.span.path == "more.js" and fact.touches == () and why in fact.why for fact in told)
    tables = {str(fact.table): bool(fact.unread) for fact in source.facts if isinstance(fact, CreateTable)}
    assert tables["Users"] is False
    assert tables.get("Posts", True) is True


QUIET = {
    "view.jsx": "import { Model } from 'sequelize';\nexport const View = () => <div a={1}>{[1].map((x) => <b>{x}</b>)}</div>;",
    "view.tsx": "import { Model } from 'sequelize';\nexport const View = <T,>(p: T) => <div {...p}>x</div>;",
    "node_modules/sequelize/lib/model.js": MODEL.replace("User", "Inner"),
    "public/app.min.js": MODEL.replace("User", "Small"),
    "types/models.d.ts": "export class User extends Model {}\nsequelize.define('Declared', {});",
    "types.ts": "import type { Sequelize } from 'sequelize';\nexport abstract class A<T extends object = any> { abstract x: T; }",
}


@pytest.mark.parametrize("path", QUIET)
def test_what_is_no_model_is_passed_over(path: str) -> None:
    (source,) = read({"models.js": MODEL, path: QUIET[path]})
    assert [str(fact.table) for fact in source.facts if isinstance(fact, CreateTable)] == ["Users"]
    assert [fact for fact in source.facts if isinstance(fact, Opaque)] == []
