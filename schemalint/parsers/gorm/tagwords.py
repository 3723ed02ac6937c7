"""The keys of `gorm` tags and the options of indexes, and which of them a misspelt one was meant to be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from schemalint.parsers.gorm.expressions import Data

_WORDS = """column type serializer json size primaryKey unique default precision scale autoIncrement autoIncrementIncrement
    embedded embeddedPrefix autoCreateTime autoUpdateTime index uniqueIndex check comment constraint foreignKey references
    polymorphic polymorphicType polymorphicID polymorphicValue many2many joinForeignKey joinReferences belongsTo zeroValue
    primary_key notnull - -> <- softDelete deletedAtField"""
KEYS = {word.upper(): word for word in _WORDS.split()} | {"NOT NULL": "not null"}
"""Every key that GORM, its drivers or its soft_delete plugin read, in upper case, with the usual spelling."""

_CORE = re.compile(
    r"gorm\.io/(?:gorm|driver|datatypes|gen|plugin|hints|rawsql|cli)(?:/|$)|github\.com/glebarez/sqlite$"
)
_OPTIONS = "unique class type where comment option expression sort collate length priority composite"
OPTIONS = {word.upper(): word for word in _OPTIONS.split()}
"""The options of an index."""

SINCE = {"BELONGSTO": (1, 21, 16), "POLYMORPHICTYPE": (1, 25, 6), "POLYMORPHICID": (1, 25, 6)}
_BARE = {_k.replace(" ", "").replace("_", ""): name for _k, name in KEYS.items() if _k != "NOTNULL"}
OLD = {
    "ASSOCIATIONFOREIGNKEY": "references",
    "JOINTABLEFOREIGNKEY": "joinForeignKey",
    "ASSOCIATIONJOINTABLEFOREIGNKEY": "joinReferences",
    "PK": "primaryKey",
}
HARMLESS = frozenset(("NULL", "NULLABLE", "DEFAULT NULL", "OMITEMPTY", ""))
"""What says only what holds anyhow."""

TYPE = re.compile(
    r"(?:(?:VAR|N|NVAR)?CHAR|DECIMAL|NUMERIC|(?:TINY|SMALL|MEDIUM|BIG)?INT|ENUM|(?:VAR)?BINARY|TIMESTAMP|DATETIME)\s*"
    r"\((?:[^()']|'[^']*')*\)"
    r"|(?:TINY|MEDIUM|LONG)?(?:TEXT|BLOB)|(?:TINY|SMALL|MEDIUM|BIG)INT(?: UNSIGNED)?|JSONB|TIMESTAMP|DATETIME|UUID"
)


def same_key(key: str) -> str | None:
    """The key of GORM that differs only in underscores and spaces."""
    return _BARE.get(re.sub(r"[\s_-]+", "", key)) if len(key) > 2 else None


def meant_key(key: str, known: dict[str, str]) -> str | None:
    """The key that was certainly meant: one that differs in underscores only, one of GORM v1, or the one near neighbour."""
    bare = re.sub(r"[\s_-]+", "", key)
    if known is KEYS and (same := same_key(key) or OLD.get(bare)):
        return same
    near = get_close_matches(bare, [name for name in known if len(name) > 3], n=2, cutoff=0.84) if len(bare) > 3 else []
    return known[near[0]] if len(near) == 1 or (len(near) == 2 and near[0] != near[1] and _closer(bare, near)) else None


def _closer(key: str, near: list[str]) -> bool:
    """Whether the first of two neighbours is clearly nearer."""
    return abs(len(near[0]) - len(key)) <= 1 < abs(len(near[1]) - len(key))


def keys_read(extracts: Mapping[str, Data]) -> frozenset[str] | None:
    """The keys of tags that the project's own code reads, in upper case; None where a plugin may read any. One module's
    models may be another's to migrate: it counts wherever in the project it stands."""
    found: set[str] = set()
    for path, extract in extracts.items():
        for key in extract["tag_keys"] if path.endswith(".go") else ():
            if not key.startswith('"'):
                return None
            found.add(key.strip('"').upper())
        for _, imported, *_ in extract["imports"] if path.endswith(".go") else ():
            if "gorm" in imported.rsplit("/", 1)[-1].lower() and not _CORE.match(imported):
                return None
    return frozenset(found)
