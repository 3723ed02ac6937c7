"""Programs that send the scripts of a folder to a database themselves: migration tools of a project's own.

`for (const f of fs.readdirSync(dir).sort()) await client.query(fs.readFileSync(path.join(dir, f), 'utf8'))`, and the same in
Go and Python. Which scripts, and in which order, is certain where the folder is written down, where nothing but `.sql` is
looked for and where they are sent as they are, sorted by name. Go's os.ReadDir, fs.ReadDir, filepath.Glob and WalkDir sort by
name (pkg.go.dev/os#ReadDir, pkg.go.dev/path/filepath#WalkDir; Glob's source); Node's readdir and Python's glob and listdir
promise no order (docs.python.org/3/library/os.html#os.listdir).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from posixpath import basename, dirname, normpath

from schemalint.deployment.code import Code
from schemalint.deployment.places import find, join
from schemalint.deployment.runners import python, trees
from schemalint.deployment.runners.folders import located
from schemalint.deployment.runners.program import Folder, Listing, Program, sent
from schemalint.discover import Tree
from schemalint.model.deployment import ToolCall

_LISTS = re.compile(
    r"\b(?:readdir|readdirSync|readDir|readDirSync|ReadDir|Glob|glob|globSync|WalkDir|Walk|listdir|iterdir|scandir)\b"
)
_SCRIPTS = re.compile(r"\.sql\b")
_BACK = re.compile(r"(?i)(?:\b|[._-])(?:down|rollback|undo|revert)(?:\b|[._-]).*\.sql$")
_PIECE = r"(?:\\[d.w-]|\[(?:0-9|a-z|A-Z|\\[dw]|[_-]){1,6}\]|[\w-]|\.)(?:[+*]|\{\d{1,2}\})?"
_PLAIN_PATTERN = re.compile(rf"/(\^?(?:{_PIECE}){{1,12}}\$?)/i?|(\^(?:{_PIECE}){{1,12}}\$?)")
"""Expressions for names that are looked for without anything that could take long."""
_LIMIT = 200_000
_SUFFIXES = (".py", ".go", ".js", ".mjs", ".cjs", ".ts", ".mts", ".cts")

Embedded = Mapping[tuple[str, str], tuple[str, ...]]
"""The patterns of what Go's variables embed, by folder and name of the variable."""


def read(tree: Tree, codes: Sequence[Code]) -> Iterator[ToolCall]:
    """A call of the tool "sql" for every folder of scripts that a program sends."""
    mine = [code for code in codes if _may_run(code)]
    embedded = _embedded(codes) if any(code.file.path.endswith(".go") for code in mine) else {}
    for code in mine:
        program = python.read(code.file) if code.file.path.endswith(".py") else trees.read(code.file)
        found = None if program is None else sent(program)
        if program is None or found is None:
            continue
        folders = {folder for one in found.listings for folder in _folders(tree, program, one, codes, embedded)}
        folder = folders.pop() if len(folders) == 1 else None
        if folder is None:
            continue  # it stays what it is without this
        span = code.file.span_of_bytes(*found.call.at)
        text = " ".join(code.file.slice(span).split())[:120]
        yield ToolCall(
            "sql",
            folder,
            "code",
            span,
            text,
            doubt=found.doubt or _picked(tree, found.picks, folder) or _others(tree, program, folder),
        )


def _may_run(code: Code) -> bool:
    text = code.file.text
    return (
        code.file.path.endswith(_SUFFIXES)
        and len(text) <= _LIMIT
        and _SCRIPTS.search(text) is not None
        and _LISTS.search(text) is not None
    )


def _folders(
    tree: Tree, program: Program, listing: Listing, codes: Sequence[Code], embedded: Embedded
) -> Iterator[str | None]:
    """The folder of the tree that a call lists; None where it is not known."""
    folder, path = listing.folder, program.file.path
    if folder is None:
        yield None
    elif folder.embedded is not None:
        yield _in_program(tree, folder, path, embedded)
    elif folder.parameter is not None:
        yield _given(tree, folder.parameter[0], codes)
    else:
        yield located(tree, folder, path)


def _embedded(codes: Sequence[Code]) -> Embedded:
    found = {}
    for code in codes:
        if code.file.path.endswith(".go") and "//go:embed" in code.file.text:
            for name, patterns in trees.embeds(code.file):
                found[dirname(code.file.path), name] = patterns
    return found


def _in_program(tree: Tree, folder: Folder, path: str, embedded: Embedded) -> str | None:
    """The folder that a Go program lists in what it has embedded: in the variable of that name of its own package, else in the
    only variable of the project that holds scripts there."""
    own = embedded.get((dirname(path), folder.embedded or ""))
    if own is not None:
        return _embeds(tree, dirname(path), own, folder.text)
    found = {_embeds(tree, where, patterns, folder.text) for (where, _), patterns in embedded.items()} - {None}
    return found.pop() if len(found) == 1 else None


def _embeds(tree: Tree, where: str, patterns: Sequence[str], listed: str) -> str | None:
    """The folder that is listed in a variable; None where the variable does not hold all of its scripts."""
    listed = normpath(listed)
    ways = {listed, *(f"{listed}/{end}" for end in ("*", "*.sql"))} if listed != "." else {"*", "*.sql"}
    held = any(one.removeprefix("all:").rstrip("/") in ways for one in patterns)
    path = join(where, listed) if held else None
    return path if path is not None and any(one.endswith(".sql") for one in tree.within(path)) else None


def _given(tree: Tree, function: str, codes: Sequence[Code]) -> str | None:
    """The folder that every call of a function names."""
    found: set[str | None] = set()
    for code in codes:
        for call in code.calls:
            if call.name == function and not call.dead:
                named = {located(tree, Folder(text), code.file.path) for text, _ in call.strings} - {None}
                found.add(named.pop() if len(named) == 1 else None)
    return found.pop() if len(found) == 1 else None


def _picked(tree: Tree, picks: Sequence[str], folder: str) -> str | None:
    """By what a program picks some of the scripts of the folder; None where it takes all that are there."""
    names = [basename(path) for path in tree.within(folder) if path.endswith(".sql")]
    for pick in picks:
        plain = _PLAIN_PATTERN.fullmatch(pick)
        if plain is None or not all(re.search(plain[1] or plain[2], name) for name in names):
            return f"it picks some of them, by `{pick}`"
    return None


def _others(tree: Tree, program: Program, folder: str) -> str | None:
    """What is done with a script that the program knows by its name cannot be told; and who sends the ways back with the others
    has not been understood."""
    back = next((one for one in tree.within(folder) if _BACK.search(basename(one))), None)
    if back is not None:
        return f"{back} looks like a way back"
    for _, text in program.texts:
        if text.endswith(".sql") and "*" not in text and basename(text) != ".sql":
            path = find(tree, text, folder, dirname(program.file.path), "")
            if path is not None and tree.read(path) is not None:
                return f"it knows {path} by its name"
    return None
