"""Where a project writes commands down: Makefiles, scripts, package.json, CI, and the files of hosting services."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import field
from posixpath import dirname

from schemalint import shell
from schemalint.deployment.places import judged
from schemalint.discover import Tree
from schemalint.model.frozen import frozen
from schemalint.model.span import SourceFile, Span
from schemalint.yamltext import Node, load, walk

_MAKE = re.compile(r"(?:GNU)?[Mm]akefile(?:\.\w+)?|.*\.mk|\.?[Jj]ustfile")
_MAKE_VARIABLE = re.compile(
    r"^[ ]*(?:export[ ]+)?([A-Za-z_]\w*)[ ]*[:?+]?:?=[ ]*([^\n#$]*?)[ ]*(?:#[^\n]*)?$", re.MULTILINE
)
_CI_KEYS = frozenset({"run", "script", "before_script", "after_script", "command", "commands", "cmds", "cmd", "inline"})
_CI = re.compile(
    r"(?:\.github/workflows/[^/]+\.ya?ml|\.gitlab-ci\.ya?ml|\.circleci/config\.ya?ml|azure-pipelines[^/]*\.ya?ml"
    r"|bitbucket-pipelines\.ya?ml|\.travis\.ya?ml|\.drone\.ya?ml|\.woodpecker[^/]*(?:/[^/]+)?\.ya?ml|cloudbuild\.ya?ml"
    r"|\.buildkite/[^/]+\.ya?ml|appveyor\.ya?ml)"
)
_HOSTING = re.compile(
    r"(?:Procfile|fly(?:\.[\w-]+)?\.toml|render\.ya?ml|railway\.(?:toml|json)|nixpacks\.toml|app\.json|heroku\.ya?ml|app\.ya?ml|captain-definition)"
)
_TASKS = re.compile(r"[Tt]askfile(?:\.dist)?\.ya?ml")
_SCRIPTS = frozenset({"entrypoint", "docker-entrypoint", "start", "release"})
_STRING = re.compile(r"\"((?:[^\"\\\n]|\\.)*)\"")
_LIMIT = 400_000


@frozen
class Written:
    """A piece of shell. `start` is where `text` begins in the file, None when the file writes it another way (escapes,
    an indented block): then `region` is searched. `where` is as in ToolCall; `folder` is where it runs; `name` is the
    script's own name."""

    file: SourceFile
    text: str
    start: int | None
    region: Span
    where: str
    folder: str
    values: Mapping[str, str] = field(default_factory=dict)
    name: str = ""

    def commands(self) -> Iterator[shell.Command]:
        """The commands in it."""
        return shell.commands(self.text, 0, self.values, self.folder)

    def span(self, start: int, end: int) -> Span:
        """The place of a part of the text."""
        if self.start is not None:
            return Span(self.file.path, self.start + start, self.start + end)
        part = self.text[start:end]
        found = self.file.text.find(part, self.region.start, self.region.end)
        return self.region if found < 0 else Span(self.file.path, found, found + len(part))


def read(tree: Tree) -> list[Written]:
    """Everything written, in path order."""
    found: list[Written] = []
    for path in tree.paths:
        reader = _reader(path)
        if reader is None or not judged(path):
            continue
        file = tree.file(path)
        if file is not None and len(file.text) <= _LIMIT:
            found += reader(file)
    return found


def _reader(path: str) -> Callable[[SourceFile], Iterator[Written]] | None:
    name = path.rpartition("/")[2]
    if _MAKE.fullmatch(name):
        return _make
    if name.endswith((".sh", ".bash")) or path.startswith(".buildkite/hooks/") or name in _SCRIPTS:
        return _script
    if name == "package.json":
        return _package
    if _CI.fullmatch(path):
        return lambda file: _yaml(file, "ci", _CI_KEYS)
    if name == "Jenkinsfile":
        return lambda file: _quoted(file, "ci")
    if _TASKS.fullmatch(name):
        return lambda file: _yaml(file, "make", _CI_KEYS)
    if _HOSTING.fullmatch(name):
        return _hosting
    if name.endswith((".yaml", ".yml")) and "compose" not in name:
        return _started
    return None


def _make(file: SourceFile) -> Iterator[Written]:
    """Recipe lines: those that begin with a tab (in a justfile: with blanks)."""
    values = {found.group(1): found.group(2).strip("\"'") for found in _MAKE_VARIABLE.finditer(file.text)}
    just = "justfile" in file.path.lower()
    folder = dirname(file.path)
    for start, line in _joined_lines(file.text):
        if not line.startswith(("\t", "    ") if just else "\t"):
            continue
        body = line.lstrip()
        skip = len(line) - len(body.lstrip("@-+"))
        text = line[skip:]
        yield Written(file, text, start + skip, Span(file.path, start, start + len(line)), "make", folder, values)


def _joined_lines(text: str) -> Iterator[tuple[int, str]]:
    at, size = 0, len(text)
    while at < size:
        end = text.find("\n", at)
        while end > 0 and text[end - 1] == "\\":
            end = text.find("\n", end + 1)
        end = size if end < 0 else end
        yield at, text[at:end]
        at = end + 1


def _script(file: SourceFile) -> Iterator[Written]:
    yield Written(
        file, file.text, 0, Span(file.path, 0, len(file.text)), "script", "", name=file.path.rpartition("/")[2]
    )


def _package(file: SourceFile) -> Iterator[Written]:
    """`scripts` of package.json: it is YAML enough, and YAML comes with places."""
    root = load(file)
    scripts = None if root is None else root.get("scripts")
    for name, (_, value) in scripts.entries().items() if scripts is not None else ():
        if value.text:
            yield _of(file, value, value.text, "script", dirname(file.path), name)


def _of(file: SourceFile, node: Node, text: str, where: str, folder: str, name: str = "") -> Written:
    verbatim = file.text.startswith(text, node.span.start)
    return Written(file, text, node.span.start if verbatim else None, node.span, where, folder, name=name)


def _yaml(file: SourceFile, where: str, keys: frozenset[str]) -> Iterator[Written]:
    root = load(file)
    folder = "" if where == "ci" else dirname(file.path)
    for node in walk(root) if root is not None else ():
        for key, (_, value) in node.entries().items():
            if key in keys:
                for item in value.scalars():
                    yield _of(file, item, item.text or "", where, folder)


def _started(file: SourceFile) -> Iterator[Written]:
    """What a YAML file of no certain name starts: Kubernetes' containers, Concourse's tasks."""
    if "kind:" in file.text and ("command:" in file.text or "args:" in file.text):
        yield from _kubernetes(file)
    elif "platform:" in file.text and "run:" in file.text:
        yield from _concourse(file)


def _concourse(file: SourceFile) -> Iterator[Written]:
    """`run` of a task, in a file of its own or in the `config` of a pipeline (concourse-ci.org/docs/tasks)."""
    root = load(file)
    for node in walk(root) if root is not None else ():
        run = node.get("run") if node.get("platform") is not None else None
        path = None if run is None else run.get("path")
        if run is None or path is None or not path.text:
            continue
        given = run.get("args")
        args = given.scalars() if given is not None else []
        if args and path.text.rpartition("/")[2] in ("sh", "bash") and (args[-1].text or "").strip():
            yield _of(file, args[-1], args[-1].text or "", "ci", "")
        else:
            text = " ".join([path.text, *(one.text or "" for one in args)])
            yield Written(file, text, None, Span(file.path, path.span.start, run.span.end), "ci", "")


def _kubernetes(file: SourceFile) -> Iterator[Written]:
    """`command` and `args` of containers."""
    root = load(file)
    for node in walk(root) if root is not None else ():
        listed = [found for key in ("command", "args") if (found := node.get(key)) is not None]
        parts = [item for found in listed for item in found.scalars()]
        if parts:
            image = node.get("image")
            text = " ".join(item.text or "" for item in parts)
            if image is not None and image.text and node.get("command") is None:
                text = f"{image.text.partition(':')[0].rpartition('/')[2]} {text}"
            span = Span(file.path, parts[0].span.start, max(parts[0].span.end, parts[-1].span.end))
            yield Written(file, text, None, span, "compose", "")


def _hosting(file: SourceFile) -> Iterator[Written]:
    start = 0
    for line in file.text.split("\n"):
        for cut in (line.find(":"), line.find("=")):
            if cut >= 0:
                text = line[cut + 1 :].strip().strip("\"',[]")
                yield Written(file, text, None, Span(file.path, start, start + len(line)), "compose", "")
        start += len(line) + 1


def _quoted(file: SourceFile, where: str) -> Iterator[Written]:
    for found in _STRING.finditer(file.text.replace("'", '"')):
        span = Span(file.path, found.start(1), found.end(1))
        yield Written(file, found.group(1), found.start(1), span, where, "")
