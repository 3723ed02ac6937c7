"""Which migration tool a file belongs to, where that is certain: by markers in the files, by the tool's own files beside
them, or by names together with a manifest or a command that names the tool. Nothing else counts: most tools' names are alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from posixpath import basename, dirname
from weakref import WeakKeyDictionary

from schemalint.discover import Tree
from schemalint.histories.changelogs import run_by_liquibase
from schemalint.histories.evidence import POP, VERSIONED, Evidence, Manifests, within
from schemalint.histories.flyway import Group, settings
from schemalint.model.frozen import frozen


@frozen
class Owner:
    """The tool that a file belongs to, and the folder of that history."""

    tool: str
    root: str


_MARKERS = (
    ("goose", b"+goose", re.compile(rb"^--[ \t]*\+goose[ \t]+up\b", re.I | re.M)),
    ("sql-migrate", b"+migrate", re.compile(rb"^-- \+migrate[ \t]+Up\b", re.M)),
    ("dbmate", b"migrate:up", re.compile(rb"^--[ \t]*migrate:up(?:[ \t\r]*$|[ \t])", re.M)),
    ("tern", b"create above", re.compile(rb"^[ \t]*---- create above / drop below ----", re.M)),
)
_ANY_NAME = frozenset({"sql-migrate"})
WAY_MIGRATION = re.compile(rb"^[ \t]*--[ \t-]*(?:up|down)[ \t]+migration", re.I | re.M)
"""What begins a way for node-pg-migrate. Comments of others read alike: its package must be there, too."""
_NUMBERED = re.compile(r"[0-9]+[^/]*\.sql$")
_REFINERY = re.compile(r"[VU][0-9]{1,18}__\w+\.sql$")
_SQLX = re.compile(r"[0-9]+_[^/]*\.sql$")
_NEEDS_POP = re.compile(
    rb"^[ \t]*(?:require[ \t]+)?github\.com/(?:gobuffalo|ory)/pop(?:/v\d+)?[ \t]+\S+[ \t\r]*$", re.M
)
"""Not `// indirect`: what some library needs for itself says nothing of the project."""
_POP_SERVERS = frozenset(
    {"postgres", "postgresql", "pg", "mysql", "mariadb", "sqlite", "sqlite3", "cockroach", "cockroachdb", "crdb"}
)
_STEP_FOLDER = re.compile(r"[0-9][0-9-]*(?:_|$)")


@lru_cache(maxsize=1)  # one parser after the other asks it of a file
def marked(path: str, content: bytes) -> str | None:
    """The tool whose marks an SQL file bears, with the name that the tool looks for."""
    if path.endswith(".sql"):
        for tool, telling, pattern in _MARKERS:
            if (
                telling in content
                and pattern.search(content)
                and (tool in _ANY_NAME or _NUMBERED.match(basename(path)))
            ):
                return tool
    return None


_known: WeakKeyDictionary[Tree, Mapping[str, Owner]] = WeakKeyDictionary()


def owners(project: Evidence) -> Mapping[str, Owner]:
    """Every SQL file that is certainly a step of some tool's history, by path."""
    if project.tree not in _known:
        _known[project.tree] = _find(project)
    return _known[project.tree]


def _find(project: Evidence) -> dict[str, Owner]:
    folders: dict[str, list[str]] = {}
    for path in project.tree.paths:
        if path.endswith(".sql"):
            folders.setdefault(dirname(path), []).append(path)
    found: dict[str, Owner] = {}
    listed = frozenset(project.tree.paths)
    manifests = Manifests(project, listed)
    for folder, paths in folders.items():
        if _is_pop(folder, paths, manifests):  # its names say it all: such marks are left from a tool before it
            found.update((path, Owner("pop", folder)) for path in paths if POP.fullmatch(basename(path)))
            continue
        marks = {path: tool for path in paths if (tool := marked(path, project.tree.read(path) or b"")) is not None}
        if marks:
            alone = len(set(marks.values())) == 1  # what two tools share a folder with is neither's
            tool = next(iter(marks.values()))
            numbered = {
                path: tool for path in paths if alone and (tool in _ANY_NAME or _NUMBERED.match(basename(path)))
            }
            found.update((path, Owner(one, folder)) for path, one in (numbered | marks).items())
            continue
        judges = [judge for told in _TOLD if (judge := told(folder, manifests)) is not None]
        for path in paths:
            owner = next((owner for judge in judges if (owner := judge(path)) is not None), None)
            if owner is not None:
                found[path] = owner
        if any(found.get(path) == Owner("node-pg-migrate", folder) for path in paths):
            found.update((path, Owner("node-pg-migrate", folder)) for path in paths)
    _gather(found, folders)
    found = _with_all_of_flyway(found, project, manifests.flyway)
    return found | {path: Owner("liquibase", dirname(path)) for path in run_by_liquibase(project.tree)}


def _gather(found: dict[str, Owner], folders: Mapping[str, list[str]]) -> None:
    """What belongs to a history that is known by other files: refinery's scripts in folders below, and diesel's steps whose
    folders begin with no number."""
    roots = {owner.root for owner in found.values() if owner.tool == "refinery"}
    for path, owner in list(found.items()):
        if owner.tool == "refinery":
            top = min((root for root in roots if within(owner.root, root)), key=len)
            found[path] = Owner("refinery", top)
    diesel = {owner.root for owner in found.values() if owner.tool == "diesel"}
    for folder, paths in folders.items() if diesel else ():
        if dirname(folder) in diesel and not basename(folder).startswith("."):
            steps = [path for path in paths if basename(path) in ("up.sql", "down.sql")]
            found.update((path, Owner("diesel", dirname(folder))) for path in steps)


def _with_all_of_flyway(found: dict[str, Owner], project: Evidence, told: tuple[Group, ...]) -> dict[str, Owner]:
    """Flyway finds scripts in folders below its own, too, with all names that it knows. Folders named after databases are
    chosen among, in a way that only its configuration tells: without that nothing is certain where there are such folders
    beside common files."""
    roots: dict[str, set[str]] = {}
    for path, owner in found.items():
        if owner.tool == "flyway":
            roots.setdefault(owner.root, set()).add(dirname(path))
    known = {group.root for group in told}
    mixed = {
        root
        for root in roots
        if root not in known
        and any(other != root and other.startswith(f"{root}/") and is_vendor(other) for other in roots)
    }
    certain = {path: owner for path, owner in found.items() if owner.tool != "flyway" or owner.root not in mixed}
    groups = (*told, *(Group(root, (root,), settings(project, root)) for root in roots.keys() - known - mixed))
    for path in project.tree.paths if groups else ():
        for group in groups:
            if path not in certain and group.holds(path) and group.settings.named(path) is not None:
                certain[path] = Owner("flyway", group.root)
    return certain


def _is_pop(folder: str, paths: list[str], manifests: Manifests) -> bool:
    """Whether files of both ways name their servers: several of them, or one where the Go module needs pop. A single one could
    be a part of a title for golang-migrate, which refuses two files of one version."""
    names = [match for path in paths if (match := POP.fullmatch(basename(path))) is not None]
    servers = {match[1] for match in names if match[1] is not None}
    if len(servers & _POP_SERVERS) > 1:
        return True
    return bool(names) and manifests.matches(folder, "go.mod", _NEEDS_POP)


_Judge = Callable[[str], Owner | None]
"""Whose a file is of the folder that was asked about."""


def _judge(owner: Owner, mine: Callable[[str], object]) -> _Judge:
    """What takes the files of a folder by their names."""
    return lambda path: owner if mine(basename(path)) else None


def _prisma(folder: str, manifests: Manifests) -> _Judge | None:
    root = dirname(folder)
    lock = f"{root}/migration_lock.toml" if root else "migration_lock.toml"
    return _judge(Owner("prisma", root), "migration.sql".__eq__) if lock in manifests.listed else None


def _drizzle(folder: str, manifests: Manifests) -> _Judge | None:
    journal = f"{folder}/meta/_journal.json" if folder else "meta/_journal.json"
    return _judge(Owner("drizzle", folder), bool) if journal in manifests.listed else None


def _supabase(folder: str, manifests: Manifests) -> _Judge | None:
    return _judge(Owner("supabase", folder), _SQLX.match) if f"/{folder}".endswith("/supabase/migrations") else None


def _diesel(folder: str, manifests: Manifests) -> _Judge | None:
    root, step = dirname(folder), basename(folder)
    if not _STEP_FOLDER.match(step):
        return None
    sure = manifests.above(root, ("diesel.toml",), b"") or manifests.crate("diesel(?:-async|_migrations)?", root)
    sure = sure or manifests.called("diesel", root)
    return _judge(Owner("diesel", root), frozenset({"up.sql", "down.sql"}).__contains__) if sure else None


def _refinery(folder: str, manifests: Manifests) -> _Judge | None:
    sure = manifests.called("refinery", folder)
    sure = sure or (manifests.crate("refinery", folder) and not manifests.included(folder))
    return _judge(Owner("refinery", folder), _REFINERY.match) if sure else None


_BUILDS = ("pom.xml", "build.gradle", "build.gradle.kts", "gradle/libs.versions.toml")
_CONFIGURED = ("flyway.toml", "flyway.conf", "conf/flyway.conf")


def _flyway(folder: str, manifests: Manifests) -> _Judge | None:
    elsewhere = _usual_flyway(folder, manifests)
    if not manifests.flyway:
        return elsewhere

    def judge(path: str) -> Owner | None:
        for group in manifests.flyway:
            if group.holds(path):
                return Owner("flyway", group.root) if group.settings.named(path) else None
        return None if elsewhere is None else elsewhere(path)

    return judge


def _usual_flyway(folder: str, manifests: Manifests) -> _Judge | None:
    """What of a folder that no configuration names is Flyway's by its names."""
    told = {group.settings.folder for group in manifests.flyway}
    if told and settings(manifests.project, folder).folder in told:
        return None  # its locations are known, and this is none of them
    root, slash, _ = f"{folder}/".partition("db/migration/")
    usual = bool(slash) and (not root or root.endswith("/"))
    top = f"{root}db/migration" if usual else folder
    sure = (
        usual
        or manifests.called("flyway", folder)
        or manifests.above(folder, _BUILDS, b"flyway")
        or manifests.above(folder, _CONFIGURED, b"")
    )
    below = folder[len(top) :].strip("/").split("/")[0]
    apart = is_vendor(below) or (bool(below) and manifests.by_environment(top))
    return _judge(Owner("flyway", f"{top}/{below}" if apart else top), VERSIONED.match) if sure else None


def _node_pg_migrate(folder: str, manifests: Manifests) -> _Judge | None:
    if not manifests.above(manifests.project.unit(folder), ("package.json",), b'"node-pg-migrate"'):
        return None

    def judge(path: str) -> Owner | None:
        content = (manifests.project.tree.read(path) or b"") if _NUMBERED.match(basename(path)) else b""
        marked = b"igration" in content and WAY_MIGRATION.search(content)
        return Owner("node-pg-migrate", folder) if marked else None

    return judge


def _db_migrate(folder: str, manifests: Manifests) -> _Judge | None:
    root = dirname(folder)
    loads = basename(folder) == "sqls" and any(one.endswith(".js") for one in manifests.project.tree.within(root))
    sure = loads and manifests.above(manifests.project.unit(folder), ("package.json",), b'"db-migrate')
    return _judge(Owner("db-migrate", root), lambda name: name.endswith(("-up.sql", "-down.sql"))) if sure else None


def _tern(folder: str, manifests: Manifests) -> _Judge | None:
    """What stands beside a `tern.conf`: `tern init` writes one into the folder of the migrations."""
    if (f"{folder}/tern.conf" if folder else "tern.conf") not in manifests.listed:
        return None
    return _judge(Owner("tern", folder), lambda name: _SQLX.match(name) and not name.endswith((".up.sql", ".down.sql")))


def _sqlx(folder: str, manifests: Manifests) -> _Judge | None:
    if manifests.called("sqlx", folder):
        return _judge(Owner("sqlx", folder), _SQLX.match)
    named = any(part.startswith("migrations") for part in folder.split("/"))
    rivals = "refinery", "diesel", "sea-orm-migration", "barrel", "rusqlite_migration"
    sure = named and manifests.crate("sqlx", folder) and not any(manifests.crate(rival, folder) for rival in rivals)
    return _judge(Owner("sqlx", folder), _SQLX.match) if sure else None


def _atlas(folder: str, manifests: Manifests) -> _Judge | None:
    """What stands beside an `atlas.sum`, and what is left of another tool in the folders of its steps. Atlas can keep the sums of
    histories that other tools run, too: their names are theirs."""
    if manifests.sums(folder):
        return _judge(Owner("atlas", folder), bool)
    root = dirname(folder)
    return (
        _judge(Owner("atlas", root), frozenset({"up.sql", "down.sql"}).__contains__) if manifests.sums(root) else None
    )


_TOLD: tuple[Callable[[str, Manifests], _Judge | None], ...] = (
    _atlas, _prisma, _drizzle, _supabase, _diesel, _refinery, _flyway, _node_pg_migrate, _db_migrate, _tern, _sqlx,
)  # fmt: skip
_VENDORS = frozenset(
    {"postgres", "postgresql", "mysql", "mariadb", "sqlite", "h2", "oracle", "hsqldb", "db2"}
    | {"sqlserver", "sql_server", "sql-server", "mssql"}
)


def is_vendor(folder: str) -> bool:
    """Whether a folder's name is that of a kind of server."""
    return basename(folder).lower() in _VENDORS


def owned(tool: str, project: Evidence) -> Iterator[tuple[str, list[str]]]:
    """The histories of a tool: the folder of each with its files, in path order."""
    roots: dict[str, list[str]] = {}
    for path, owner in sorted(owners(project).items()):
        if owner.tool == tool:
            roots.setdefault(owner.root, []).append(path)
    yield from sorted(roots.items())
