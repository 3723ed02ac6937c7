"""Who runs a migration tool: images, compose services, code, make, scripts and CI."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from posixpath import dirname

from schemalint import shell
from schemalint.deployment import tools
from schemalint.deployment.code import CallSite, Code
from schemalint.deployment.forced import baselines
from schemalint.deployment.places import find, inside
from schemalint.deployment.starts import Starts
from schemalint.deployment.written import Written
from schemalint.discover import Tree
from schemalint.model.deployment import ComposeFile, Dockerfile, Service, ToolCall
from schemalint.model.span import Span

_EMBED = re.compile(r"^//go:embed[ \t]+(\S*migration\S*)", re.MULTILINE)


def read(
    tree: Tree,
    compose: Iterable[ComposeFile],
    dockerfiles: Iterable[Dockerfile],
    written: list[Written],
    codes: Sequence[Code],
    started: Starts,
) -> Iterator[ToolCall]:
    """Every call, in the order its file was read. A script that an image or a service starts counts as theirs."""
    for file in compose:
        for service in file.services:
            if service.command and service.command_span:
                yield from _service(tree, service)
    for dockerfile in dockerfiles:
        for stage in dockerfile.stages:
            for text, span in stage.commands:
                keyword, _, rest = text.partition(" ")
                if keyword in ("RUN", "CMD", "ENTRYPOINT"):
                    yield from _text(tree, rest, span, "image", dockerfile.context or "")
    for one in written:
        starters = started.by.get((one.file.path, one.name), ()) if one.where == "script" else ()
        places = {starter.where for starter in starters}
        where = next((place for place in ("compose", "image") if place in places), one.where)
        if tools.WORDS.search(one.text) is None:
            continue
        for command in one.commands():
            ran = tools.run(command)
            if ran is not None:
                span = one.span(command.start, command.end)
                text = " ".join(one.text[command.start : command.end].split())
                folder = _folder(tree, ran.folder, one.folder, dirname(one.file.path))
                yield ToolCall(ran.tool, folder, where, span, text, starters)
    for code in codes:
        yield from _code(tree, code, codes)


def _text(tree: Tree, text: str, span: Span, where: str, folder: str) -> Iterator[ToolCall]:
    if tools.WORDS.search(text) is None:
        return
    for command in shell.commands(text):
        ran = tools.run(command)
        if ran is not None:
            yield ToolCall(ran.tool, _folder(tree, ran.folder, folder), where, span, text[command.start : command.end])


def _service(tree: Tree, service: Service) -> Iterator[ToolCall]:
    """A service's command; where the image's entrypoint is the tool, the command alone does not name it."""
    assert service.command is not None
    assert service.command_span is not None
    image = "" if service.image is None else service.image.name.rpartition("/")[2]
    found = list(_text(tree, service.command, service.command_span, "compose", ""))
    if not found and image in tools.IMAGES:
        found = list(_text(tree, f"{tools.IMAGES[image]} {service.command}", service.command_span, "compose", ""))
    for call in found:
        yield replace(call, folder=_mounted(service, call, tree) or call.folder)


def _mounted(service: Service, call: ToolCall, tree: Tree) -> str | None:
    """The folder behind the container's path that the command names, else the only mount that looks like migrations."""
    for mount in service.mounts:
        target = mount.target.rstrip("/")
        if mount.source is None or not target:
            continue
        for word in call.text.replace("=", " ").replace("file://", "").replace("filesystem:", "").split():
            if word.startswith("/") and inside(word.rstrip("/"), target):
                path = (mount.source + word.rstrip("/")[len(target) :]).lstrip("/")
                if tree.exists(path):
                    return path
    likely = [
        mount.source
        for mount in service.mounts
        if mount.source and ("migration" in mount.target or "/sql" in mount.target)
    ]
    return likely[0] if len(likely) == 1 else None


def _folder(tree: Tree, written: str | None, *starts: str) -> str | None:
    return None if written is None else find(tree, written, *dict.fromkeys((*starts, "")))


def _code(tree: Tree, code: Code, others: Sequence[Code]) -> Iterator[ToolCall]:
    text = code.file.text
    if code.file.path.endswith(".go"):
        for embed in _EMBED.finditer(text):
            word = embed.group(1).partition("*")[0].rstrip("/").removeprefix("all:")
            yield from _own(tree, code, word, Span(code.file.path, embed.start(1), embed.end(1)))
    libraries = frozenset(library for library in _LIBRARIES if library in text)
    for call in code.calls:
        if call.dead:
            continue
        tool = _library(call, libraries)
        if tool is not None:
            folder = next((found for word, _ in call.strings if (found := _written_folder(word))), None)
            where = _folder(tree, folder, dirname(code.file.path))
            forced = baselines(code, others) if tool == "golang-migrate" else ()
            yield ToolCall(tool, where, "code", call.span, call.text, baselines=forced)
            continue
        for word, span in call.strings:
            if "migration" in word and " " not in word:
                yield from _own(tree, code, word, span)
            if tools.WORDS.search(word) is None or " " not in word:
                continue
            for command in shell.commands(word):
                ran = tools.run(command)
                if ran is not None:
                    yield ToolCall(ran.tool, _folder(tree, ran.folder, ""), "code", span, " ".join(word.split()))


_LIBRARIES = (
    "golang-migrate/migrate", "pressly/goose", "rubenv/sql-migrate", "jackc/tern", "amacneil/dbmate", "alembic",
    "flask_migrate", "umzug", "Umzug", "knex", "Knex", "drizzle-orm", "typeorm", "DataSource", "diesel",
)  # fmt: skip
"""What a file must name for one of its calls to be a library's."""


def _own(tree: Tree, code: Code, word: str, span: Span) -> Iterator[ToolCall]:
    """Code that names the folder in a call, or embeds it: what it does with the files is not known: it may run them."""
    folder = find(tree, word.removeprefix("file://").rstrip("/"), dirname(code.file.path), "")
    if folder is not None and tree.read(folder) is None:
        yield ToolCall("own code", folder, "code", span, " ".join(code.file.slice(span).split()))


def _written_folder(word: str) -> str | None:
    word = word.removeprefix("file://").removeprefix("filesystem:")
    return (
        word
        if word and "://" not in word and " " not in word and not word.startswith("$") and "%" not in word
        else None
    )


def _library(call: CallSite, text: frozenset[str]) -> str | None:
    """The tool whose library a call uses to migrate, or to make ready to."""
    name, target = call.name, call.target
    if "golang-migrate/migrate" in text and target.startswith("migrate.New"):
        return "golang-migrate"
    if (
        "pressly/goose" in text
        and target.startswith("goose.")
        and (name.startswith("Up") or name in ("NewProvider", "Run", "RunContext"))
    ):
        return "goose"
    if "rubenv/sql-migrate" in text and name in ("Exec", "ExecMax", "ExecContext"):
        return "sql-migrate"
    if "jackc/tern" in text and name in ("NewMigrator", "NewMigratorEx"):
        return "tern"
    if "amacneil/dbmate" in text and target == "dbmate.New":
        return "dbmate"
    if "alembic" in text and target in ("command.upgrade", "alembic.command.upgrade"):
        return "alembic"
    if "flask_migrate" in text and name == "upgrade":
        return "alembic"
    if ("umzug" in text or "Umzug" in text) and name == "up" and target != "up":
        return "sequelize-cli" if "equelize" in text else "umzug"  # Sequelize's own tool stands on it
    if target.endswith("migrate.latest") and ("knex" in text or "Knex" in text):
        return "knex"
    if "drizzle-orm" in text and target == "migrate":
        return "drizzle"
    if name == "runMigrations" and ("typeorm" in text or "DataSource" in text):
        return "typeorm"
    if name == "migrate!":
        return "sqlx"
    if name in ("embed_migrations!", "run_pending_migrations"):
        return "diesel" if "diesel" in text else "refinery"
    return None
