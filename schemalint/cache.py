"""Extracts that were costly to make, kept between runs by what the file holds.

One SQLite database in the user's cache directory, never in the checked project unless asked for. A row holds what every parser
said about one file, as MessagePack; its key is made of the file's path and bytes and of everything else that an extract
depends on: this code, Python, and the grammars. So nothing ever has to be made invalid: what is not asked for any more is
dropped after a month. Whatever goes wrong with the database, a file is then simply read.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Mapping
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any

from schemalint.sql.plain import decode, encode

if TYPE_CHECKING:
    import sqlite3

Extracts = dict[str, dict[str, Any]]
"""What the parsers say about one file, by parser and dialect. Top-level tuples hold facts, the rest is plain data."""

_GRAMMARS = ("tree-sitter", "tree-sitter-go", "tree-sitter-javascript", "tree-sitter-typescript", "sqlglot")
_KEPT = 30  # days since a row was last of use
_LARGEST = 256_000_000  # bytes of all rows together
_DAY = 86_400
_CREATE = "CREATE TABLE IF NOT EXISTS extracts (key BLOB PRIMARY KEY, used INTEGER NOT NULL, value BLOB NOT NULL)"


def default_folder() -> Path:
    """Where programs of this user keep what can be made again."""
    told = os.environ.get("XDG_CACHE_HOME") or (os.environ.get("LOCALAPPDATA") if os.name == "nt" else None)
    return (Path(told) if told else Path.home() / ".cache") / "schemalint"


class Cache:
    """Made anew for every run: `get`, `put`, and in the end `close`, which writes. Several runs may share a folder."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "extracts.sqlite3"
        self._stamp = _stamp()
        self._today = int(time.time()) // _DAY
        self._made: list[tuple[bytes, int, bytes]] = []
        self._used: list[bytes] = []
        self._database = self._open()

    def get(self, path: str, content: bytes) -> Extracts:
        """What is known of a file of that path with these bytes."""
        if self._database is None:
            return {}
        key = self._key(path, content)
        try:
            row = self._database.execute("SELECT used, value FROM extracts WHERE key = ?", (key,)).fetchone()
        except self._errors as error:
            self._give_up(error)
            return {}
        if row is None:
            return {}
        try:
            found = unpacked(row[1])
        except Exception:  # whatever a file that somebody wrote over may hold
            return {}
        if row[0] != self._today:
            self._used.append(key)
        return found

    def put(self, path: str, content: bytes, extracts: Extracts) -> None:
        """Keeps what was made of a file."""
        if self._database is not None:
            self._made.append((self._key(path, content), self._today, packed(extracts)))

    def close(self) -> None:
        """Writes what is new, in one go, and drops what nobody has asked for in a long time."""
        if self._database is None:
            return
        try:
            if self._made or self._used:
                with self._database as database:
                    database.executemany("INSERT OR REPLACE INTO extracts VALUES (?, ?, ?)", self._made)
                    database.executemany(
                        "UPDATE extracts SET used = ? WHERE key = ?", [(self._today, key) for key in self._used]
                    )
                    database.execute("DELETE FROM extracts WHERE used < ?", (self._today - _KEPT,))
                    total = database.execute("SELECT sum(length(value)) FROM extracts").fetchone()[0] or 0
                    if total > _LARGEST:
                        database.execute("DELETE FROM extracts WHERE used < ?", (self._today,))
                    if total - sum(len(value) for _, _, value in self._made) > _LARGEST:
                        database.execute("DELETE FROM extracts")
            self._database.close()
        except self._errors as error:
            self._give_up(error)

    def _open(self) -> sqlite3.Connection | None:
        try:
            import sqlite3
        except ImportError:  # some builds of Python lack it
            return None
        self._errors = (sqlite3.Error, OSError, ValueError)
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(self._path, timeout=2)
        except self._errors:
            return None
        try:
            database.execute("PRAGMA synchronous = OFF")  # what is lost is made again
            database.execute(_CREATE)
        except self._errors as error:
            self._database = database
            self._give_up(error)
            return None
        return database

    def _give_up(self, error: Exception) -> None:
        """Goes on without. A file that is no database of ours any more is removed, for the next run."""
        import sqlite3

        if self._database is not None:
            self._database.close()
            self._database = None
        if isinstance(error, sqlite3.DatabaseError) and not isinstance(error, sqlite3.OperationalError):
            self._path.unlink(missing_ok=True)

    def _key(self, path: str, content: bytes) -> bytes:
        made = blake2b(self._stamp, digest_size=16)
        made.update(path.encode("utf-8", "surrogatepass") + b"\0")
        made.update(content)
        return made.digest()


def packed(extracts: Mapping[str, Mapping[str, Any]]) -> bytes:
    """As bytes, with a checksum in front. Facts that several parsers share are written once."""
    import msgspec

    facts: list[list[dict[str, Any]]] = []
    known: dict[int, int] = {}
    plain: dict[str, list[dict[str, Any]]] = {}
    for slot, extract in extracts.items():
        shared, rest = {}, {}
        for key, value in extract.items():
            if type(value) is not tuple:
                rest[key] = value
                continue
            if id(value) not in known:
                known[id(value)] = len(facts)
                facts.append([encode(fact) for fact in value])
            shared[key] = known[id(value)]
        plain[slot] = [shared, rest]
    body = msgspec.msgpack.encode([facts, plain])
    return blake2b(body, digest_size=8).digest() + body


def unpacked(data: bytes) -> Extracts:
    """What was packed; an error for anything else."""
    import msgspec

    body = data[8:]
    if blake2b(body, digest_size=8).digest() != data[:8]:
        raise ValueError("it is not what was written")
    said, plain = msgspec.msgpack.decode(body)
    facts = [tuple([decode(fact) for fact in some]) for some in said]
    return {
        slot: {**rest, **{key: facts[number] for key, number in shared.items()}}
        for slot, (shared, rest) in plain.items()
    }


def _stamp() -> bytes:
    """Changes whenever other extracts might be made: with any file of this package, Python or a grammar."""
    from importlib.metadata import PackageNotFoundError, version

    made = blake2b(f"{sys.version}\n".encode(), digest_size=16)
    here = Path(__file__).parent
    for path in sorted(here.rglob("*.py")):
        stat = path.stat()
        made.update(f"{path.relative_to(here)} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    for name in _GRAMMARS:
        try:
            made.update(f"{name} {version(name)}\n".encode())
        except PackageNotFoundError:
            made.update(f"{name} none\n".encode())
    return made.digest()
