"""npm, yarn, pnpm and bun: which scripts of a package.json a command starts, and which program it runs."""

from __future__ import annotations

from collections.abc import Iterator

MANAGERS = frozenset({"npm", "yarn", "pnpm", "bun", "turbo"})
_VALUED = frozenset({"--prefix", "-w", "--workspace", "--filter", "-F", "-C", "--cwd", "--dir"})
"""Options of those that have a value behind them."""
_FLAGS = frozenset({"-w"})  # of pnpm and yarn: the workspace's root, without a value
_RUN = frozenset({"run", "run-script"})
_EXEC = frozenset({"exec", "dlx", "x"})
_INSTALL = frozenset({"ci", "install", "i", "add"})
_AFTER_INSTALL = ("preinstall", "install", "postinstall", "prepare")
_SEVERAL = frozenset({"npm-run-all", "run-s", "run-p", "concurrently"})
"""Programs that run several scripts of a package.json."""


def scripts(words: list[str]) -> Iterator[str]:
    """The scripts that `npm run x`, `yarn workspace a x`, `run-s x y` and their like start; `x:*` is each that begins so."""
    if words[0] in _SEVERAL:
        yield from (word.removeprefix("npm:") for word in words[1:] if not word.startswith("-"))
    if words[0] not in MANAGERS:
        return
    plain = _plain(words)
    if plain[:1] and plain[0] in _RUN:
        plain = plain[1:]
    if not plain or plain[0] in _INSTALL:
        yield from _AFTER_INSTALL
    else:
        yield from (plain[0], f"pre{plain[0]}", f"post{plain[0]}")


def stated(words: list[str]) -> str | None:
    """The script that a command runs by its name and that must be there: `npm run x`. None for anything else."""
    plain = _plain(words) if words[0] in MANAGERS else []
    if len(plain) < 2 or plain[0] not in _RUN or "--if-present" in words or {".", "/"} & set(plain[1]):
        return None
    return plain[1]


def program(words: list[str]) -> list[str]:
    """The program that a command runs out of the installed packages, with its arguments: `yarn prisma migrate deploy`,
    `pnpm --filter api exec prisma migrate deploy`. The words themselves, where it does no such thing."""
    if words[0] not in MANAGERS:
        return words
    plain = _plain(words)
    if plain[:1] and plain[0] in _RUN | _EXEC:
        plain = plain[1:]
    return plain or words


def _plain(words: list[str]) -> list[str]:
    """The words behind a manager's name without its options, and without the workspace that it runs in. What stands behind the
    first of them is the program's, or the script's."""
    at = 1
    while at < len(words) and (words[at].startswith("-") or words[at] == "workspace"):
        alone = words[at] in _FLAGS and words[0] != "npm"
        at += 2 if (words[at] in _VALUED and not alone) or words[at] == "workspace" else 1
    first, rest = words[at : at + 1], words[at + 1 :]
    if first and first[0] in _RUN | _EXEC:
        while rest and rest[0].startswith("-"):
            rest = rest[2:] if rest[0] in _VALUED else rest[1:]
    return [*first, *(word for word in rest if word != "--")]
