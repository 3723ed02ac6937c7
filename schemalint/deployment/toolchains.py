"""Go versions that CI pins."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.deployment.images import image
from schemalint.deployment.places import judged
from schemalint.discover import Tree
from schemalint.model.deployment import GoToolchain
from schemalint.yamltext import Node, load, walk

_CI = re.compile(
    r"(?:\.github/workflows/[^/]+\.ya?ml|\.gitlab-ci\.ya?ml|\.circleci/config\.ya?ml|\.gitea/workflows/[^/]+\.ya?ml)"
)
_VERSION = re.compile(r"1\.\d+(?:\.\d+|\.x)?")
_COMMENT = re.compile(r"(?m)^\s*#.*$")
_INSTALLS = re.compile(r"\bgo\s+install\s+(?:-\S+\s+)*\S+@")
_BUILDS = re.compile(r"\bgo\s+(?:build|test|vet|run|list|generate|tool|work|get|mod\s+(?!init\b)|install\s+(?!\S*@))")
_MAY_BUILD = re.compile(r"\b(?:make|task|mage|just|bazel|goreleaser|golangci-lint|docker|npm|sh|bash)\b|\.sh\b|\./")
_REFERENCE = re.compile(r"\$\{\{\s*(env|matrix)\.([\w-]+)\s*\}\}")


def read(tree: Tree) -> Iterator[GoToolchain]:
    """Every pinned version, at the place that states it, in path order. Ranges and `stable` pin nothing."""
    for path in tree.paths:
        if not _CI.fullmatch(path) or not judged(path):
            continue
        file = tree.file(path)
        root = None if file is None or "go" not in file.text else load(file)
        if root is None:
            continue
        jobs = root.get("jobs")
        seen = set()
        for scope in [value for _, value in jobs.entries().values()] if jobs is not None else [root]:
            if jobs is not None and _installs_tools_only(scope):
                continue
            for node in walk(scope):
                for pinned in _pinned(node, scope, root):
                    if pinned.span not in seen and _VERSION.fullmatch(pinned.text or ""):
                        seen.add(pinned.span)
                        yield GoToolchain((pinned.text or "").removesuffix(".x"), pinned.span)


def _installs_tools_only(job: Node) -> bool:
    """Whether a job of GitHub certainly needs its Go for `go install tool@version` alone, which no go.mod here concerns."""
    runs, uses = [], []
    for node in walk(job):
        runs += [_COMMENT.sub("", run.text or "") for run in (node.get("run"),) if run is not None]
        uses += [use.text or "" for use in (node.get("uses"),) if use is not None]
    return (
        any(_INSTALLS.search(run) for run in runs)
        and not any(_BUILDS.search(run) or _MAY_BUILD.search(run) for run in runs)
        and all(use.startswith("actions/") for use in uses)
    )


def _pinned(node: Node, job: Node, root: Node) -> Iterator[Node]:
    version = node.get("go-version")
    if version is not None and node.get("go-version-file") is None:
        for item in version.scalars():
            yield from _resolve(item, job, root)
    stated = node.get("image")
    if stated is not None:
        stated = stated if stated.text is not None else stated.get("name")
    if stated is not None and stated.text:
        found = image(stated.text, stated.span)
        if found.name in ("golang", "cimg/go") and found.tag:
            yield Node(stated.span, text=found.tag.partition("-")[0])


def _resolve(item: Node, job: Node, root: Node) -> Iterator[Node]:
    """The scalars that a version stands for: itself, or what `env.NAME` and `matrix.NAME` hold."""
    reference = _REFERENCE.fullmatch(item.text or "")
    if reference is None:
        yield item
    elif reference.group(1) == "env":
        found = job.get("env", reference.group(2)) or root.get("env", reference.group(2))
        if found is not None:
            yield from found.scalars()
    else:
        found = job.get("strategy", "matrix", reference.group(2))
        if found is not None:
            yield from found.scalars()
