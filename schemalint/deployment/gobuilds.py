"""`go build` in RUN lines: which package, where it runs, and whether that package is a program."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import dirname, normpath

from schemalint.deployment.contents import Context, origin
from schemalint.deployment.gomod import Mains
from schemalint.deployment.stages import RunStep, StageText
from schemalint.discover import Tree
from schemalint.model.deployment import GoBuild, GoModule
from schemalint.model.frozen import frozen
from schemalint.model.span import Span
from schemalint.shell import Command, Word

_SWITCHES = frozenset(
    {"a", "n", "race", "msan", "asan", "cover", "v", "work", "x", "linkshared", "modcacherw", "trimpath", "json"}
)


@frozen
class Project:
    """What is known of the Go code."""

    tree: Tree
    modules: tuple[GoModule, ...]
    mains: Mains


def read(
    path: str, stages: list[StageText], number: int, context: Context | None, project: Project
) -> Iterator[GoBuild]:
    """Every package that the stage's RUN lines build."""
    for step in stages[number].steps:
        if not isinstance(step, RunStep):
            continue
        for command in step.commands:
            words = command.words
            if len(words) < 2 or words[0].text != "go" or words[1].text != "build":
                continue
            folder, output, packages = _arguments(command, step)
            if not packages:
                packages = [Word(".", words[0].start, words[1].end)]
            for word in packages:
                span = Span(path, word.start, word.end)
                built = GoBuild(word.text, folder or "", span)
                if folder is not None and word.known and context is not None and len(packages) == 1:
                    where, main = _judge(built, output, stages, number, step, context, project)
                    built = GoBuild(word.text, folder, span, where, main)
                yield built


def _arguments(command: Command, step: RunStep) -> tuple[str | None, str | None, list[Word]]:
    """The folder it runs in, what follows -o ("" for a folder), and the packages."""
    folder = None if step.folder is None else command.folder
    output: str | None = None
    packages: list[Word] = []
    words = iter(command.words[2:])
    for word in words:
        if not word.text.startswith("-") or packages:
            packages.append(word)
            continue
        name, equals, value = word.text.lstrip("-").partition("=")
        if not equals and name not in _SWITCHES and name != "buildvcs":
            after = next(words, None)
            value = after.text if after is not None and after.known else ""
        if name == "o":
            output = "" if value.endswith(("/", ".")) else value
        elif name == "C":
            folder = None if folder is None or not value else normpath(f"{folder}/{value}")
        elif name in ("modfile", "overlay", "toolexec"):
            folder = None
    return folder, output, packages


def _judge(
    built: GoBuild,
    output: str | None,
    stages: list[StageText],
    number: int,
    step: RunStep,
    context: Context,
    project: Project,
) -> tuple[str | None, bool | None]:
    package = built.package
    is_file = package.endswith(".go")
    if "..." in package:
        return None, None
    if package.startswith(("./", "../")) or package in (".", "..") or is_file:
        wanted = normpath(f"{built.workdir}/{package}")
    elif package.startswith("/"):
        wanted = normpath(package)
    else:
        place = origin(stages, number, step, built.workdir, context)
        module = next((one for one in project.modules if one.root == place), None)
        if module is None or not package.startswith(module.module + "/"):
            return None, None
        wanted = normpath(f"{built.workdir}/{package[len(module.module) + 1 :]}")
    folder = origin(stages, number, step, dirname(wanted) if is_file else wanted, context)
    if folder is None:
        return None, None
    if is_file:
        path = f"{folder}/{wanted.rpartition('/')[2]}" if folder else wanted.rpartition("/")[2]
        return folder, True if project.tree.exists(path) else None if project.tree.could_exist(path) else False
    main = project.mains.holds_main(project.tree, folder)
    if main is False and folder in project.mains.go_folders and not output:
        return folder, None  # building a library checks it: without -o that is all that was asked for
    return folder, main
