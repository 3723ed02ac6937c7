"""`[tool.schemalint]` of pyproject.toml, `schemalint.toml` or `.schemalint.toml` → a frozen Config."""

from __future__ import annotations

from typing import Any

import msgspec


class _Section(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, rename="kebab"):
    """Keys are written in kebab-case; an unknown one is an error."""


class SourceConfig(_Section):
    """`[[source]]`: says what a set of files is. `paths` are globs relative to the configuration file's folder."""

    parser: str
    paths: tuple[str, ...]
    dialect: str | None = None
    database: str | None = None
    authority: int | None = None


class DatabaseConfig(_Section):
    """`[[database]]`: puts sources (by id, glob) into one database; `paths` lists chains of source ids run in order."""

    name: str
    sources: tuple[str, ...] = ()
    paths: tuple[tuple[str, ...], ...] = ()


class GormConfig(_Section):
    """What `gorm.Config{NamingStrategy: …}` says, for projects that compute it."""

    table_prefix: str = ""
    singular_table: bool = False


class SequelizeConfig(_Section):
    """`define`: the options given to `new Sequelize(…, {define})`, for projects that compute them."""

    define: dict[str, Any] = {}


class Config(_Section):
    """`severity` maps a rule's code or name to error, warning, note or off; `per_file_ignores` maps globs to rules."""

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
