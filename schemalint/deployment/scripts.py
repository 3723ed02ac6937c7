"""Which scripts a command starts, of a package.json or in files of their own, and the environment that they set for a program."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from schemalint import shell
from schemalint.deployment.written import Written
from schemalint.model.deployment import ComposeFile, Dockerfile, Service
from schemalint.model.quick import replace

_NPM = frozenset({"npm", "yarn", "pnpm", "bun", "turbo"})
_VALUED = frozenset({"--prefix", "-w", "--workspace", "--filter", "-F", "-C", "--cwd", "--dir"})
"""Options of those that have a value behind them."""
_SEVERAL = frozenset({"npm-run-all", "run-s", "run-p", "concurrently"})
"""Programs that run several scripts of a package.json."""
_SHELLS = frozenset({"sh", "bash", "ash"})
_NODE_ENV = re.compile(r"(?:^|[\s;&|(])NODE_ENV=(['\"]?)([A-Za-z][\w-]*)\1(?![^\s;&|)])")
_REMARK = re.compile(r"^\s*#[^\n]*", re.MULTILINE)
_DEEPEST = 6


def meant(name: str, known: Iterable[str]) -> list[str]:
    """The scripts that a name stands for: `migrate:*` is each that begins so."""
    head = name.partition("*")[0]
    return [one for one in known if one == name or ("*" in name and len(head) > 1 and one.startswith(head))]


def started(text: str, outer: bool = True) -> Iterator[str]:
    """The names of the scripts that a command starts: of a package.json, or a file's own."""
    for command in shell.commands(text):
        words = [word.text for word in command.words if word.text != "corepack"]
        for word in words:
            if word.endswith((".sh", ".bash")) or word.rpartition("/")[2] in (
                "entrypoint",
                "docker-entrypoint",
                "start",
                "release",
            ):
                yield word.rpartition("/")[2]
        if outer and len(words) > 2 and words[0].rpartition("/")[2] in _SHELLS and words[1].startswith("-"):
            yield from started(" ".join(words[2:]), outer=False)
        elif words and words[0] in _NPM:
            yield from _packaged(words[1:])
        elif words and words[0] in _SEVERAL:
            yield from (word.removeprefix("npm:") for word in words[1:] if not word.startswith("-"))


def _packaged(words: list[str]) -> Iterator[str]:
    """The scripts that `npm run x`, `yarn workspace a x`, `pnpm --filter a x` and their like start."""
    plain: list[str] = []
    at = 0
    while at < len(words):
        if words[at] in _VALUED:
            at += 1
        elif not words[at].startswith("-"):
            plain.append(words[at])
        at += 1
    if plain[:1] == ["workspace"]:
        plain = plain[2:]
    if plain[:1] in (["run"], ["run-script"]):
        plain = plain[1:]
    if plain:
        yield from (plain[0], f"pre{plain[0]}", f"post{plain[0]}")


def with_node_env(
    files: Iterable[ComposeFile], dockerfiles: tuple[Dockerfile, ...], written: list[Written]
) -> tuple[ComposeFile, ...]:
    """Compose files in which the environment of a service has the NODE_ENV that the command sets with which it starts
    (`"start": "NODE_ENV=production node server.js"`, `cross-env`): it wins over what the container has."""
    known = [one for one in written if one.where == "script" and one.name]
    images = {one.path: one for one in dockerfiles}

    def told(service: Service) -> Service:
        value = _value(service, images, known) if service.dialect is None else None
        return service if value is None else replace(service, environment={**service.environment, "NODE_ENV": value})

    return tuple(replace(file, services=tuple(map(told, file.services))) for file in files)


def _value(service: Service, images: dict[str, Dockerfile], known: list[Written]) -> str | None:
    """The one value that its command sets, as far as it is followed; None where it sets none, or several."""
    context = service.build.context if service.build is not None else None
    texts = [service.command] if service.command else []
    image = images.get(service.build.dockerfile or "") if service.build is not None else None
    if not texts and image is not None and image.stages:
        target = service.build.target if service.build is not None else None
        stage = next((one for one in image.stages if one.name == target), image.stages[-1])
        texts = [text.partition(" ")[2] for text, _ in stage.commands if text.startswith(("CMD", "ENTRYPOINT"))]
    values = {value for text in texts for value in _set(text, context or "", known, _DEEPEST)}
    return values.pop() if len(values) == 1 else None


def _set(text: str, folder: str, known: list[Written], depth: int) -> Iterator[str]:
    """The values that a command sets; the scripts that it starts have the last word."""
    inner: list[str] = []
    for name in started(text) if depth else ():
        for one in known:
            if one.name == name and (one.folder == folder or not one.file.path.endswith("package.json")):
                inner += _set(one.text, folder, known, depth - 1)
    yield from inner or (found[2] for found in _NODE_ENV.finditer(_REMARK.sub("", text)))
