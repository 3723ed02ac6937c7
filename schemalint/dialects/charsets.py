"""MySQL's character sets."""

from __future__ import annotations

BYTES = {
    **dict.fromkeys(("latin1", "latin2", "ascii", "binary", "cp1251", "koi8r"), 1),
    "ucs2": 2,
    "utf8": 3,
    "utf8mb3": 3,
    "utf8mb4": 4,
    "utf16": 4,
    "utf32": 4,
}
"""Bytes that the longest character takes (`SHOW CHARACTER SET`)."""
