"""What starts the scripts of a project: images, compose services, hosting services and CI, by way of other scripts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from schemalint import shell
from schemalint.deployment import packages
from schemalint.deployment.written import Written
from schemalint.model.deployment import ComposeFile, Dockerfile, Starter
from schemalint.model.frozen import frozen
from schemalint.model.span import Span

_SHELLS = frozenset({"sh", "bash", "ash"})
_ENTRIES = frozenset({"entrypoint", "docker-entrypoint", "start", "release"})


@frozen
class Root:
    """A command of a deployment file, and the folder that it runs in."""

    text: str
    span: Span
    starter: Starter
    folder: str


@frozen
class Starts:
    """`by` tells what starts a script, by its file and name. `lost` are the commands of images and services that run, by
    themselves or by scripts, a script of a package.json that is not there: what it does is not known."""

    by: Mapping[tuple[str, str], tuple[Starter, ...]]
    lost: tuple[Span, ...]


def read(compose: Iterable[ComposeFile], dockerfiles: Iterable[Dockerfile], written: list[Written]) -> Starts:
    """Every script that something starts."""
    by_name: dict[str, list[Written]] = {}
    for one in written:
        if one.where == "script":
            by_name.setdefault(one.name, []).append(one)
    found: dict[tuple[str, str], dict[Starter, None]] = {}
    lost: dict[Span, None] = {}
    named: dict[str, tuple[list[str], list[str]]] = {}
    for root in (*_compose(compose), *_images(dockerfiles), *_written(written)):
        for script in _reached(root, by_name, named):
            if script is not None:
                found.setdefault((script.file.path, script.name), {})[root.starter] = None
            elif root.starter.where != "ci":
                lost[root.span] = None
    return Starts({key: tuple(starters) for key, starters in found.items()}, tuple(lost))


def _compose(compose: Iterable[ComposeFile]) -> Iterator[Root]:
    for file in compose:
        for service in file.services:
            if service.command and service.command_span:
                built = "" if service.build is None else service.build.context or ""
                yield Root(service.command, service.command_span, Starter("compose", file.path), built)


def _images(dockerfiles: Iterable[Dockerfile]) -> Iterator[Root]:
    for dockerfile in dockerfiles:
        starter = Starter("image", dockerfile.path)
        for stage in dockerfile.stages:
            # A script that is copied by name is there to be run, if only by what the base image does at start.
            for copy in stage.copies:
                yield Root(" ".join(source.text for source in copy.sources), copy.span, starter, "")
            for text, span in stage.commands:
                keyword, _, rest = text.partition(" ")
                if keyword in ("CMD", "ENTRYPOINT"):
                    yield Root(rest, span, starter, dockerfile.context or "")
                elif keyword == "RUN":
                    run = (words for words in _commands(rest) if words[0] in packages.MANAGERS)
                    yield from (Root(" ".join(words), span, starter, dockerfile.context or "") for words in run)


def _written(written: list[Written]) -> Iterator[Root]:
    for one in written:
        if one.where in ("ci", "compose"):
            where = "ci" if one.where == "ci" else "host"
            yield Root(one.text, one.region, Starter(where, one.file.path), one.folder)


def _reached(
    root: Root, by_name: Mapping[str, list[Written]], named: dict[str, tuple[list[str], list[str]]]
) -> Iterator[Written | None]:
    """The scripts that a command starts, and those that they start; None for one that is not there. A script of
    package.json is the one of the folder that the command runs in, where that has one of the name."""
    pending = [(root.text, root.folder)]
    seen: set[tuple[str, str]] = set()
    while pending:
        text, here = pending.pop()
        if text not in named:
            named[text] = list(started(text)), list(_stated(text))
        names, stated = named[text]
        if any(not meant(name, by_name) for name in stated):
            yield None
        for name in names:
            found = [one for known in meant(name, by_name) for one in by_name[known]]
            mine = [one for one in found if one.folder == here and one.file.path.endswith("package.json")]
            for one in mine or found:
                if (one.file.path, one.name) not in seen:
                    seen.add((one.file.path, one.name))
                    pending.append((one.text, one.folder or here))
                    yield one


def meant(name: str, known: Collection[str]) -> list[str]:
    """The scripts that a name stands for: `migrate:*` is each that begins so."""
    if "*" not in name:
        return [name] if name in known else []
    head = name.partition("*")[0]
    return [one for one in known if one == name or (len(head) > 1 and one.startswith(head))]


def started(text: str) -> Iterator[str]:
    """The names of the scripts that a command starts: of a package.json, or a file's own."""
    for words in _commands(text):
        for word in words:
            name = word.rpartition("/")[2]
            if word.endswith((".sh", ".bash")) or name in _ENTRIES:
                yield name
        yield from packages.scripts(words)


def _stated(text: str) -> Iterator[str]:
    for words in _commands(text):
        name = packages.stated(words)
        if name is not None:
            yield name


def _commands(text: str, outer: bool = True) -> Iterator[list[str]]:
    """The words of each command, and of those that a shell is given (`sh -c`), one within a shell left out."""
    for command in shell.commands(text):
        words = [word.text for word in command.words if word.text != "corepack"]
        if not words:
            continue
        yield words
        if outer and len(words) > 2 and words[0].rpartition("/")[2] in _SHELLS and words[1].startswith("-"):
            yield from _commands(" ".join(words[2:]), outer=False)
