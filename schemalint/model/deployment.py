"""What deployment files say: which services run, what they mount, how images are built, and what code is switched off."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum

from schemalint.model.frozen import frozen
from schemalint.model.source import Requirement
from schemalint.model.span import Span


@frozen
class Image:
    """`name` without registry digest, `tag` None when unstated or interpolated without a default."""

    name: str
    tag: str | None
    span: Span


@frozen
class Mount:
    """A bind mount. `source` is relative to the checked root, None when it lies outside it or is interpolated. `exists` is
    False only when certainly nothing stands there and git does not ignore that path. `copied`: the service's own Dockerfile
    brings it by COPY."""

    source: str | None
    target: str
    span: Span  # the source part as written
    exists: bool | None = None
    copied: bool = False


@frozen
class Volume:
    """A named volume mounted into a service."""

    name: str
    target: str
    span: Span


@frozen
class Build:
    """`context` and `dockerfile` are relative to the checked root; None when outside it or interpolated."""

    context: str | None
    dockerfile: str | None
    target: str | None
    span: Span


@frozen
class Service:
    """`dialect` and `server`, the server's image (its own, or the one it is built on), are set for a database server.
    `environment` holds resolved values, None for those that are not known."""

    name: str
    span: Span
    image: Image | None = None
    build: Build | None = None
    dialect: str | None = None
    mounts: tuple[Mount, ...] = ()
    volumes: tuple[Volume, ...] = ()
    depends_on: tuple[str, ...] = ()
    environment: Mapping[str, str | None] = field(default_factory=dict)
    command: str | None = None
    command_span: Span | None = None
    server: Image | None = None


@frozen
class ComposeFile:
    path: str
    services: tuple[Service, ...]


class Presence(Enum):
    """Whether what a COPY names can be there when the image is built."""

    PRESENT = "present"
    MISSING = "missing"  # certainly in neither the context nor the stage it is copied from
    EXCLUDED = "excluded"  # in the context, but .dockerignore keeps it out
    UNKNOWN = "unknown"


@frozen
class CopySource:
    """One source of a COPY. `because` is the .dockerignore pattern that excludes it, or the COPY that should have brought it."""

    text: str
    span: Span
    presence: Presence = Presence.UNKNOWN
    because: Span | None = None


@frozen
class Copy:
    """COPY or ADD. `stage` is the name or number after --from, or an image."""

    sources: tuple[CopySource, ...]
    target: str
    stage: str | None
    span: Span


@frozen
class GoBuild:
    """`go build` in a RUN line: `package` as given (`.`, `./cmd/server`, a path), with the directory it runs in
    (relative to the stage's root, WORKDIR applied)."""

    package: str
    workdir: str
    span: Span
    folder: str | None = None  # where that package stands in the checked tree, None when not certain
    has_main: bool | None = None  # whether that folder holds a `package main`, None when not certain


@frozen
class Stage:
    """`environment` holds what ENV sets, None where the value is not known."""

    name: str | None
    base: Image | None  # None when interpolated without a default
    base_stage: str | None  # the earlier stage it starts from
    span: Span
    copies: tuple[Copy, ...] = ()
    builds: tuple[GoBuild, ...] = ()
    commands: tuple[tuple[str, Span], ...] = ()  # RUN, CMD and ENTRYPOINT lines as text
    environment: Mapping[str, str | None] = field(default_factory=dict)


@frozen
class Dockerfile:
    """`context` is the build context relative to the checked root, as compose says it, else the Dockerfile's folder or
    the root; None when it is not known for certain. `ignores` are the patterns of the .dockerignore in force, with spans."""

    path: str
    context: str | None
    stages: tuple[Stage, ...]
    ignores: tuple[tuple[str, Span], ...] = ()


@frozen
class GoModule:
    """`root` is the folder of go.mod relative to the checked root, "" for the root itself."""

    path: str
    root: str
    module: str
    go_version: str | None
    go_span: Span | None
    requires: tuple[Requirement, ...] = ()


@frozen
class GoToolchain:
    """A Go version pinned outside a Dockerfile: CI's setup-go, with where it is written."""

    version: str
    span: Span


@frozen
class DisabledCall:
    """A call that migrates and can never run. `why`: "commented out" or "behind a constant false". `definition` is where
    the called function stands, `schemas` the schema files it would have applied, with the place that names them."""

    span: Span
    text: str
    why: str
    definition: Span | None = None
    schemas: tuple[tuple[str, Span], ...] = ()


@frozen
class Starter:
    """What starts a script: an "image", a "compose" service, a "host" (a hosting service, Kubernetes) or "ci", and its file."""

    where: str
    path: str


@frozen
class Baseline:
    """A program marks all steps up to a version as run: `version` is None where that is not known. `certain`: it does wherever
    the tool has no record yet."""

    version: int | None
    certain: bool


@frozen
class ToolCall:
    """A command or library call that runs a migration tool. `folder` is the migrations folder relative to the checked
    root when it can be told; `where` is "image" (Dockerfile, its entrypoint), "compose", "code", "make", "script" or "ci".
    `starters` start the script that it stands in. `baselines`: what the program may write into the tool's record by itself on a
    database that has none. `doubt`: why it is not certain which files of the folder are run, or in which order."""

    tool: str
    folder: str | None
    where: str
    span: Span
    text: str
    starters: tuple[Starter, ...] = ()
    baselines: tuple[Baseline, ...] = ()
    doubt: str | None = None


@frozen
class FlywaySettings:
    """What one file says of Flyway, whose relative paths start from `folder`. `values` has settings by Flyway's names in lower
    case without hyphens ("sqlmigrationprefix"), `placeholders` theirs in lower case; lists are parted by commas."""

    folder: str
    path: str
    values: tuple[tuple[str, str], ...]
    placeholders: tuple[tuple[str, str], ...]


@frozen
class Embedded:
    """A schema file that code embeds or reads by name (`include_str!`, `go:embed`, readFileSync). `applied` is False when
    nothing that runs uses it, None when that is not known."""

    path: str
    span: Span
    applied: bool | None


@frozen
class Deployment:
    compose: tuple[ComposeFile, ...] = ()
    dockerfiles: tuple[Dockerfile, ...] = ()
    go_modules: tuple[GoModule, ...] = ()
    go_toolchains: tuple[GoToolchain, ...] = ()
    go_mains: frozenset[str] = frozenset()  # folders that hold a `package main`, relative to the checked root
    disabled: tuple[DisabledCall, ...] = ()
    tool_calls: tuple[ToolCall, ...] = ()
    lost_scripts: tuple[Span, ...] = ()  # commands of images and services that run scripts which no package.json has
    embedded: tuple[Embedded, ...] = ()
    flyway: tuple[FlywaySettings, ...] = ()
    ci: tuple[Service, ...] = ()  # the services that CI starts beside its jobs
