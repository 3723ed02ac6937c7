"""What a call is given: its arguments followed through variables, functions and packages to the structs they hold."""

from __future__ import annotations

from dataclasses import dataclass, field

from schemalint.model.span import Span
from schemalint.parsers.gorm.expressions import Data
from schemalint.parsers.gorm.world import Struct, World

MOST_ARGUMENTS = 2_000
DEEPEST = 8


@dataclass(slots=True)
class Given:
    """Structs, the places of what could not be told, and the lists (package folder and name) gone through. `unordered`: in which
    order the structs come is not known, as from a map. `stand_ins` are given in place of models of the same tables."""

    structs: list[Struct] = field(default_factory=list)
    open: list[Span] = field(default_factory=list)
    followed: set[tuple[str, str]] = field(default_factory=set)
    unordered: bool = False
    stand_ins: list[Struct] = field(default_factory=list)


def given_to(call: Data, path: str, world: World) -> Given:
    """The structs a call is given. Types of other modules are nobody's tables here and left out."""
    found = Given()
    seen: set[str] = set()
    stack = [(argument, path, 0, call) for argument in reversed(call["arguments"])]
    for _ in range(MOST_ARGUMENTS):
        if not stack:
            return found
        argument, at, depth, around = stack.pop()
        place = argument.get("open") or argument.get("at")
        where = Span(at, *place) if place else Span(path, *call["at"])
        if "list" in argument:
            found.unordered = found.unordered or "unordered" in argument
            stack.extend((item, at, depth, around) for item in reversed(argument["list"]))
        elif "type" in argument and (given := _of_type_parameter(world, argument["type"], at, around)) is not None:
            stack.extend((item, there, depth + 1, {}) for there, item in reversed(given))
            if not given or around["declared"][:1].isupper():  # other packages may call it
                found.open.append(where)
                found.unordered = True
        elif "type" in argument:
            meaning = world.meaning(argument["type"], at)
            if meaning.struct is not None and meaning.struct.key not in seen:
                seen.add(meaning.struct.key)
                found.structs.append(meaning.struct)
            elif meaning.struct is None and not (meaning.where and world.is_foreign(meaning.where[0])):
                found.open.append(where)
        elif depth >= DEEPEST:
            found.open.append(where)
        elif "ref" in argument:
            listed, added = _list(world, argument["ref"], at), _added(world, _variable(world, argument["ref"], at))
            if listed is not None:
                folder, value_path, value = listed
                found.followed.add((folder, argument["ref"][1] or ""))
                stack.append((value, value_path, depth + 1, {}))
            if added or listed is None:
                found.open.append(where)  # other code may add to it
                found.unordered = True
            stack.extend((item, there, depth + 1, one) for there, item, one in reversed(added))
        elif "row" in argument and (held := _in_rows(world, argument, at)):
            stack.extend((item, at, depth + 1, around) for item in reversed(held))
        elif "field" in argument:
            added = _added(world, _field(world, argument["field"], at))
            found.open.append(where)
            found.unordered = True
            stack.extend((item, there, depth + 1, one) for there, item, one in reversed(added))
        elif "method" in argument and (method := _of_method(world, argument["method"], at)):
            found.followed.add(method[:2])
            stack.append((method[3], method[2], depth + 1, {}))
        elif "forward" in argument and (handed := _handed(world, around, at, argument["forward"])):
            stack.extend((item, there, depth + 1, site) for there, item, site in reversed(handed))
        else:
            found.open.append(where)
    found.open.append(Span(path, *call["at"]))  # too much to follow
    return found


def _list(world: World, reference: list[str | None], at: str) -> tuple[str, str, Data] | None:
    """The package folder, path and value of a package variable or function; None when it was not read."""
    place = _variable(world, reference, at)
    value = world.packages[place[0]].values.get(place[1]) if place is not None and place[0] in world.packages else None
    return None if value is None or place is None else (place[0], value[0], value[1])


def _variable(world: World, reference: list[str | None], at: str) -> tuple[str, str] | None:
    """The package folder and the name of a variable."""
    package, name = reference
    if package is not None and package not in world.imports(at):
        return at.rpartition("/")[0], f"{package}.{name}"  # a field of a variable of this package
    imported = None if package is None else world.imports(at)[package]
    folder = at.rpartition("/")[0] if imported is None else world.folder(imported)
    return None if folder is None or name is None else (folder, name)


def _field(world: World, field: list[Data | str], at: str) -> tuple[str, str] | None:
    """The package folder of a field's type, and its name behind that of the type."""
    kind, name = field
    meaning = world.meaning(kind, at) if isinstance(kind, dict) else None
    key = None if meaning is None else meaning.struct.key if meaning.struct is not None else meaning.named
    folder, _, owner = (key or "").rpartition(".")
    return None if key is None else (folder, f"{owner}.{name}")


def _in_rows(world: World, argument: Data, at: str) -> list[Data]:
    """What the rows of a list hold in a field of their struct, which are written without its name."""
    kind, name = argument["row"]
    struct = world.meaning(kind, at).struct
    names = [entry["name"] for entry in struct.fields] if struct is not None else []
    return argument["rows"].get(f"#{names.index(name)}", []) if name in names else []


def _added(world: World, to: tuple[str, str] | None) -> list[tuple[str, Data, Data]]:
    """What code adds to a list, each with its file and the function that adds it."""
    return [] if to is None else [(path, item, one) for path, one in world.added_to(*to) for item in one["given"]]


def _of_type_parameter(world: World, kind: Data, at: str, around: Data) -> list[tuple[str, Data]] | None:
    """The types that calls give for a function's type parameter; None where the type is none."""
    if kind["package"] is not None or kind["name"] not in around.get("generics", ()):
        return None
    number = around["generics"].index(kind["name"])
    return [
        (there, {"type": site["type_arguments"][number], "at": site["at"]})
        for there, site in world.registers(at.rpartition("/")[0], around["declared"])
        if number < len(site.get("type_arguments", ()))
    ]


def _handed(world: World, call: Data, path: str, parameter: str) -> list[tuple[str, Data, Data]]:
    """What the callers of the function around a call give for its last parameter, or all of a variadic one, each with the
    call that gives it."""
    names = call.get("parameters", ())
    if call.get("declared") is None or parameter not in names or names[-1] != parameter:
        return []
    if call.get("method"):
        sites = world.calls_of_method(call["declared"])
    else:
        sites = world.registers(path.rpartition("/")[0], call["declared"])
    return [(there, item, site) for there, site in sites for item in site["given"][len(names) - 1 :]]


def _of_method(world: World, method: list[Data | str], at: str) -> tuple[str, str, str, Data] | None:
    """Folder, name, path and value of what a method of a type of the project gives; None when it was not read."""
    kind, name = method
    meaning = world.meaning(kind, at) if isinstance(kind, dict) else None
    key = None if meaning is None else meaning.struct.key if meaning.struct is not None else meaning.named
    folder, _, owner = (key or "").rpartition(".")
    value = world.packages[folder].values.get(f"{owner}.{name}") if key and folder in world.packages else None
    return None if value is None else (folder, f"{owner}.{name}", *value)
