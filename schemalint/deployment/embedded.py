"""Schema files that code takes in by name, and whether anything alive uses them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from posixpath import basename, dirname

from schemalint.deployment.code import SUFFIXES, Code, Function
from schemalint.deployment.code import read as read_code
from schemalint.deployment.places import find, join
from schemalint.discover import Tree
from schemalint.folders import aside
from schemalint.model.deployment import Embedded
from schemalint.model.span import Span

_EMBED = re.compile(r"^//go:embed[ \t]+([^\r\n]+)$", re.MULTILINE)
_READERS = frozenset(
    {"include_str!", "include_bytes!", "readFileSync", "readFile", "ReadFile", "open", "Path", "read_to_string",
     "read_text", "join", "resolve", "files", "joinpath", "get_data"}
)  # fmt: skip
_CONSTANT = re.compile(
    r"(?:const|static|let|var|final)?\s*(?:mut\s+)?([A-Za-z_]\w*)\s*(?::\s*[^=\n;]{1,40})?\s*:?=\s*[^=\n]{0,60}$"
)
_STARTS = frozenset({"main", "init", "<module>", "handler", "setup", "lifespan"})


def read(tree: Tree, codes: list[Code]) -> Iterator[Embedded]:
    """Every `.sql` file of the tree that code names, in file order."""
    found = [
        Embedded(path, span, _applied(tree, code, span, codes))
        for code in codes
        if ".sql" in code.file.text
        for path, span in _named(tree, code)
    ]
    dead = Counter(one.path for one in found if one.applied is False)
    kept = {
        path for path, times in dead.items() if _written(tree, path) > times
    }  # as an item of a list, or an argument
    yield from (replace(one, applied=None) if one.path in kept else one for one in found)


def _written(tree: Tree, path: str) -> int:
    """How often code writes the name of a file, as the end of a text."""
    name = basename(path).encode()
    text = re.compile(rb"(?<![\w.-])" + re.escape(name) + rb"[\"'`]")
    code = (tree.read(one) or b"" for one in tree.paths if one.endswith(SUFFIXES) and not aside(one))
    return sum(len(text.findall(content)) for content in code if name in content)


def _named(tree: Tree, code: Code) -> Iterator[tuple[str, Span]]:
    folder = dirname(code.file.path)
    seen = set()
    for call in code.calls:
        if call.name not in _READERS:
            continue
        for text, span in call.strings:
            if not text.lower().endswith(".sql") or span in seen:
                continue
            seen.add(span)
            own = join(folder, text)
            path = own if own is not None and tree.exists(own) else None
            if path is None and call.name != "include_str!":
                path = find(tree, text, "")
            if path is not None and tree.read(path) is not None:
                yield path, span
    if code.file.path.endswith(".go"):
        for found in _EMBED.finditer(code.file.text):
            for word in re.finditer(r"\S+", found.group(1)):
                path = join(folder, word.group().strip('"`'))
                if path is not None and path.endswith(".sql") and tree.exists(path):
                    start = found.start(1) + word.start()
                    yield path, Span(code.file.path, start, start + len(word.group()))


def _applied(tree: Tree, code: Code, span: Span, codes: list[Code]) -> bool | None:
    """False when all that uses the file are functions that nothing alive calls; None otherwise."""
    around = code.function_at(span.start)
    if around is not None:
        return reached(tree, [around], codes)
    name = _variable(code, span)
    if name is None:
        return None
    users: list[Function] = []
    for other in codes:
        for found in re.finditer(rf"\b{re.escape(name)}\b", other.file.text):
            if other is code and abs(found.start() - span.start) < 200 and other.function_at(found.start()) is None:
                continue
            if any(comment.span.start <= found.start() < comment.span.end for comment in other.comments):
                continue
            user = other.function_at(found.start())
            if user is None:
                return None
            users.append(user)
    return reached(tree, users, codes)


def reached(tree: Tree, users: list[Function], codes: list[Code]) -> bool | None:
    """False when nothing of the project calls one of these functions by its name; None otherwise."""
    names = {user.name for user in users}
    if not names or names & _STARTS or any(names & code.called for code in codes):
        return None
    # Whoever calls them need not say a word about schemas: every other file with such a name in it is read for this.
    wanted = re.compile(rb"\b(?:" + b"|".join(re.escape(name.encode()) for name in sorted(names)) + rb")\b")
    known = {code.file.path for code in codes}
    for path in tree.paths:
        if path in known or not path.endswith(SUFFIXES) or wanted.search(tree.read(path) or b"") is None:
            continue
        file = tree.file(path)
        other = None if file is None else read_code(file)
        if other is None or names & other.called:
            return None
    return False


def _variable(code: Code, span: Span) -> str | None:
    """The constant or variable that holds the file's text."""
    text = code.file.text
    if text.startswith("//go:embed", text.rfind("\n", 0, span.start) + 1):
        following = re.compile(r"[^\n]*\n(?:[ \t]*//[^\n]*\n)*[ \t]*(?:var[ \t]+)?([A-Za-z_]\w*)[ \t]").match(
            text, span.start
        )
        return following.group(1) if following else None
    line = text[text.rfind("\n", 0, span.start) + 1 : span.start]
    head = re.sub(r"[\w.!:]*\(.*$", "", line)
    found = _CONSTANT.search(head.rstrip() if head.rstrip().endswith("=") else head)
    return found.group(1) if found else None
