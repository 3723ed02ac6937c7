"""The names that TypeORM's DefaultNamingStrategy makes of a table, its columns and a predicate."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from urllib.parse import quote


def hashed(prefix: str, table: str, columns: Iterable[str], length: int, where: str = "") -> str:
    """`PK_…`, `UQ_…`, `FK_…` with 27 characters of the digest, `IDX_…`, `REL_…`, `CHK_…` with 26."""
    # What is hashed is what `encodeURIComponent` makes of it.
    key = f"{table.rpartition('.')[2]}_{'_'.join(sorted(columns))}"
    key += f"_{where}" if where else ""
    written = quote(key, safe="!~*'()-._", errors="replace")
    return f"{prefix}_{hashlib.sha1(written.encode(), usedforsecurity=False).hexdigest()[:length]}"
