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
    """Structs in order, the places of what could not be told, and the lists (package folder and name) gone through."""

    structs: list[Struct] = field(default_factory=list)
    open: list[Span] = field(default_factory=list)
    followed: set[tuple[str, str]] = field(default_factory=set)


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
            stack.extend((item, at, depth, around) for item in reversed(argument["list"]))
        elif "type" in argument:
            meaning = world.meaning(argument["type"], at)
            if meaning.struct is not None and meaning.struct.key not in seen:
                seen.add(meaning.struct.key)
                found.structs.append(meaning.struct)
            elif meaning.struct is None and not (meaning.where and world.is_foreign(meaning.where[0])):
                found.open.append(where)
        elif "ref" in argument and depth < DEEPEST and (list_at := _list(world, argument["ref"], at)) is not None:
            folder, value_path, value = list_at
            found.followed.add((folder, argument["ref"][1]))
            stack.append((value, value_path, depth + 1, {}))
        elif "method" in argument and depth < DEEPEST and (method := _of_method(world, argument["method"], at)):
            found.followed.add(method[:2])
            stack.append((method[3], method[2], depth + 1, {}))
        elif "forward" in argument and depth < DEEPEST and (handed := _handed(world, around, at, argument["forward"])):
            stack.extend((item, there, depth + 1, site) for there, item, site in reversed(handed))
        else:
            found.open.append(where)
    found.open.append(Span(path, *call["at"]))  # too much to follow
    return found


def _list(world: World, reference: list[str | None], at: str) -> tuple[str, str, Data] | None:
    """The package folder, path and value of a package variable or function; None when it was not read."""
    package, name = reference
    imported = None if package is None else world.imports(at).get(package)
    folder = at.rpartition("/")[0] if package is None else world.folder(imported) if imported else None
    if folder is None or folder not in world.packages:
        return None
    value = world.packages[folder].values.get(name or "")
    return None if value is None else (folder, value[0], value[1])


def _handed(world: World, call: Data, path: str, parameter: str) -> list[tuple[str, Data, Data]]:
    """What the callers of the function around a call give for its last parameter, or all of a variadic one, each with the
    call that gives it."""
    names = call.get("parameters", ())
    if call.get("declared") is None or parameter not in names or names[-1] != parameter:
        return []
    return [
        (there, item, site)
        for there, site in world.calls_of(path.rpartition("/")[0], call["declared"])
        for item in site["given"][len(names) - 1 :]
    ]


def _of_method(world: World, method: list[Data | str], at: str) -> tuple[str, str, str, Data] | None:
    """Folder, name, path and value of what a method of a type of the project gives; None when it was not read."""
    kind, name = method
    meaning = world.meaning(kind, at) if isinstance(kind, dict) else None
    key = None if meaning is None else meaning.struct.key if meaning.struct is not None else meaning.named
    folder, _, owner = (key or "").rpartition(".")
    value = world.packages[folder].values.get(f"{owner}.{name}") if key and folder in world.packages else None
    return None if value is None else (folder, f"{owner}.{name}", *value)
