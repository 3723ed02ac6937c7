"""SQL that a migration in JavaScript reads from a file and sends: which file that is, as far as the program says it plainly.
Paths are those of Node's `path`, `url`, `__dirname` and `import.meta` (nodejs.org/api, version 22)."""

from __future__ import annotations

from posixpath import basename, dirname, join, splitext

from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Here
from schemalint.jssource.values import Value
from schemalint.loaded import Path

_READERS = frozenset({"readFile", "readFileSync"})
_SAME_TEXT = frozenset({"toString", "trim", "trimStart", "trimEnd"})
_DEEPEST = 8


def reading(evaluator: Evaluator, here: Here) -> Here | None:
    """What a text is that is read from a file: a value "loaded" with the path, None where that is not certain, and where it is
    written. None for any other text. What is given to functions that are gone through now is told with it."""
    found = evaluator.follow(here)
    for _ in range(_DEEPEST):
        if found.kind == "tmpl" and (part := _only_part(found.value["a"])) is not None:
            found = evaluator.follow(found.at(part))
            continue
        if found.kind != "call":
            return found if found.kind == "loaded" else None
        callee = found.at(found.value["f"])
        if callee.kind == "mem" and callee.value["p"] in _SAME_TEXT:
            found = evaluator.follow(callee.at(callee.value["o"]))
        elif callee.value.get("v") == "String" and found.arguments():
            found = evaluator.follow(found.arguments()[0])
        elif found.arguments() and _name(evaluator, callee) in _READERS:
            named = found.arguments()[0]
            place = {"s": named.value["s"], "e": named.value["e"]}
            return found.at({"t": "loaded", "p": _path(evaluator, named)} | place)
        else:
            return None
    return None


def _only_part(parts: list[Value | str]) -> Value | None:
    """The one thing in a template that is put into it, with nothing but an end of a statement around."""
    values = [part for part in parts if not (isinstance(part, str) and part.strip() in ("", ";"))]
    return values[0] if len(values) == 1 and isinstance(values[0], dict) else None


def has_text(evaluator: Evaluator, condition: Here) -> bool:
    """Whether a condition asks whether there is anything in a text of a file: `text.trim()`, `text.length > 0`."""
    found = evaluator.follow(condition)
    value = found.value
    if found.kind == "bin" and value["op"] in {">", "!==", "!="} and value["r"].get("v") in ("", 0, "0"):
        found = found.at(value["l"])
    if found.kind == "mem" and found.value["p"] == "length":
        found = found.at(found.value["o"])
    return found.kind in {"call", "loaded", "id"} and reading(evaluator, found) is not None


def _name(evaluator: Evaluator, callee: Here, wrapped: bool = True) -> str | None:
    """The name of a function of a package, however it is imported, also of one that `promisify` makes of it."""
    found = evaluator.follow(callee)
    if wrapped and found.kind == "call" and found.arguments():
        inner = _name(evaluator, found.at(found.value["f"]), wrapped=False)
        return _name(evaluator, found.arguments()[0], wrapped=False) if inner == "promisify" else None
    name = found.value.get({"mem": "p", "imp": "n", "id": "v"}.get(found.kind, ""))
    return name if isinstance(name, str) else None


def _path(evaluator: Evaluator, here: Here, depth: int = 0) -> Path | None:
    """The path that an expression certainly is, None for any other and for one that begins at the machine's root."""
    found = evaluator.follow(here)
    value = found.value
    if depth > _DEEPEST:
        return None
    if found.kind == "str":
        return False, value["v"].removeprefix("file://")
    if found.kind == "id":
        beside = {"__dirname": dirname(found.path) or ".", "__filename": found.path}.get(value["v"])
        return None if beside is None else (True, beside)
    if found.kind == "mem":
        return _member(evaluator, found, depth)
    if found.kind in {"bin", "tmpl"}:
        parts = [value["l"], value["r"]] if found.kind == "bin" else value["a"]
        if found.kind == "bin" and value["op"] != "+":
            return None
        return _appended(
            [(False, part) if isinstance(part, str) else _path(evaluator, found.at(part), depth + 1) for part in parts]
        )
    if found.kind in {"call", "new"}:
        if value["f"].get("p") == "replace":
            return _replaced(evaluator, found, depth)
        name = _name(evaluator, found.at(value["f"]))
        return _called(name, [_path(evaluator, one, depth + 1) for one in found.arguments()])
    return None


def _member(evaluator: Evaluator, found: Here, depth: int) -> Path | None:
    """`import.meta.url` and its like, and what is taken of a URL."""
    owner, name = found.at(found.value["o"]), found.value["p"]
    if owner.kind == "meta":
        folder, file = dirname(found.path) or ".", found.path
        beside = {"dirname": folder, "dir": folder, "filename": file, "url": file}.get(name)
        return None if beside is None else (True, beside)
    if owner.kind == "this":
        fields = [one["fields"][name] for one in evaluator.classes(found.path) if name in one["fields"]]
        return _path(evaluator, found.at(fields[0]), depth + 1) if len(fields) == 1 else None
    return _path(evaluator, owner, depth + 1) if name in {"pathname", "href"} else None


def _replaced(evaluator: Evaluator, call: Here, depth: int) -> Path | None:
    """`__filename.replace('.js', '.sql')`."""
    told = _path(evaluator, call.at(call.value["f"]["o"]), depth + 1)
    words = [evaluator.text(one) for one in call.arguments()]
    if told is None or len(words) != 2 or words[0] is None or words[1] is None or words[0] not in told[1]:
        return None
    return told[0], told[1].replace(words[0], words[1], 1)


def _appended(parts: list[Path | None]) -> Path | None:
    """`__dirname + '/x.sql'`: only what comes first may begin at a place."""
    known = [part for part in parts if part is not None]
    if not known or len(known) != len(parts) or any(anchored for anchored, _ in known[1:]):
        return None
    return _placed(known[0][0], "".join(text for _, text in known))


def _called(name: str | None, given: list[Path | None]) -> Path | None:
    known = [one for one in given if one is not None]
    if name == "cwd" and not given:
        return False, "."
    if name is None or not known or len(known) != len(given):
        return None
    anchored, text = known[0]
    if name in {"fileURLToPath", "normalize"}:
        return known[0]
    if name == "extname":
        return False, splitext(text)[1]
    if name == "basename":
        ending = known[1][1] if len(known) > 1 else ""
        return False, basename(text).removesuffix(ending)
    if name == "dirname":
        return anchored, dirname(text) or "."
    if name == "URL" and len(known) == 2:
        return (known[1][0], join(dirname(known[1][1]), text)) if not anchored and text[:1] != "/" else None
    if name == "join":
        return _appended([known[0], *((one[0], f"/{one[1]}") for one in known[1:])])
    return _resolved(known) if name == "resolve" else None


def _resolved(parts: list[Path]) -> Path | None:
    """`path.resolve(…)`: what begins at a place itself makes all before it void."""
    begins, found = False, "."
    for anchored, text in parts:
        if text.startswith("/"):
            return None
        begins, found = (True, text) if anchored else (begins, f"{found}/{text}")
    return begins, found


def _placed(anchored: bool, text: str) -> Path | None:
    return None if text.startswith("/") and not anchored else (anchored, text)
