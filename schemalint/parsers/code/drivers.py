"""The database that a file's own imports are meant for."""

from __future__ import annotations

import re

from schemalint.model.span import SourceFile

_MODULES = {
    "postgres": "github.com/lib/pq github.com/jackc/pgx pg postgres psycopg psycopg2 asyncpg pg8000 tokio_postgres pg-promise",
    "mysql": "github.com/go-sql-driver/mysql mysql mysql2 pymysql MySQLdb aiomysql mysql.connector",
    "mariadb": "mariadb",
    "sqlite": (
        "github.com/mattn/go-sqlite3 modernc.org/sqlite github.com/glebarez/sqlite sqlite3 aiosqlite rusqlite sqlite"
        " better-sqlite3 bun:sqlite node:sqlite expo-sqlite sql.js zombiezen.com/go/sqlite crawshaw.io/sqlite"
    ),
}
_DIALECTS = {name: dialect for dialect, names in _MODULES.items() for name in names.split()}
_IMPORTS = {
    ".go": re.compile(r'^\s*(?:import\s+)?(?:[\w.]+\s+)?"([\w./:-]+)"\s*(?://[^\n]*)?$', re.M),
    ".rs": re.compile(r"\b(?:use\s+(?:::)?)?([a-z]\w*)::"),
    ".py": re.compile(r"^\s*(?:import|from)\s+([\w.]+)", re.M),
}
_SCRIPT = re.compile(r"""(?:\bfrom\s*|\brequire\s*\(\s*|\bimport\s*\(?\s*)['"]([\w./:@-]+)['"]""")
_MAJOR = re.compile(r"/v\d+(?=/|$)")


def imported(file: SourceFile) -> dict[str, str]:
    """The dialects whose drivers a file imports, and the first driver of each."""
    suffix = file.path[file.path.rindex(".") :]
    found: dict[str, str] = {}
    for match in _IMPORTS.get(suffix, _SCRIPT).finditer(file.text):
        name = _MAJOR.sub("", match[1])
        for known in (name, name.rpartition("/")[0], name.split(".")[0]):
            if known in _DIALECTS:
                found.setdefault(_DIALECTS[known], name)
    return found
