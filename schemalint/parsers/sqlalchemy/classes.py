"""Which classes are mapped, through which bases, and what their declarative base says: metadata, conventions, types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from schemalint.model.frozen import frozen, replace
from schemalint.model.span import Span
from schemalint.pysource.naming import NO_CONVENTION, Convention, convention
from schemalint.pysource.nodes import Call, Const, Dict, Node, Other, Ref, Sub, Text, node, span
from schemalint.pysource.resolve import ClassDef, External, Modules
from schemalint.pysource.sqltypes import library_name

MAX_ANCESTORS = 200

BASE_MAKERS = frozenset({"declarative_base", "generate_base", "automap_base"})
DECLARATIVE = frozenset({"DeclarativeBase", "DeclarativeBaseNoMeta"})
MODELS = frozenset({"Model"})
MAPPING = frozenset({"mapped", "mapped_as_dataclass"})
"""Decorators of a registry."""
_HARMLESS = frozenset(
    {"object", "ABC", "Generic", "Protocol", "Enum", "MappedAsDataclass", "AsyncAttrs", "BaseModel", "UserMixin"}
    | {
        "SerializerMixin",
        "SerializeMixin",
        "TypedDict",
        "Reconstructor",
        "AnonymousUserMixin",
        "BaseQuery",
        "RoleMixin",
    }
    | {"DeferredReflection"}
)
"""Bases from libraries that bring no columns."""


@frozen
class Root:
    """A declarative base. `kind` is "declarative", "flask" or "sqlmodel"; `place` tells bases apart."""

    kind: str
    place: str
    convention: Convention = NO_CONVENTION
    schema: str | None = None
    schema_known: bool = True
    types: tuple[tuple[str, Node], ...] = ()  # the file and the dictionary of a type_annotation_map


@frozen
class Lineage:
    """The ancestors of a class that stand in the repository, nearest first, its declarative bases, and the bases that
    could not be followed."""

    ancestors: tuple[ClassDef, ...]
    roots: tuple[Root, ...]
    unknown: tuple[Span, ...]


@frozen
class Entry:
    """One attribute of a class."""

    name: str
    span: Span
    annotation: Node | None
    value: Node | None
    decorators: tuple[Node, ...] | None
    condition: str | None


@dataclass(slots=True)
class Classes:
    """Answers about the classes of a repository, each question once."""

    modules: Modules
    assigned: Mapping[str, tuple[str, Node]] = field(default_factory=dict)  # "SQLModel.metadata" → what it is set to
    _lineages: dict[tuple[str, int], Lineage] = field(default_factory=dict)
    _entries: dict[tuple[str, int], dict[str, Entry]] = field(default_factory=dict)
    _roots: dict[str, Root] = field(default_factory=dict)
    _keys: dict[str, frozenset[str]] = field(default_factory=dict)

    def entries(self, found: ClassDef) -> dict[str, Entry]:
        """The attributes of a class by name, in order; of several definitions the last."""
        if found.key not in self._entries:
            made: dict[str, Entry] = {}
            for name, place, annotation, value, decorators, condition in found.data["body"]:
                made[name] = Entry(
                    name,
                    Span(found.path, *place),
                    None if annotation is None else node(annotation),
                    None if value is None else self._declared_in(found.path, node(value)),
                    None if decorators is None else tuple(node(each) for each in decorators),
                    condition,
                )
            self._entries[found.key] = made
        return self._entries[found.key]

    def _declared_in(self, path: str, value: Node) -> Node:
        """What a field of a dataclass declares in its metadata, under the key that `__sa_dataclass_metadata_key__` of a class
        of the file names; any other value as it is."""
        if not isinstance(value, Call) or not isinstance(value.func, Ref) or value.func.parts[-1] != "field":
            return value
        given = value.keyword("metadata")
        for key, held in given.items if isinstance(given, Dict) else ():
            if isinstance(key, Text) and key.value in self._metadata_keys(path):
                return value if isinstance(held, Other) else held  # a mixin's `lambda: Column(…)` stays unread
        return value

    def _metadata_keys(self, path: str) -> frozenset[str]:
        if path not in self._keys:
            data = self.modules.module(path)
            named = ((each[0], each[3]) for one in (data["classes"] if data else ()) for each in one["body"])
            keys = (value[3] for name, value in named if name == "__sa_dataclass_metadata_key__" and value[0] == "text")
            self._keys[path] = frozenset(keys)
        return self._keys[path]

    def is_abstract(self, found: ClassDef) -> bool:
        entry = self.entries(found).get("__abstract__")
        return entry is not None and isinstance(entry.value, Const) and entry.value.value is True

    def lineage(self, found: ClassDef) -> Lineage:
        """Everything a class comes from. Python's order is close enough to nearest first, left to right."""
        if found.key not in self._lineages:
            self._lineages[found.key] = self._follow(found)
        return self._lineages[found.key]

    def _follow(self, found: ClassDef) -> Lineage:
        ancestors: dict[tuple[str, int], ClassDef] = {}
        roots: dict[str, Root] = {}
        unknown: list[Span] = []
        queue = [found]
        while queue and len(ancestors) < MAX_ANCESTORS:
            here = queue.pop(0)
            own = self._declared(here)
            if own is not None:
                roots.setdefault(own.place, own)
            for base in here.data["bases"]:
                for each in self._base(here, node(base)):
                    if isinstance(each, ClassDef):
                        if each.key != found.key and each.key not in ancestors:
                            ancestors[each.key] = each
                            queue.append(each)
                    elif isinstance(each, Root):
                        roots.setdefault(each.place, each)
                    else:
                        unknown.append(each)
        if queue:
            unknown.append(found.span)  # more ancestors than are followed
        return Lineage(tuple(ancestors.values()), tuple(roots.values()), tuple(unknown))

    def _declared(self, found: ClassDef) -> Root | None:
        """The declarative base that this class is itself: it derives from DeclarativeBase, or is decorated as one."""
        for base in found.data["bases"]:
            target = self.modules.resolve(found.path, node(base))
            if library_name(target) in DECLARATIVE:
                return self._root_of_class("declarative", found)
        for each in found.data["decorators"]:
            item = node(each)
            target = self.modules.resolve(found.path, item.func if isinstance(item, Call) else item)
            name = library_name(target)
            if name == "as_declarative":
                given = item.keywords if isinstance(item, Call) else ()
                return self._root_of_class("declarative", found, {word: value for word, value in given if word})
            if name == "as_declarative_base" and isinstance(item, Call) and isinstance(item.func, Ref):
                _, made = self.modules.value(found.path, Ref(item.start, item.end, item.func.parts[:-1]))
                given = made.keywords if isinstance(made, Call) else ()
                return self._root_of_class("declarative", found, {word: value for word, value in given if word})
            if name in MAPPING:
                return self._registry_root(found.path, item.func if isinstance(item, Call) else item)
        return None

    def _registry_root(self, path: str, item: Node) -> Root | None:
        """The base that a registry is, from one of its methods (`reg.mapped`, `reg.generate_base`)."""
        if not isinstance(item, Ref) or len(item.parts) < 2:
            return None
        where, made = self.modules.value(path, Ref(item.start, item.end, item.parts[:-1]))
        if not isinstance(made, Call) or library_name(self.modules.resolve(where, made.func)) != "registry":
            return None
        place = f"{where}:{made.start}"
        if place not in self._roots:
            parts = {word: (where, value) for word, value in made.keywords if word}
            self._roots[place] = self._root("declarative", place, parts, f"{'.'.join(item.parts[:-1])}.metadata")
        return self._roots[place]

    def _root_of_class(self, kind: str, found: ClassDef, given: Mapping[str, Node] | None = None) -> Root:
        place = f"{found.path}:{found.name}"
        if place not in self._roots:
            entries = self.entries(found)
            parts = {word: (found.path, value) for word, value in (given or {}).items()}
            for name in ("metadata", "type_annotation_map", "registry"):
                entry = entries.get(name)
                if entry is not None and entry.value is not None and entry.decorators is None:
                    parts[name] = (found.path, entry.value)
            registry = parts.pop("registry", None)
            if registry is not None:
                where, meant = self.modules.value(*registry)
                if isinstance(meant, Call):
                    for word, value in meant.keywords:
                        parts.setdefault(word or "", (where, value))
            self._roots[place] = self._root(kind, place, parts, f"{found.name}.metadata")
        return self._roots[place]

    def _root(self, kind: str, place: str, parts: Mapping[str, tuple[str, Node]], label: str) -> Root:
        naming, schema, schema_known = NO_CONVENTION, None, True
        given = parts.get("metadata") or self.assigned.get(label)
        if given is not None:
            naming, schema, schema_known = self.metadata(*given)
        set_later = self.assigned.get(f"{label}.naming_convention")
        if set_later is not None:
            naming = convention(self.modules, *set_later)
        types = parts.get("type_annotation_map")
        return Root(kind, place, naming, schema, schema_known, (types,) if types else ())

    def metadata(self, path: str, item: Node) -> tuple[Convention, str | None, bool]:
        """The naming convention and the schema of `MetaData(…)`, and whether the schema is known."""
        where, meant = self.modules.value(path, item)
        if not isinstance(meant, Call) or library_name(self.modules.resolve(where, meant.func)) != "MetaData":
            root = self.root_of_metadata(where, meant)
            return (NO_CONVENTION, None, True) if root is None else (root.convention, root.schema, root.schema_known)
        naming = NO_CONVENTION
        given = meant.keyword("naming_convention")
        if given is not None:
            naming = convention(self.modules, where, given)
        elif any(word is None for word, _ in meant.keywords):
            naming = Convention({}, known=False)
        schema_node = meant.keyword("schema")
        if schema_node is None:
            return naming, None, True
        _, schema = self.modules.value(where, schema_node)
        if isinstance(schema, Text):
            return naming, schema.value, True
        return naming, None, isinstance(schema, Const) and schema.value is None

    def root_of_metadata(self, path: str, item: Node) -> Root | None:
        """The base whose metadata an expression names: `Base.metadata`, `db.metadata`, `db`, `SQLModel.metadata`."""
        if not isinstance(item, Ref):
            return None
        parts = item.parts[:-1] if item.parts[-1] in ("metadata", "Model") and len(item.parts) > 1 else item.parts
        owner = Ref(item.start, item.end, parts)
        for model in (owner, Ref(item.start, item.end, (*parts, "Model"))):
            for each in self._targets(path, model):
                if isinstance(each, Root):
                    return each
                if isinstance(each, ClassDef):
                    roots = self.lineage(each).roots
                    if roots:
                        return roots[0]
        return None

    def _base(self, owner: ClassDef, base: Node) -> Iterator[ClassDef | Root | Span]:
        """What one entry of a class's bases is: a class, a declarative base, or a place that could not be followed."""
        if isinstance(base, Sub):
            base = base.base
        found = list(self._targets(owner.path, base))
        if not found:
            return
        for each in found:
            yield Span(owner.path, base.start, base.end) if isinstance(each, Span) else each

    def _targets(self, path: str, base: Node) -> Iterator[ClassDef | Root | Span]:
        where, meant = self.modules.value(path, base)
        if isinstance(meant, Call):
            yield from self._made(where, meant, base)
            return
        target = self.modules.resolve(where, meant)
        if isinstance(target, ClassDef):
            yield target
            return
        name = library_name(target)
        if name in DECLARATIVE or (isinstance(target, External) and target.last in _HARMLESS):
            return
        if name == "SQLModel":
            yield self._library_root("sqlmodel", "SQLModel", "SQLModel.metadata")
        elif name in MODELS and isinstance(meant, Ref):
            yield from self._flask(where, meant)
        elif (isinstance(target, External) and target.dotted.startswith(("enum.", "typing.", "abc.", "builtins."))) or (
            isinstance(meant, Ref) and meant.parts[0] in _BUILT_INS and target is None
        ):
            return
        else:
            yield span(where, meant)

    def _made(self, path: str, call: Call, base: Node) -> Iterator[ClassDef | Root | Span]:
        """A base that a call makes: `declarative_base(cls=…, metadata=…)`."""
        target = self.modules.resolve(path, call.func)
        name = library_name(target)
        if name not in BASE_MAKERS:
            if name in ("with_metaclass",):
                for arg in call.args[1:]:
                    yield from self._targets(path, arg)
                return
            yield span(path, base)
            return
        registry = self._registry_root(path, call.func) if name == "generate_base" else None
        place = registry.place if registry is not None else f"{path}:{call.start}"
        if place not in self._roots:
            parts = {word: (path, value) for word, value in call.keywords if word}
            label = f"{'.'.join(base.parts)}.metadata" if isinstance(base, Ref) else ""
            self._roots[place] = self._root("declarative", place, parts, label)
        yield self._roots[place]
        if name == "automap_base":
            yield span(path, call)  # its columns come from the database
        mixed = call.keyword("cls")
        if mixed is not None:
            yield from self._mixed(path, call, mixed)

    def _mixed(self, path: str, call: Call, mixed: Node) -> Iterator[ClassDef | Root | Span]:
        """What `cls` names; in `Base = declarative_base(cls=Base)` the class that was called so until then."""
        where, meant = self.modules.value(path, mixed)
        if not isinstance(meant, Call) or (where, meant.start) != (path, call.start):
            yield from self._targets(path, mixed)
            return
        data = self.modules.module(path)
        parts = mixed.parts if isinstance(mixed, Ref) else ()
        for each in data["classes"] if data is not None else ():
            if (each["name"],) == parts:
                yield ClassDef(path, each)

    def _flask(self, path: str, model: Ref) -> Iterator[ClassDef | Root | Span]:
        """`db.Model`: the options stand in the `SQLAlchemy(…)` that made `db`. `Model` imported from Flask-AppBuilder has
        none."""
        owner = Ref(model.start, model.end, model.parts[:-1])
        where, made = self.modules.value(path, owner) if owner.parts else (path, None)
        parts: dict[str, tuple[str, Node]] = {}
        place = f"{'.'.join(model.parts)}"
        kind = "flask"
        if isinstance(made, Call):
            place = f"{where}:{made.start}"
            parts = {word: (where, value) for word, value in made.keywords if word}
            maker = self.modules.resolve(where, made.func)
            if isinstance(maker, External) and maker.library == "gino":
                kind = "declarative"
        mixed = parts.pop("model_class", None)
        if place not in self._roots:
            self._roots[place] = self._root(kind, place, parts, f"{'.'.join(model.parts[:-1])}.metadata")
        if mixed is None:
            yield self._roots[place]
            return
        # The class given as model_class brings its own metadata, columns and types.
        for each in self._targets(*mixed):
            if isinstance(each, ClassDef):
                yield each
                own = next(iter(self.lineage(each).roots), None)
                if own is not None and self._roots[place].convention == NO_CONVENTION:
                    self._roots[place] = replace(own, kind=kind, place=place)
        yield self._roots[place]

    def _library_root(self, kind: str, place: str, label: str) -> Root:
        if place not in self._roots:
            self._roots[place] = self._root(kind, place, {}, label)
        return self._roots[place]


_BUILT_INS = frozenset({"object", "dict", "list", "str", "int", "Exception", "tuple", "type", "float", "set"})


def keyword(found: ClassDef, name: str) -> Node | None:
    """A keyword of a class statement (`class X(SQLModel, table=True)`)."""
    for word, value in found.data["keywords"]:
        if word == name:
            return node(value)
    return None


def assignments(modules: Modules, extracts: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[str, Node]]:
    """`SQLModel.metadata = …` and `Base.metadata.naming_convention = …`, by the name written."""
    found: dict[str, tuple[str, Node]] = {}
    for path, extract in extracts.items():
        for item, _ in extract.get("module", {}).get("expressions", ()):
            if item[0] == "op" and item[3] == "=":
                target = node(item[4])
                if isinstance(target, Ref) and target.parts[-1] in ("metadata", "naming_convention"):
                    parts = [part for part in target.parts if part != "Model"]  # `db.Model.metadata` is `db.metadata`
                    label = ".".join(parts[-3:] if parts[-1] != "metadata" else parts[-2:])
                    found[label] = (path, node(item[5]))
    return found


def type_map(root: Root, modules: Modules) -> tuple[tuple[str, Node, Node], ...]:
    """The entries of a `type_annotation_map`: the file, the Python type, the column type."""
    entries: list[tuple[str, Node, Node]] = []
    for path, item in root.types:
        where, meant = modules.value(path, item)
        if isinstance(meant, Dict):
            entries += [(where, key, value) for key, value in meant.items if key is not None]
    return tuple(entries)
