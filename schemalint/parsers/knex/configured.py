"""What a knexfile tells of the server: `client`, by itself or in every environment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from posixpath import dirname, join

from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Here
from schemalint.jssource.history import SERVERS
from schemalint.parsers import DialectChoice, Extract
from schemalint.routes import compatible

_SUFFIXES = (".js", ".ts", ".cjs", ".mjs", ".cts", ".mts")


def chosen(
    evaluator: Evaluator, extracts: Mapping[str, Extract], folder: str, choice: DialectChoice
) -> tuple[str | None, str]:
    """The dialect of a folder of migrations and what tells it: the nearest knexfile above it, where the project tells another
    or none. One that it tells more exactly stays, as does what our own configuration says."""
    path = _nearest(extracts, folder)
    told = set() if path is None else set(_clients(evaluator, path))
    known = told.pop() if len(told) == 1 else None
    if known is None or choice.why.startswith("configuration") or (choice.name and compatible(choice.name, known)):
        return choice.name, choice.why
    return known, f"the client in {path}"


def _nearest(extracts: Mapping[str, Extract], folder: str) -> str | None:
    while True:
        found = next((path for suffix in _SUFFIXES if (path := join(folder, f"knexfile{suffix}")) in extracts), None)
        if found is not None or not folder:
            return found
        folder = dirname(folder)


def _clients(evaluator: Evaluator, path: str) -> Iterator[str | None]:
    whole = evaluator.exported(path, "default") or evaluator.exported(path, "*")
    if whole is None or whole.kind != "obj":
        yield None
        return
    entries, _ = evaluator.entries(whole)
    for one in [whole, *(entry.value for entry in entries.values())]:
        found = evaluator.follow(one)
        entry = evaluator.entry(found, "client") if found.kind == "obj" else None
        if entry is not None:
            yield _client(evaluator, entry.value)


def _client(evaluator: Evaluator, here: Here) -> str | None:
    text = evaluator.text(here)
    return None if text is None else SERVERS.get(text.lower())
