"""Every struct, type, constant and list of a project's Go files, and what a name in one of them means."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from posixpath import dirname
from typing import Any

from schemalint.model.frozen import frozen
from schemalint.parsers.gorm.expressions import Data
from schemalint.parsers.gorm.external import EXTERNAL, GORM, NULLS, External
from schemalint.parsers.gorm.modules import Modules
from schemalint.parsers.gorm.tagwords import keys_read

DEEPEST = 16

BASIC = frozenset(
    """bool string int int8 int16 int32 int64 uint uint8 uint16 uint32 uint64 uintptr float32 float64 complex64
    complex128 byte rune error any""".split()  # noqa: SIM905
)


def _built_in(name: str, kind: str, package: str | None, tag: str) -> Data:
    return {
        "name": name,
        "type": {"wrap": [], "kind": "name", "name": kind, "package": package},
        "tag": {"value": tag, "at": []},
        "anonymous": False,
    }


MODEL_FIELDS: tuple[Data, ...] = (
    _built_in("ID", "uint", None, "primarykey"),
    _built_in("CreatedAt", "Time", "time", ""),
    _built_in("UpdatedAt", "Time", "time", ""),
    _built_in("DeletedAt", "DeletedAt", "gorm", "index"),
)
"""The fields of gorm.Model."""


@frozen
class Struct:
    """A struct of the project. `key` tells it from every other; `folder` is its package; `inside`: a function declares it."""

    name: str
    key: str
    path: str
    folder: str
    start: int
    end: int
    statement: tuple[int, int]
    fields: tuple[Data, ...]
    parameters: tuple[str, ...] = ()
    broken: bool = False
    inside: bool = False


@frozen
class Meaning:
    """What a type name means: a basic kind, a struct, a known external type, or nothing known (all None).

    `wrap` are the pointers and slices written around it. `named` is the key of the project's own named type that it
    goes through (methods count on it), `inner` what is wrapped inside that one."""

    wrap: tuple[str, ...]
    inner: tuple[str, ...] = ()
    basic: str | None = None
    struct: Struct | None = None
    external: External | None = None
    where: tuple[str, str] | None = None  # import path ("": not told) and name of an external type
    named: str | None = None


@dataclass(slots=True)
class Package:
    """One folder's Go files together."""

    folder: str
    name: str = ""
    types: dict[str, tuple[str, Data]] = field(default_factory=dict)  # name → path, declaration
    twice: set[str] = field(default_factory=set)  # types of which one build or another has another declaration
    methods: dict[str, dict[str, Data]] = field(default_factory=dict)  # type → method → what it gives
    constants: dict[str, tuple[str, Any]] = field(default_factory=dict)
    values: dict[str, tuple[str, Data]] = field(default_factory=dict)


class World:
    """All Go files that were read, by package folder, with the modules they belong to."""

    def __init__(self, extracts: Mapping[str, Data]) -> None:
        self.packages: dict[str, Package] = {}
        self.modules = Modules(extracts)
        self.tag_keys = keys_read(extracts)
        self._imports: dict[str, list[tuple[str | None, str]]] = {}
        self._local: dict[str, dict[str, str]] = {"": {"time": "time", "gorm": GORM}}  # where MODEL_FIELDS stand
        self._structs: dict[str, Struct] = {}
        self._hands = _by_name(extracts, ("hands",))
        self._registers = _by_name(extracts, ("hands", "registers"))
        self._adds: dict[tuple[str, str], list[tuple[str, Data]]] = {}
        for path, extract in extracts.items():
            if not path.endswith(".go"):
                continue
            package = self.packages.setdefault(dirname(path), Package(dirname(path)))
            package.name = package.name or extract["package"]
            self._imports[path] = [(entry[0], entry[1]) for entry in extract["imports"]]
            for declared in extract["types"]:
                name = _key(declared["key"], path) if "key" in declared else declared["name"]
                if name in package.types:
                    package.twice.add(name)
                package.types.setdefault(name, (path, declared))
            for method in extract["methods"]:
                package.methods.setdefault(method["owner"], {}).setdefault(method["name"], method)
            for name, expression in extract["constants"].items():
                package.constants.setdefault(name, (path, expression))
            for name, value in extract["values"].items():
                package.values.setdefault(name, (path, value))
        for path, extract in extracts.items():
            for one in extract.get("adds", ()):
                owner, name = one["to"]
                place = self._place(path, owner) if owner is not None else (dirname(path), "")
                if place is not None:
                    key = (place[0], f"{place[1]}.{name}".lstrip("."))
                    self._adds.setdefault(key, []).append((path, one))

    def _place(self, path: str, kind: list[str | None]) -> tuple[str, str] | None:
        """The package folder and the name of a type of the project, as a file calls it."""
        package, name = kind
        imported = None if package is None else self.imports(path).get(package)
        folder = dirname(path) if package is None else self.folder(imported) if imported else None
        return None if folder is None or name is None else (folder, name)

    def added_to(self, folder: str, name: str) -> list[tuple[str, Data]]:
        """What code adds to a variable of a package, or to the field of a type (`Store.models`), with the files it stands in."""
        return self._adds.get((folder, name), [])

    def imports(self, path: str) -> dict[str, str]:
        """Local name → import path of one file. A package's own name counts where its folder was read."""
        if path not in self._local:
            found = {}
            for alias, imported in self._imports.get(path, []):
                folder = self.folder(imported)
                if alias == ".":
                    continue
                name = alias or (self.packages[folder].name if folder is not None else "") or _guess(imported)
                found[name] = imported
            self._local[path] = found
        return self._local[path]

    def _leads_outside(self, path: str) -> bool:
        """Whether a package name that fits no import of a file certainly stands for a package outside the project,
        whose own name is not known."""
        unread = [i for alias, i in self._imports.get(path, []) if alias is None and self.folder(i) is None]
        return bool(unread) and all(self.is_foreign(imported) for imported in unread)

    def _dotted(self, path: str, name: str) -> tuple[str | None, tuple[str, Data] | None]:
        """The package that brings a type into a file by `import . "…"`, and its declaration."""
        for alias, imported in self._imports.get(path, []):
            folder = self.folder(imported) if alias == "." else None
            if folder is not None and name in self.packages[folder].types:
                return folder, self.packages[folder].types[name]
        return None, None

    def folder(self, imported: str) -> str | None:
        """The folder of an imported package of this project; None for packages of others."""
        found = [folder for folder in self.modules.places(imported) if folder in self.packages]
        if found or self.modules.roots or self.modules.place(imported) is not None:
            return found[0] if found else None
        if imported in self.packages:
            return imported
        parts = imported.split("/")
        if "." not in parts[0] or imported == GORM or any(imported == path for path, _ in EXTERNAL):
            return None
        for start in range(1, len(parts)):  # without go.mod: the longest tail that is a folder here
            if (tail := "/".join(parts[start:])) in self.packages:
                return tail
        return None

    def calls_of(self, folder: str, name: str) -> Iterator[tuple[str, Data]]:
        """The calls of a function of a package that is given a connection, or by its name migrates, with their files."""
        yield from self._sites(self._hands, folder, name)

    def registers(self, folder: str, name: str) -> Iterator[tuple[str, Data]]:
        """The calls of a function of a package that hand it models, or a type."""
        yield from self._sites(self._registers, folder, name)

    def calls_of_method(self, name: str) -> Iterator[tuple[str, Data]]:
        """The calls of a method of that name, of whatever type, that hand it models."""
        for path, site in self._registers.get(name, ()):
            package = site["name"][0]
            if package is not None and package not in self.imports(path):
                yield path, site

    def _sites(self, sites: dict[str, list[tuple[str, Data]]], folder: str, name: str) -> Iterator[tuple[str, Data]]:
        for path, site in sites.get(name, ()):
            package = site["name"][0]
            imported = None if package is None else self.imports(path).get(package)
            home = dirname(path) if package is None else self.folder(imported) if imported else None
            if home == folder:
                yield path, site

    def is_foreign(self, imported: str) -> bool:
        """Whether an import certainly leads outside the project."""
        return bool(self.modules.roots) and self.modules.place(imported) is None

    def struct(self, folder: str, name: str) -> Struct | None:
        """The struct of that name declared in a package."""
        key = f"{folder}.{name}"
        if key not in self._structs:
            package = self.packages.get(folder)
            declared = package.types.get(name) if package is not None else None
            if declared is None or "fields" not in declared[1]:
                return None
            path, data = declared
            self._structs[key] = Struct(
                name=data["name"],
                key=key,
                path=path,
                folder=folder,
                start=data["at"][0],
                end=data["at"][1],
                statement=(data["statement"][0], data["statement"][1]),
                fields=tuple(data["fields"]),
                parameters=tuple(data.get("parameters", ())),
                broken=data["broken"] or (package is not None and name in package.twice),
                inside="key" in data,
            )
        return self._structs[key]

    def meaning(self, kind: Data, path: str, parameters: tuple[str, ...] = ()) -> Meaning:
        """What a type expression in a file means; names of the project are followed to what they stand for."""
        wrap: tuple[str, ...] = tuple(kind["wrap"])
        inner: tuple[str, ...] = ()
        folder = dirname(path)
        named: str | None = None
        for _ in range(DEEPEST):
            package, local = kind["package"], kind.get("local")
            name = kind["name"] if local is None else _key(local, path)
            if kind["kind"] != "name":
                return Meaning(wrap, inner, basic=kind["kind"], named=named)
            if package is None and name in parameters:
                break
            home: str | None = folder
            if package is not None:
                imported = self.imports(path).get(package)
                if imported is None and not self._leads_outside(path):
                    break
                home = None if imported is None else self.folder(imported)
                if home is None:
                    where = (imported or "", name)
                    known_type = EXTERNAL.get(where)
                    if where in NULLS and "of" in kind:
                        known_type = self._null(kind["of"], path, parameters)
                    return Meaning(wrap, inner, external=known_type, where=where, named=named)
            known = self.packages[home].types.get(name) if home in self.packages else None
            if known is None and package is None and local is None and name not in BASIC:
                home, known = self._dotted(path, name)
            if known is None or home is None:
                if package is None and name in BASIC:
                    return Meaning(wrap, inner, basic={"byte": "uint8", "rune": "int32"}.get(name, name), named=named)
                break
            path, declared = known
            folder = home
            if "fields" in declared:
                found = self.struct(home, name)
                if named is None or found is None:
                    return Meaning(wrap, struct=found)
                if not inner:  # a struct of another name, with none of the methods
                    own_folder, _, own = named.rpartition(".")
                    return Meaning(wrap, struct=replace(found, name=own, key=named, folder=own_folder))
                if any(self.method(named, method) for method in ("Value", "Scan", "GormDataType", "GormDBDataType")):
                    return Meaning(wrap, named=named)
                return Meaning((*wrap, *inner), struct=found)  # `type Lines []Line`
            kind, parameters = declared["type"], ()
            if declared["alias"] and named is None:
                wrap = wrap + tuple(kind["wrap"])
            else:
                named = named or f"{home}.{name}"
                inner = inner + tuple(kind["wrap"])
        return Meaning(wrap)

    def _null(self, kind: Data, path: str, parameters: tuple[str, ...]) -> External:
        """sql.Null of a type: GORM looks at what it holds."""
        held = self.meaning(kind, path, parameters)
        if held.wrap or held.inner or held.named is not None:
            return External("?")
        return External(held.basic or (held.external.kind if held.external is not None else "?"))

    def method(self, named: str | None, name: str) -> Data | None:
        """A method of a named type of the project, by the type's key."""
        if named is None:
            return None
        folder, _, owner = named.rpartition(".")
        package = self.packages.get(folder)
        return package.methods.get(owner, {}).get(name) if package is not None else None

    def promoted(self, struct: Struct, name: str) -> tuple[Data, Struct] | None:
        """A method of a struct, its own or promoted from what it embeds (the shallowest), and the struct it is on."""
        level, seen = [struct], {struct.key}
        for _ in range(DEEPEST):
            found = [(method, s) for s in level if (method := self.method(s.key, name)) is not None]
            if found:
                return found[0] if len(found) == 1 else None
            below = []
            for outer in level:
                for entry in outer.fields:
                    inner = (
                        self.meaning(entry["type"], outer.path, outer.parameters).struct if entry["anonymous"] else None
                    )
                    if inner is not None and inner.key not in seen:
                        seen.add(inner.key)
                        below.append(inner)
            level = below
        return None

    def text(self, expression: Any, path: str) -> str | None:
        """The value of a string constant's expression, None when it is computed."""
        out: list[str] = []
        stack = [(expression, path)]
        for _ in range(200):
            if not stack:
                return "".join(out)
            here, at = stack.pop()
            if here is None:
                return None
            if "text" in here:
                out.append(here["text"])
            elif "sum" in here:
                stack.extend((side, at) for side in reversed(here["sum"]))
            else:
                package, name = here["ref"]
                imported = None if package is None else self.imports(at).get(package)
                folder = dirname(at) if package is None else self.folder(imported) if imported else None
                found = self.packages[folder].constants.get(name) if folder in self.packages else None
                if found is None:
                    return None
                stack.append((found[1], found[0]))
        return None


def _key(key: str, path: str) -> str:
    """What a package calls a type that a function of one of its files declares."""
    return f"{key}@{path}".replace(".", "/")


def _by_name(extracts: Mapping[str, Data], kinds: tuple[str, ...]) -> dict[str, list[tuple[str, Data]]]:
    """Calls of functions, by the function's name."""
    found: dict[str, list[tuple[str, Data]]] = {}
    for path, one in extracts.items():
        for kind in kinds:
            for site in one.get(kind, ()):
                found.setdefault(site["name"][1], []).append((path, site))
    return found


def _guess(imported: str) -> str:
    """The usual name of a package by its path: the last part that is no version, without `go-` and `.v4`."""
    parts = imported.split("/")
    last = parts[-1]
    if len(parts) > 1 and last[:1] == "v" and last[1:].isdigit():
        last = parts[-2]
    return last.split(".v")[0].removeprefix("go-").removeprefix("go.").replace("-", "_")
