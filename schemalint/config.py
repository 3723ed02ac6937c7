"""`[tool.schemalint]` of pyproject.toml, `schemalint.toml` or `.schemalint.toml` → a frozen Config."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import msgspec

FILES = ("schemalint.toml", ".schemalint.toml", "pyproject.toml")
SEVERITIES = ("error", "warning", "note", "off")


class UsageError(Exception):
    """What the user has to change, on one line: the command line, or a configuration file."""


class SourceConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """`[[source]]`: says what a set of files is. `paths` are globs relative to the configuration file's folder."""

    parser: str
    paths: tuple[str, ...]
    dialect: str | None = None
    database: str | None = None
    authority: int | None = None


class DatabaseConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """`[[database]]`: puts sources (by id, glob) into one database; `paths` lists chains of source ids run in order."""

    name: str
    sources: tuple[str, ...] = ()
    paths: tuple[tuple[str, ...], ...] = ()


class GormConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """What `gorm.Config{NamingStrategy: …}` says, for projects that compute it."""

    table_prefix: str = ""
    singular_table: bool = False


class SequelizeConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """`define`: the options given to `new Sequelize(…, {define})`, for projects that compute them."""

    define: dict[str, Any] = {}


class Config(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """`select`, `ignore`, `extend_select`, `severity` and `per_file_ignores` name rules by code, by the beginning of a
    code, or by name; `load` has checked that every one of them means a rule. `severity` maps to error, warning, note or
    off. All globs are relative to the checked root when they come out of `load`."""

    dialect: str | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    severity: dict[str, str] = {}
    per_file_ignores: dict[str, tuple[str, ...]] = {}
    exclude: tuple[str, ...] = ()
    include: tuple[str, ...] = ()  # folders aside (tests, examples, …) that are judged all the same
    source: tuple[SourceConfig, ...] = ()
    database: tuple[DatabaseConfig, ...] = ()
    gorm: GormConfig = GormConfig()
    sequelize: SequelizeConfig = SequelizeConfig()


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to name: rules as (code, name), dialects and parsers."""

    rules: Sequence[tuple[str, str]]
    dialects: Sequence[str]
    parsers: Sequence[str]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A configuration, the file it came from (None: no file), and what was said in it or inline, as written."""

    config: Config
    path: Path | None
    said: Mapping[str, Any]


def load(root: Path, known: Known, options: Iterable[str] = (), isolated: bool = False) -> Loaded:
    """The configuration for a checked root. `options` are the values of --config: a file, which replaces the one found
    upward, or TOML, which is laid over it. `isolated` looks for no file. Raises UsageError."""
    path, inline = None, []
    for option in options:
        if "=" in option and not Path(option).is_file():
            inline.append(option)
        elif path is None:
            path = Path(option)
        else:
            raise UsageError(f"--config names two files: {path} and {option}; give one file, and TOML for the rest")
    found = path if path is not None or isolated else _nearest(root)
    said: dict[str, Any] = {}
    if found is not None:
        text = _text(found)
        said = _section(found, _toml(text, str(found)))
        _check(said, known, str(found), text)
    for option in inline:
        over = _toml(option, f"--config {option!r}")
        _check(over, known, f"--config {option!r}", None)
        for key, value in over.items():
            both = isinstance(value, dict) and isinstance(said.get(key), dict)
            said[key] = said[key] | value if both else value
    config = msgspec.convert(said, Config)
    inside = _below(root, found.parent if found is not None else root)
    return Loaded(_rebased(config, inside) if inside else config, found, said)


def rules_named(word: str, rules: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """The codes that a code, the beginning of a code, a name or ALL stands for."""
    if word == "ALL":
        return tuple(code for code, _ in rules)
    if re.fullmatch("SL[0-9]*", word):
        return tuple(code for code, _ in rules if code.startswith(word))
    return tuple(code for code, name in rules if name == word)


def unknown_rule(word: str, rules: Sequence[tuple[str, str]]) -> str:
    """What to say when a word names no rule."""
    words = [text for rule in rules for text in rule]
    return f"no rule is called {word!r}{nearest(word.upper() if word.upper() in words else word, words)}" + (
        "" if get_close_matches(word, words, 1) else "; `schemalint rule --all` lists them"
    )


def nearest(word: str, words: Iterable[str]) -> str:
    """ "; did you mean …?" when something close exists, else nothing."""
    near = get_close_matches(word, list(words), 1)
    return f"; did you mean {near[0]!r}?" if near else ""
