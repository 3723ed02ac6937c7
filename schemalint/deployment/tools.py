"""Which migration tool a command runs, and on which folder, as far as the command itself tells."""

from __future__ import annotations

import re

from schemalint.deployment import packages
from schemalint.model.frozen import frozen
from schemalint.shell import Command, commands

WORDS = re.compile(
    r"migrat|goose|dbmate|alembic|sequelize|flyway|liquibase|atlas|prisma|knex|typeorm|diesel|sqlx|tern|drizzle|upgrade|umzug|supabase|yoyo"
)
"""What a text must hold for one of these tools to be run in it."""


@frozen
class Run:
    """A tool and the folder as the command writes it."""

    tool: str
    folder: str | None


def run(command: Command, outer: bool = True) -> Run | None:
    """The tool that a command runs to bring a database up, None when it runs none or does something else with it. A shell is
    looked into (`sh -c`), one within a shell is not."""
    words = _contained([word.text for word in command.words])
    if words[0].rpartition("/")[2] in ("sh", "bash", "ash") and len(words) >= 3 and words[1].startswith("-"):
        inner = commands(" ".join(words[2:])) if outer else ()
        return next((found for one in inner if (found := run(one, outer=False))), None)
    words = _wrapped(words)
    if words[0] == "deno":
        package = next((at for at, word in enumerate(words) if word.startswith("npm:")), 0)
        words = [words[package].removeprefix("npm:"), *words[package + 1 :]]
    packed = packages.program(words)
    if _is_packaged(packed[0]):
        words = [packed[0].partition("@")[0], *packed[1:]]
    name = words[0].rpartition("/")[2]
    rest = words[1:]
    if name in ("python", "python3", "node", "php", "ruby", "ts-node", "tsx") and rest:
        name, rest = rest[0].rpartition("/")[2], rest[1:]
    if name in ("rails", "rake", "bin/rails"):
        return Run("rails", None) if any(word.startswith("db:") and "drop" not in word for word in rest) else None
    if name == "manage.py":
        if rest[:2] == ["db", "upgrade"]:
            return Run("alembic", None)  # Flask-Script with Flask-Migrate
        return Run("django", None) if rest[:1] == ["migrate"] else None
    if name == "artisan":
        return Run("laravel", None) if rest[:1] == ["migrate"] else None
    said = " ".join(word for word in rest if not word.startswith("-"))
    for program, verb, maker, options in _MAKERS:
        if name in (program, f"{program}-ts-node-commonjs", f"{program}-ts-node-esm") and said.startswith(verb):
            return Run(maker, _folder(rest, options))
    known = _TOOLS.get(name.removesuffix(".js").removesuffix(".ts"))
    if name == "go" and rest[:1] == ["run"] and len(rest) > 1:
        known, rest = _go_run(rest[1]), rest[2:]
    if known is None:
        return None
    tool, verbs, options = known
    plain = [word for word in rest if not word.startswith("-")]
    if verbs and not any(word in verbs for word in plain):
        return None
    return Run(tool, _folder(rest, options))


_ENGINES = frozenset({"docker", "docker-compose", "podman", "podman-compose", "nerdctl"})
_TAKES_A_WORD = frozenset(
    {"-e", "--env", "--env-file", "-u", "--user", "-w", "--workdir", "-v", "--volume", "--network", "--net", "--name"}
    | {"-p", "--publish", "--index", "--entrypoint", "--mount", "--platform", "-l", "--label", "-h", "--hostname"}
)
"""Options of `run` and `exec` that take the next word where no `=` is attached to them."""
_WRAPPERS = frozenset({"dotenv", "dotenvx", "env-cmd", "doppler", "infisical"})
"""Programs that set the environment of what stands behind `--`, or behind their options."""
_WITH_FILE = frozenset({"-e", "-f", "-v", "--file", "--env-file", "--environments"})
_PACKAGED = frozenset(
    {"prisma", "drizzle-kit", "knex", "typeorm", "typeorm-ts-node-commonjs", "typeorm-ts-node-esm", "sequelize",
     "sequelize-cli", "node-pg-migrate", "db-migrate", "mikro-orm", "supabase"}
)  # fmt: skip
_MAKERS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("prisma", "db push", "prisma-schema", ("schema",)),
    ("drizzle-kit", "push", "drizzle-schema", ()),
    ("typeorm", "schema:sync", "typeorm-entities", ()),
    ("atlas", "schema apply", "atlas-schema", ()),
)
"""Commands that make what the schema says, and run no migration: (program, its words, what runs by it, options)."""


def _contained(words: list[str]) -> list[str]:
    """What runs in a container: `docker compose exec api …`, `docker run IMAGE …`, whose image may be the tool itself."""
    verb = next((at for at, word in enumerate(words[:8]) if word in ("exec", "run")), 0)
    if words[0] not in _ENGINES or not verb:
        return words
    at = verb + 1
    while at < len(words) and words[at].startswith("-"):
        at += 2 if words[at] in _TAKES_A_WORD else 1
    inner = words[at + 1 :]
    image = words[at].partition(":")[0].rpartition("/")[2] if at < len(words) else ""
    if image in IMAGES and (not inner or inner[0] != IMAGES[image]):
        return [IMAGES[image], *inner]
    return inner or words


def _wrapped(words: list[str]) -> list[str]:
    """The command without a program in front of it that only sets its environment."""
    if words[0] in _WRAPPERS and "--" in words[1:-1]:
        return words[words.index("--") + 1 :]
    if words[0] in _WRAPPERS:
        at = 1
        while at < len(words) - 1 and (words[at].startswith("-") or words[at] == "run"):
            at += 2 if words[at] in _WITH_FILE else 1
        return words[at:]
    if words[0] == "cross-env":
        return [word for word in words[1:] if "=" not in word] or words
    return words


def _is_packaged(name: str) -> bool:
    """Whether it is a tool that npm's packages bring along; another of that name may be a script."""
    return name.partition("@")[0] in _PACKAGED


def _go_run(package: str) -> tuple[str, frozenset[str], tuple[str, ...]] | None:
    for part, tool in (
        ("golang-migrate/migrate", "migrate"),
        ("pressly/goose", "goose"),
        ("amacneil/dbmate", "dbmate"),
    ):
        if part in package:
            return _TOOLS[tool]
    return None


def _folder(words: list[str], options: tuple[str, ...]) -> str | None:
    for at, word in enumerate(words):
        name, equals, value = word.partition("=")
        option = name.lstrip("-")
        if not name.startswith("-") or option not in options:
            continue
        if not equals:
            value = words[at + 1] if at + 1 < len(words) else ""
        value = value.removeprefix("file://").removeprefix("filesystem:")
        return value if value and "$" not in value and "://" not in value else None
    return None


_TOOLS: dict[str, tuple[str, frozenset[str], tuple[str, ...]]] = {
    "migrate": ("golang-migrate", frozenset({"up", "goto"}), ("path", "source")),
    "goose": ("goose", frozenset({"up", "up-to", "up-by-one"}), ("dir",)),
    "goose-docker": ("goose", frozenset(), ("dir",)),
    "dbmate": ("dbmate", frozenset({"up", "migrate"}), ("migrations-dir", "d")),
    "alembic": ("alembic", frozenset({"upgrade"}), ()),
    "flask": ("alembic", frozenset({"upgrade"}), ("directory", "d")),
    "aerich": ("aerich", frozenset({"upgrade"}), ()),
    "yoyo": ("yoyo", frozenset({"apply"}), ()),
    "sequelize": ("sequelize-cli", frozenset({"db:migrate"}), ("migrations-path",)),
    "sequelize-cli": ("sequelize-cli", frozenset({"db:migrate"}), ("migrations-path",)),
    "flyway": ("flyway", frozenset({"migrate"}), ("locations",)),
    "liquibase": ("liquibase", frozenset({"update"}), ("changelog-file", "changeLogFile")),
    "sql-migrate": ("sql-migrate", frozenset({"up"}), ()),
    "tern": ("tern", frozenset({"migrate"}), ("migrations", "m")),
    "atlas": ("atlas", frozenset({"apply"}), ("dir",)),
    "supabase": ("supabase", frozenset({"push", "reset"}), ()),
    "prisma": ("prisma", frozenset({"deploy", "dev"}), ()),
    "drizzle-kit": ("drizzle", frozenset({"migrate"}), ()),
    "knex": ("knex", frozenset({"migrate:latest", "migrate:up"}), ("migrations-directory",)),
    "typeorm": ("typeorm", frozenset({"migration:run"}), ()),
    "typeorm-ts-node-commonjs": ("typeorm", frozenset({"migration:run"}), ()),
    "typeorm-ts-node-esm": ("typeorm", frozenset({"migration:run"}), ()),
    "node-pg-migrate": ("node-pg-migrate", frozenset({"up"}), ("migrations-dir", "m")),
    "db-migrate": ("db-migrate", frozenset({"up"}), ("migrations-dir", "m")),
    "umzug": ("umzug", frozenset({"up"}), ()),
    "diesel": ("diesel", frozenset({"run"}), ("migration-dir",)),
    "sqlx": ("sqlx", frozenset({"run"}), ("source",)),
    "sea-orm-cli": ("sea-orm", frozenset({"migrate"}), ("migration-dir", "d")),
    "refinery": ("refinery", frozenset({"migrate"}), ("p",)),
    "mikro-orm": ("mikro-orm", frozenset({"migration:up"}), ()),
}
IMAGES = {
    "migrate": "migrate",
    "goose-docker": "goose-docker",
    "goose": "goose",
    "dbmate": "dbmate",
    "flyway": "flyway",
    "liquibase": "liquibase",
    "atlas": "atlas",
    "sql-migrate": "sql-migrate",
}
"""Images whose entrypoint is the tool: last part of the image's name → the command."""
