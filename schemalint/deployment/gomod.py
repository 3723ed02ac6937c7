"""Go modules, and the folders that hold a program."""

from __future__ import annotations

import re
from posixpath import dirname

from schemalint.deployment.places import judged
from schemalint.discover import Tree
from schemalint.folders import NEVER
from schemalint.model.deployment import GoModule
from schemalint.model.frozen import frozen
from schemalint.model.source import Requirement
from schemalint.model.span import SourceFile, Span

_WORD = re.compile(r"\S+")
_PACKAGE = re.compile(rb"^[ \t]*package[ \t]+([A-Za-z_]\w*)", re.MULTILINE)
_CONSTRAINT = re.compile(rb"^//\s*(?:go:build|\+build)[ \t]+([^\r\n]+)", re.MULTILINE)
_BLOCK = re.compile(rb"/\*.*?\*/", re.DOTALL)
_SYSTEMS = frozenset(
    {"aix", "android", "darwin", "dragonfly", "freebsd", "illumos", "ios", "js", "netbsd", "openbsd", "plan9",
     "solaris", "wasip1", "windows", "386", "arm", "arm64", "loong64", "mips", "mips64", "mips64le", "mipsle",
     "ppc64", "ppc64le", "riscv64", "s390x", "wasm", "linux", "amd64", "unix"}
)  # fmt: skip


@frozen
class Mains:
    """`certain` are the folders that hold a main package for every build; `conditional` hold one under a build
    constraint; `go_folders` hold any Go file that is not a test."""

    certain: frozenset[str]
    conditional: frozenset[str]
    go_folders: frozenset[str]

    def holds_main(self, tree: Tree, folder: str) -> bool | None:
        """Whether `go build` finds a program in that folder; None when a file that is not in the tree may decide."""
        if folder in self.certain:
            return True
        if folder in self.conditional or tree.could_exist(f"{folder}/main.go" if folder else "main.go"):
            return None
        if not tree.exists(folder) and folder and tree.could_exist(folder):
            return None
        return False


def modules(tree: Tree) -> tuple[GoModule, ...]:
    """Every go.mod outside vendored code."""
    found = []
    for path in tree.paths:
        if path.rpartition("/")[2] == "go.mod" and NEVER.isdisjoint(path.split("/")):
            file = tree.file(path)
            if file is not None:
                found.append(_module(file))
    return tuple(found)


def _module(file: SourceFile) -> GoModule:
    name, version, version_span = "", None, None
    requires: list[Requirement] = []
    block = ""
    after = 0
    for line in file.text.split("\n"):
        start, after = after, after + len(line) + 1
        words = [(word.group(), start + word.start()) for word in _WORD.finditer(line.partition("//")[0])]
        if not words:
            continue
        if words[0][0] == ")":
            block = ""
            continue
        if len(words) >= 2 and words[1][0] == "(":
            block = words[0][0]
            continue
        verb = block or words[0][0]
        rest = words if block else words[1:]
        if verb == "module" and rest:
            name = rest[0][0].strip('"`')
        elif verb == "go" and rest:
            version, at = rest[0]
            version_span = Span(file.path, at, at + len(version))
        elif verb == "require" and len(rest) >= 2:
            (library, start), (release, at) = rest[:2]
            requires.append(Requirement(library.strip('"`'), release, Span(file.path, start, at + len(release))))
    return GoModule(file.path, dirname(file.path), name, version, version_span, tuple(requires))


def mains(tree: Tree) -> Mains:
    """The folders with programs, read from package clauses."""
    certain: set[str] = set()
    conditional: set[str] = set()
    folders: set[str] = set()
    for path in tree.paths:
        name = path.rpartition("/")[2]
        if not name.endswith(".go") or name.endswith("_test.go") or name.startswith(("_", ".")):
            continue
        folder = dirname(path)
        if not NEVER.isdisjoint(path.split("/")) or "testdata" in path.split("/"):
            continue
        folders.add(folder)
        content = (tree.read(path) or b"")[:20_000]
        clause = _PACKAGE.search(_BLOCK.sub(b"", content) if b"/*" in content else content)
        if clause is None or clause.group(1) != b"main":
            continue
        constraint = _CONSTRAINT.search(content[: max(0, content.find(b"package"))])
        if constraint is not None and constraint.group(1).strip() in (b"ignore", b"tools"):
            continue
        suffixes = set(name[:-3].split("_")[1:])
        (conditional if constraint is not None or suffixes & _SYSTEMS else certain).add(folder)
    return Mains(frozenset(certain), frozenset(conditional), frozenset(folders))


def judged_mains(found: Mains) -> frozenset[str]:
    """The folders of programs that are part of the project itself."""
    return frozenset(folder for folder in found.certain | found.conditional if judged(f"{folder}/main.go"))
