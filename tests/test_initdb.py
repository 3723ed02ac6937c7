"""Scripts that a server's image runs at first start: their order as bash finds it, and packed ones."""

from __future__ import annotations

import bz2
import gzip
import lzma
from itertools import combinations

import pytest

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.initdb import folders
from schemalint.lint import lint
from schemalint.model.deployment import ComposeFile, Deployment, Image, Mount, Service
from schemalint.model.report import Report
from schemalint.model.span import Span

_AT = Span("compose.yaml", 0, 1)
_NAMES = (
    "01-init.sql 01_init.sql 01init.sql 01.sql 10_a.sql 10.sql 1_a.sql 1a.sql 1.sql 2.sql ab.sql A-b.sql a.sql b.sql B.sql"
    " init-db.sql init.db.sql init_db.sql init.sql R.sql schema2.sql schema.sql Schema.sql"
)
"""As `LC_ALL=en_US.utf8 bash -c 'echo *'` printed them (bash 5.2.15, glibc 2.36: those of Debian 12, which the image has)."""


def _order(names: list[str], image: str, tag: str | None = None) -> tuple[list[str], bool]:
    found = Image(image, tag, _AT)
    mount = Mount("init", "/docker-entrypoint-initdb.d", _AT)
    service = Service("db", _AT, found, mounts=(mount,), server=found)
    deployment = Deployment(compose=(ComposeFile("compose.yaml", (service,)),))
    (folder,) = folders(deployment, [f"init/{name}" for name in names])
    return [path.removeprefix("init/") for path in folder.paths], folder.settled


def test_order_in_the_language_of_debians_image() -> None:
    for pair in combinations(_NAMES.split(), 2):
        order, settled = _order(list(pair), "postgres", "16")
        assert order == list(pair) or not settled


def test_order_elsewhere() -> None:
    names = ["1_a.sql", "10.sql", "a.sql", "B.sql", "é.sql"]
    by_bytes = ["10.sql", "1_a.sql", "B.sql", "a.sql", "é.sql"]
    assert _order(names, "mysql", "8") == (by_bytes, True)
    assert _order(names, "mariadb") == (by_bytes, True)
    assert _order(names, "postgres", "16-alpine") == (by_bytes, True)
    assert _order(names, "postgres", "16") == (by_bytes, False)
    assert _order(names, "postgis/postgis", "16") == (by_bytes, False)
    assert _order(["01-a.sql", "02-b.sh", "10-c.sql.gz"], "bitnami/postgresql")[1]


def test_what_the_images_run() -> None:
    names = [".a.sql", "a.SQL", "a.sql", "b.sql.bz2", "c.sql.gz", "d.sql.xz", "e.sql.zst", "f.sh", "g.txt"]
    assert _order(names, "postgres")[0] == ["a.sql", "c.sql.gz", "d.sql.xz", "e.sql.zst", "f.sh"]
    assert _order(names, "mysql")[0] == ["a.sql", "b.sql.bz2", "c.sql.gz", "d.sql.xz", "e.sql.zst", "f.sh"]


_COMPOSE = "services:\n  db:\n    image: mysql:8\n    volumes: ['./init:/docker-entrypoint-initdb.d']\n"
_SQL = b"CREATE TABLE users (id int PRIMARY KEY);\n"


def _check(files: dict[str, bytes]) -> Report:
    return lint(MemoryTree({"compose.yaml": _COMPOSE, **files}), Config())


def _tables(report: Report) -> list[str]:
    return [str(table.name) for _, catalog in report.catalogs for table in catalog.tables.values()]


@pytest.mark.parametrize(
    ("ending", "pack"), [("gz", gzip.compress), ("xz", lzma.compress), ("bz2", bz2.compress)], ids=("gz", "xz", "bz2")
)
def test_packed_scripts(ending: str, pack) -> None:
    name = f"init/02.sql.{ending}"
    again = pack(b"\nALTER TABLE users ADD COLUMN id int;\n")
    report = _check({"init/01.sql": b"CREATE TABLE a (id int);", name: pack(_SQL) + again})
    assert _tables(report) == ["a", "users"]
    (finding,) = [one for one in report.findings if one.code == "SL205"]
    assert report.files[name].position(finding.primary.span.start)[0] == 3
    assert report.claimed[name] == ("sql",)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("b.sql.gz", b"not packed", "cannot be unpacked: Not a gzipped file (b'no')"),
        (
            "b.sql.gz",
            gzip.compress(_SQL)[:-9],
            "cannot be unpacked: Compressed file ended before the end-of-stream marker",
        ),
        ("b.sql.xz", lzma.compress(_SQL)[:-9], "cannot be unpacked: the archive ends too early"),
        ("b.sql.xz", b"not packed", "cannot be unpacked: Input format not supported by decoder"),
        ("b.sql.bz2", b"not packed", "cannot be unpacked: Invalid data stream"),
        ("b.sql.zst", b"\x28\xb5\x2f\xfd", "is packed with zstd, which is not read"),
        ("b.sql.gz", gzip.compress(gzip.compress(_SQL)), "is compressed"),
    ],
    ids=("no gz", "gz cut short", "xz cut short", "no xz", "no bz2", "zst", "gz twice"),
)
def test_broken_packages(name: str, content: bytes, why: str) -> None:
    report = _check({"init/a.sql": _SQL, f"init/{name}": content})
    assert _tables(report) == ["users"]
    assert [(one.path, one.why.startswith(why)) for one in report.unreadable] == [(f"init/{name}", True)]
    (unread,) = report.unread
    assert (unread.span.path, unread.touches) == (f"init/{name}", None)
    assert "SL001" in [one.code for one in report.findings]


def test_a_bomb() -> None:
    bomb = gzip.compress(b"INSERT INTO t VALUES ('%s');\n" % (b"a" * 1000) * 250_000)
    report = _check({"init/a.sql": _SQL, "init/b.sql.gz": bomb})
    assert [one.why for one in report.unreadable] == ["is larger than 200 MB when it is unpacked"]
    assert _tables(report) == ["users"]


def test_where_the_parts_come_from_is_shown() -> None:
    report = _check({"init/a.sql": _SQL})
    (source,) = report.databases[0].sources
    assert source.why == "run at first start by service db in compose.yaml, in its image's order"


def test_a_script_of_a_name_that_is_passed_over() -> None:
    report = _check({"init/a.sql": _SQL, "init/B.SQL": b"CREATE TABLE b (id int);", "init/readme.md": b"x"})
    assert [(one.code, one.primary.span.path) for one in report.findings if one.code == "SL503"] == [
        ("SL503", "init/B.SQL")
    ]
