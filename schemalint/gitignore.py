"""What git lists, and patterns as in .gitignore files, for trees that it does not list and for paths that are not there yet."""

from __future__ import annotations

import os
import re
import stat
import subprocess
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from posixpath import dirname, normpath
from typing import TYPE_CHECKING, Any
from warnings import catch_warnings, simplefilter

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_LIMIT = 1_000_000  # bytes of one ignore file
_BUILDERS = (b"pom.xml", b"Cargo.toml", b"build.sbt", b"build.xml", b"project.clj", b"dbt_project.yml")
"""Manifests of tools that put what they build into `target`."""


def repository(path: Path) -> Path | None:
    """The top of the work tree that an absolute path lies in: the nearest folder with a `.git`."""
    return next((folder for folder in (path, *path.parents) if (folder / ".git").exists()), None)


def git_files(root: Path) -> list[bytes] | None:
    """What git tracks or would track below a folder; None where git cannot tell."""
    names = None if repository(root) is None else _ls_files(root, "--cached", "--others", "--exclude-standard")
    # Nothing at all: an empty project, or a folder that the repository around it ignores but that was asked for.
    return names or None


def tracked_targets(root: Path, listed: Iterable[bytes]) -> tuple[str, ...]:
    """The folders called `target` that git tracks and no tool builds into, each with a slash at its end. Git is asked a second
    time only where it lists such a folder at all."""
    listed = tuple(listed)
    found = {name[: name.index(b"/target/") + 1] for name in listed if b"/target/" in name}
    found |= {b""} if any(name.startswith(b"target/") for name in listed) else set()
    built = frozenset(listed if found else ())
    places = [above for above in found if not any(above + manifest in built for manifest in _BUILDERS)]
    if not places:
        return ()
    tracked = _ls_files(root, "--cached", "--", "target/*", "*/target/*") or []
    return tuple(
        f"{above.decode('utf-8', 'replace')}target/"
        for above in sorted(places)
        if any(name.startswith(above + b"target/") for name in tracked)
    )


def _ls_files(root: Path, *words: str) -> list[bytes] | None:
    """What `git ls-files` says, None where git cannot tell.

    The repository's own configuration may name programs to run: those that a listing could start are switched off, and
    so is every transport, since a partial clone may fetch what it lacks. Of the environment nothing that steers git is
    passed on: inside a hook it may point at another repository.
    """
    environment = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    environment |= {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    environment |= {"GIT_NO_LAZY_FETCH": "1", "GIT_ALLOW_PROTOCOL": "none"}
    settings = ("core.fsmonitor=false", f"core.hooksPath={os.devnull}", f"core.excludesFile={os.devnull}")
    command = ["git", *(word for setting in settings for word in ("-c", setting)), "ls-files", "-z", *words]
    try:
        done = subprocess.run(
            command, cwd=root, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=60, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None  # no git, a repository of someone else, a broken one
    return [name for name in done.stdout.split(b"\0") if name]


def patterns(lines: Iterable[str]) -> GitIgnoreSpec | None:
    """Patterns as in .gitignore files, None when there are none. What is no pattern is passed over, as git does."""
    from pathspec import GitIgnoreSpec

    found: list[Any] = []  # pathspec has renamed the class of its patterns between versions
    with catch_warnings():
        simplefilter("ignore")  # "[[]": a nested set, says `re`
        for line in lines:
            # Each star multiplies what a match may cost: patterns that could only be meant to hang us are dropped.
            deep = line.count("**")
            if len(line) <= 1000 and deep <= 2 and line.count("*") - 2 * deep <= 3 and len(found) < 20_000:
                with suppress(ValueError, re.error):
                    found.extend(GitIgnoreSpec.from_lines([line]).patterns)
    return GitIgnoreSpec(found) if found else None


class IgnoreFiles:
    """The .gitignore files of a work tree, from its top down to the root that is checked and below it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._specs: dict[str, GitIgnoreSpec | None] = {}  # by folder relative to the root
        self._above: list[tuple[str, GitIgnoreSpec]] | None = None  # from the top down: how to spell the root there

    def matches(self, name: str) -> bool:
        """Whether the patterns match this path itself; folders end in `/`. Patterns nearer to it decide."""
        folder = dirname(name.rstrip("/"))
        while True:
            spec = self._spec(folder)
            if spec is not None:
                said = spec.check_file(name[len(folder) + 1 :] if folder else name).include
                if said is not None:
                    return said
            if not folder:
                break
            folder = dirname(folder)
        for prefix, spec in reversed(self._tops()):
            said = spec.check_file(prefix + name).include
            if said is not None:
                return said
        return False

    def ignored(self, path: str) -> bool:
        """Whether git would ignore a file or folder of that name: it or a folder above it is matched."""
        parts = normpath(path).split("/")
        folders = ["/".join(parts[:count]) + "/" for count in range(1, len(parts) + 1)]
        return any(map(self.matches, folders)) or self.matches("/".join(parts))

    def _spec(self, folder: str) -> GitIgnoreSpec | None:
        if folder not in self._specs:
            self._specs[folder] = _ignore_file(self._root / folder / ".gitignore")
        return self._specs[folder]

    def _tops(self) -> list[tuple[str, GitIgnoreSpec]]:
        if self._above is None:
            top = repository(self._root)
            folders = [] if top is None else [folder for folder in self._root.parents if folder.is_relative_to(top)]
            places = [(top / ".git/info/exclude", top)] if top is not None else []
            places += [(folder / ".gitignore", folder) for folder in reversed(folders)]
            self._above = []
            for place, base in places:
                inside = self._root.relative_to(base).as_posix()
                prefix = "" if inside == "." else f"{inside}/"
                spec = _ignore_file(place)
                # What ignores the root itself does not count: the root was asked for by name.
                if spec is not None and not (prefix and spec.match_file(prefix)):
                    self._above.append((prefix, spec))
        return self._above


def _ignore_file(path: Path) -> GitIgnoreSpec | None:
    try:
        if not stat.S_ISREG(os.lstat(path).st_mode):
            return None
        with path.open("rb") as stream:
            lines = stream.read(_LIMIT).decode("utf-8", "replace").splitlines()
    except OSError:
        return None
    return patterns(lines)
