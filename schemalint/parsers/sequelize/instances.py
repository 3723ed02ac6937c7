"""`new Sequelize(…)`: which dialect it speaks and which `define` it gives to every model."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from typing import Any

from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Entry, Here
from schemalint.jssource.spreads import keeps, lacks
from schemalint.jssource.values import Value
from schemalint.model.frozen import frozen

DIALECTS = {
    "postgres": "postgres",
    "postgresql": "postgres",
    "mysql": "mysql",
    "mariadb": "mariadb",
    "sqlite": "sqlite",
    "mssql": "tsql",
    "sqlite3": "sqlite",
}
_CLASSES = {
    "postgresdialect": "postgres",
    "mysqldialect": "mysql",
    "mariadbdialect": "mariadb",
    "sqlitedialect": "sqlite",
    "mssqldialect": "tsql",
}
"""What the packages of Sequelize 7 call their dialects, in lower case."""
_WHERE = ("database", "url", "storage", "host", "port")
"""Options that tell one database from another."""
_MOST = 20
_SCALARS = {"str", "num", "bool", "null", "undef"}


@frozen
class Instance:
    """One Sequelize. `define` None: not known. `sync` are the entries of its own `sync` option."""

    here: Here
    dialect: str | None
    define: Mapping[str, Entry] | None
    schema: Entry | None = None
    sync: Mapping[str, Entry] = field(default_factory=dict)
    unchecked: bool = False  # `foreignKeys: false`, of SQLite, or what is not known to be true
    precision: str | None = "6"  # of timestamps in Sequelize 7; "" for none, None when it is not known

    @property
    def place(self) -> tuple[str, int]:
        """Where it is made."""
        return self.here.path, self.here.value["s"]


def instances(evaluator: Evaluator, path: str, extract: Mapping[str, Any]) -> list[Instance]:
    """Every Sequelize that a file makes."""
    return [_instance(evaluator, Here(path, value)) for value in extract.get("makers", ())]


def _instance(evaluator: Evaluator, maker: Here) -> Instance:
    arguments = _given(evaluator, maker)
    if arguments is None:
        return Instance(maker, None, None)
    dialect = next((found for one in arguments if (found := _scheme(evaluator, one)) is not None), None)
    if not arguments or (len(arguments) == 1 and _is_uri(evaluator, arguments[0])) or len(arguments) == 3:
        return Instance(maker, dialect, {})
    options = arguments[-1] if len(arguments) != 3 else None
    objects, whole = _objects(evaluator, options)
    if not objects:
        return Instance(maker, dialect, None)
    dialect = dialect or _dialect(evaluator, objects)
    define = _define(evaluator, objects) if whole else None
    first, _ = evaluator.entries(objects[0])
    sync = first.get("sync")
    return Instance(
        maker,
        dialect,
        define,
        schema=first.get("schema"),
        sync={} if sync is None else evaluator.entries(sync.value)[0],
        unchecked="foreignKeys" in first and not _true(evaluator, first["foreignKeys"]),
        precision=_precision(evaluator, first.get("defaultTimestampPrecision")),
    )


def _true(evaluator: Evaluator, entry: Entry) -> bool:
    found = evaluator.follow(entry.value)
    return found.kind == "bool" and bool(found.value["v"])


def _precision(evaluator: Evaluator, entry: Entry | None) -> str | None:
    found = None if entry is None else evaluator.follow(entry.value)
    if found is None:
        return "6"
    if found.kind in {"null", "undef", "bool"}:
        return ""
    return found.value["v"] if found.kind == "num" else None


def _given(evaluator: Evaluator, maker: Here) -> list[Here] | None:
    """The arguments of `new Sequelize`, or the options that a module of NestJS is given or makes; None when unknown."""
    arguments = maker.arguments()
    if maker.kind != "call":
        return arguments
    if maker.value["f"].get("p") == "forRootAsync":
        factory = evaluator.entry(arguments[0], "useFactory") if arguments else None
        function = None if factory is None else evaluator.follow(factory.value)
        if function is None or function.kind != "fn" or "r" not in function.value:
            return None
        return [function.at(function.value["r"])]
    return arguments[:1]


def _is_uri(evaluator: Evaluator, argument: Here) -> bool:
    for found in evaluator.choices(argument):
        root = found.value
        while root["t"] in {"mem", "sub"}:
            root = root["o"]
        if found.kind not in {"str", "tmpl", "bin"} and root.get("v") != "process":
            return False
    return True


def _scheme(evaluator: Evaluator, argument: Here) -> str | None:
    for found in evaluator.choices(argument):
        text = found.value.get("v") if found.kind == "str" else None
        if found.kind == "tmpl" and isinstance(found.value["a"][0], str):
            text = found.value["a"][0]
        if isinstance(text, str) and ":" in text:
            return DIALECTS.get(text.split(":", 1)[0].lower())
    return None


def _objects(evaluator: Evaluator, options: Here | None) -> tuple[list[Here], bool]:
    """The objects that the options may be, and whether there can be no other."""
    objects, whole = [], True
    for found in evaluator.choices(options) if options is not None else ():
        if found.kind == "obj" or (found.kind == "call" and evaluator.entries(found)[0]):
            objects.append(found)
        elif found.kind not in _SCALARS:
            whole = False
    return objects, whole


def _dialect(evaluator: Evaluator, objects: list[Here]) -> str | None:
    known = set()
    for one in objects:
        entry = evaluator.entry(one, "dialect")
        for found in evaluator.choices(entry.value) if entry is not None else ():
            if found.kind == "str":
                known.add(DIALECTS.get(found.value["v"].lower()))
            elif found.kind in {"imp", "id", "mem"}:
                said = found.value.get("p", found.value.get("n", found.value.get("v")))
                known |= {_CLASSES[said.lower()]} if isinstance(said, str) and said.lower() in _CLASSES else set()
    return known.pop() if len(known) == 1 else None


def _define(evaluator: Evaluator, objects: list[Here]) -> Mapping[str, Entry] | None:
    """The `define` that all of the objects agree on, None when they do not or it is not known."""
    agreed: Mapping[str, Entry] | None = None
    for one in objects:
        entries, unread = evaluator.entries(one)
        entry = entries.get("define")
        if entry is None and unread and not lacks(evaluator, one, "define"):
            return None
        own: Mapping[str, Entry] = {}
        if entry is not None:
            if unread and not entry.sure and not keeps(evaluator, one, "define"):
                return None
            objects_of, whole = _objects(evaluator, entry.value)
            if not whole or len(objects_of) > 1:
                return None
            if objects_of:
                own, unread = evaluator.entries(objects_of[0])
                if unread:
                    return None
        if agreed is not None and _plain(evaluator, own) != _plain(evaluator, agreed):
            return None
        agreed = own
    return agreed


def _plain(evaluator: Evaluator, entries: Mapping[str, Entry]) -> dict[str, Any]:
    return {key: bare(evaluator.follow(entry.value).value) for key, entry in entries.items()}


def bare(value: Value) -> Any:
    """A value without its places, for comparing."""
    if isinstance(value, dict):
        return {key: bare(inner) for key, inner in value.items() if key not in {"s", "e"}}
    if isinstance(value, list):
        return [bare(inner) for inner in value if not isinstance(inner, int) or isinstance(inner, bool)]
    return value


def same(evaluator: Evaluator, every: list[Instance], one: bool = False) -> bool:
    """Whether the instances give the same options to their models, so that they need not be told apart. One that is made from a
    variable alone does not say its dialect, and speaks that of the others. `one`: one of them is taken, whatever its dialect."""
    first = every[0]
    if any(other.define is None for other in every):
        return len(every) == 1
    plain = _plain(evaluator, first.define or {})
    dialects = {other.dialect for other in every if other.dialect is not None}
    alike = all(_plain(evaluator, other.define or {}) == plain for other in every[1:])
    return alike and (one or len(dialects) < 2)


def by_itself(extract: Mapping[str, Any]) -> bool:
    """Whether a file keeps its Sequelize to itself: it exports nothing, imports nothing of the project and has no models."""
    shared = ("exports", "stars", "defines", "inits", "decorated", "added")
    return bool(extract.get("alone")) and not any(extract.get(key) for key in shared)


def on_branches(every: list[Instance], files: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether all instances are given to one variable, on branches of which one is taken."""
    places = {one.place for one in every}
    held: dict[tuple[str, str], set[int]] = {}
    for path, extract in files.items():
        for name, _, _, value in extract.get("names", ()):
            for made in _branches(value):
                if (path, made["s"]) in places:
                    held.setdefault((path, name), set()).add(made["s"])
    return any(len(made) == len(places) for made in held.values())


def _branches(value: Value | None) -> Iterator[Value]:
    """The values that a name is given on one branch or another: assigned, or by `a ? b : c`."""
    stack = [] if value is None else [value]
    for _ in range(_MOST):
        if not stack:
            return
        one = stack.pop()
        if one["t"] == "cond":
            stack += [one["l"] | {"assigned": True}, one["r"] | {"assigned": True}]
        elif one.get("assigned"):
            yield one


def target_of(evaluator: Evaluator, instance: Instance) -> str:
    """What a Sequelize connects to, as far as it is written: a name that is the same for the same database."""
    said: list[str] = []
    for index, argument in enumerate(instance.here.arguments()):
        found = evaluator.follow(argument)
        if found.kind == "obj":
            entries, _ = evaluator.entries(found)
            said += [_written(evaluator.follow(entries[key].value)) for key in _WHERE if key in entries]
        elif index == 0:  # the user and the password follow
            said.append(_written(found))
    return " ".join(filter(None, said)) or "default"


def _written(found: Here) -> str:
    """A literal or the name of a variable; of a URL what stands behind scheme, user and password."""
    value = found.value
    if found.kind in {"str", "num"}:
        return re.sub(r"^\w+://(?:[^/@]*@)?", "", str(value["v"]))
    names: list[str] = []
    while value["t"] == "mem":
        names.append(value["p"])
        value = value["o"]
    if names[1:] == ["env"]:
        return names[0]
    return ".".join(reversed([*names, str(value.get("v", ""))])) if names or value["t"] == "id" else ""
