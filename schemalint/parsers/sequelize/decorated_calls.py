"""The association calls that decorators of sequelize-typescript stand for, in the order in which they are made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from schemalint.jssource.here import Here
from schemalint.jssource.values import Value
from schemalint.parsers.sequelize.decorators import associations, foreign_keys
from schemalint.parsers.sequelize.models import Model
from schemalint.parsers.sequelize.package import Package


def decorated_calls(package: Package) -> Iterator[tuple[str, Here, list[int]]]:
    """`@BelongsTo(() => User) user: User` as the call it stands for, with its class. Classes come in the order
    of `models: […]`, which decides whose ON DELETE counts, else in the order of their files."""
    listed = _listed(package)
    classes = [(path, held) for path, extract in package.files.items() for held in extract.get("decorated", ())]
    for path, held in sorted(classes, key=lambda one: listed.get((one[0], one[1]["class"]["s"]), len(listed))):
        for method, target, rest, field in associations(held):
            call = _call(package, path, held, method, Here(path, target), rest, field)
            if call is not None:
                yield method, call, [held["class"]["s"], held["class"]["e"]]


def _listed(package: Package) -> dict[tuple[str, int], int]:
    """The classes that `new Sequelize({models: [User, Post]})` lists, each with its rank."""
    found: dict[tuple[str, int], int] = {}
    for instance in package.instances:
        for argument in instance.here.arguments():
            entry = package.evaluator.entry(argument, "models") if argument.kind == "obj" else None
            array = None if entry is None else package.evaluator.follow(entry.value)
            for item in array.arguments() if array is not None and array.kind == "arr" else ():
                model = package.find(item)
                if model is not None:
                    found.setdefault(model.places[0], len(found))
    return found


def _call(
    package: Package,
    path: str,
    held: dict[str, Any],
    method: str,
    target: Here,
    rest: list[Value],
    field: dict[str, Any],
) -> Here | None:
    """The call; `as` is the property, and the foreign key is the one given or the one that `@ForeignKey` marks."""
    at = {"s": field["s"], "e": field["e"]}
    entries: list[list[Any]] = [["as", field["s"], field["e"], {"t": "str", "v": field["n"]} | at]]
    keys = ["through", "foreignKey", "otherKey"] if method == "belongsToMany" else ["foreignKey"]
    for key, given in zip(keys, rest, strict=False):
        written = given["r"] if given["t"] == "fn" and "r" in given else given
        kind = "..." if written["t"] == "obj" else key
        entries.append([kind, written["s"], written["e"], written])
    if method != "belongsToMany" and not any(entry[0] != "as" for entry in entries):
        source = package.by_place.get((path, held["class"]["s"]))
        found = package.find(target)
        holder, referenced = (source, found) if method == "belongsTo" else (found, source)
        marked = _marked(package, holder, referenced)
        if marked is None:
            if holder is not None:
                holder.unread.append(target.span)
            return None
        entries.append(["foreignKey", field["s"], field["e"], {"t": "str", "v": marked} | at])
    callee = {"t": "mem", "o": {"t": "this"} | at, "p": method} | at
    call = {"t": "call", "f": callee, "a": [target.value, {"t": "obj", "p": entries} | at]} | at
    return target.at(call)


def _marked(package: Package, holder: Model | None, referenced: Model | None) -> str | None:
    """The property of one model under `@ForeignKey(() => other)`."""
    if holder is None or referenced is None:
        return None
    for held in package.files.get(holder.here.path, {}).get("decorated", ()):
        if (holder.here.path, held["class"]["s"]) in holder.places:
            for name, target in foreign_keys(held):
                if package.find(holder.here.at(target)) is referenced:
                    return name
    return None
