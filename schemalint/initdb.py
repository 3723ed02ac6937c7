"""What the official images of PostgreSQL, MySQL and MariaDB run on an empty volume, and in which order.

After `docker_process_init_files` in docker-library/postgres and docker-library/mysql and MariaDB/mariadb-docker (2026): the
shell's `*` in the folder, so no hidden files and nothing in folders below it, in the order of the image's locale.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from posixpath import basename, dirname

from schemalint.model.deployment import Deployment, Image, Service
from schemalint.model.frozen import frozen

INITDB = "/docker-entrypoint-initdb.d"
RUN = (".sh", ".sql", ".sql.gz", ".sql.xz", ".sql.zst")
_BZIP2 = ".sql.bz2"  # by the image mysql alone
_SCRIPT = re.compile(r"\.sql(?:\.\w+)?$", re.I)
_KINDS = re.compile(r"[^0-9]")
_PUNCTUATION = str.maketrans({"_": "/"})  # which stands behind "-" and "." and before digits in en_US


@frozen
class Folder:
    """What one server is given: its files in running order. `settled` is False where the order depends on a locale that is
    not known; `passed_over` are scripts by their name that the image does not run, each with why."""

    service: Service
    root: str
    paths: tuple[str, ...]
    settled: bool = True
    passed_over: tuple[tuple[str, str], ...] = ()


def folders(deployment: Deployment, listed: Iterable[str]) -> Iterator[Folder]:
    """For every server with mounts into the folder: what stands for them, and what is run."""
    known = frozenset(listed)
    seen: set[tuple[str, ...]] = set()
    for service in (one for compose in deployment.compose for one in compose.services):
        files: dict[str, str] = {}  # name inside the container → path
        roots: list[str] = []
        for mount in service.mounts:
            target = mount.target.rstrip("/")
            if mount.source is None:
                continue
            if target == INITDB:
                roots.append(mount.source)
                for path in sorted(known):
                    if dirname(path) == mount.source.rstrip("/") and not basename(path).startswith("."):
                        files.setdefault(basename(path), path)
            elif dirname(target) == INITDB and mount.source in known:
                files[basename(target)] = mount.source
        run = {name: path for name, path in files.items() if _runs(name, service.server)}
        names, settled = _ordered(run, service.server)
        paths = tuple(run[name] for name in names)
        if not paths or paths in seen:
            continue
        seen.add(paths)
        root = paths[0] if len(paths) == 1 and not roots else roots[0] if roots else dirname(paths[0])
        passed = tuple((path, _why(name)) for name, path in sorted(files.items()) if name not in run and _script(name))
        yield Folder(service, root, paths, settled, passed)


def _runs(name: str, image: Image | None) -> bool:
    return name.endswith(RUN) or (name.endswith(_BZIP2) and image is not None and basename(image.name) == "mysql")


def _script(name: str) -> bool:
    return _SCRIPT.search(name) is not None


def _why(name: str) -> str:
    return f"the image's entrypoint runs .sql, .sql.gz, .sql.xz, .sql.zst and .sh, and passes over {name}"


def _ordered(names: Iterable[str], image: Image | None) -> tuple[list[str], bool]:
    """The names in running order, and whether it is certain. The images of PostgreSQL that are based on Debian set
    LANG=en_US.utf8; Alpine's C library knows no such order, and the others set no language."""
    by_bytes = sorted(names, key=lambda name: name.encode("utf-8", "surrogatepass"))
    by_language = sorted(by_bytes, key=_collated)
    keys = [_collated(name) for name in by_language]
    alike = any(one[0] == other[0] and one[1] != other[1] for one, other in pairwise(keys))
    agreed = by_bytes == by_language and not alike
    if agreed or image is None:
        return by_bytes, agreed
    name, tag = basename(image.name), image.tag or ""
    if name in ("mysql", "mariadb") or (name == "postgres" and "alpine" in tag):
        return by_bytes, True
    if name == "postgres" and all(name.isascii() for name in by_bytes):
        return by_language, not alike
    return by_bytes, False


def _collated(name: str) -> tuple[str, str, str]:
    """What glibc compares in en_US: letters and digits without regard to case. What follows tells apart the names that are
    the same in that: by the kind of their characters, which is not how glibc goes on, then by their punctuation."""
    plain = "".join(char for char in name if char.isalnum())
    return plain.lower(), _KINDS.sub(_kind, name), name.translate(_PUNCTUATION)


def _kind(match: re.Match[str]) -> str:
    return "." if not match[0].isalnum() else "a" if match[0].islower() else "A"
