"""The NODE_ENV that scripts set for the program that they start."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from schemalint.deployment.starts import started
from schemalint.deployment.written import Written
from schemalint.model.deployment import ComposeFile, Dockerfile, Service
from schemalint.model.frozen import replace

_NODE_ENV = re.compile(r"(?:^|[\s;&|(])NODE_ENV=(['\"]?)([A-Za-z][\w-]*)\1(?![^\s;&|)])")
_REMARK = re.compile(r"^\s*#[^\n]*", re.MULTILINE)
_DEEPEST = 6


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
