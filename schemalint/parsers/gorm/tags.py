"""Struct tags: what reflect.StructTag.Get("gorm") gives, GORM's ParseTagSetting and index grammar, with positions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from schemalint.model.frozen import frozen

_ESCAPES = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\", '"': '"', "'": "'"}
_WIDTHS = {"x": 2, "u": 4, "U": 8}
_KEY = re.compile(r'[ ]*([^\x00-\x20:"\x7f]+):"')
_QUOTED = re.compile(r'[^"\\]*(?:\\.[^"\\]*)*"', re.DOTALL)


def unquote(text: str, at: Sequence[int]) -> tuple[str, list[int]] | None:
    """The value of the inside of an interpreted Go string, and where each of its characters stands; None when it is not
    one. `at` tells where each character of the inside stands."""
    out: list[str] = []
    where: list[int] = []
    index = 0
    while index < len(text):
        char, start = text[index], at[index]
        index += 1
        if char == "\\":
            if index >= len(text):
                return None
            kind = text[index]
            index += 1
            width = _WIDTHS.get(kind, 0)
            if kind in _ESCAPES:
                char = _ESCAPES[kind]
            elif width or kind in "01234567":
                digits = text[index : index + width] if width else text[index - 1 : index + 2]
                try:
                    char = chr(int(digits, 16 if width else 8))
                except (ValueError, OverflowError):
                    return None
                index += width or 2
            else:
                return None
        out.append(char)
        where.append(start)
    return "".join(out), where


def struct_tag(literal: str, start: int, key: str = "gorm") -> tuple[str, list[int]] | None:
    """The value of a key of a struct tag literal that stands at `start`, with the offset of each character; None when there
    is none."""
    inside, at = literal[1:-1], list(range(start + 1, start + len(literal) - 1))
    if literal.startswith('"'):
        plain = unquote(inside, at)
        if plain is None:
            return None
        inside, at = plain
    position = 0
    while found := _KEY.match(inside, position):
        quoted = _QUOTED.match(inside, found.end())
        if quoted is None:
            return None
        if found.group(1) == key:
            return unquote(inside[found.end() : quoted.end() - 1], at[found.end() : quoted.end() - 1])
        position = quoted.end()
    return None


@frozen
class Setting:
    """One `key:value` of a tag; without a colon the value is the key. `start` and `end` are offsets in the file."""

    key: str
    value: str
    start: int
    end: int
    value_start: int


@frozen
class Tag:
    """The value of a `gorm` tag with the offset in the file of each of its characters."""

    value: str = ""
    at: tuple[int, ...] = ()

    def settings(self) -> dict[str, Setting]:
        """ParseTagSetting: keys in upper case; of repeated keys the last wins."""
        return split_settings(self.value, self.at, ";")

    def indexes(self) -> list[IndexTag]:
        """parseFieldIndexes: every index and uniqueIndex of the tag, split at each `;` whatever is escaped."""
        found = []
        begin = 0
        for piece in self.value.split(";"):
            start, begin = begin, begin + len(piece) + 1
            key, _, rest = piece.partition(":")
            kind = key.strip().upper()
            if kind not in ("INDEX", "UNIQUEINDEX"):
                continue
            name, _, options = rest.partition(",")
            rest_at = start + len(piece) - len(rest)
            options_at = rest_at + len(name) + 1
            settings = split_settings(options, self.at[options_at : options_at + len(options)], ",")
            found.append(
                IndexTag(
                    name=name,
                    unique=kind == "UNIQUEINDEX" or ("UNIQUE" in settings and settings["UNIQUE"].value != ""),
                    settings=settings,
                    start=self.at[start + len(piece) - len(piece.lstrip())] if piece.strip() else 0,
                    end=self.at[start + len(piece.rstrip()) - 1] + 1 if piece.strip() else 0,
                )
            )
        return found


@frozen
class IndexTag:
    """One `index:` or `uniqueIndex:` with its options; `name` is empty when it is generated."""

    name: str
    unique: bool
    settings: dict[str, Setting]
    start: int
    end: int

    def option(self, key: str) -> str:
        """The value of an option, "" where it is not given."""
        setting = self.settings.get(key)
        return setting.value if setting else ""


def split_settings(text: str, at: Sequence[int], separator: str) -> dict[str, Setting]:
    """ParseTagSetting for any separator; a backslash before it joins two pieces."""
    pieces: list[tuple[str, list[int]]] = []
    begin = 0
    chars: list[str] = []
    where: list[int] = []
    raw = text.split(separator)
    for index, piece in enumerate(raw):
        chars.append(piece)
        where.extend(at[begin : begin + len(piece)])
        begin += len(piece) + 1
        if piece.endswith("\\") and index + 1 < len(raw):
            chars[-1] = piece[:-1] + separator
            where[-1] = at[begin - 1]
            continue
        pieces.append(("".join(chars), where))
        chars, where = [], []
    found: dict[str, Setting] = {}
    for piece, where in pieces:
        key, colon, value = piece.partition(":")
        key = key.strip().upper()
        if not colon and not key:
            continue
        bare = piece.strip()
        if not bare:
            continue
        first = len(piece) - len(piece.lstrip())
        last = len(piece.rstrip()) - 1
        value_at = len(piece) - len(value) if colon else first
        found[key] = Setting(
            key,
            value.replace('\\"', '"') if colon else key,
            where[first],
            where[last] + 1,
            where[min(value_at, len(where) - 1)],
        )
    return found


def truth(*settings: Setting | None) -> bool:
    """utils.CheckTruth: set, and anything but "false"."""
    return any(setting is not None and setting.value != "" and setting.value.lower() != "false" for setting in settings)


def number(setting: Setting | None) -> int | None:
    """strconv.Atoi, None where it fails or there is no setting."""
    if setting is None or not re.fullmatch(r"[+-]?[0-9]{1,18}", setting.value, re.ASCII):
        return None
    return int(setting.value)


def columns_of(setting: Setting | None) -> list[str]:
    """toColumns: a comma list, trimmed."""
    return [part.strip() for part in setting.value.split(",")] if setting and setting.value else []
