"""Tags that GORM reads otherwise than they were meant: keys it does not know, commas for semicolons, spaces that become
part of a name, numbers that are none. What each comes to was seen with v1.25.5, v1.25.12, v1.30.0 and v1.31.2."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.model.finding import Edit, Fix
from schemalint.model.frozen import frozen
from schemalint.model.source import Hazard, HazardKind
from schemalint.model.span import Span
from schemalint.parsers.gorm.tags import Tag
from schemalint.parsers.gorm.tagwords import HARMLESS, KEYS, OLD, OPTIONS, SINCE, TYPE, meant_key, same_key

_FLAGS = frozenset(
    ("NOT NULL", "NOTNULL", "UNIQUE", "PRIMARYKEY", "PRIMARY_KEY", "AUTOINCREMENT", "INDEX", "UNIQUEINDEX", "EMBEDDED")
)
_LISTS = frozenset(("FOREIGNKEY", "REFERENCES", "JOINFOREIGNKEY", "JOINREFERENCES"))
_FREE = frozenset(("CHECK", "COMMENT", "CONSTRAINT"))
_NUMBERS = {"SIZE": "the column gets no size", "PRECISION": "the precision is lost", "SCALE": "the scale is lost"}
_UNTRIMMED = {
    "SIZE": "the number is not read and the column gets no size",
    "PRECISION": "the number is not read",
    "SCALE": "the number is not read",
    "COLUMN": "the space becomes part of the column's name",
    "INDEX": "the space becomes part of the index's name",
    "UNIQUEINDEX": "the space becomes part of the index's name",
    "MANY2MANY": "the space becomes part of the join table's name",
    "EMBEDDEDPREFIX": "the space becomes part of every column's name",
    "POLYMORPHIC": "the fields are looked for under a name with a space, and GORM fails",
    "SERIALIZER": "no serializer of that name is found, and GORM fails",
}
_ALWAYS = frozenset(("COLUMN", "MANY2MANY", "EMBEDDEDPREFIX", "POLYMORPHIC", "SERIALIZER", *_LISTS))
"""Keys that matter for every query, not only where GORM makes the table."""


@frozen
class _Piece:
    """What stands between two semicolons; `start` is its place in the tag's value."""

    start: int
    text: str

    @property
    def key(self) -> str:
        return self.text.partition(":")[0].strip().upper()

    @property
    def value(self) -> str | None:
        _, colon, value = self.text.partition(":")
        return value if colon else None


@frozen
class Slips:
    """Looks through tags. `version` is GORM's, `read_elsewhere` the keys (in upper case) that the project's own code or
    GORM v1 reads; with `plugins` any other may be read."""

    version: tuple[int, ...]
    read_elsewhere: frozenset[str] = frozenset()
    plugins: bool = False

    def of(self, tag: Tag, path: str, owner: str, migrated: bool, true_anyhow: frozenset[str]) -> Iterator[Hazard]:
        """Everything that certainly is wrong with one tag. `true_anyhow` are words that say, as keys, only what the field
        is without them: its column's name, its type."""
        place = _Place(tag, path, owner, migrated, true_anyhow)
        before: _Piece | None = None
        for piece in _pieces(tag.value, ";"):
            if "-" in (piece.key, before.key if before else ""):
                return
            found = list(self._piece(place, piece, before))
            yield from found
            before = piece

    def _piece(self, place: _Place, piece: _Piece, before: _Piece | None) -> Iterator[Hazard]:
        commas = list(_commas(piece))
        if commas:
            yield _comma(place, piece, commas)
        elif piece.key in ("ONDELETE", "ONUPDATE") and piece.value:
            yield _constraint(place, piece, before)
        elif piece.key not in KEYS or self.version < SINCE.get(piece.key, ()):
            yield from self._unknown(place, piece, before)
        elif piece.value is not None:
            yield from _value(place, piece)
            if piece.key in ("INDEX", "UNIQUEINDEX"):
                yield from self._options(place, piece)

    def _unknown(self, place: _Place, piece: _Piece, before: _Piece | None) -> Iterator[Hazard]:
        key, text = piece.key, piece.text.strip()
        if not {key, text.upper()}.isdisjoint(HARMLESS | place.true_anyhow) or key in self.read_elsewhere:
            return
        meant = meant_key(key, KEYS)
        if before is not None and meant is None and _is_cut(before):
            yield place.hazard(
                HazardKind.SYNTAX,
                piece,
                f"the `;` ends `{before.key.lower()}`, and `{_short(text)}` is read as a key",
                "the rest of the text is lost",
                "write `\\\\;` for a semicolon inside of a value",
                fails=before.key == "CHECK",
            )
            return
        if meant is None and self.plugins:
            return
        if TYPE.fullmatch(text.upper()):
            fix = place.fix(f"write type:{text}", piece, f"type:{text}", safe=True)
            help = f"write `type:{text}`"
        elif meant is not None:
            known = same_key(key) is not None
            fix = place.fix_key(f"write {meant}", piece, meant, safe=known or key not in OLD)
            help = f"write `{meant}`"
        else:
            fix, help = None, "remove it, or write what was meant in a key that GORM reads"
        since = SINCE.get(key)
        effect = f"GORM reads it since v{'.'.join(map(str, since))}" if since else "it does nothing"
        yield place.hazard(HazardKind.UNKNOWN_KEY, piece, f"GORM reads no key `{_short(text)}`", effect, help, fix=fix)

    def _options(self, place: _Place, piece: _Piece) -> Iterator[Hazard]:
        """The options of one index."""
        rest = piece.text.partition(":")[2]
        at = piece.start + len(piece.text) - len(rest)
        _, *options = _pieces(rest, ",")
        cut = False
        for option in options:
            option = _Piece(at + option.start, option.text)
            key = option.key
            if cut:
                cut = option.text.count(")") <= option.text.count("(")
                continue
            value = option.value or ""
            if key in ("WHERE", "EXPRESSION") and value.count("(") > value.count(")"):
                cut = True
                yield place.hazard(
                    HazardKind.SYNTAX,
                    option,
                    f"a `,` ends `{key.lower()}`",
                    f"GORM sends only `{_short(value)}`, which no server takes",
                    "write `\\\\,` for a comma inside of an option",
                    fails=True,
                )
            elif key in ("PRIORITY", "LENGTH") and not _number(value):
                lost = "the order of the columns falls back to 10" if key == "PRIORITY" else "the length is lost"
                fixed = place.fix(
                    "write the number alone", option, f"{option.text.partition(':')[0]}:{value.strip()}", safe=True
                )
                yield place.hazard(
                    HazardKind.SYNTAX,
                    option,
                    f"`{_short(option.text)}` is no number",
                    lost,
                    f"write `{key.lower()}:` and the number, without spaces",
                    fix=fixed if _number(value.strip()) else None,
                )
            elif key not in OPTIONS and key:
                meant = meant_key(key, OPTIONS)
                fix = place.fix_key(f"write {meant}", option, meant, safe=True) if meant else None
                help = f"write `{meant}`" if meant else "GORM's tag for an index is `index:name,option,…`"
                yield place.hazard(
                    HazardKind.UNKNOWN_KEY,
                    option,
                    f"GORM reads no option `{_short(option.text.strip())}` of an index",
                    "it does nothing",
                    help,
                    fix=fix,
                )


@frozen
class _Place:
    tag: Tag
    path: str
    owner: str
    migrated: bool
    true_anyhow: frozenset[str]

    def span(self, start: int, end: int) -> Span:
        at = self.tag.at
        return (
            Span(self.path, at[start], at[end - 1] + 1)
            if start < end
            else Span(self.path, at[start - 1], at[start - 1])
        )

    def hazard(
        self,
        kind: HazardKind,
        piece: _Piece,
        said: str,
        effect: str,
        help: str,
        fails: bool = False,
        fix: Fix | None = None,
        always: bool = False,
    ) -> Hazard:
        start, end = _trimmed(piece)
        migrated = self.migrated or always
        return Hazard(
            kind, self.span(start, end), self.owner, said, effect, help, fails and migrated, migrated=migrated, fix=fix
        )

    def fix(self, title: str, piece: _Piece, text: str, safe: bool) -> Fix | None:
        start, end = _trimmed(piece)
        span = self.span(start, end)
        escaped = span.end - span.start != end - start  # what is written is not what GORM reads: left alone
        return None if escaped else Fix(title, (Edit(span, text),), safe)

    def fix_key(self, title: str, piece: _Piece, key: str, safe: bool) -> Fix | None:
        """The piece with another key."""
        return self.fix(title, piece, key if piece.value is None else f"{key}:{piece.value}".rstrip(), safe)


def _trimmed(piece: _Piece) -> tuple[int, int]:
    """Where a piece stands without the spaces around it."""
    start = piece.start + len(piece.text) - len(piece.text.lstrip())
    return start, piece.start + len(piece.text.rstrip())


def _pieces(text: str, separator: str) -> Iterator[_Piece]:
    """The parts of a tag; a backslash before the separator joins two."""
    start = begin = 0
    for raw in text.split(separator):
        end = begin + len(raw)
        if not raw.endswith("\\") or end == len(text):
            yield _Piece(start, text[start:end])
            start = end + 1
        begin = end + 1


def _commas(piece: _Piece) -> Iterator[int]:
    """Where commas stand in the place of semicolons."""
    first, *rest = _outside(piece.text)
    key = first[1].partition(":")[0].strip().upper()
    if not rest or key not in KEYS or key in _FREE:
        return
    bare = ":" not in first[1]
    for start, segment in rest:
        name, colon, value = segment.partition(":")
        name = name.strip().upper()
        if key in ("INDEX", "UNIQUEINDEX") and name in OPTIONS and not (bare and start == rest[0][0]):
            continue
        known = (name in _FLAGS and key not in _LISTS) if not colon else name in KEYS and bool(value.strip())
        if known or (bare and name in OPTIONS and key in ("INDEX", "UNIQUEINDEX")):
            yield piece.start + start - 1


def _outside(text: str) -> list[tuple[int, str]]:
    """A text cut at the commas outside of quotes and parentheses, each part with its place."""
    found: list[tuple[int, str]] = []
    depth, quote, start = 0, "", 0
    for index, char in enumerate(text):
        if quote:
            quote = "" if char == quote else quote
        elif char in "'\"":
            quote = char
        elif char in "()":
            depth += 1 if char == "(" else -1
        elif char == "," and depth <= 0:
            found.append((start, text[start:index]))
            start = index + 1
    return [*found, (start, text[start:])]


def _comma(place: _Place, piece: _Piece, commas: list[int]) -> Hazard:
    key = piece.text.partition(",")[0].partition(":")[0].strip().upper()
    bare = ":" not in piece.text.partition(",")[0]
    text = _short(piece.text.strip())
    option = piece.text[commas[0] - piece.start + 1 :].partition(",")[0].partition(":")[0].strip().upper()
    # `index:` with nothing behind the colon is no index at all
    index = bare and key in ("INDEX", "UNIQUEINDEX") and option in OPTIONS
    if bare:
        effect = f"GORM reads no key `{text.partition(':')[0]}`, so all of it does nothing"
    elif key in ("INDEX", "UNIQUEINDEX"):
        effect = "what follows the comma is taken for an option of the index and does nothing"
    elif key == "TYPE":
        effect = "all of it is sent as the column's type, which no server takes"
    elif key in _LISTS:
        effect = "no such field is found, and GORM fails"
    elif key == "COLUMN":
        effect = "all of it is the column's name"
    elif key in _NUMBERS:
        effect = f"`{text.partition(':')[2]}` is no number: {_NUMBERS[key]}, and the rest does nothing"
    else:
        effect = f"all of it is the value of `{key.lower()}`"
    edits = tuple(
        Edit(place.span(at, at + 1), ":," if index and number == 0 else ";") for number, at in enumerate(commas)
    )
    return place.hazard(
        HazardKind.SYNTAX,
        piece,
        f"`{text}` has a comma where GORM wants a semicolon"
        if not index
        else f"`{text}` lacks the colon after its key",
        effect,
        "separate the keys of a tag with `;`" if not index else f"write `{KEYS[key]}:,…`: options follow a colon",
        fails=key == "TYPE" or key in _LISTS,
        fix=Fix("write semicolons" if not index else "write the colon", edits, safe=True),
        always=key in _ALWAYS,
    )


def _constraint(place: _Place, piece: _Piece, before: _Piece | None) -> Hazard:
    follows = before is not None and before.key == "CONSTRAINT"
    text = piece.text.strip()
    start, _ = _trimmed(piece)
    if follows:
        edit = Edit(place.span(piece.start - 1, piece.start), ",")
    else:
        at = place.tag.at[start]
        edit = Edit(Span(place.path, at, at), "constraint:")
    return place.hazard(
        HazardKind.SYNTAX,
        piece,
        f"GORM reads no key `{_short(text)}`: it belongs into `constraint`",
        "the foreign key is made without it",
        f"write `{'constraint:…,' if follows else 'constraint:'}{text}`",
        fix=Fix("put it into the constraint", (edit,), safe=True),
    )


def _value(place: _Place, piece: _Piece) -> Iterator[Hazard]:
    """Spaces and numbers in the value of a key that is known."""
    key, value = piece.key, piece.value or ""
    name = piece.text.partition(":")[0]
    if key in ("INDEX", "UNIQUEINDEX"):
        value = value.partition(",")[0]
    spaced = key in _UNTRIMMED and value.strip() and value != value.strip()
    if key in _NUMBERS and not spaced and not _number(value):
        yield place.hazard(
            HazardKind.SYNTAX,
            piece,
            f"`{_short(piece.text.strip())}` is no number",
            _NUMBERS[key],
            f"write `{key.lower()}:` and a whole number",
        )
    elif spaced and value != value.lstrip():
        text = f"{name.strip()}:{(piece.value or '').strip()}"
        yield place.hazard(
            HazardKind.SYNTAX,
            piece,
            f"`{_short(piece.text.strip())}` has a space after the colon",
            _UNTRIMMED[key],
            "remove the space",
            fails=key in ("POLYMORPHIC", "SERIALIZER"),
            fix=place.fix(
                "remove the space", piece, text, safe=key in _NUMBERS or key in ("POLYMORPHIC", "SERIALIZER")
            ),
            always=key in _ALWAYS,
        )


def _number(text: str) -> bool:
    return re.fullmatch(r"[+-]?[0-9]{1,18}", text, re.ASCII) is not None


def _is_cut(before: _Piece) -> bool:
    """Whether a value certainly goes on behind the semicolon that follows it."""
    value = before.value
    if before.key == "COMMENT":
        return value is not None
    if value is None or before.key not in ("DEFAULT", "CHECK", "TYPE"):
        return False
    return value.count("'") % 2 == 1 or value.count("(") > value.count(")")


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 40 else text[:39] + "…"
