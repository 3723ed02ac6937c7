"""The association calls that decorators stand for, in the order in which they are made."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from schemalint.jssource.here import Here
from schemalint.jssource.values import Value
from schemalint.parsers.sequelize.decorators import associations, foreign_keys, is_model
from schemalint.parsers.sequelize.models import Model
from schemalint.parsers.sequelize.package import Package


def decorated_calls(package: Package) -> Iterator[tuple[str, Here, list[int]]]:
    """`@BelongsTo(() => User) user: User` as the call it stands for, with its class. Classes come in the order
    of `models: […]` and `addModels([…])`, which decides whose ON DELETE counts, else in the order of their files."""
    listed = _listed(package)
    classes = [
        (path, held)
        for path, extract in package.files.items()
        for held in extract.get("decorated", ())
        if is_model(held, package.major)
    ]
    for path, held in sorted(classes, key=lambda one: listed.get((one[0], one[1]["class"]["s"]), len(listed))):
        fields = package.fields(path, held)
        for method, target, rest, field in associations(fields):
            call = _call(package, path, held, method, Here(path, target), rest, field)
            if call is not None:
                yield method, call, [held["class"]["s"], held["class"]["e"]]


def _listed(package: Package) -> dict[tuple[str, int], int]:
    """The classes that `new Sequelize({models: [User, Post]})` and `addModels` list, each with its rank."""
    found: dict[tuple[str, int], int] = {}
    for array in _lists(package):
        for item in array.arguments() if array.kind == "arr" else ():
            model = package.find(item)
            if model is not None:
                found.setdefault(model.places[0], len(found))
    return found


def _lists(package: Package) -> Iterator[Here]:
    for instance in package.instances:
        for argument in instance.here.arguments():
            entry = package.evaluator.entry(argument, "models") if argument.kind == "obj" else None
            if entry is not None:
                yield package.evaluator.follow(entry.value)
    for path, extract in package.files.items():
        for value in extract.get("added", ()):
            for argument in Here(path, value).arguments()[:1]:
                yield package.evaluator.follow(argument)


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
        bare = package.evaluator.follow(target.at(written))
        kind = "..." if bare.kind == "obj" else key
        entries.append([kind, written["s"], written["e"], written])
    source = package.by_place.get((path, held["class"]["s"]))
    found = package.find(target)
    if package.major < 7 and not _keyed(package, target, entries):
        through = package.find(target.at(rest[0]["r"])) if rest and "r" in rest[0] else None
        marked = _marks(package, method, source, found, through)
        for key, holder, referenced in marked:
            name = _marked(package, holder, referenced)
            if name is not None:
                entries.append([key, field["s"], field["e"], {"t": "str", "v": name} | at])
            elif method != "belongsToMany":
                if holder is not None:
                    holder.unread.append(target.span)
                return None
    callee = {"t": "mem", "o": {"t": "this"} | at, "p": method} | at
    call = {"t": "call", "f": callee, "a": [target.value, {"t": "obj", "p": entries} | at]} | at
    return target.at(call)


def _keyed(package: Package, target: Here, entries: list[list[Any]]) -> bool:
    """Whether a foreign key is given."""
    whole = {"t": "obj", "p": entries, "s": target.value["s"], "e": target.value["e"]}
    return package.evaluator.entry(target.at(whole), "foreignKey") is not None


def _marks(
    package: Package, method: str, source: Model | None, found: Model | None, through: Model | None
) -> list[tuple[str, Model | None, Model | None]]:
    """Which options `@ForeignKey` may fill in: the model that it stands in, and the one that it names."""
    if method == "belongsToMany":
        return [("foreignKey", through, source), ("otherKey", through, found)]
    return [("foreignKey", source, found) if method == "belongsTo" else ("foreignKey", found, source)]


def _marked(package: Package, holder: Model | None, referenced: Model | None) -> str | None:
    """The property of one model under `@ForeignKey(() => other)`."""
    if holder is None or referenced is None:
        return None
    path = holder.here.path
    for held in package.files.get(path, {}).get("decorated", ()):
        if (path, held["class"]["s"]) in holder.places:
            for name, target in foreign_keys(package.fields(path, held)):
                if package.find(holder.here.at(target)) is referenced:
                    return name
    return None
