"""What a build context and a stage certainly hold, and what they certainly do not.

"Certainly not" takes much: every step that could have made the file must be one known to make no such thing. One step
that is not understood, and the answer is that nothing is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename, dirname, normpath

from schemalint.deployment.dockerignore import excluded
from schemalint.deployment.places import inside
from schemalint.deployment.stages import CopyStep, RunStep, StageText
from schemalint.discover import Tree
from schemalint.model.deployment import Presence
from schemalint.model.frozen import frozen
from schemalint.model.span import Span
from schemalint.shell import Command

_GLOB = re.compile(r"[*?\[]")
_MADE_FOLDERS = frozenset(
    {"dist", "build", "target", "out", "output", "bin", "node_modules", "vendor", ".next", ".output", "_build",
     "release", "releases", "artifacts", "generated", "gen", "tmp", "publish", "coverage", "wheels", "wheelhouse",
     "certs", "secrets"}
)  # fmt: skip
_MADE_SUFFIXES = (
    ".jar", ".war", ".ear", ".whl", ".gz", ".tgz", ".zip", ".tar", ".xz", ".so", ".exe", ".wasm", ".deb", ".rpm",
    ".apk", ".bin", ".pem", ".crt", ".key", ".p12", ".pfx", ".env", ".lock", ".sum", ".dll", ".zst", ".bz2",
)  # fmt: skip
_SOURCE_FOLDERS = frozenset(
    {"migrations", "migration", "migrate", "config", "configs", "conf", "static", "templates", "views", "public",
     "src", "scripts", "db", "sql", "docs", "assets", "internal", "cmd", "pkg", "api", "lib", "schema", "seeds",
     "proto", "prisma", "locales", "i18n", "fonts", "images", "resources", "data", "alembic", "docker", "nginx",
     "fixtures", "models"}
)  # fmt: skip
_PLAIN_BASES = frozenset(
    {"scratch", "golang", "node", "python", "rust", "alpine", "debian", "ubuntu", "ruby", "php", "openjdk",
     "eclipse-temurin", "maven", "gradle", "busybox", "oven/bun", "denoland/deno"}
)  # fmt: skip
_SYSTEM = (
    "/usr", "/etc", "/lib", "/bin", "/sbin", "/var", "/root", "/go", "/home", "/opt", "/proc", "/sys", "/dev", "/run",
)  # fmt: skip
_MAKES_NOTHING = frozenset(
    {"apk", "apt", "apt-get", "yum", "dnf", "microdnf", "adduser", "addgroup", "useradd", "groupadd", "usermod",
     "chmod", "chown", "rm", "update-ca-certificates", "set", "export", "cd", "true", "ls", "pwd", "cat", "echo",
     "test", "[", "upx", "strip", "exit", "sleep", "which", "id", "whoami", "fi", "done", "printf", "pip", "pip3",
     "corepack", "rustup", "sync", "dpkg-reconfigure", "locale-gen", "ldconfig", "file", "du", "df", "env"}
)  # fmt: skip
_GO_MAKES_NOTHING = frozenset({"mod", "env", "version", "vet", "install", "get", "test", "clean", "fmt", "list"})


@frozen
class Context:
    """A build context: its folder, what .dockerignore keeps out, and words that scripts of the project mention, among
    which may be files they make before the image is built. `folders` are those of the whole tree."""

    tree: Tree
    folders: frozenset[str]
    folder: str
    ignores: tuple[tuple[str, Span], ...]
    mentioned: frozenset[str]

    def path(self, source: str) -> str:
        """A source's path in the checked tree. Docker keeps `..` inside the context."""
        cleaned = normpath("/" + source).lstrip("/")
        return "/".join(part for part in (self.folder, cleaned) if part)

    def judge(self, source: str) -> tuple[Presence, Span | None]:
        """Whether `COPY source` finds something, and the pattern that keeps it out."""
        path = self.path(source)
        relative = path[len(self.folder) :].lstrip("/")
        if not relative:
            return Presence.PRESENT, None
        if _GLOB.search(relative):
            return Presence.UNKNOWN, None  # BuildKit accepts a pattern that matches nothing
        if self.tree.exists(path):
            out, because = excluded(relative, self.ignores)
            excepted = any(text.startswith("!") for text, _ in self.ignores)
            if out is None or (out and excepted and path in self.folders):
                return Presence.UNKNOWN, None  # a part of the folder may have been let in again
            return (Presence.EXCLUDED, because) if out else (Presence.PRESENT, None)
        if self.tree.could_exist(path) or self._may_be_made(relative):
            return Presence.UNKNOWN, None
        return Presence.MISSING, None

    def _may_be_made(self, relative: str) -> bool:
        """Whether a file that is not in the repository may yet be put there before the image is built."""
        names = relative.lower().split("/")
        last = names[-1]
        if last in self.mentioned or not _MADE_FOLDERS.isdisjoint(names) or last.endswith(_MADE_SUFFIXES):
            return True
        if last.startswith(".env") or last.endswith(("lock.json", "-lock.yaml")):
            return True
        return "." not in last.lstrip(".") and last not in _SOURCE_FOLDERS


def _steps(stages: list[StageText], number: int) -> Iterator[tuple[StageText, CopyStep | RunStep]]:
    """The steps of a stage and of those it starts from, last first."""
    at: int | None = number
    while at is not None:
        for step in reversed(stages[at].steps):
            yield stages[at], step
        at = stages[at].parent


def root_base(stages: list[StageText], number: int) -> StageText:
    """The stage whose FROM names the image that this one is made of in the end."""
    here = stages[number]
    while here.parent is not None:
        here = stages[here.parent]
    return here


def held(stages: list[StageText], number: int, path: str, context: Context) -> tuple[Presence, Span | None]:
    """Whether `COPY --from` that stage finds `path`. With MISSING comes the COPY that should have brought it, with
    EXCLUDED the pattern that kept it out."""
    path = normpath("/" + path.lstrip("/"))
    unknown: tuple[Presence, Span | None] = (Presence.UNKNOWN, None)
    base = root_base(stages, number).base
    if _GLOB.search(path) or path == "/" or base is None or base.name not in _PLAIN_BASES:
        return unknown
    if any(inside(path, system) for system in _SYSTEM) or not any(
        path != folder and inside(path, folder) and folder != "/" for folder in stages[number].workdirs
    ):
        return unknown
    if any(inside(folder, path) for folder in stages[number].workdirs):
        return Presence.PRESENT, None
    kept_out: Span | None = None
    bringer: Span | None = None
    for _, step in _steps(stages, number):
        if isinstance(step, RunStep):
            if step.mounts or any(may_make(command, path) for command in step.commands):
                return unknown
            continue
        if step.target is None or not step.plain:
            return unknown
        if inside(step.target, path):
            return Presence.PRESENT, None
        if not inside(path, step.target):
            continue
        if step.stage is not None:
            return unknown
        for _, _, source in step.sources:
            found, because = _brought(step, source, path, context)
            if found in (Presence.PRESENT, Presence.UNKNOWN):
                return found, None
            if found is Presence.EXCLUDED:
                kept_out = kept_out or because
            elif found is Presence.MISSING:
                bringer = bringer or step.span
    if kept_out is not None:
        return Presence.EXCLUDED, kept_out
    return (Presence.MISSING, bringer) if bringer is not None else unknown


def _brought(step: CopyStep, source: str | None, path: str, context: Context) -> tuple[Presence | None, Span | None]:
    """What one source of a COPY from the context makes of `path`; None when it has nothing to do with it."""
    if (
        source is None
        or _GLOB.search(source)
        or "://" in source
        or source.endswith((".gz", ".tar", ".tgz", ".xz", ".bz2"))
    ):
        return Presence.UNKNOWN, None
    assert step.target is not None
    here = context.path(source)
    if here != context.folder and here not in context.folders:
        landed = {f"{step.target.rstrip('/')}/{basename(here)}"} | (set() if step.into else {step.target})
        return (context.judge(source)) if path in landed else (None, None)
    rest = path[len(step.target) :].lstrip("/")
    return context.judge(f"{source}/{rest}")


def origin(stages: list[StageText], number: int, before: RunStep, folder: str, context: Context) -> str | None:
    """The folder of the checked tree that a stage's folder certainly is a copy of, as far as Go files go, when `before`
    runs; None when anything else may have put files there."""
    found: str | None = None
    reached = False
    for _, step in _steps(stages, number):
        if step is before:
            reached = True
            if step.mounts:
                return None
        if not reached:
            continue
        if isinstance(step, RunStep):
            if step.mounts or any(may_make(command, f"{folder}/any.go") for command in step.commands):
                return None
            continue
        if step.target is None or not step.plain:
            return None
        if step.target.endswith(".go") and dirname(step.target) == folder:
            return None
        if not inside(folder, step.target):
            continue
        if step.stage is not None:
            return None
        for _, _, source in step.sources:
            if (
                source is None
                or source.endswith(".go")
                or "://" in source
                or (_GLOB.search(source) and not source.startswith("go."))
            ):
                return None
            here = context.path(source)
            if here == context.folder or here in context.folders:
                rest = folder[len(step.target) :].lstrip("/")
                place = "/".join(part for part in (here, rest) if part)
                if found is not None and found != place:
                    return None
                found = place
    return found


def may_make(command: Command, path: str) -> bool:
    """Whether a command of a RUN may create `path`. Only what certainly does not is let through."""
    if command.writes:
        return True
    name = command.words[0].text.rpartition("/")[2]
    second = command.words[1].text if len(command.words) > 1 else ""
    texts = [word.text for word in command.words[1:]]
    if name == "go":
        if second in _GO_MAKES_NOTHING:
            return second == "mod" and "vendor" in texts and "/vendor" in path
        return second != "build" or _go_output_may_be(command, path)
    if name == "mkdir":
        return not path.endswith(".go") and basename(path) in {normpath(text).rpartition("/")[2] for text in texts}
    if name in ("npm", "yarn", "pnpm", "bun"):
        return second not in ("ci", "install", "i") or "node_modules" in path
    return name not in _MAKES_NOTHING


def _go_output_may_be(command: Command, path: str) -> bool:
    if path.endswith(".go"):
        return False
    words = [word.text for word in command.words]
    for at, text in enumerate(words):
        if text == "-o" and at + 1 < len(words):
            output = words[at + 1]
        elif text.startswith("-o="):
            output = text[3:]
        else:
            continue
        if "$" in output or output.endswith(("/", ".")) or output == "":
            return "." not in basename(path)
        return basename(normpath(output)) == basename(path) or basename(normpath(output)) in path.split("/")
    return "." not in basename(path)
