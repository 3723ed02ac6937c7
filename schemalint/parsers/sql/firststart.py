"""What a server's image runs at first start and is no plain script: packed ones, and shell scripts with their SQL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from posixpath import basename, join, normpath

from schemalint.initdb import Folder
from schemalint.model.deployment import Service
from schemalint.model.facts import Fact, Opaque
from schemalint.model.objects import Alone, RefreshView, Savepoint, Transaction
from schemalint.model.span import SourceFile, Span
from schemalint.packed import PACKED
from schemalint.parsers import Extract, Project
from schemalint.parsers.sql.text import extract
from schemalint.shell import commands
from schemalint.sql.heredocs import Given, calls_client, given, read_given

_WORDS = """: [ [[ alias awk basename break case cat cd chmod chown continue cp createdb createuser cut date declare dirname done
    echo env esac exit export false fi find for function grep head hostname id kill local ls mkdir mysql_note mysql_warn
    mysqladmin mariadb-admin mv pg_ctl pg_isready printf pwd read readonly return rm sed set shift sleep sort tail tee
    test touch tr trap true typeset umask unset until wait wc which whoami } ] ]]"""
_HARMLESS = frozenset(_WORDS.split())
"""Commands that leave the schema alone, or whose text is data for others."""
_FUNCTION = re.compile(r"^[ \t]*(?:function[ \t]+)?([A-Za-z_][\w-]*)[ \t]*\(\)", re.M)
_NAME = re.compile(r"[A-Za-z_.][\w./+-]*")
_MAIN = {"postgres": ("POSTGRES_DB", "POSTGRES_USER"), "mysql": ("MYSQL_DATABASE",), "mariadb": ("MARIADB_DATABASE",)}


def read(folder: Folder, project: Project, known: frozenset[str]) -> dict[str, Extract]:
    """The extracts of those files, and of what they run, by path."""
    dialect = folder.service.dialect
    found: dict[str, Extract] = {}
    todo = [path for path in folder.paths if not path.endswith(".sql")]
    while todo:
        path = todo.pop()
        file = project.tree.file(path, dialect)
        if path in found:
            continue
        if file is None:
            found[path] = _extract([_lost(path, project.tree.unreadable.get(path, "cannot be read"))])
        elif path.endswith(".sh"):
            found[path] = _shell(file, folder.service, known)
            todo += [target for _, _, _, target in found[path]["runs"] if target.endswith(PACKED)]
        else:
            found[path] = extract(file, dialect)
    return found


def of_others(folder: Folder, extracts: Mapping[str, Extract]) -> dict[str, Extract]:
    """The scripts that change to another database than the first that does so: they have nothing to do with its tables, and
    are listed."""
    named = {path: extracts[path].get("database") for path in folder.paths if path in extracts}
    first = next((name for name in named.values() if name is not None), None)
    return {
        path: _extract([_elsewhere(path, name)]) for path, name in named.items() if name is not None and name != first
    }


def _elsewhere(path: str, name: str) -> Fact:
    span = Span(path, 0, 0)
    return Opaque(span, span, f"it works on the database {name}, another one than the scripts before it", ())


def _lost(path: str, why: str) -> Fact:
    span = Span(path, 0, 0)
    return Opaque(span, span, f"{basename(path)} runs at first start and {why}", None)


def _extract(facts: list[Fact], runs: list[list[int | str]] | None = None) -> Extract:
    made = tuple(facts)
    return {"facts": made, "statements": len(facts), "ddl": len(facts), "marked": False, "runs": runs or []}


def _shell(file: SourceFile, service: Service, known: frozenset[str]) -> Extract:
    facts: list[Fact] = list(_unknown_commands(file))
    runs: list[list[int | str]] = []
    for one in given(file.text):
        if one.file is not None:
            path = _inside(one, service, known)
            if path is not None and _mine(one, service) is True:
                runs.append([one.start, one.end, "path" if one.certain else "maybe", path])
            elif path is None or _mine(one, service) is None:
                facts.append(_opaque(file, one, f"{one.file} is not read, so what it runs is not known"))
            continue
        reading = read_given(file, one, service.dialect)
        mine = _mine(one, service)
        bears = any(not isinstance(fact, Alone | RefreshView | Savepoint | Transaction) for fact in reading.facts)
        if mine is True:
            facts += reading.facts
        elif bears and mine is None:
            facts.append(_opaque(file, one, "which database this is for is not known"))
        elif bears:
            span = file.span(one.start, one.start)
            facts.append(Opaque(span, span, f"what follows is for the database {one.database} and is not read", ()))
    facts.sort(key=lambda fact: fact.statement.start)
    return _extract(facts, runs)


def _opaque(file: SourceFile, one: Given, why: str) -> Fact:
    span = file.span(one.start, one.end)
    return Opaque(span, span, why, None)


def _unknown_commands(file: SourceFile) -> Iterator[Fact]:
    """Commands that may change the schema in a way that only they know."""
    own = frozenset(_FUNCTION.findall(file.text))
    for command in commands(file.text, nested=0):
        name = command.words[0].text
        if name in _HARMLESS or name in own or calls_client(command):
            continue
        if command.words[0].known and not _NAME.fullmatch(name):
            continue  # the pattern of a case
        span = file.span(command.start, command.end)
        yield Opaque(span, span, f"what {name} does to the database is not known", None)


def _inside(one: Given, service: Service, known: frozenset[str]) -> str | None:
    """The file of the project that a path in the container is."""
    if one.file is None or one.folder is None:
        return None
    wanted = normpath(join("/", one.folder, one.file))
    mounts: Mapping[str, str] = {
        m.target.rstrip("/"): m.source.rstrip("/") for m in service.mounts if m.source is not None
    }
    for target in sorted(mounts, key=len, reverse=True):
        if wanted == target or wanted.startswith(f"{target}/"):
            path = f"{mounts[target]}{wanted[len(target) :]}".lstrip("/")
            return path if path in known else None
    return None


def _mine(one: Given, service: Service) -> bool | None:
    """Whether it is for the server's first database; None when not known. psql without a database takes the one that is named
    after the user."""
    names = _MAIN.get(service.dialect or "", ())
    stated = [service.environment[name] for name in names if name in service.environment]
    told = (one.database or "").strip('${}"').partition(":")[0]
    if one.client == "docker_process_sql" and one.database is None:
        return True
    if one.database is None:
        return True if one.client != "psql" or len(set(stated)) < 2 else None
    if told in names or told in ("MYSQL_DATABASE", "MARIADB_DATABASE") or one.database in stated[:1]:
        return told != "POSTGRES_USER" or len(set(stated)) < 2 or None
    return None if "$" in one.database or None in stated[:1] or not stated else False
