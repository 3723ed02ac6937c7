"""What the parsers may ask about the rest of the project: which dialect is in force at a path, and which unit it is in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import PurePosixPath
from posixpath import basename, dirname

import schemalint.sql as sql
from schemalint.config import Config
from schemalint.deployment import images
from schemalint.discover import Tree
from schemalint.model.deployment import Deployment, Mount, Service
from schemalint.model.source import Server, Source
from schemalint.parsers import DialectChoice
from schemalint.routes import compatible
from schemalint.units import Units, upward

_STEP = re.compile(r"[VUR]?\d|up\.sql|down\.sql|migration\.sql")
"""How the names of a history's steps begin."""
_STEP_ALONE = re.compile(r"(?:up|down|migration)\.sql")
"""What a step is called in a folder of its own."""

_NAMED = {
    "postgres": "postgres",
    "postgresql": "postgres",
    "pg": "postgres",
    "pgsql": "postgres",
    "mysql": "mysql",
    "mariadb": "mariadb",
    "sqlite": "sqlite",
    "sqlite3": "sqlite",
    "libsql": "sqlite",
    "mssql": "tsql",
    "sqlserver": "tsql",
    **dict.fromkeys(("clickhouse", "oracle", "cassandra", "snowflake", "bigquery", "redshift"), "generic"),
    **dict.fromkeys(("cockroach", "cockroachdb", "crdb", "yugabyte", "yugabytedb"), "generic"),
    **dict.fromkeys(("duckdb", "hive", "spark", "trino", "presto", "db2", "spanner"), "generic"),
    **dict.fromkeys(("h2", "hsqldb", "hsql", "derby", "firebird", "informix", "sybase", "vertica", "tidb"), "generic"),
}
"""Words in folder and file names that name a dialect."""
_WORDS = re.compile(r"[a-z0-9]+")
_LAST_WORD = re.compile(r"[-_.]([a-z]+)\.sql$")
_BESIDE = ("mysql.sql", "pg.sql", "pgsql.sql", "postgres.sql", "postgresql.sql", "sqlite.sql")
"""How the names of scripts for several servers end, which tells what the same word in that of another one stands for."""
_SQL_SERVER = re.compile(r"sql[-_ ]server")

_DRIVERS = {
    "postgres": (
        "gorm.io/driver/postgres github.com/lib/pq github.com/jackc/pgx pg pg-promise postgres psycopg psycopg2"
        " psycopg2-binary asyncpg pg8000 tokio-postgres"
    ),
    "mysql": (
        "gorm.io/driver/mysql github.com/go-sql-driver/mysql mysql mysql2 pymysql mysqlclient aiomysql"
        " mysql-connector-python mysql_async"
    ),
    "mariadb": "mariadb",
    "sqlite": (
        "gorm.io/driver/sqlite github.com/mattn/go-sqlite3 modernc.org/sqlite github.com/glebarez/sqlite sqlite3"
        " better-sqlite3 aiosqlite rusqlite"
    ),
    "tsql": "gorm.io/driver/sqlserver github.com/microsoft/go-mssqldb github.com/denisenkom/go-mssqldb mssql tedious",
}
_DRIVER_OF = {name: dialect for dialect, names in _DRIVERS.items() for name in names.split()}
_URL = re.compile(r"\b(postgres|postgresql|mysql|mariadb|sqlite|mssql)(?:\+\w+)?://")
_FEATURE = re.compile(r'"(postgres|mysql|sqlite)"')


_JAVA = (
    *("liquibase.properties", "application.properties", "application.yml", "application.yaml"),
    *("pom.xml", "build.gradle", "build.gradle.kts"),
)
_JAVA_DRIVERS = {
    "postgresql": "postgres",
    "mysql": "mysql",
    "mariadb": "mariadb",
    "sqlite": "sqlite",
    "sqlserver": "tsql",
    "mysql-connector-java": "mysql",
    "mysql-connector-j": "mysql",
    "mariadb-java-client": "mariadb",
    "sqlite-jdbc": "sqlite",
    "mssql-jdbc": "tsql",
}
_JAVA_DRIVER = re.compile(
    r"\bjdbc:(postgresql|mysql|mariadb|sqlite|sqlserver):"
    r"|(?:<artifactId>|[:\"'])(postgresql|mysql-connector-j(?:ava)?|mariadb-java-client|sqlite-jdbc|mssql-jdbc)(?:</artifactId>|[:\"'])"
)
"""What URLs and coordinates of drivers name. An embedded database beside them (H2, HSQLDB) is for tests."""
_JAVA_OTHER = re.compile(
    r"\bjdbc:(derby|firebirdsql|firebird|db2|oracle|informix-sqli|sybase|sap|hive2|clickhouse|ch|snowflake):"
)
"""URLs of servers that are not read."""


_TELLING = 1_000_000  # bytes of a folder's scripts that are looked at for their dialect


class Project:
    """See `schemalint.parsers.Project`. Everything is worked out on demand and once."""

    def __init__(self, tree: Tree, config: Config, deployment: Deployment) -> None:
        self.tree = tree
        self.config = config
        self.deployment = deployment
        self._hints: dict[str, tuple[DialectChoice, ...]] = {}
        self._choices: dict[str, DialectChoice] = {}
        self._own: dict[str, str | None] = {}
        self._by_name: dict[str, DialectChoice | None] = {}
        self._by_place: dict[tuple[str, str | None], DialectChoice] = {}
        self._strange: dict[tuple[str, str], bool] = {}

    @cached_property
    def units(self) -> Units:
        return Units(self.tree.paths, self.deployment.compose)

    @cached_property
    def _servers(self) -> tuple[Service, ...]:
        return tuple(s for compose in self.deployment.compose for s in compose.services if s.dialect is not None)

    def unit(self, path: str) -> str:
        return self.units.of(path)

    def dialect_of(self, path: str) -> DialectChoice:
        """Configuration, else what mounts it, else what its path says (unless the text is certainly of a database that is not
        read), else the servers and drivers of the nearest
        project above it, else its content."""
        if path not in self._choices:
            self._choices[path] = self._choose(path)
        return self._choices[path]

    def server_of(self, source: Source) -> Server | None:
        """The server that a source is meant for: as configuration says, else by the images of the servers that are given
        its files, or that the nearest project above it starts, or that its CI starts; None where nothing tells even the
        dialect."""
        if source.dialect is None or source.dialect == "generic":
            return None
        told = self._configured(source)
        found = told if told is not None and told.version is not None else self._started(source)
        if told is not None and told is not found:
            same = found is not None and found.dialect == told.dialect
            return found if found is not None and same else told
        if found is None:
            found = Server(source.dialect, None, source.dialect_why, source.dialect in ("sqlite", "tsql"))
        for database in self.config.database:
            mine = source.database == database.name or any(fnmatchcase(source.id, glob) for glob in database.sources)
            if mine and database.version is not None:
                return replace(found, version=_numbers(database.version), why="configuration: [[database]] version")
        return found

    def _configured(self, source: Source) -> Server | None:
        for one in self.config.source:
            mine = any(PurePosixPath(path).match(glob) for path in source.files for glob in one.paths)
            if mine and one.dialect is not None and one.dialect == source.dialect:
                return Server(one.dialect, _numbers(one.version), "configuration: [[source]]", True)
        if self.config.dialect is not None and self.config.dialect == source.dialect:
            return Server(self.config.dialect, _numbers(self.config.version), "configuration: dialect", True)
        return None

    def _started(self, source: Source) -> Server | None:
        """What the images say: of the servers that mount its files, else of those in the nearest folder that has some,
        else of CI's. Several must agree on what is said."""
        fitting = [server for server in self._servers if compatible(server.dialect, source.dialect)]
        found = [server for server in fitting if any(_mounts(server, path) for path in source.files)]
        for folder in upward(source.root):
            found = found or [server for server in fitting if dirname(server.span.path) == folder]
        found = found or [one for one in self.deployment.ci if compatible(one.dialect, source.dialect)]
        stated = [server.server for server in found if server.server is not None]
        if not stated:
            return None
        dialects = {images.dialect(image) for image in stated}
        versions = {images.version(image) for image in stated}
        if len(dialects) > 1:
            return Server(source.dialect or "", None, source.dialect_why, False)
        file = self.tree.file(stated[0].span.path)
        line = f":{file.position(stated[0].span.start)[0]}" if file is not None else ""
        tag = f":{stated[0].tag}" if stated[0].tag else ""
        why = f"image {stated[0].name}{tag} in {stated[0].span.path}{line}"
        return Server(dialects.pop() or "", versions.pop() if len(versions) == 1 else None, why, True)

    def _choose(self, path: str) -> DialectChoice:
        for source in self.config.source:
            if source.dialect and any(PurePosixPath(path).match(glob) for glob in source.paths):
                return DialectChoice(source.dialect, "configuration: [[source]]")
        if self.config.dialect:
            return DialectChoice(self.config.dialect, "configuration: dialect")
        mounted = next(self._mounting(path), None)
        if mounted is not None:
            return mounted
        named = self._named(path)
        if named is not None:
            return DialectChoice("generic", "the content of the SQL") if self._unread(path, named.name) else named
        return self._told(dirname(path) if path in self._listed else path, self._content(path))

    def _told(self, place: str, content: str | None) -> DialectChoice:
        """What the servers and drivers above a folder say of SQL whose content looks like that dialect, else the content."""
        if (place, content) not in self._by_place:
            self._by_place[place, content] = self._above(place, content)
        return self._by_place[place, content]

    def _above(self, place: str, content: str | None) -> DialectChoice:
        for folder in upward(place):
            hints = self._hints_in(folder)
            names = {hint.name for hint in hints}
            # SQL that clearly is of another dialect outweighs a server or driver named above it, which may be there for
            # something else: one dialect's syntax all over a folder is no accident.
            if len(names) == 1 and compatible(hints[0].name, content):
                return hints[0]
        if content is not None:
            return DialectChoice(content, "the content of the SQL")
        return DialectChoice(None, "nothing tells")

    def _named(self, path: str) -> DialectChoice | None:
        """What the name of a file, or of a folder above it, says."""
        if path not in self._by_name:
            self._by_name[path] = self._spelled(path)
        return self._by_name[path]

    def _spelled(self, path: str) -> DialectChoice | None:
        last = _LAST_WORD.search(path.lower())
        if last is not None and last[1] not in _NAMED:
            beside = [end for end in _BESIDE if path[: last.start() + 1] + end in self._listed]
            if len(beside) > (last[1] != "ms"):  # one of them is enough for SQL Server's
                known = "tsql" if last[1] == "ms" else "generic"
                return DialectChoice(known, f"the name {path.rpartition('/')[2]} beside {beside[0]}")
        folder, _, name = path.rpartition("/")
        part = _SQL_SERVER.sub("sqlserver", name.lower())
        words = {_NAMED[word] for word in _WORDS.findall(part) if word in _NAMED}
        if len(words) == 1:
            return DialectChoice(words.pop(), f"the name {part}")
        return self._named(folder) if folder else None

    def _mounting(self, path: str) -> Iterator[DialectChoice]:
        """What servers it is mounted into. A folder below the mounted one that bears the name of another database was not
        meant for that server."""
        for server in self._servers:
            for mount in _mounts(server, path):
                below = path.removeprefix(mount.source or "").lower()
                named = {_NAMED[word] for word in _WORDS.findall(below) if word in _NAMED}
                if named and not any(compatible(name, server.dialect) for name in named):
                    continue
                yield DialectChoice(server.dialect, f"service {server.name} in {server.span.path} mounts it")

    def _hints_in(self, folder: str) -> tuple[DialectChoice, ...]:
        """What the compose files of a folder, or else its manifests, say: servers, then drivers, then URLs."""
        if folder not in self._hints:
            servers = tuple(
                DialectChoice(s.dialect, f"service {s.name} in {s.span.path}")
                for s in self._servers
                if dirname(s.span.path) == folder
            )
            self._hints[folder] = servers or tuple(self._drivers(folder)) or tuple(self._not_read(folder))
        return self._hints[folder]

    def _drivers(self, folder: str) -> Iterator[DialectChoice]:
        for module in self.deployment.go_modules:
            if module.root == folder:
                for requirement in module.requires:
                    name = re.sub(r"/v\d+$", "", requirement.name)
                    if name in _DRIVER_OF:
                        yield DialectChoice(_DRIVER_OF[name], f"{requirement.name} in {module.path}")
        for name in (
            "package.json",
            "requirements.txt",
            "pyproject.toml",
            "Pipfile",
            "Cargo.toml",
            "alembic.ini",
            ".env",
        ):
            path = f"{folder}/{name}" if folder else name
            file = self.tree.file(path) if path in self._listed else None
            if file is not None:
                for dialect in _mentioned(name, file.text):
                    yield DialectChoice(dialect, f"the driver in {path}")
        for name in _JAVA:
            path = f"{folder}/{name}" if folder else name
            file = self.tree.file(path) if path in self._listed else None
            if file is not None:
                for dialect in sorted(
                    {_JAVA_DRIVERS[match[1] or match[2]] for match in _JAVA_DRIVER.finditer(file.text)}
                ):
                    yield DialectChoice(dialect, f"the driver in {path}")

    def _not_read(self, folder: str) -> Iterator[DialectChoice]:
        """The URL of a server that is not read, where nothing names another."""
        for name in _JAVA:
            path = f"{folder}/{name}" if folder else name
            file = self.tree.file(path) if path in self._listed else None
            found = _JAVA_OTHER.search(file.text) if file is not None else None
            if found is not None:
                yield DialectChoice("generic", f"{found[0]} in {path}, a database that is not read")
                return

    @cached_property
    def _listed(self) -> frozenset[str]:
        return frozenset(self.tree.paths)

    @cached_property
    def _guesses(self) -> dict[str, str | None]:
        return {}

    def _content(self, path: str) -> str | None:
        """What the SQL itself looks like: a file by itself where that tells, but for steps of a history, which are of one
        dialect whatever one of them says; else all of the .sql files of its folder taken together, unless some of those
        that stand by themselves are of another dialect than others."""
        own = self._alone(path) if path in self._listed else None
        if own is not None:
            return own
        folder = path if f"{path}/" in self._sql_folders or path in self._stepped else dirname(path)
        if folder not in self._stepped and _STEP_ALONE.match(basename(path)) and dirname(folder) in self._stepped:
            folder = dirname(folder)
        if folder not in self._guesses:
            paths = self._stepped.get(folder) or self._sql_folders.get(f"{folder}/") or []
            paths = [known for known in paths if self._named(known) is None] or paths
            several = len({self._alone(known) for known in paths} - {None}) > 1
            self._guesses[folder] = sql.guess(self._together(paths)) if not several else None
        return self._guesses[folder]

    def _unread(self, path: str, named: str | None) -> bool:
        """Whether what bears the name of a dialect is written for a database that is not read: a file that stands by itself, else
        all of the .sql files of its folder, which are of one dialect."""
        if named is None or named == "generic":
            return False
        alone = path in self._listed and not _STEP.match(basename(path))
        folder = path if f"{path}/" in self._sql_folders or path in self._stepped else dirname(path)
        key = path if alone else folder
        if (key, named) not in self._strange:
            paths = [path] if alone else self._stepped.get(folder) or self._sql_folders.get(f"{folder}/") or []
            texts = [known for known in paths if known.endswith(".sql")]
            self._strange[key, named] = bool(texts) and sql.unread(self._together(texts), named)
        return self._strange[key, named]

    def _together(self, paths: Iterable[str]) -> str:
        """The beginnings of scripts, as much as it takes to tell what they are."""
        texts: list[str] = []
        size = 0
        for path in paths:
            content = self.tree.read(path) if size < _TELLING else None
            if content is not None:
                texts.append(content[:_TELLING].decode("utf-8", "replace"))
                size += len(texts[-1])
        return "\n".join(texts)

    def _alone(self, path: str) -> str | None:
        """What a file that is no step of a history looks like by itself."""
        if path not in self._own and path.endswith(".sql") and not _STEP.match(basename(path)):
            self._own[path] = sql.guess(self._together((path,)))
        return self._own.get(path)

    @cached_property
    def _stepped(self) -> dict[str, list[str]]:
        """The scripts of folders whose steps have a folder each, which all of them are of one dialect."""
        found: dict[str, list[str]] = {}
        for folder, paths in self._sql_folders.items():
            if all(_STEP_ALONE.match(basename(path)) for path in paths):
                found.setdefault(dirname(dirname(folder)), []).extend(paths)
        return found

    @cached_property
    def _sql_folders(self) -> dict[str, list[str]]:
        folders: dict[str, list[str]] = {}
        for path in self.tree.paths:
            if path.endswith(".sql"):
                folders.setdefault(f"{dirname(path)}/", []).append(path)
        return folders


def _mounts(server: Service, path: str) -> list[Mount]:
    """The mounts that bring a file into a server's container."""
    return [
        mount
        for mount in server.mounts
        if mount.source and (path == mount.source or path.startswith(f"{mount.source.rstrip('/')}/"))
    ]


def _numbers(version: str | None) -> tuple[int, ...] | None:
    return None if version is None else tuple(int(number) for number in version.split("."))


def _mentioned(name: str, text: str) -> Iterator[str]:
    """The dialects whose drivers or URLs a manifest names as a dependency."""
    found = {_NAMED[match[1]] for match in _URL.finditer(text)}
    if name == "package.json":
        words = set(re.findall(r'"([\w@/.-]+)"\s*:', text))
    elif name == "Cargo.toml":
        words = set(re.findall(r"^([\w-]+)\s*=", text, re.M))
        found |= {_NAMED[match[1]] for match in _FEATURE.finditer(text)}
    else:
        words = {word.lower() for word in re.findall(r"^[\s\"']*([A-Za-z][\w.-]*)", text, re.M)}
    yield from sorted(found | {_DRIVER_OF[word] for word in words if word in _DRIVER_OF})
