"""From which folder each image is built: what compose, scripts and CI say, else what the Dockerfile makes certain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from posixpath import dirname

from schemalint.deployment.contents import Context
from schemalint.deployment.places import inside, join, judged
from schemalint.deployment.stages import CopyStep, StageText
from schemalint.deployment.written import Written
from schemalint.discover import Tree
from schemalint.model.deployment import ComposeFile, Presence
from schemalint.yamltext import load, walk

_VALUED = frozenset(
    {"t", "tag", "build-arg", "target", "platform", "label", "cache-from", "cache-to", "secret", "ssh", "network",
     "o", "output", "progress", "builder", "iidfile", "metadata-file", "add-host", "memory", "m", "cpus",
     "shm-size", "ulimit", "build-context", "annotation", "attest", "allow", "isolation", "cgroup-parent",
     "cpu-shares", "cpuset-cpus"}
)  # fmt: skip


def stated(compose: Iterable[ComposeFile], written: Iterable[Written], tree: Tree) -> dict[str, set[str]]:
    """Dockerfile → the contexts it is said to be built from."""
    found: dict[str, set[str]] = {}
    for context, dockerfile in (*_compose(compose), *_commands(written), *_workflows(tree)):
        found.setdefault(dockerfile, set()).add(context)
    return found


def arguments(written: Iterable[Written], tree: Tree) -> frozenset[str]:
    """The build arguments that a command or a workflow sets."""
    found: set[str] = set()
    for one in written:
        if "--build-arg" not in one.text:
            continue
        for command in one.commands():
            words = [word.text for word in command.words]
            for at, word in enumerate(words):
                if word == "--build-arg" and at + 1 < len(words):
                    found.add(words[at + 1].partition("=")[0])
                elif word.startswith("--build-arg="):
                    found.add(word.split("=")[1])
    for settings in _build_actions(tree):
        found.update(line.partition("=")[0].strip() for line in settings.get("build-args", "").splitlines())
    return frozenset(found)


def _compose(compose: Iterable[ComposeFile]) -> Iterator[tuple[str, str]]:
    for file in compose:
        for service in file.services:
            build = service.build
            if build is not None and build.context is not None and build.dockerfile is not None:
                yield build.context, build.dockerfile


def _commands(written: Iterable[Written]) -> Iterator[tuple[str, str]]:
    for one in written:
        if "docker" not in one.text and "podman" not in one.text:
            continue
        for command in one.commands():
            words = [word.text for word in command.words]
            if words[0] not in ("docker", "podman") or "build" not in words[1:3] or command.folder is None:
                continue
            file, context = _built(words[words.index("build") + 1 :])
            if context is None or "$" in context or "$" in (file or ""):
                continue
            folder = join(command.folder, context)
            dockerfile = join(command.folder, file) if file is not None else join(folder or "", "Dockerfile")
            if folder is not None and dockerfile is not None:
                yield folder, dockerfile


def _built(words: list[str]) -> tuple[str | None, str | None]:
    """What `-f` says, and the context."""
    file, context = None, None
    rest = iter(words)
    for word in rest:
        if not word.startswith("-") or word == "-":
            context = word
            continue
        name, equals, value = word.lstrip("-").partition("=")
        if name in ("f", "file"):
            file = value if equals else next(rest, None)
        elif name in _VALUED and not equals:
            next(rest, None)
    return file, context


def _build_actions(tree: Tree) -> Iterator[dict[str, str]]:
    """The settings of every docker/build-push-action step."""
    for path in tree.paths:
        if not (path.startswith(".github/") and path.endswith((".yml", ".yaml")) and judged(path)):
            continue
        file = tree.file(path)
        if file is None or "build-push-action" not in file.text:
            continue
        root = load(file)
        for node in walk(root) if root is not None else ():
            uses = node.get("uses")
            if uses is not None and "docker/build-push-action" in (uses.text or ""):
                settings = node.get("with")
                entries = settings.entries() if settings is not None else {}
                yield {name: value.text or "" for name, (_, value) in entries.items()}


def _workflows(tree: Tree) -> Iterator[tuple[str, str]]:
    for settings in _build_actions(tree):
        context = join("", settings.get("context", ".") or ".")
        if context is None or "$" in context:
            continue
        file = settings.get("file")
        dockerfile = join("", file) if file else join(context, "Dockerfile")
        if dockerfile is not None and "$" not in dockerfile:
            yield context, dockerfile


def choose(path: str, stages: list[StageText], said: set[str], tree: Tree) -> str | None:
    """The context of a Dockerfile: the one that is said, the root's own, or the only folder at or above it in which
    everything it copies stands."""
    if len(said) == 1:
        return next(iter(said))
    folder = dirname(path)
    if said:
        return None
    if not folder:
        return ""
    candidates = [here for here in dict.fromkeys((folder, "")) if inside(path, here) and _complete(stages, here, tree)]
    return candidates[0] if len(candidates) == 1 else None


def _complete(stages: list[StageText], folder: str, tree: Tree) -> bool:
    """Whether every file that is copied by name from the context stands in that folder."""
    context = Context(tree, frozenset(), folder, (), frozenset())
    named = [
        context.judge(source)[0]
        for stage in stages
        for step in stage.steps
        if isinstance(step, CopyStep) and step.stage is None
        for _, _, source in step.sources
        if source is not None and source not in (".", "./", "/") and "://" not in source
    ]
    return Presence.PRESENT in named and all(found is Presence.PRESENT for found in named)
