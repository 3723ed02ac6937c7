"""What stands in the scripts of sync/ for what every server spells otherwise."""

from __future__ import annotations

VERSIONS = ("5.22.5", "6.19.2", "6.37.8")
DIALECTS = ("mysql", "postgres", "sqlite")
BETWEEN = {"choices": ("6.29.0", "6.30.0")}
"""Versions in which something changed that only one program shows."""
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
