"""Image references, and which database server an image is."""

from __future__ import annotations

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
