"""Folders by their names: those that are never read, and those of tests, examples and documents, which are not judged."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from posixpath import dirname
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_NEVER = """.git .hg .svn node_modules bower_components vendor third_party site-packages __pycache__ __MACOSX
    venv .venv virtualenv .tox .nox dist build target"""
NEVER = frozenset(_NEVER.split())
"""Folders that are never read: other people's code, and output."""
NEVER_LISTED = NEVER - {"build", "target"}
"""The same where git lists the files: what it keeps below `build` is no output (Go projects have their Dockerfiles there), nor
is a `target` that it tracks and no tool builds into."""

ASIDE = frozenset(
    {"test", "tests", "testdata", "fixtures", "examples", "e2e", "docs", "benchmarks"}
    | {"__tests__", "test-data", "test_data", "test-files", "test_files"}
    | {
        "testhelpers",
        "test-helpers",
        "test_helpers",
        "testutil",
        "testutils",
        "test-utils",
        "test_utils",
        "stub",
        "stubs",
    }
)
"""Folders that are read but not judged."""
_TEST_FILE = re.compile(
    r"(?:^|/)(?:(?:tests?|conftest|test_[^/]*|[^/]*_test)\.py|[^/]*_test\.go|[^/]*\.(?:test|spec)\.[cm]?[jt]sx?)$"
)


def by_folder(paths: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The paths that stand right in each folder, in the order given; "" is the checked root."""
    found: dict[str, list[str]] = {}
    for path in paths:
        found.setdefault(dirname(path), []).append(path)
    return {folder: tuple(within) for folder, within in found.items()}


def aside(path: str, include: GitIgnoreSpec | None = None) -> str | None:
    """The outermost folder of tests, examples or documents that a path (relative to the checked root) lies in, the path
    itself when it is a test by its name, else None. What `include` matches is never aside."""
    at = -1
    while (end := path.find("/", at + 1)) >= 0:
        if path[at + 1 : end].lower() in ASIDE:
            return None if include is not None and include.match_file(path) else path[:end]
        at = end
    if _TEST_FILE.search(path) and not (include is not None and include.match_file(path)):
        return path
    return None
