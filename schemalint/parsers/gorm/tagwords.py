"""The keys of `gorm` tags and the options of indexes, and which of them a misspelt one was meant to be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from schemalint.parsers.gorm.expressions import Data
from schemalint.parsers.gorm.legacy import LEGACY

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
_LEGACY_KEYS = frozenset(
    [
        "AUTO_INCREMENT",
        "UNIQUE_INDEX",
        "EMBEDDED_PREFIX",
        "ASSOCIATION_FOREIGNKEY",
        "ASSOCIATIONFOREIGNKEY",
        "JOINTABLE_FOREIGNKEY",
        "ASSOCIATION_JOINTABLE_FOREIGNKEY",
        "POLYMORPHIC_VALUE",
        "PRELOAD",
        "SAVE_ASSOCIATIONS",
        "ASSOCIATION_AUTOUPDATE",
        "ASSOCIATION_AUTOCREATE",
        "ASSOCIATION_SAVE_REFERENCE",
    ]
)
"""What jinzhu/gorm v1.9.16 reads and GORM v2 does not (model_struct.go, dialect*.go, callback_query_preload.go, utils.go)."""

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


def keys_read(extracts: Mapping[str, Data]) -> tuple[frozenset[str], bool]:
    """The keys of tags that the project's own code or GORM v1 reads, in upper case, and whether a plugin may read any other.
    One module's models may be another's to migrate: it counts wherever in the project it stands."""
    found: set[str] = set()
    any_other = False
    for extract in (one for path, one in extracts.items() if path.endswith(".go")):
        literal = {key.strip('"').upper() for key in extract["tag_keys"] if key.startswith('"')}
        found |= literal
        any_other |= len(literal) < len(extract["tag_keys"])
        for _, imported, *_ in extract["imports"]:
            if imported == LEGACY:
                found |= _LEGACY_KEYS
            elif "gorm" in imported.rsplit("/", 1)[-1].lower() and not _CORE.match(imported):
                any_other = True
    return frozenset(found), any_other
