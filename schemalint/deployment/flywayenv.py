"""What environment variables say of Flyway: FLYWAY_* where its own image runs (documentation.red-gate.com/flyway/reference/
configuration), SPRING_FLYWAY_* where a service is built from this repository (Spring's relaxed binding)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from os.path import commonpath
from posixpath import normpath

from schemalint.deployment.places import ancestors, inside, join
from schemalint.deployment.tools import IMAGES
from schemalint.model.deployment import ComposeFile, Dockerfile, FlywaySettings, Image, Service, Stage

_OWN = "FLYWAY_"
_SPRING = "SPRING_FLYWAY_"
_USUAL = "/flyway/sql"
"""Where Flyway's image looks without being told."""
_CONNECTION = frozenset({"url", "user", "password", "driver", "jars"})
Folders = Mapping[str, str]
"""Folders of a container and those of the repository that stand there."""


def read(
    compose: Iterable[ComposeFile], dockerfiles: tuple[Dockerfile, ...], files: tuple[FlywaySettings, ...]
) -> Iterator[FlywaySettings]:
    """The settings of every service and image that sets some. `files` are those of configuration files: what is set for a
    folder below one of theirs is set for the same project."""
    built: set[str] = set()
    for file in compose:
        for service in file.services:
            image = next((one for one in dockerfiles if service.build and one.path == service.build.dockerfile), None)
            stage = image.stages[-1] if image is not None and image.stages else None
            if _is_flyway(service.image) or (stage is not None and _is_flyway(stage.base)):
                built.update([image.path] if image is not None else [])
                copied = _copied(image, stage) if image is not None and stage is not None else {}
                told = {**(stage.environment if stage is not None else {}), **service.environment}
                yield from _own(file.path, told, {**copied, **_mounted(service)}, files)
            elif service.build is not None and service.build.context is not None:
                told = {**(stage.environment if stage is not None else {}), **service.environment}
                yield from _spring(file.path, told, service.build.context, files)
    for image in dockerfiles:
        stage = image.stages[-1] if image.stages else None
        if stage is not None and image.path not in built and _is_flyway(stage.base):
            yield from _own(image.path, stage.environment, _copied(image, stage), files)


def _is_flyway(image: Image | None) -> bool:
    return image is not None and IMAGES.get(image.name.rpartition("/")[2]) == "flyway"


def _mounted(service: Service) -> dict[str, str]:
    return {mount.target.rstrip("/"): mount.source for mount in service.mounts if mount.source is not None}


def _copied(image: Dockerfile, stage: Stage) -> dict[str, str]:
    """What a COPY of one folder brings."""
    found: dict[str, str] = {}
    for copy in stage.copies:
        if image.context is None or copy.stage is not None or len(copy.sources) != 1:
            continue
        path = join(image.context, copy.sources[0].text.removesuffix("*").removesuffix("*.sql").rstrip("/") or ".")
        if path is not None:
            found[normpath(copy.target)] = path
    return found


def _own(
    path: str, environment: Mapping[str, str | None], folders: Folders, files: tuple[FlywaySettings, ...]
) -> Iterator[FlywaySettings]:
    own, placeholders = _told(environment, _OWN)
    places = [_place(one.strip(), folders) for one in own.pop("locations", f"filesystem:{_USUAL}").split(",")]
    known = [place for place in places if place is not None]
    if len(known) != len(places) or not known:
        return  # it looks somewhere in the image, or in a way that is not known
    base = _project(commonpath(known) if len(known) > 1 else known[0], files)
    inner = (place.removeprefix(base).strip("/") or "." for place in known)
    own["locations"] = ",".join(f"filesystem:{one}" for one in inner)
    yield FlywaySettings(base, path, tuple(sorted(own.items())), placeholders)


def _place(location: str, folders: Folders) -> str | None:
    """The folder of the repository behind a location in the container."""
    kind, colon, written = location.partition(":")
    path = normpath(written if colon else location)
    if (colon and kind != "filesystem") or not path.startswith("/") or "*" in path or "$" in path:
        return None
    target = max((one for one in folders if inside(path, one)), key=len, default=None)
    return None if target is None else f"{folders[target]}{path[len(target) :]}".strip("/")


def _spring(
    path: str, environment: Mapping[str, str | None], context: str, files: tuple[FlywaySettings, ...]
) -> Iterator[FlywaySettings]:
    own, placeholders = _told(environment, _SPRING)
    inner = {one.folder for one in files if inside(one.folder, context)}
    base = inner.pop() if len(inner) == 1 else context
    if own or placeholders:
        yield FlywaySettings(base, path, tuple(sorted(own.items())), placeholders)


def _told(environment: Mapping[str, str | None], prefix: str) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """Flyway's settings by its names, and the placeholders; one whose value is not known stands as the variable."""
    found: dict[str, str] = {}
    placeholders: dict[str, str] = {}
    for name, value in sorted(environment.items()):
        key = name.removeprefix(prefix)
        if not name.startswith(prefix) or not key:
            continue
        said = f"${{{name}}}" if value is None else value
        if key.startswith("PLACEHOLDERS_"):
            placeholders[key.removeprefix("PLACEHOLDERS_").lower()] = said
            continue
        whole, _, last = key.rpartition("_")
        plain = (whole if last.isdigit() else key).replace("_", "").lower()  # SPRING_FLYWAY_LOCATIONS_0
        if plain not in _CONNECTION:
            found[plain] = f"{found[plain]},{said}" if last.isdigit() and plain in found else said
    return found, tuple(sorted(placeholders.items()))


def _project(folder: str, files: tuple[FlywaySettings, ...]) -> str:
    """The folder of the nearest configuration file's project around a folder, else the folder itself."""
    around = {one.folder for one in files}
    return next((one for one in (folder, *ancestors(folder)) if one in around), folder)
