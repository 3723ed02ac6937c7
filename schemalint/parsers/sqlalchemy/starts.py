"""What the rest of a project says of a call that creates tables: whether anything imports or starts the file that it stands in,
and whether revisions are marked as done after it.

A script that somebody runs by hand, once, is no part of what runs at every start.
"""

from __future__ import annotations

import re
from posixpath import basename, dirname, splitext

from schemalint.folders import aside
from schemalint.model.span import SourceFile
from schemalint.parsers import Project
from schemalint.parsers.sqlalchemy.calls import stamped
from schemalint.pysource.modules import Unreadable, parse

_USUAL = frozenset(
    {"__init__", "__main__", "main", "app", "application", "api", "asgi", "wsgi", "server", "run", "start", "manage"}
    | {"index", "bot", "worker", "celery", "handler", "lambda_function", "streamlit_app", "gunicorn_conf", "conftest"}
)
"""Names by which a server or a platform finds a program without being told in the project."""
_SUFFIXES = frozenset(
    {".py", ".sh", ".bash", ".bat", ".ps1", ".cmd", ".yml", ".yaml", ".toml", ".cfg", ".ini", ".json"}
)
_NAMES = re.compile(
    r"(?i)dockerfile|containerfile|makefile|justfile|procfile|entrypoint|crontab|\.mk$|\.service$|\.conf$"
)


class Starts:
    """Answers for the files of one project, each once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._known: dict[str, bool] = {}

    def by_nothing(self, path: str) -> bool:
        """Whether no other file names this one as a module or as a file, so far as the project shows."""
        stem = splitext(basename(path))[0]
        if stem in _USUAL or basename(dirname(path)) == "versions":
            return False
        if stem not in self._known:
            self._known[stem] = not self._named(stem, path)
        return self._known[stem]

    def _named(self, stem: str, own: str) -> bool:
        word = re.escape(stem.encode())
        imported = rb"\b(?:from\s{1,4}[\w.]{0,120}|import\s[^\n]{0,120})\b%b\b" % word
        started = rb"[\w-][./]%b\b|\b%b(?:\.py\b|:\w)|(?:^|[(,])[ \t]{0,20}%b[ \t]{0,4}(?:[,)]|$)" % (word, word, word)
        names = re.compile(rb"(?m)%b|%b" % (imported, started))
        for path in self._project.tree.paths:
            name = basename(path)
            if path == own or not (splitext(name)[1] in _SUFFIXES or "." not in name or _NAMES.search(name)):
                continue
            content = self._project.tree.read(path) if aside(path) is None else None
            if content is not None and stem.encode() in content and names.search(content):
                return True
        return False


def stamped_for(function: str | None, project: Project) -> bool:
    """Whether a function elsewhere that names the one of a call marks revisions as done."""
    if function is None or function.startswith("__"):
        return False
    named = re.compile(rb"\b" + re.escape(function.encode()) + rb"\b")
    for path in project.tree.paths:
        content = project.tree.read(path) if path.endswith(".py") and not is_test(path) else None
        file = (
            project.tree.file(path) if content is not None and b"stamp" in content and named.search(content) else None
        )
        if file is not None and function in _stamped_in(file):
            return True
    return False


def _stamped_in(file: SourceFile) -> frozenset[str | None]:
    try:
        return stamped(parse(file)[0])
    except Unreadable:
        return frozenset()


def is_test(path: str) -> bool:
    """Whether a file is a test by its name."""
    name = basename(path)
    return name == "conftest.py" or name.startswith("test_") or name.endswith("_test.py")
