"""SL128 extension-not-available. Docs and tests: rules/SL128-extension-not-available.md"""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname

from schemalint.databases import Database
from schemalint.initdb import INITDB
from schemalint.model.catalog import DeploymentPath
from schemalint.model.deployment import Deployment, Image, Service
from schemalint.model.facts import Fact
from schemalint.model.finding import Finding, Location, Severity
from schemalint.model.names import ObjectKind
from schemalint.model.objects import CreateObject
from schemalint.model.source import Source, SourceKind
from schemalint.rules import Rule, rule

_CALLED = {
    "pgvector": "vector",
    "pg_vector": "vector",
    "uuid_ossp": "uuid-ossp",
    "uuid-oosp": "uuid-ossp",
    "uuid-osp": "uuid-ossp",
    "pg_crypto": "pgcrypto",
    "pgtrgm": "pg_trgm",
    "pg_trigram": "pg_trgm",
    "timescale": "timescaledb",
    "pg_stat_statement": "pg_stat_statements",
}
"""Names that are written for an extension, and what its control file is called. No extension bears one of the former."""

_OTHERS = frozenset(
    """address_standardizer age anon citus columnar h3 h3_postgis hll http hypopg ip4r lantern mysql_fdw oracle_fdw orafce pg_cron
    pg_graphql pg_hint_plan pg_ivm pg_jieba pg_jsonschema pg_net pg_partman pg_repack pg_search pg_squeeze pg_tiktoken
    pg_uuidv7 pgaudit pgjwt pglogical pgmq pgroonga pgrouting pgsodium pgtap plv8 postgis postgis_raster
    postgis_sfcgal postgis_tiger_geocoder postgis_topology rum supabase_vault tds_fdw temporal_tables timescaledb
    timescaledb_toolkit ulid vchord vector vectors vectorscale zhparser""".split()  # noqa: SIM905
)
"""Extensions that are no part of PostgreSQL (https://www.postgresql.org/docs/current/contrib.html lists those that are): the
official image, which has these, has none of them (docker-library/postgres)."""

_BRINGS = {
    "postgres": frozenset[str](),
    "pgvector/pgvector": frozenset({"vector"}),
}
"""Images of PostgreSQL, and which of those each has (pgvector/pgvector's Dockerfile adds its own to the official image)."""


@rule("SL128", "extension-not-available", severity=Severity.ERROR, on=Database)
def check(self: Rule, database: Database) -> Iterator[Finding]:
    for source in database.sources:
        if source.dialect == "postgres":
            for fact in _wanted(source):
                if _name(fact) in _CALLED:
                    yield _misnamed(self, fact, source)
    for path in database.paths:
        if path.server is not None and path.dialect == "postgres":
            yield from _lacking(self, path, path.server, database.deployment)


def _wanted(source: Source) -> Iterator[CreateObject]:
    """The extensions that a source asks for on no condition."""
    facts: Iterator[Fact] = (fact for script in source.scripts for fact in script.facts)
    for fact in facts:
        if isinstance(fact, CreateObject) and fact.kind is ObjectKind.EXTENSION and fact.guard is None:
            yield fact


def _name(fact: CreateObject) -> str:
    return fact.name.name.key


def _misnamed(self: Rule, fact: CreateObject, source: Source) -> Finding:
    name, right = _name(fact), _CALLED[_name(fact)]
    written = f'"{right}"' if "-" in right else right
    return self.finding(
        f"no extension is called {name}: it is `{written}`",
        Location(fact.span, "PostgreSQL looks for a control file of this name"),
        help=f"write CREATE EXTENSION IF NOT EXISTS {written}",
        notes=(_words(name),),
        object=name,
        sources=(source.id,),
    )


def _lacking(self: Rule, path: DeploymentPath, server: Service, deployment: Deployment) -> Iterator[Finding]:
    """What the steps of a path ask a server for that its image does not have."""
    image = server.image
    has = _BRINGS.get(image.name) if image is not None else None
    if image is None or has is None or _is_changed(server, deployment):
        return
    for step in path.steps:
        source = step.source
        if source.kind is SourceKind.MODELS or source.parser == "code":
            continue  # code goes on where it catches the refusal
        proved = any(place.span.path == server.span.path for place in step.evidence)
        for fact in _wanted(source):
            name = _name(fact)
            if name in has or name not in _OTHERS or fact.span.path.endswith(".sh"):
                continue  # psql, which scripts of the shell call, mostly goes on
            yield self.finding(
                f"the server has no extension {name}: the image {_shown(image)} brings PostgreSQL's own"
                + (f" and {', '.join(sorted(has))}" if has else ""),
                Location(fact.span, "asked for here"),
                Location(image.span, "the image that it is asked of"),
                severity=None if proved else Severity.WARNING,
                help=_help(name),
                notes=(_words(name),),
                object=name,
                sources=(source.id,),
                path=path,
            )


def _is_changed(server: Service, deployment: Deployment) -> bool:
    """Whether what runs may not be the image as it is: it is built here, its command is a script or installs something, files
    are mounted over its own, or another compose file beside this one gives the service another image."""
    command = (server.command or "postgres").split()
    if server.build is not None or not (command[0].startswith("-") or command[0] == "postgres"):
        return True
    if any(not mount.target.startswith((INITDB, "/var/", "/etc/", "/docker-", "/tmp")) for mount in server.mounts):
        return True
    folder = dirname(server.span.path)
    return any(
        other.name == server.name and (other.build is not None or _differs(other.image, server.image))
        for compose in deployment.compose
        if compose.path != server.span.path and dirname(compose.path) == folder
        for other in compose.services
    )


def _differs(one: Image | None, other: Image | None) -> bool:
    return one is not None and other is not None and one.name != other.name


def _shown(image: Image) -> str:
    return f"{image.name}:{image.tag}" if image.tag else image.name


def _help(name: str) -> str:
    if name in ("vector", "vectorscale"):
        return "take the image pgvector/pgvector of the same version (pg16, pg17, …) in its place"
    if name.startswith("postgis"):
        return "take the image postgis/postgis of the same version in its place"
    if name == "timescaledb":
        return "take an image of timescale/timescaledb in its place"
    return "take an image that has it, or build one that installs it"


def _words(name: str) -> str:
    return f'PostgreSQL: extension "{name}" is not available (0A000)'
