"""A Dockerfile's stages as it writes them: bases, copies and commands in order, with WORKDIR, ARG and ENV applied."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from posixpath import join as join_paths
from posixpath import normpath

from schemalint import shell
from schemalint.deployment.images import image
from schemalint.deployment.instructions import Instruction, expand, instructions
from schemalint.model.deployment import Image
from schemalint.model.frozen import frozen
from schemalint.model.span import SourceFile, Span


@frozen
class CopyStep:
    """COPY or ADD: sources as written with their places and, when known, their values; `target` is absolute, None when
    not known; `into`: the target is certainly a folder. `stage` is what stands after --from."""

    sources: tuple[tuple[str, Span, str | None], ...]
    target: str | None
    into: bool
    written_target: str
    stage: str | None
    span: Span
    plain: bool  # no --parents, --exclude or heredoc, which change what is brought


@frozen
class RunStep:
    """RUN: what it runs, and in which folder it starts; `mounts`: it sees files that no COPY brought."""

    commands: tuple[shell.Command, ...]
    folder: str | None
    mounts: bool


@dataclass(slots=True)
class StageText:
    """One stage. `parent` is the number of the stage it starts from."""

    name: str | None
    base: Image | None
    parent: int | None
    span: Span
    steps: list[CopyStep | RunStep] = field(default_factory=list)
    workdirs: set[str] = field(default_factory=set)
    lines: list[tuple[str, Span]] = field(default_factory=list)
    folder: str | None = "/"
    values: dict[str, str | None] = field(default_factory=dict)
    environment: dict[str, str | None] = field(default_factory=dict)


def read(file: SourceFile, overridden: frozenset[str]) -> list[StageText]:
    """The stages of a Dockerfile. The default of a build argument that something sets elsewhere is not known."""
    stages: list[StageText] = []
    outer: dict[str, str | None] = {}
    for one in instructions(file):
        if one.keyword == "FROM":
            stage = _from(file, one, outer, stages)
            if stage is not None:
                stages.append(stage)
        elif one.keyword == "ARG":
            scope = stages[-1].values if stages else outer
            for name, value in _assignments(one, scope):
                if name in overridden:
                    scope[name] = None
                elif value is not None:
                    scope[name] = value
                elif stages:
                    scope[name] = outer.get(name)
            if stages:
                _keep(stages[-1], one, "GOTOOLCHAIN")
        elif stages:
            _apply(stages[-1], file, one)
    return stages


def _keep(stage: StageText, one: Instruction, name: str) -> None:
    if name in one.text:
        stage.lines.append((f"{one.keyword} {' '.join(one.text.split())}", one.span))


def _assignments(one: Instruction, values: dict[str, str | None]) -> Iterator[tuple[str, str | None]]:
    for word in one.text.split() if "'" not in one.text and '"' not in one.text else _quoted(one.text):
        name, equals, value = word.partition("=")
        yield name, expand(value, values) if equals else None


def _quoted(text: str) -> list[str]:
    words = []
    for command in shell.commands("_ " + text.replace("$", "\\$")):
        words += [word.text for word in (*command.assigns, *command.words[1:])]
    return words


def _from(
    file: SourceFile, one: Instruction, outer: dict[str, str | None], stages: list[StageText]
) -> StageText | None:
    words = [(text, at) for text, at in one.words() if not text.startswith("--")]
    if not words:
        return None
    text, at = words[0]
    span = Span(file.path, at, at + len(text))
    name = words[2][0].lower() if len(words) >= 3 and words[1][0].lower() == "as" else None
    resolved = expand(text.strip("\"'"), outer)
    parent = None if resolved is None else _stage(resolved, stages)
    if parent is not None:
        under = stages[parent]
        return StageText(
            name,
            None,
            parent,
            span,
            workdirs=set(under.workdirs),
            folder=under.folder,
            values=dict(under.values),
            environment=dict(under.environment),
        )
    if resolved is None:
        head = text.partition("$")[0]
        base = replace(image(head[:-1], span), tag=None) if head.endswith(":") else None
    else:
        base = image(resolved, span)
    return StageText(name, base, None, span)


def _stage(name: str, stages: list[StageText]) -> int | None:
    for number in range(len(stages) - 1, -1, -1):
        if stages[number].name == name.lower():
            return number
    return None


def stage_number(reference: str, stages: list[StageText]) -> int | None:
    """The stage that `--from=` names, by name or number."""
    if reference.isdigit() and int(reference) < len(stages):
        return int(reference)
    return _stage(reference, stages)


def _apply(stage: StageText, file: SourceFile, one: Instruction) -> None:
    if one.keyword == "ENV":
        if "=" not in (one.text.split() or [""])[0]:
            name, _, value = one.text.strip().partition(" ")
            stage.environment[name] = expand(value.strip(), stage.values)
        else:
            stage.environment.update(dict(_assignments(one, stage.values)))
        stage.values.update(stage.environment)
        _keep(stage, one, "GOTOOLCHAIN")
    elif one.keyword == "WORKDIR":
        to = expand(one.text.strip().strip("\"'"), stage.values)
        stage.folder = _under(stage.folder, to)
        if stage.folder is not None:
            stage.workdirs.add(stage.folder)
    elif one.keyword in ("COPY", "ADD"):
        stage.steps.append(_copy(stage, file, one))
    elif one.keyword in ("RUN", "CMD", "ENTRYPOINT"):
        words = one.json()
        text = " ".join(words) if words is not None else one.text
        stage.lines.append((f"{one.keyword} {' '.join(text.split())}", one.span))
        if one.keyword == "RUN":
            stage.steps.append(_run(stage, one))


def _under(folder: str | None, path: str | None) -> str | None:
    if path is None:
        return None
    if path.startswith("/"):
        return normpath(path)
    return None if folder is None else normpath(join_paths(folder, path))


def _run(stage: StageText, one: Instruction) -> RunStep:
    known = {name: value for name, value in stage.values.items() if value is not None}
    folder = stage.folder or ""
    text, start, mounts = one.text, one.start, False
    while (flag := text.lstrip()).startswith("--"):
        word = flag.split(maxsplit=1)[0]
        mounts = mounts or (word.startswith("--mount") and "type=cache" not in word and "type=secret" not in word)
        skip = len(text) - len(flag) + len(word)
        text, start = text[skip:], start + skip
    if one.json() is not None:
        # The JSON form has no shell: its words stand in quotes between commas, which are blanked to leave the words.
        text = "".join(" " if char in "[]," else char for char in text)
    found = list(shell.commands(text, start, known, folder))
    for body, at in one.heredocs:
        found += shell.commands(body, at, known, folder)
    return RunStep(tuple(found), stage.folder, mounts)


def _copy(stage: StageText, file: SourceFile, one: Instruction) -> CopyStep:
    words = [(text, at) for text, at in one.words()]
    source_stage, plain = None, not one.heredocs
    while words and words[0][0].startswith("--"):
        name, _, value = words.pop(0)[0].partition("=")
        if name == "--from":
            source_stage = expand(value, stage.values) or value
        elif name not in ("--chown", "--chmod", "--link"):
            plain = False
    listed = one.json()
    if listed is not None:
        placed, at = [], one.start
        for item in listed:
            found = file.text.find(item, at)
            at = found + len(item) if found >= 0 else at
            placed.append((item, found if found >= 0 else one.start))
        words = placed
    else:
        words = [(text, at + 1) if text[:1] in "\"'" else (text, at) for text, at in words]
        words = [(text.strip("\"'"), at) for text, at in words if not text.startswith("<<")]
    if not words:
        return CopyStep((), None, False, "", source_stage, one.span, False)
    target = words[-1][0]
    resolved = expand(target, stage.values)
    folder = _under(stage.folder, resolved)
    sources = tuple((text, Span(file.path, at, at + len(text)), expand(text, stage.values)) for text, at in words[:-1])
    into = len(sources) > 1 or (resolved or "").endswith(("/", ".")) or folder in stage.workdirs
    return CopyStep(sources, folder, into, target, source_stage, one.span, plain)
