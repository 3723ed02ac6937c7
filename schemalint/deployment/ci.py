"""The services that CI starts beside its jobs: GitHub's (and Gitea's) `services:`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.deployment.images import dialect, image
from schemalint.deployment.places import judged
from schemalint.discover import Tree
from schemalint.model.deployment import Service
from schemalint.yamltext import load

_WORKFLOW = re.compile(r"\.(?:github|gitea|forgejo)/workflows/[^/]+\.ya?ml")


def read(tree: Tree) -> Iterator[Service]:
    """Every database server that a job of a workflow starts, in path order."""
    for path in tree.paths:
        if not _WORKFLOW.fullmatch(path) or not judged(path):
            continue
        file = tree.file(path)
        root = None if file is None or "services:" not in file.text else load(file)
        jobs = None if root is None else root.get("jobs")
        for _, job in jobs.entries().values() if jobs is not None else ():
            services = job.get("services")
            for name, (key, service) in services.entries().items() if services is not None else ():
                stated = service.get("image")
                made = None if stated is None or not stated.text else image(stated.text, stated.span)
                if dialect(made) is not None:
                    yield Service(name, key.span, image=made, dialect=dialect(made), server=made)
