"""What runs where, and in what order: compose files, Dockerfiles, Go modules, and calls that migrate or sync."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from schemalint.deployment import (
    ci,
    code,
    compose,
    disabled,
    dockerfile,
    embedded,
    flyway,
    flywayenv,
    gobuilds,
    gomod,
    images,
    loops,
    nodeenv,
    runners,
    starts,
    toolcalls,
    toolchains,
    written,
)
from schemalint.deployment.places import inside, join, judged
from schemalint.discover import Tree
from schemalint.initdb import INITDB, RUN
from schemalint.model.deployment import ComposeFile, Deployment, Dockerfile, Mount, Service, Stage

_LIMIT = 1_000_000


def read(tree: Tree) -> Deployment:
    """Everything the deployment files and the code of a project say about what is run. Never raises on input."""
    composed = compose.read(tree)
    texts = written.read(tree)
    modules, mains = gomod.modules(tree), gomod.mains(tree)
    project = gobuilds.Project(tree, modules, mains)
    dockerfiles = dockerfile.read(tree, composed.files, texts, composed.arguments, project)
    codes = _codes(tree)
    started = starts.read(composed.files, dockerfiles, texts)
    configured = tuple(flyway.read(tree))
    calls = (
        *toolcalls.read(tree, composed.files, dockerfiles, texts, codes, started),
        *loops.read(tree, texts),
        *runners.read(tree, codes),
    )
    schemas = tuple(embedded.read(tree, codes))

    def asleep(function: code.Function) -> bool:
        return embedded.reached(tree, [function], codes) is False

    return Deployment(
        compose=tuple(
            _with_built_servers(file, dockerfiles) for file in nodeenv.with_node_env(composed.files, dockerfiles, texts)
        ),
        dockerfiles=dockerfiles,
        go_modules=modules,
        go_toolchains=tuple(toolchains.read(tree)),
        go_mains=gomod.judged_mains(mains),
        disabled=()
        if _initialised(composed.files)
        else tuple(disabled.read(codes, list(calls), list(schemas), _sql_owns(tree), asleep)),
        tool_calls=calls,
        lost_scripts=started.lost,
        embedded=schemas,
        flyway=(*configured, *flywayenv.read(composed.files, dockerfiles, configured)),
        ci=tuple(ci.read(tree)),
    )


def _codes(tree: Tree) -> list[code.Code]:
    """The source files with something to say, tests left out: what a test calls does not run in production."""
    found = []
    for path in tree.paths:
        name = path.rpartition("/")[2]
        if not name.endswith(code.SUFFIXES) or not judged(path) or _is_test(path):
            continue
        content = tree.read(path)
        if content is None or len(content) > _LIMIT or not code.telling(content):
            continue
        file = tree.file(path)
        read = None if file is None else code.read(file)
        if read is not None:
            found.append(read)
    return found


def _is_test(path: str) -> bool:
    if "__tests__/" in path or "__mocks__/" in path:
        return True
    stem = path.rpartition("/")[2].rpartition(".")[0]
    return stem.endswith(("_test", ".test", ".spec", ".d", ".min")) or stem.startswith("test_") or stem == "conftest"


def _initialised(files: tuple[ComposeFile, ...]) -> bool:
    """Whether a database server is given init scripts, so that it is not empty when nothing migrates it."""
    mounts = [mount for file in files for service in file.services for mount in service.mounts]
    return any(mount.target.startswith(INITDB) for mount in mounts)


def _sql_owns(tree: Tree) -> bool:
    """Whether SQL files or a migration history are there to make the tables."""
    return any(
        path.endswith(".sql") or {"migrations", "migration", "alembic", "migrate"} & set(path.lower().split("/")[:-1])
        for path in tree.paths
        if judged(path)
    )


def _with_built_servers(file: ComposeFile, dockerfiles: tuple[Dockerfile, ...]) -> ComposeFile:
    """The file with the dialect of services that are built on a database server's image, and with the init scripts that
    such an image brings along."""
    by_path = {one.path: one for one in dockerfiles}

    def known(service: Service) -> Service:
        built = None if service.build is None else by_path.get(service.build.dockerfile or "")
        if service.dialect is not None or built is None or not built.stages:
            return service
        last = built.stages[-1]
        dialect = images.dialect(last.base)
        if dialect is None:
            return service
        return replace(
            service, dialect=dialect, server=last.base, mounts=(*service.mounts, *_copied(built.context, last))
        )

    return replace(file, services=tuple(known(service) for service in file.services))


def _copied(context: str | None, stage: Stage) -> Iterator[Mount]:
    """What a COPY brings into the folder of init scripts: a file, or a folder (`sql/`, `sql/*.sql`)."""
    for copy in stage.copies:
        target = copy.target.rstrip("/")
        if context is None or copy.stage is not None or not inside(target, INITDB):
            continue
        for source in copy.sources:
            folder, star, _ = source.text.partition("*")
            path = join(context, folder.rstrip("/") or ".")
            if path is None or (star and not folder.endswith("/") and folder):
                continue
            file = not star and path.endswith((*RUN, ".sql.bz2"))
            name = f"{INITDB}/{path.rpartition('/')[2]}" if file and target == INITDB else target
            yield Mount(path, name, source.span, copied=True)
