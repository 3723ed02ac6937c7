"""Compose files: services with their images, builds, mounts, volumes and commands, variables put in."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from posixpath import dirname

from schemalint.deployment.images import dialect, image
from schemalint.deployment.places import ancestors, join, judged
from schemalint.deployment.variables import closing_brace, env_file, interpolate
from schemalint.discover import Tree
from schemalint.model.deployment import Build, ComposeFile, Image, Mount, Service, Volume
from schemalint.model.frozen import frozen
from schemalint.model.span import SourceFile, Span
from schemalint.yamltext import Node, load

_NAMED = re.compile(r"(?:(?!test)[\w.-]*[._-])?compose(?:[._-][\w.-]+)?\.ya?ml", re.IGNORECASE)
"""compose.yml, docker-compose.prod.yml, and what `-f` is given: dev-docker-compose.yml, podman-compose.yml."""
_BASES = ("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml")
_WINDOWS = re.compile(r"[A-Za-z]:[\\/]")


@frozen
class Found:
    """The compose files, and the names of every build argument that one of them sets."""

    files: tuple[ComposeFile, ...]
    arguments: frozenset[str]


@frozen
class _Reading:
    tree: Tree
    file: SourceFile
    folder: str
    values: Mapping[str, str | None]
    arguments: set[str]

    def text(self, node: Node | None) -> str | None:
        """A scalar with its variables put in; None where there is none or one is not known."""
        return None if node is None or node.text is None else interpolate(node.text, self.values)


def read(tree: Tree) -> Found:
    """Every compose file that is judged."""
    arguments: set[str] = set()
    services: dict[str, dict[str, Service]] = {}
    bases: dict[str, dict[str, tuple[str, str]]] = {}
    for path in tree.paths:
        name = path.rpartition("/")[2]
        if not _NAMED.fullmatch(name) or not judged(path):
            continue
        file = tree.file(path)
        root = None if file is None else load(file)
        listed = None if root is None else root.get("services")
        if file is None or listed is None or listed.pairs is None:
            continue
        folder = dirname(path)
        reading = _Reading(tree, file, folder, _values(tree, folder), arguments)
        services[path] = {}
        bases[path] = {}
        for name, (key, node) in listed.entries().items():
            services[path][name] = _service(reading, name, key, node)
            base = _extends(reading, node, path)
            if base is not None:
                bases[path][name] = base
    for path, own in services.items():
        for name in own:
            own[name] = _complete(services, bases, path, name)
    return Found(tuple(ComposeFile(path, tuple(own.values())) for path, own in services.items()), frozenset(arguments))


def _values(tree: Tree, folder: str) -> Mapping[str, str | None]:
    """The `.env` beside the file."""
    file = tree.file(f"{folder}/.env" if folder else ".env")
    return {} if file is None else env_file(file.text)


def _extends(reading: _Reading, node: Node, path: str) -> tuple[str, str] | None:
    extends = node.get("extends")
    if extends is None:
        return None
    if extends.text is not None:
        return path, extends.text
    service, other = reading.text(extends.get("service")), reading.text(extends.get("file"))
    if service is None:
        return None
    file = path if other is None else join(reading.folder, other)
    return None if file is None else (file, service)


def _complete(
    services: Mapping[str, Mapping[str, Service]],
    bases: Mapping[str, Mapping[str, tuple[str, str]]],
    path: str,
    name: str,
) -> Service:
    """The service with what it takes over: by `extends`, or, where neither image nor build is stated, from the main
    compose file beside it, without which that file could not be used."""
    done = services[path][name]
    seen = {(path, name)}
    base = bases[path].get(name) or _main(services, path, name, done)
    while base is not None and base not in seen:
        seen.add(base)
        under = services.get(base[0], {}).get(base[1])
        if under is None:
            break
        done = _over(under, done)
        base = bases[base[0]].get(base[1]) or _main(services, base[0], base[1], done)
    return done


def _main(
    services: Mapping[str, Mapping[str, Service]], path: str, name: str, service: Service
) -> tuple[str, str] | None:
    if service.image is not None or service.build is not None:
        return None
    folder = dirname(path)
    for base in _BASES:
        beside = f"{folder}/{base}" if folder else base
        if beside != path and name in services.get(beside, {}):
            return beside, name
    return None


def _over(base: Service, own: Service) -> Service:
    targets = {mount.target for mount in own.mounts} | {volume.target for volume in own.volumes}
    return replace(
        own,
        image=own.image or (base.image if own.build is None else None),
        build=own.build or (base.build if own.image is None else None),
        dialect=own.dialect or (base.dialect if own.build is None else None),
        server=own.server or (base.server if own.build is None else None),
        mounts=tuple(mount for mount in base.mounts if mount.target not in targets) + own.mounts,
        volumes=tuple(volume for volume in base.volumes if volume.target not in targets) + own.volumes,
        environment={**base.environment, **own.environment},
        command=own.command if own.command_span else base.command,
        command_span=own.command_span or base.command_span,
    )


def _service(reading: _Reading, name: str, key: Node, node: Node) -> Service:
    made = _image(reading, node.get("image"))
    mounts: list[Mount] = []
    volumes: list[Volume] = []
    listed = node.get("volumes")
    for item in (listed.items if listed is not None else None) or ():
        one = _short(reading, item) if item.text is not None else _long(reading, item)
        if isinstance(one, Mount):
            mounts.append(one)
        elif one is not None:
            volumes.append(one)
    depends = node.get("depends_on")
    command, command_span = _command(reading, node)
    return Service(
        name=name,
        span=key.span,
        image=made,
        build=_build(reading, node.get("build")),
        dialect=dialect(made),
        server=made if dialect(made) is not None else None,
        mounts=tuple(mounts),
        volumes=tuple(volumes),
        depends_on=tuple(depends.entries()) or tuple(item.text or "" for item in depends.scalars()) if depends else (),
        environment=_environment(reading, node),
        command=command,
        command_span=command_span,
    )


def _image(reading: _Reading, node: Node | None) -> Image | None:
    if node is None or not node.text:
        return None
    whole = reading.text(node)
    if whole is not None:
        return image(whole, node.span)
    head, dollar, _ = node.text.partition("$")
    name, colon, _ = head.rpartition(":")
    if not dollar or not colon or "/" in head[len(name) :]:
        return None
    return replace(image(name, node.span), tag=None)


def _build(reading: _Reading, node: Node | None) -> Build | None:
    if node is None or node.is_null:
        return None
    if node.text is not None:
        context = reading.text(node)
        folder = None if context is None else join(reading.folder, context)
        return Build(folder, _dockerfile(folder, "Dockerfile"), None, node.span)
    if "dockerfile_inline" in node.entries():
        return None
    _note_arguments(reading, node.get("args"))
    stated = node.get("context")
    context = "." if stated is None else reading.text(stated)
    folder = None if context is None else join(reading.folder, context)
    file = node.get("dockerfile")
    name = "Dockerfile" if file is None else reading.text(file)
    return Build(folder, _dockerfile(folder, name), reading.text(node.get("target")), (stated or file or node).span)


def _dockerfile(folder: str | None, name: str | None) -> str | None:
    return None if folder is None or name is None else join(folder, name)


def _note_arguments(reading: _Reading, node: Node | None) -> None:
    if node is None:
        return
    reading.arguments.update(node.entries())
    reading.arguments.update((item.text or "").partition("=")[0] for item in node.scalars())


def _place(reading: _Reading, source: str, interpolated: bool) -> tuple[str | None, bool | None]:
    """Where a mount's source stands, and whether something is there.

    Compose resolves it from the folder of the first file it is given, or from --project-directory: a source that
    stands in a folder above instead is taken from there, and is never called missing."""
    own = join(reading.folder, source)
    if own is None:
        return None, None
    if reading.tree.exists(own):
        return own, True
    for folder in ancestors(reading.folder):
        other = join(folder, source)
        if other is not None and reading.tree.could_exist(other):
            return (other if reading.tree.exists(other) else own), None
    return own, None if interpolated or reading.tree.could_exist(own) else False


def _is_path(source: str) -> bool:
    return source.startswith((".", "/", "~", "\\")) or _WINDOWS.match(source) is not None


def _short(reading: _Reading, node: Node) -> Mount | Volume | None:
    """`SOURCE:TARGET[:MODE]`; a target alone is a volume without a name."""
    raw = node.text or ""
    parts = _split(raw)
    if len(parts) < 2:
        return None
    source, target = (interpolate(part, reading.values) for part in parts[:2])
    if target is None:
        return None
    span = _source_span(reading.file, node, parts[0])
    if source is None:
        return Mount(None, target, span)
    if not _is_path(source):
        return Volume(source, target, span)
    place, exists = _place(reading, source, "$" in parts[0])
    return Mount(place, target, span, exists)


def _split(raw: str) -> list[str]:
    """Cut at colons outside `${…}`; the colon of a Windows drive stays."""
    parts: list[str] = []
    start = at = 0
    while at < len(raw):
        if raw.startswith("${", at):
            at = (closing_brace(raw, at + 1) or at) + 1
        elif raw[at] == ":" and not (
            at == start + 1 and raw[start].isalpha() and raw[at + 1 : at + 2] in ("\\", "/") and not parts
        ):
            parts.append(raw[start:at])
            start = at = at + 1
        else:
            at += 1
    return [*parts, raw[start:]]


def _source_span(file: SourceFile, node: Node, source: str) -> Span:
    written = file.text[node.span.start : node.span.end]
    return Span(file.path, node.span.start, node.span.start + len(source)) if written.startswith(source) else node.span


def _long(reading: _Reading, node: Node) -> Mount | Volume | None:
    target, source_node, kind = reading.text(node.get("target")), node.get("source"), reading.text(node.get("type"))
    source_node = source_node or node.get("src")
    target = target or reading.text(node.get("destination")) or reading.text(node.get("dst"))
    if target is None or source_node is None or not source_node.text:
        return None
    source = reading.text(source_node)
    if kind == "volume":
        return None if source is None else Volume(source, target, source_node.span)
    if kind != "bind":
        return None
    if source is None:
        return Mount(None, target, source_node.span)
    place, exists = _place(reading, source, "$" in source_node.text)
    return Mount(place, target, source_node.span, exists)


def _environment(reading: _Reading, node: Node) -> dict[str, str | None]:
    found: dict[str, str | None] = {}
    files = node.get("env_file")
    for item in (files.items or [files]) if files is not None else ():
        name = reading.text(item) if item.text is not None else reading.text(item.get("path"))
        path = None if name is None else join(reading.folder, name)
        file = None if path is None else reading.tree.file(path)
        if file is not None:
            found.update(env_file(file.text))
    stated = node.get("environment")
    if stated is None:
        return found
    for name, (_, value) in stated.entries().items():
        found[name] = None if value.is_null else reading.text(value)
    for item in stated.scalars():
        name, equals, _ = (item.text or "").partition("=")
        whole = reading.text(item)
        found[name] = whole.partition("=")[2] if equals and whole is not None else None
    return found


def _command(reading: _Reading, node: Node) -> tuple[str | None, Span | None]:
    """`entrypoint` and `command` in one line."""
    texts: list[str] = []
    spans: list[Span] = []
    for key in ("entrypoint", "command"):
        value = node.get(key)
        if value is None or value.is_null:
            continue
        words = [value] if value.text is not None else value.scalars()
        texts += [interpolate(word.text or "", reading.values) or word.text or "" for word in words]
        spans.append(value.span)
    if not spans:
        return None, None
    return " ".join(texts), Span(reading.file.path, spans[0].start, spans[-1].end) if len(spans) == 1 else spans[-1]
