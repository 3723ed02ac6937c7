"""Dockerfiles: their stages with every COPY and `go build` judged against the context they are built from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from schemalint.deployment import contexts, dockerignore, gobuilds, stages
from schemalint.deployment.contents import Context, held
from schemalint.deployment.places import ancestors, judged
from schemalint.deployment.stages import CopyStep, StageText
from schemalint.deployment.written import Written
from schemalint.discover import Tree
from schemalint.model.deployment import ComposeFile, Copy, CopySource, Dockerfile, Presence, Stage
from schemalint.model.span import Span

_NAMED = re.compile(r"(?:docker|container)file(?:[.-][\w.-]+)?|[\w.-]+\.(?:docker|container)file", re.IGNORECASE)
_OTHERS = (
    ".dockerignore",
    ".md",
    ".sh",
    ".txt",
    ".tmpl",
    ".j2",
    ".tpl",
    ".go",
    ".py",
    ".js",
    ".ts",
    ".rs",
    ".yml",
    ".yaml",
    ".json",
)
_WORDS = re.compile(r"[\w.-]+")
_COPIES = re.compile(r"\b(?:cp|rsync)\b")
_WHOLE = re.compile(r"-[a-zA-Z]*[rRa][a-zA-Z]*|--(?:recursive|archive)")


def read(
    tree: Tree,
    compose: Iterable[ComposeFile],
    written: list[Written],
    overridden: frozenset[str],
    project: gobuilds.Project,
) -> tuple[Dockerfile, ...]:
    """Every Dockerfile that is judged, by name or because compose builds with it."""
    said = contexts.stated(compose, written, tree)
    overridden |= contexts.arguments(written, tree)
    mentioned: frozenset[str] | None = None
    folders = frozenset(folder for path in tree.paths for folder in ancestors(path))
    found = []
    for path in tree.paths:
        name = path.rpartition("/")[2]
        named = _NAMED.fullmatch(name) is not None and not name.lower().endswith(_OTHERS)
        if not (named or path in said) or not judged(path):
            continue
        file = tree.file(path)
        if file is None:
            continue
        texts = stages.read(file, overridden)
        folder = contexts.choose(path, texts, said.get(path, set()), tree)
        ignores = () if folder is None else _ignores(tree, path, folder)
        if mentioned is None:
            mentioned = _mentioned(tree, written)
        context = None if folder is None else Context(tree, folders, folder, ignores, mentioned)
        found.append(
            Dockerfile(
                path,
                folder,
                tuple(_stage(path, texts, number, context, project) for number in range(len(texts))),
                ignores,
            )
        )
    return tuple(found)


def _ignores(tree: Tree, path: str, folder: str) -> tuple[tuple[str, Span], ...]:
    for ignore in (f"{path}.dockerignore", f"{folder}/.dockerignore" if folder else ".dockerignore"):
        file = tree.file(ignore)
        if file is not None:
            return dockerignore.patterns(file)
    return ()


def _mentioned(tree: Tree, written: list[Written]) -> frozenset[str]:
    """The words of everything that runs before an image is built, and the names of the files in folders that it copies as a
    whole, in lower case."""
    words: set[str] = set()
    moved: set[str] = set()
    for one in written:
        words.update(_WORDS.findall(one.text.lower()))
        words.update(word.rpartition("/")[2] for word in one.text.lower().split())
        moved.update(_moved(one))
    for path in tree.paths if moved else ():
        *folders, name = path.split("/")
        if not moved.isdisjoint(folders):
            words.add(name.lower())
    for path in tree.paths:
        if path.rpartition("/")[2].startswith(".goreleaser"):
            file = tree.file(path)
            words.update(_WORDS.findall(file.text.lower()) if file is not None else ())
    return frozenset(words)


def _moved(written: Written) -> Iterator[str]:
    """The names of the folders that a script copies with all that is in them."""
    if _COPIES.search(written.text) is None:
        return
    for command in written.commands():
        words = [word.text for word in command.words]
        if words[0] == "rsync" or (words[0] == "cp" and any(_WHOLE.fullmatch(word) for word in words)):
            for word in words[1:-1]:
                name = word.removesuffix("*").removesuffix(".").rstrip("/").rpartition("/")[2]
                if name and not word.startswith("-"):
                    yield name


def _stage(path: str, texts: list[StageText], number: int, context: Context | None, project: gobuilds.Project) -> Stage:
    text = texts[number]
    parent = None if text.parent is None else texts[text.parent].name or str(text.parent)
    return Stage(
        name=text.name,
        base=text.base,
        base_stage=parent,
        span=text.span,
        copies=tuple(
            _copy(step, texts, number, context) for step in text.steps if isinstance(step, CopyStep) and step.sources
        ),
        builds=tuple(gobuilds.read(path, texts, number, context, project)),
        commands=tuple(text.lines),
        environment=text.environment,
    )


def _copy(step: CopyStep, texts: list[StageText], number: int, context: Context | None) -> Copy:
    sources = tuple(
        CopySource(written, span, *_presence(step, source, texts, number, context))
        for written, span, source in step.sources
    )
    return Copy(sources, step.written_target, step.stage, step.span)


def _presence(
    step: CopyStep, source: str | None, texts: list[StageText], number: int, context: Context | None
) -> tuple[Presence, Span | None]:
    if source is None or context is None or "://" in source or source.startswith("git@"):
        return Presence.UNKNOWN, None
    if step.stage is None:
        return context.judge(source)
    earlier = stages.stage_number(step.stage, texts[:number])
    return (Presence.UNKNOWN, None) if earlier is None else held(texts, earlier, source, context)
