"""`[tool.schemalint]` of pyproject.toml, `schemalint.toml` or `.schemalint.toml` → a frozen Config."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import msgspec

from schemalint.model.frozen import frozen

FILES = ("schemalint.toml", ".schemalint.toml", "pyproject.toml")
RULE_LIST = "`schemalint rule`"
SEVERITIES = ("error", "warning", "note", "off")
VERSION = re.compile(r"\d{1,4}(?:\.\d{1,4}){0,3}")


class UsageError(Exception):
    """What the user has to change, on one line: the command line, or a configuration file."""


class SourceConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """`[[source]]`: says what a set of files is. `paths` are globs relative to the configuration file's folder."""

    parser: str
    paths: tuple[str, ...]
    dialect: str | None = None
    version: str | None = None
    database: str | None = None
    authority: int | None = None


class DatabaseConfig(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """`[[database]]`: puts sources (by id, glob) into one database; `paths` lists chains of source ids run in order;
    `version` is that of its server."""

    name: str
    version: str | None = None
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
    off. `version` is that of the server ("8.0"), here and beside every other `dialect`. All globs are relative to the
    checked root when they come out of `load`."""

    dialect: str | None = None
    version: str | None = None
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


@frozen
class Known:
    """What there is to name: rules as (code, name), dialects and parsers."""

    rules: Sequence[tuple[str, str]]
    dialects: Sequence[str]
    parsers: Sequence[str]


@frozen
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
        if "=" in option and not os.path.isfile(option):
            inline.append(option)
        elif path is None:
            path = Path(option)
        else:
            raise UsageError(f"--config names two files, {path} and {option}: give one file, and TOML for the rest")
    found = path if path is not None or isolated else _nearest(root)
    said: dict[str, Any] = {}
    if found is not None:
        text = _text(found)
        said = _section(found, _toml(text, str(found)))
        _check(said, known, str(found), text)
    for option in inline:
        over = _toml(option, "--config")
        _check(over, known, "--config", option)
        for key, value in over.items():
            both = isinstance(value, dict) and isinstance(said.get(key), dict)
            said[key] = said[key] | value if both else value
    config = msgspec.convert(said, Config)
    pairs = [(config.version, config.dialect), *((source.version, source.dialect) for source in config.source)]
    if any(version is not None and dialect is None for version, dialect in pairs):
        raise UsageError(f"{found or '--config'}: `version` needs `dialect` beside it: of which server is it?")
    return Loaded(_rebased(config, _inside(root, found)), found, said)


def check_rules(words: Iterable[str], rules: Sequence[tuple[str, str]]) -> None:
    """Raises UsageError for a word that names no rule: neither a code, nor the beginning of one, a name, or ALL."""
    for word in words:
        if word != "ALL" and not any(code.startswith(word) or name == word for code, name in rules if word):
            raise UsageError(f"no rule is called {word!r}{nearest(word, _rule_words(rules), RULE_LIST)}")


def nearest(word: str, words: Sequence[str], listing: str | None = None) -> str:
    """What follows "is not known": the closest word, else all of them, or where they are listed ("": nowhere)."""
    folded = {one.lower(): one for one in words}
    if near := get_close_matches(word.lower()[:100], folded, 1):
        return f": did you mean {folded[near[0]]!r}?"
    if listing is None:
        return f": expected {_one_of(words)}"
    return f" (see {listing})" if listing else ""


def _one_of(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def _rule_words(rules: Iterable[tuple[str, str]]) -> list[str]:
    return [word for rule in rules for word in rule]


def _nearest(root: Path) -> Path | None:
    """The configuration file in the root or above it, up to the top of the repository, not beyond. Outside a repository
    only the root itself is looked at."""
    folders = [root, *root.parents]
    top = next((number for number, folder in enumerate(folders) if (folder / ".git").exists()), 0)
    for folder in folders[: top + 1]:
        for name in FILES:
            path = folder / name
            if path.is_file() and (name != "pyproject.toml" or b"tool.schemalint" in _bytes(path)):
                return path
    return None


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise UsageError(f"--config names {path}, which is neither a file nor TOML (key = value)")
        with path.open("rb") as stream:
            return stream.read(1_000_000)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from None


def _text(path: Path) -> str:
    try:
        return _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageError(f"{path} is not UTF-8") from None


def _toml(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{where} is not TOML: {error}") from None
    except RecursionError:
        raise UsageError(f"{where} nests too deeply") from None


def _section(path: Path, data: dict[str, Any]) -> dict[str, Any]:
    if path.name != "pyproject.toml":
        return data
    section = data.get("tool", {})
    section = section.get("schemalint", {}) if isinstance(section, dict) else {}
    if not isinstance(section, dict):
        raise UsageError(f"{path}: tool.schemalint is a table")
    return section


def _check(said: Mapping[str, Any], known: Known, where: str, text: str) -> None:
    """Raises UsageError, with the line where that can be told, for the first thing that is not right."""
    for key, why in _mistakes(said, known):
        raise UsageError(f"{where}{_line(text, key) if where != '--config' else ''}: {why}")


def _mistakes(said: Mapping[str, Any], known: Known) -> Iterator[tuple[str, str]]:
    """(key, what is wrong with it), in an order that names the cause before what follows from it."""
    yield from _unknown_keys(said, Config, "")
    for key, section in (("source", SourceConfig), ("database", DatabaseConfig)):
        for one in said.get(key, ()) if isinstance(said.get(key), list) else ():
            yield from _unknown_keys(one, section, f"[[{key}]]")
    for key, table in (("gorm", GormConfig), ("sequelize", SequelizeConfig)):
        yield from _unknown_keys(said.get(key), table, f"[{key}]")
    try:
        config = msgspec.convert(dict(said), Config)
    except msgspec.ValidationError as error:
        message, _, path = str(error).replace("array", "list").replace(" | null", "").partition(" - at `$")
        key = (re.findall(r"[\w-]+", path) or [""])[0]
        yield key, f"`{path.rstrip('`').lstrip('.')}`: {message[0].lower()}{message[1:]}"
        return
    yield from _unknown_words(config, known)


def _unknown_keys(said: object, section: type[msgspec.Struct], title: str) -> Iterator[tuple[str, str]]:
    names = section.__struct_encode_fields__
    for key in said if isinstance(said, dict) else ():
        if key not in names:
            yield key, f"there is no key {key[:100]!r}{f' in {title}' if title else ''}{nearest(key, names)}"


def _unknown_words(config: Config, known: Known) -> Iterator[tuple[str, str]]:
    rules = known.rules
    lists = [("select", config.select or ()), ("ignore", config.ignore), ("extend-select", config.extend_select)]
    lists += [("per-file-ignores", words) for words in config.per_file_ignores.values()]
    for key, words in lists:
        try:
            check_rules(words, rules)
        except UsageError as error:
            yield key, f"`{key}`: {error}"
    for rule, severity in config.severity.items():
        if rule not in _rule_words(rules):
            yield rule, f"`severity`: no rule is called {rule!r}{nearest(rule, _rule_words(rules), RULE_LIST)}"
        if severity not in SEVERITIES:
            yield rule, f"`severity.{rule}`: {severity!r} is no severity{nearest(severity, SEVERITIES)}"
    dialects = [config.dialect, *(source.dialect for source in config.source)]
    for dialect in dialects:
        if dialect is not None and dialect not in known.dialects:
            yield "dialect", f"`dialect`: {dialect!r} is not known{nearest(dialect, known.dialects)}"
    versions = [config.version, *(part.version for part in config.source), *(part.version for part in config.database)]
    for version in versions:
        if version is not None and not VERSION.fullmatch(version):
            yield "version", f'`version`: {version[:100]!r} is no version: expected numbers, as in "8.0" or "16"'
    for source in config.source:
        if source.parser not in known.parsers:
            yield "parser", f"`source.parser`: {source.parser!r} is not known{nearest(source.parser, known.parsers)}"


def _line(text: str, key: str) -> str:
    """A colon and the line of a key that can be found at the beginning of a line or in the header of a table."""
    pattern = rf"""^[ \t]*(?:\[+[^\]\n]*?)?["']?{re.escape(key)}["']?[ \t]*[=.\]]"""
    found = re.search(pattern, text, re.M) if key else None
    return f":{text.count(chr(10), 0, found.end()) + 1}" if found else ""


def _inside(root: Path, found: Path | None) -> tuple[str, ...]:
    """The folders from the configuration file's folder down to the checked root."""
    folder = Path(os.path.realpath(found.parent if found is not None else root))
    real = Path(os.path.realpath(root))
    return real.relative_to(folder).parts if real.is_relative_to(folder) else ()


def _rebased(config: Config, inside: tuple[str, ...]) -> Config:
    """The configuration with its globs relative to the checked root instead of the file's folder."""

    def globs(patterns: Iterable[str]) -> tuple[str, ...]:
        return tuple(pattern for one in patterns if (pattern := _below(one, inside)) is not None)

    ignores = {
        glob: words for one, words in config.per_file_ignores.items() if (glob := _below(one, inside)) is not None
    }
    sources = [msgspec.structs.replace(source, paths=globs(source.paths)) for source in config.source]
    include = tuple(folder.strip("/") for folder in globs(config.include))
    return msgspec.structs.replace(
        config, per_file_ignores=ignores, exclude=globs(config.exclude), include=include, source=tuple(sources)
    )


def _below(pattern: str, inside: Sequence[str]) -> str | None:
    """A glob as it reads inside these folders, None when it can match nothing there."""
    pattern = pattern.removeprefix("./")
    for folder in inside:
        head, slash, rest = pattern.lstrip("/").partition("/")
        if not slash or head == "**":  # a bare name or `**/…` matches at any depth
            return pattern
        if not fnmatchcase(folder, head):
            return None
        pattern = f"/{rest}" if pattern.startswith("/") else rest
    return pattern
