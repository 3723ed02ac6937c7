"""Which structs are models. Nothing in Go marks one, so only strong evidence counts; a struct that merely shapes a
result or a request must never become a table."""

from __future__ import annotations

import re
from collections.abc import Iterable

from schemalint.parsers.gorm.expressions import Data
from schemalint.parsers.gorm.external import GORM
from schemalint.parsers.gorm.legacy import LEGACY
from schemalint.parsers.gorm.tags import Tag
from schemalint.parsers.gorm.world import Struct, World

_TELLING = frozenset(
    """PRIMARYKEY PRIMARY_KEY AUTOINCREMENT INDEX UNIQUE UNIQUEINDEX SIZE TYPE DEFAULT AUTOCREATETIME AUTOUPDATETIME
    CHECK COMMENT PRECISION MANY2MANY POLYMORPHIC CONSTRAINT NOTNULL UNIQUE_INDEX AUTO_INCREMENT""".split()  # noqa: SIM905
) | {"NOT NULL"}
"""Keys that only matter for a table. `column` and `-` are written on query results as well."""

_MIXIN = re.compile(
    r"(?i)base|common|mixin|abstract|embed|timestamp|audit|softdelete|^(?:my|gorm|db|global)?_?(?:model|entity|fields|meta)$|model$"
)

_SENT = re.compile(r"[a-z\d](?:Req|Resp|DTO|Dto)$")
"""Names of what is sent: tags for GORM are often copied along from the model."""

_UNSTORABLE = frozenset({"map", "channel", "function"})
_STORED = frozenset({"-", "TYPE", "SERIALIZER"})

_BASE = re.compile(r"(?:Base|Abstract)(?:[A-Z]|$)")
"""Names of structs that are there to be embedded, even where nothing embeds them."""


class Evidence:
    """What a set of files says about its structs. `named` are the keys of structs that a call or a query names."""

    def __init__(self, world: World, structs: Iterable[Struct], named: set[str]) -> None:
        self._world = world
        self._named = named
        self._structs = {struct.key: struct for struct in structs}
        self._own = {key for key, struct in self._structs.items() if self._tells(struct)}
        self._mixins = set(self._find_mixins())
        self._having: dict[tuple[str, str, str], set[str]] = {}  # fields of proved models by package, name and tag
        for key, struct in self._structs.items():
            for field in _fields(struct) if self.proved(struct) else ():
                self._having.setdefault(field, set()).add(key)

    def models(self) -> list[Struct]:
        """The structs that certainly are models, in the order given."""
        return [
            struct
            for key, struct in self._structs.items()
            if key not in self._mixins
            and not self._is_value(struct)
            and (self.proved(struct) or not (_BASE.match(struct.name) or self._only_shapes(struct)))
            and (key in self._own or key in self._named or self._inherits(struct))
        ]

    def proved(self, struct: Struct) -> bool:
        """Whether a call or query names the struct, or it names its table itself: its tags alone could be a leftover."""
        return struct.key in self._named or self._world.method(struct.key, "TableName") is not None

    def _only_shapes(self, struct: Struct) -> bool:
        """Whether a struct that nothing proves looks like rows of a query, or like what is sent: it says so by its name, has
        a field that GORM cannot store, embeds a model that is proved, has nothing but fields of one whose name its own begins
        with, or has no key."""
        if _SENT.search(struct.name) or any(self._unstorable(entry, struct) for entry in struct.fields):
            return True
        if any(self.proved(inner) for inner, _ in self._embedded(struct)):
            return True
        fields = _fields(struct)
        rarest = min((self._having.get(field, set()) for field in fields), key=len, default=set[str]())
        wider = (self._structs[key] for key in rarest if len(fields) > 2)
        if any(struct.name.startswith(one.name) and fields <= _fields(one) for one in wider):
            return True
        return not any(
            entry["anonymous"] or entry["name"].lower() == "id" or _KEYS & _keys(entry) or _IS_ID.search(_text(entry))
            for entry in struct.fields
        )

    def _unstorable(self, entry: Data, struct: Struct) -> bool:
        """Whether a field is a map, a channel or a function of no type of its own: GORM has no data type for it and refuses
        the model, unless the tag says how it is stored, or that it is not (schema/field.go of GORM, ParseField)."""
        meaning = self._world.meaning(entry["type"], struct.path, struct.parameters)
        stands = meaning.basic in _UNSTORABLE and meaning.named is None
        return stands and entry["name"][:1].isupper() and not _STORED & _keys(entry)

    def _tells(self, struct: Struct) -> bool:
        if self._world.method(struct.key, "TableName") is not None and struct.fields:
            return True
        for entry in struct.fields:
            meaning = self._world.meaning(entry["type"], struct.path, struct.parameters)
            if meaning.where in ((GORM, "Model"), (GORM, "DeletedAt"), (LEGACY, "Model")):
                return True
            if _TELLING & _keys(entry):
                return True
        return False

    def _embedded(self, struct: Struct) -> list[tuple[Struct, bool]]:
        """The project's structs that a struct embeds, and whether by a tag."""
        found = []
        for entry in struct.fields:
            tagged = "EMBEDDED" in _keys(entry)
            inner = self._world.meaning(entry["type"], struct.path, struct.parameters)
            if (entry["anonymous"] or tagged) and inner.struct is not None and "[]" not in inner.wrap:
                found.append((inner.struct, tagged))
        return found

    def _find_mixins(self) -> Iterable[str]:
        """Structs that only lend their fields: a name that says so, embedding by a tag, or embedding by a struct that
        is a model in its own right. What a call or a query names, or names its own table, is a model all the same."""
        declared = {(struct.path, struct.start): key for key, struct in self._structs.items()}
        for key, struct in self._structs.items():
            for inner, tagged in self._embedded(struct):
                if inner.key in self._named or self._world.method(inner.key, "TableName") is not None:
                    continue
                if tagged or _MIXIN.search(inner.name) or key in self._own or key in self._named:
                    yield declared.get((inner.path, inner.start), inner.key)  # `type Place Spot` embeds Spot

    def _inherits(self, struct: Struct) -> bool:
        """Whether it embeds a mixin, at any depth, that tells."""
        pending, seen = [struct], {struct.key}
        while pending:
            for inner, tagged in self._embedded(pending.pop()):
                if tagged or inner.key in seen or inner.key not in self._mixins:
                    continue
                seen.add(inner.key)
                if self._tells(inner) and _MIXIN.search(inner.name):
                    return True
                pending.append(inner)
        return False

    def _is_value(self, struct: Struct) -> bool:
        """Whether it is stored inside a column: a Valuer or a Scanner."""
        return any(self._world.promoted(struct, name) is not None for name in ("Value", "Scan", "GormDataType"))


_KEYS = frozenset({"PRIMARYKEY", "PRIMARY_KEY", "EMBEDDED", "AUTOINCREMENT", "AUTO_INCREMENT"})
_IS_ID = re.compile(r"(?i)column:\s*id\b|primary key")


def _fields(struct: Struct) -> set[tuple[str, str, str]]:
    return {(struct.folder, entry["name"], _text(entry)) for entry in struct.fields}


def _text(entry: Data) -> str:
    raw = entry.get("tag")
    return raw["value"] if raw is not None else ""


def _keys(entry: Data) -> set[str]:
    raw = entry.get("tag")
    if raw is None:
        return set()
    return set(Tag(raw["value"], (0,) * len(raw["value"])).settings())
