"""What stands in the programs and scripts of sync/ for what every version and every server spells otherwise."""

from __future__ import annotations

VERSIONS = ("5.22.5", "6.19.2", "6.37.8", "7.0.0-alpha.48")
LAST_6 = "6.37.8"
DIALECTS = ("mysql", "postgres", "sqlite")
BETWEEN = {"choices": ("6.29.0", "6.30.0")}
"""Versions in which something changed that only one program shows."""
_CLASSES = {"mysql": "MariaDbDialect", "postgres": "PostgresDialect", "sqlite": "SqliteDialect"}
_ID = {
    "mysql": "id INT NOT NULL AUTO_INCREMENT PRIMARY KEY",
    "postgres": "id SERIAL PRIMARY KEY",
    "sqlite": "id INTEGER PRIMARY KEY AUTOINCREMENT",
}
_ENUM = {"postgres": "CREATE TYPE \"enum_users_mood\" AS ENUM ('happy', 'sad');\n"}
_MOOD = {"mysql": "ENUM('happy', 'sad')", "postgres": '"enum_users_mood"', "sqlite": "TEXT"}


def script(text: str, dialect: str) -> str:
    """A script of sync/ as a dialect spells it."""
    spelled = text.replace("/*ID*/", _ID[dialect]).replace("/*ENUM*/", _ENUM.get(dialect, ""))
    return spelled.replace("/*MOOD*/", _MOOD[dialect])


def spoken(name: str) -> tuple[str, ...]:
    """The databases that a program is for: one where its name begins with it."""
    return tuple(one for one in DIALECTS if name.startswith(f"{one}-")) or DIALECTS


def seven(version: str) -> bool:
    """Sequelize 7 has a package, a way to connect and a driver of its own."""
    return version.startswith("7")


def program(text: str, dialect: str, version: str) -> str:
    """A program of sync/ as one writes it for this version and database."""
    if not seven(version):
        return text.replace("DIALECT", repr(dialect))
    made = text.replace("'sequelize'", "'@sequelize/core'").replace("DIALECT", _CLASSES[dialect])
    made = made.replace("references: { model:", "references: { table:").replace(
        " constraints:", " foreignKeyConstraints:"
    )
    package = {"mysql": "mariadb", "sqlite": "sqlite3"}.get(dialect, dialect)
    made = made.replace("new Sequelize('app', 'user', 'password', {", "new Sequelize({ database: 'app',")
    return f"const {{ {_CLASSES[dialect]} }} = require('@sequelize/{package}');\n{made}"
