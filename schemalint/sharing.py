"""Which of those that use one server use one database on it: a server may hold a database for every service.

What the environment of the services says decides: the same name is one database, two names are two. Where a name is not known,
sources of one project share, and so does what speaks of the tables of a script that the server runs itself. Nothing else
tells, and then nothing is asserted across them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Set

from schemalint.model.deployment import Service
from schemalint.model.frozen import frozen
from schemalint.model.names import TableName
from schemalint.model.source import Source, SourceKind
from schemalint.units import Units

_URL = re.compile(
    r"^(?:jdbc:)?(?P<scheme>[a-z][a-z0-9+]{1,30})://[^/?#\s]{0,300}/(?P<name>[^/?#\s]{1,100})(?:\?(?P<query>\S{0,500}))?$",
    re.I,
)
_DSN = re.compile(r"@(?:tcp|unix)?\([^)]{0,200}\)/(?P<name>[^?\s]{1,100})")  # of Go's MySQL driver
_WORDS = re.compile(r"(?:^|\s)dbname=(?P<name>[^\s']{1,100})(?:\s|$)")  # of libpq
_SCHEMA = re.compile(r"(?:^|&)(?:schema|search_path|currentSchema)=(?P<name>[^&]{1,100})")
_NAMED = re.compile(
    r"(?:\w+_)?(?:DB|DATABASE|PG|POSTGRES|POSTGRESQL|MYSQL|MARIADB)_?(?:NAME|DATABASE|DBNAME)|(?:\w+_)?(?:POSTGRES|MYSQL|MARIADB)_DB",
    re.I,
)
_SCHEMES = ("postgres", "mysql", "mariadb", "sqlserver", "mssql")
_OWN = {
    "postgres": ("POSTGRES_DB", "POSTGRESQL_DATABASE"),
    "mysql": ("MYSQL_DATABASE", "MARIADB_DATABASE"),
    "mariadb": ("MARIADB_DATABASE", "MYSQL_DATABASE"),
}
"""What the images of servers take as the name of the first database (docker-library/postgres, mysql, MariaDB/mariadb-docker,
2026)."""


@frozen
class User:
    """A source that something runs on a server. `name` is the database that it is told, None where that is not known; `given`:
    the server's own image runs it."""

    source: Source
    name: str | None
    given: bool = False


def first_database(server: Service) -> str | None:
    """The database that a server's image makes and runs its scripts in, None where it is not known."""
    stated = [server.environment[name] for name in _OWN.get(server.dialect or "", ()) if name in server.environment]
    return stated[0] if stated else None


def told(services: Iterable[Service], variable: str | None = None) -> str | None:
    """The one database that the environment of these services names, None where it names none or several; with a `variable`,
    the one that this names."""
    names = {
        name
        for service in services
        for name in _names(
            {key: value for key, value in service.environment.items() if variable is None or key == variable}
        )
    }
    return names.pop() if len(names) == 1 else None


def _names(environment: Mapping[str, str | None]) -> Iterator[str | None]:
    for variable, value in environment.items():
        if value is None:
            if _NAMED.fullmatch(variable) or variable.upper().endswith("DATABASE_URL"):
                yield None  # a name that is not known is not the one that another variable says
            continue
        url = _URL.match(value)
        if url is not None:
            if url["scheme"].lower().startswith(_SCHEMES):
                schema = _SCHEMA.search(url["query"] or "")
                own = schema["name"] if schema is not None else "public"
                yield url["name"] if own == "public" else f"{url['name']} {own}"
            continue
        dsn = _DSN.search(value) or _WORDS.search(value)
        if dsn is not None:
            yield dsn["name"]
        elif value and _NAMED.fullmatch(variable):
            yield value


def parted(users: Iterable[User], units: Units, tables: Callable[[str], Set[TableName]]) -> Iterator[list[User]]:
    """The users of each database, one whose name is known in front. `tables` are those that a source (by id) speaks of."""
    groups: list[list[User]] = []
    known = sorted(users, key=_certainty)
    ids = {user.source.id for user in known}
    for user in known:
        if user.name is not None:
            mine = [group for group in groups if group[0].name == user.name]
        elif user.source.rivals & ids:
            mine = []  # which of one program's databases is which is not known
        else:
            mine = [group for group in groups if _fits(user, group, units, tables)]
        if len(mine) == 1:
            mine[0].append(user)
        else:
            groups.append([user])
    told_apart = len(groups) == 2 and all(group[0].name is not None for group in groups)
    if len(groups) == 2 and not told_apart and any(all(one.given for one in group) for group in groups):
        groups = [[*groups[0], *groups[1]]]  # the scripts are for nobody else
    yield from groups


def _certainty(user: User) -> tuple[bool, bool, bool, str]:
    """Those that say most come first."""
    source = user.source
    return user.name is None, source.kind is not SourceKind.MIGRATIONS, not user.given, source.id


def _fits(user: User, group: list[User], units: Units, tables: Callable[[str], Set[TableName]]) -> bool:
    mine = user.source
    if any(_of_one_tool(mine, one.source) for one in group):
        return False  # each would take the other's record of what has run for its own
    return any(
        units.related(mine.root, one.source.root)
        or ((user.given or one.given) and not tables(mine.id).isdisjoint(tables(one.source.id)))
        for one in group
    )


def _of_one_tool(one: Source, other: Source) -> bool:
    return one.kind is other.kind is SourceKind.MIGRATIONS and one.parser == other.parser
