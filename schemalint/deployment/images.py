"""Image references, and which database server an image is."""

from __future__ import annotations

import re

from schemalint.model.deployment import Image
from schemalint.model.span import Span

_HUB = ("docker.io/", "index.docker.io/", "registry-1.docker.io/", "library/")
_SERVERS = {
    "postgres": "postgres",
    "postgresql": "postgres",
    "postgresql-repmgr": "postgres",
    "postgis": "postgres",
    "timescaledb": "postgres",
    "timescaledb-ha": "postgres",
    "timescaledb-postgis": "postgres",
    "pgvector": "postgres",
    "pgvecto-rs": "postgres",
    "paradedb": "postgres",
    "citus": "postgres",
    "spilo": "postgres",
    "postgresml": "postgres",
    "mysql": "mysql",
    "mysql-server": "mysql",
    "percona": "mysql",
    "percona-server": "mysql",
    "percona-xtradb-cluster": "mysql",
    "mariadb": "mariadb",
    "mariadb-galera": "mariadb",
    "azure-sql-edge": "tsql",
}


def image(reference: str, span: Span) -> Image:
    """`registry/name:tag@digest` taken apart; the names of Docker Hub lose what is understood there."""
    reference = reference.strip().partition("@")[0]
    head, colon, tag = reference.rpartition(":")
    if not colon or "/" in tag:
        head, tag = reference, ""
    for prefix in _HUB:
        head = head.removeprefix(prefix)
    for registry in ("/docker/library/", "/library/"):
        if registry in head:
            head = head[head.index(registry) + len(registry) :]
    return Image(head, tag or None, span)


def dialect(found: Image | None) -> str | None:
    """The dialect of a database server's image, None for any other."""
    if found is None:
        return None
    if found.name.lower() == "mcr.microsoft.com/mssql/server":
        return "tsql"
    return _SERVERS.get(found.name.lower().rpartition("/")[2])


_NUMBER = r"(\d{1,4}(?:\.\d{1,4}){0,3})"
_LEADING = re.compile(rf"v?{_NUMBER}(?![\w.])")
_WITHIN = re.compile(rf"(?:^|[-_.])pg-?{_NUMBER}(?![\d.])")
_OWN = frozenset(
    {"timescaledb", "timescaledb-ha", "timescaledb-postgis", "pgvector", "pgvecto-rs", "paradedb", "citus"}
)
"""Images whose tags count the extension's versions: PostgreSQL's stands behind `pg`."""
_POSSIBLE = {"postgres": (8, 99), "mysql": (5, 9), "mariadb": (5, 99), "tsql": (2012, 2099)}
"""The first numbers that the versions of a server have: a team's own image counts in its own way."""


def version(found: Image | None) -> tuple[int, ...] | None:
    """The version of the database server in an image, as far as its tag states it; None when it does not (`latest`)."""
    kind = dialect(found)
    if found is None or kind is None or found.tag is None:
        return None
    name = found.name.lower().rpartition("/")[2]
    stated = _WITHIN.search(found.tag)
    if stated is None and name not in _OWN and name not in ("postgresml", "spilo", "azure-sql-edge"):
        stated = _LEADING.match(found.tag)
    if stated is None:
        return None
    numbers = tuple(int(number) for number in stated[1].split("."))
    first, last = _POSSIBLE[kind]
    return numbers if first <= numbers[0] <= last else None
