"""Texts that a loop sends piece by piece: `for (const one of text.split(';')) await knex.raw(one)`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint import loaded
from schemalint.discover import Tree
from schemalint.jssource.evaluate import Evaluator
from schemalint.jssource.here import Here
from schemalint.jssource.textfiles import reading
from schemalint.model.facts import Fact, Opaque
from schemalint.model.span import Span

_DEEPEST = 8
_CALLED = re.compile(r"\.\s*(\w+)\s*\(")
_TRIMS = frozenset({"split", "map", "filter", "trim", "trimStart", "trimEnd", "toString", "startsWith"})
_MARK = re.compile(r"\.\s*split\(\s*(?:(['\"`]);(?:\\r)?(?:\\n)?\1|/;[\\\w\s*+?$]*/\w*)\s*\)")


def whole(evaluator: Evaluator, through: Here) -> Here | None:
    """The text, read from a file, that an array holds the pieces of: a value "loaded" as of `reading`, with the place of what
    takes it apart. None for any other array."""
    found = evaluator.follow(through)
    cut = found
    for _ in range(_DEEPEST):
        callee = found.at(found.value["f"]) if found.kind == "call" else found
        if callee.kind != "mem" or callee.value["p"] not in ("split", "map", "filter"):
            return None
        owner = callee.at(callee.value["o"])
        if callee.value["p"] == "split":
            text = reading(evaluator, owner)
            place = cut.span
            return None if text is None else text.at({**text.value, "cut": [place.path, place.start, place.end]})
        found = evaluator.follow(owner)
    return None


def sent(text: Here, statement: Span, tree: Tree, dialect: str | None) -> Iterator[Fact]:
    """The facts of a text that is read from a file and sent, as a whole or piece by piece."""
    if "cut" not in text.value:
        yield from loaded.facts(text.value["p"], text.span, statement, tree, dialect)
        return
    path, start, end = text.value["cut"]
    program = tree.file(path)
    written = "" if program is None else program.text[start:end]
    mark = _MARK.search(written)
    after = "" if mark is None else written[mark.start() :]
    if mark is None or not _TRIMS.issuperset(_CALLED.findall(after)):
        yield Opaque(Span(path, start, end), statement, "pieces of a file that are computed", None)
    elif "startsWith" in after:
        yield Opaque(Span(path, start, end), statement, "some pieces of a file are left out", None)
    else:
        yield from loaded.facts(text.value["p"], text.span, statement, tree, dialect)
