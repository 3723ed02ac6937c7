"""SL608 copy-source-missing. Docs and tests: rules/SL608-copy-source-missing.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.deployment import Copy, CopySource, Deployment, Dockerfile, Presence
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, rule


@rule("SL608", "copy-source-missing", severity=Severity.ERROR, on=Deployment)
def check(self: Rule, deployment: Deployment) -> Iterator[Finding]:
    for dockerfile in deployment.dockerfiles:
        for stage in dockerfile.stages:
            for copy in stage.copies:
                for source in copy.sources:
                    if source.presence is Presence.MISSING:
                        yield _missing(self, dockerfile, copy, source)
                    elif source.presence is Presence.EXCLUDED:
                        yield _excluded(self, dockerfile, copy, source)


def _missing(self: Rule, dockerfile: Dockerfile, copy: Copy, source: CopySource) -> Finding:
    related = () if source.because is None else (Location(source.because, "this does not bring it"),)
    where = f"the build context ({dockerfile.context or 'the root of the repository'})"
    if copy.stage is not None:
        where = f"stage `{copy.stage}`"
    return self.finding(
        f"the image will not build: {source.text} is not in {where}",
        Location(source.span, "there is no such file"),
        *related,
        notes=(_says(source),),
        help="correct the path, or add the file",
        object=f"{dockerfile.path} {source.text}",
    )


def _excluded(self: Rule, dockerfile: Dockerfile, copy: Copy, source: CopySource) -> Finding:
    related = () if source.because is None else (Location(source.because, "this pattern keeps it out"),)
    return self.finding(
        f"the image will not build: .dockerignore keeps {source.text} out of the build context",
        Location(source.span, "in the repository, but not in the context"),
        *related,
        notes=(_says(source),),
        help=f"remove the pattern, or add `!{source.text.removeprefix('./')}` below it" if copy.stage is None else None,
        object=f"{dockerfile.path} {source.text}",
    )


def _says(source: CopySource) -> str:
    path = source.text.removeprefix("./").lstrip("/")
    return f'Docker: failed to calculate checksum of ref …: "/{path}": not found'
