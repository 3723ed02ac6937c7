from __future__ import annotations

import os
from pathlib import Path

import pytest

from schemalint.config import Config, GormConfig, Known, UsageError, check_rules, load
from schemalint.lint import selected
from schemalint.rules import rules

KNOWN = Known(
    [("SL101", "index-on-missing-column"), ("SL102", "index-on-missing-table"), ("SL303", "column-missing-in-model")],
    ("postgres", "mysql"),
    ("gorm", "sql"),
)


def write(root: Path, text: str, name: str = "schemalint.toml") -> Path:
    (root / ".git").mkdir(parents=True, exist_ok=True)
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text)
    return root


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    loaded = load(tmp_path, KNOWN)
    assert (loaded.config, loaded.path, loaded.said) == (Config(), None, {})


@pytest.mark.parametrize("name", ["schemalint.toml", ".schemalint.toml", "pyproject.toml"])
def test_reads_each_kind_of_file(tmp_path: Path, name: str) -> None:
    table = "[tool.schemalint]\n" if name == "pyproject.toml" else ""
    loaded = load(
        write(tmp_path, f'{table}dialect = "mysql"\nselect = ["SL1", "column-missing-in-model"]\n', name), KNOWN
    )
    assert loaded.path == tmp_path / name
    assert loaded.config.dialect == "mysql"
    assert loaded.config.select == ("SL1", "column-missing-in-model")


def test_a_pyproject_without_our_table_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, 'dialect = "mysql"\n')
    write(tmp_path, "[tool.ruff]\n", "app/pyproject.toml")
    assert load(tmp_path / "app", KNOWN).config.dialect == "mysql"


def test_looks_upward_but_not_beyond_the_repository(tmp_path: Path) -> None:
    write(tmp_path, 'dialect = "mysql"\n')
    write(tmp_path / "inner", 'dialect = "postgres"\n')
    (tmp_path / "inner/a/b").mkdir(parents=True)
    assert load(tmp_path / "inner/a/b", KNOWN).config.dialect == "postgres"
    (tmp_path / "inner/schemalint.toml").unlink()
    assert load(tmp_path / "inner/a/b", KNOWN).path is None


def test_outside_a_repository_only_the_root_itself_counts(tmp_path: Path) -> None:
    (tmp_path / "schemalint.toml").write_text('dialect = "mysql"\n')
    (tmp_path / "a").mkdir()
    assert load(tmp_path, KNOWN).config.dialect == "mysql"
    assert load(tmp_path / "a", KNOWN).path is None


def test_isolated_looks_for_no_file(tmp_path: Path) -> None:
    assert load(write(tmp_path, 'dialect = "mysql"\n'), KNOWN, isolated=True).config == Config()


def test_inline_toml_is_laid_over_the_file(tmp_path: Path) -> None:
    write(tmp_path, 'dialect = "mysql"\n[gorm]\nsingular-table = true\n')
    config = load(tmp_path, KNOWN, ['gorm.table-prefix = "x_"', 'dialect = "postgres"']).config
    assert config.dialect == "postgres"
    assert config.gorm == GormConfig(table_prefix="x_", singular_table=True)


def test_a_named_file_replaces_the_found_one(tmp_path: Path) -> None:
    write(tmp_path, 'dialect = "mysql"\n')
    (tmp_path / "other.toml").write_text('ignore = ["SL1"]\n')
    config = load(tmp_path, KNOWN, [str(tmp_path / "other.toml")]).config
    assert (config.dialect, config.ignore) == (None, ("SL1",))


def test_globs_become_relative_to_the_checked_root(tmp_path: Path) -> None:
    write(
        tmp_path,
        'exclude = ["/db/old/*.sql", "gen", "**/x", "web/y"]\ninclude = ["./db/tests/", "web/tests"]\n'
        '[per-file-ignores]\n"db/*.sql" = ["SL1"]\n"web/*" = ["SL1"]\n"*.go" = ["ALL"]\n'
        '[[source]]\nparser = "sql"\npaths = ["*/a.sql", "web/a.sql"]\n',
    )
    (tmp_path / "db").mkdir()
    config = load(tmp_path / "db", KNOWN).config
    assert config.exclude == ("/old/*.sql", "gen", "**/x")
    assert config.include == ("tests",)
    assert config.per_file_ignores == {"*.sql": ("SL1",), "*.go": ("ALL",)}
    assert config.source[0].paths == ("a.sql",)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('dialect = "mysql"\nselct = []', ":2: there is no key 'selct': did you mean 'select'?"),
        ("zzz = 1", ":1: there is no key 'zzz': expected dialect, version, select,"),
        ('dialect = "mysl"', ":1: `dialect`: 'mysl' is not known: did you mean 'mysql'?"),
        ('dialect = "db2"', ":1: `dialect`: 'db2' is not known: expected postgres or mysql"),
        ('dialect = "mysql"\nversion = "eight"', ":2: `version`: 'eight' is no version: expected numbers, as in"),
        ('version = "8.0"', ": `version` needs `dialect` beside it"),
        ('dialect = "mysql"\nversion = 8.0', ":2: `version`: expected `str`, got `float`"),
        ("dialect = 3", ":1: `dialect`: expected `str`, got `int`"),
        ('\n\nselect = "SL1"', ":3: `select`: expected `list`, got `str`"),
        (
            'select = ["column-missing-in-modl"]',
            ":1: `select`: no rule is called 'column-missing-in-modl': did you mean",
        ),
        ('ignore = [""]', ":1: `ignore`: no rule is called ''"),
        ('[severity]\nSL1 = "error"', ":2: `severity`: no rule is called 'SL1': did you mean 'SL10"),
        (
            '[severity]\nSL101 = "fatal"',
            ":2: `severity.SL101`: 'fatal' is no severity: expected error, warning, note or off",
        ),
        (
            '[per-file-ignores]\n"a" = ["SL9"]',
            ":1: `per-file-ignores`: no rule is called 'SL9' (see `schemalint rule`)",
        ),
        ('[[source]]\nparser = "gom"\npaths = []', ":2: `source.parser`: 'gom' is not known: did you mean 'gorm'?"),
        ('[[source]]\nparser = "gorm"\npath = []', ":3: there is no key 'path' in [[source]]: did you mean 'paths'?"),
        ('[[source]]\nparser = "gorm"', ":1: `source[0]`: object missing required field `paths`"),
        ('[gorm]\ntable-prefx = ""', ":2: there is no key 'table-prefx' in [gorm]: did you mean 'table-prefix'?"),
        ("gorm = 1", ":1: `gorm`: expected `object`, got `int`"),
        ("source = 1", ":1: `source`: expected `list`, got `int`"),
        ("a = [", " is not TOML: "),
        ("a = " + "[" * 100_000, " nests too deeply"),
        (f"{'k' * 100_000} = 1", ":1: there is no key "),
    ],
)
def test_mistakes_are_one_line_with_place_and_cure(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsageError) as caught:
        load(write(tmp_path, text), KNOWN)
    message = str(caught.value)
    assert message.startswith(f"{tmp_path}/schemalint.toml{said}")
    assert "\n" not in message


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["nope.toml"], "--config names nope.toml, which is neither a file nor TOML (key = value)"),
        (["a", "b"], "--config names two files, a and b: give one file, and TOML for the rest"),
        (["dialect = 1"], "--config: `dialect`: expected `str`, got `int`"),
        (["dialect ="], "--config is not TOML: "),
    ],
)
def test_mistakes_in_the_option_are_said_of_the_option(tmp_path: Path, options: list[str], said: str) -> None:
    with pytest.raises(UsageError) as caught:
        load(tmp_path, KNOWN, options)
    assert str(caught.value).startswith(said)


def test_a_pyproject_whose_table_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"tool\.schemalint is a table"):
        load(write(tmp_path, "tool.schemalint = 1", "pyproject.toml"), KNOWN)


def test_a_pipe_in_place_of_a_file_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "schemalint.toml")
    assert load(tmp_path, KNOWN).path is None


def test_rules_are_named_by_code_beginning_name_or_all() -> None:
    check_rules(["SL101", "SL1", "SL", "ALL", "index-on-missing-table"], KNOWN.rules)
    for word in ("SL2", "index-on-missing", "all", "sl101"):
        with pytest.raises(UsageError, match=f"no rule is called '{word}'"):
            check_rules([word], KNOWN.rules)


@pytest.mark.parametrize(
    ("config", "on"),
    [
        (Config(), False),
        (Config(ignore=("SL1",)), False),
        (Config(extend_select=("SL315",)), True),
        (Config(extend_select=("table-missing-in-model",)), True),
        (Config(select=("SL3",)), True),
        (Config(select=("ALL",)), True),
        (Config(select=("SL1",)), False),
        (Config(severity={"SL315": "note"}), True),
        (Config(severity={"SL315": "off"}), False),
        (Config(select=("ALL",), ignore=("SL315",)), False),
    ],
)
def test_a_rule_that_has_to_be_asked_for(config: Config, on: bool) -> None:
    (rule,) = (one for one in rules() if one.asked)
    assert rule.code == "SL315"
    assert selected(rule, config) is on


def test_a_severity_brings_back_no_rule_that_is_not_selected() -> None:
    usual = next(one for one in rules() if one.code == "SL101")
    assert not selected(usual, Config(select=("SL2",), severity={"SL101": "error"}))
