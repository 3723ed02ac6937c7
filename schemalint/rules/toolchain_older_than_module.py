"""SL606 toolchain-older-than-module. Docs and tests: rules/SL606-toolchain-older-than-module.md"""

from __future__ import annotations

import re
from collections.abc import Iterator

from schemalint.folders import aside
from schemalint.model.deployment import Deployment, Dockerfile, GoModule, Stage
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, rule

_TAG = re.compile(r"1\.(\d{1,3})(?:\.(\d{1,3}))?(?:-[\w.-]+)?")
_DIRECTIVE = re.compile(r"1\.(\d{1,3})(?:\.(\d{1,3}))?")
_RUNS_GO = re.compile(
    r"\bgo\s+(?:build|test|vet|run|list|generate|mod\s+(?:download|tidy|verify|vendor)|install\s+(?!\S*@)(?!-\S+\s+\S*@)\S)"
)
_CHOOSES = re.compile(r"\bGOTOOLCHAIN\b")
_FIRST_WITH_SWITCHING = 21  # from 1.21 on, the official images set GOTOOLCHAIN=local

Version = tuple[int, int | None]


@rule("SL606", "toolchain-older-than-module", severity=Severity.ERROR, on=Deployment)
def check(self: Rule, deployment: Deployment) -> Iterator[Finding]:
    for dockerfile in deployment.dockerfiles:
        yield from _dockerfile(self, dockerfile, deployment)
    built = [module for module in deployment.go_modules if aside(module.path) is None]
    wanted = [module for module in built if _version(_DIRECTIVE, module.go_version) is not None]
    for toolchain in deployment.go_toolchains:
        has = _version(_DIRECTIVE, toolchain.version)
        # Which module a job builds is not known: only what is too old for every module is reported.
        if has is None or not wanted or not all(_older(has, module) for module in wanted):
            continue
        module = wanted[0]
        assert module.go_span is not None
        yield self.finding(
            f"CI pins Go {toolchain.version}, but {module.path} requires go {module.go_version}",
            Location(toolchain.span, f"Go {toolchain.version} is set up here"),
            Location(module.go_span, f"requires go >= {module.go_version}"),
            severity=Severity.WARNING,
            notes=(
                "with GOTOOLCHAIN=local (setup-go from v6 on, the golang images) the job stops; otherwise it"
                " downloads a newer Go and tests with that",
            ),
            help=f"pin {module.go_version} or newer, or use `go-version-file: {module.path}`",
            object=f"{toolchain.span.path} {toolchain.version}",
        )


def _dockerfile(self: Rule, dockerfile: Dockerfile, deployment: Deployment) -> Iterator[Finding]:
    seen = set()
    for number in range(len(dockerfile.stages)):
        chain = _chain(dockerfile.stages, number)
        image = chain[-1].base
        if image is None or image.name != "golang" or image.tag is None or image.span in seen:
            continue
        lines = [text for one in chain for text, _ in one.commands]
        if not any(_RUNS_GO.search(text) for text in lines) or any(_CHOOSES.search(text) for text in lines):
            continue
        module = _module(dockerfile, chain, deployment)
        has = _version(_TAG, image.tag)
        if module is None or has is None or not _older(has, module):
            continue
        needs = _version(_DIRECTIVE, module.go_version)
        assert module.go_span is not None
        assert needs is not None
        if has[0] < _FIRST_WITH_SWITCHING and needs[1] is None:
            continue  # those Go versions ignore the directive, and try
        seen.add(image.span)
        release = image.tag.partition("-")[0]
        yield self.finding(
            f"the image will not build: golang:{image.tag} is older than go {module.go_version} in {module.path}",
            Location(image.span, f"Go {release}"),
            Location(module.go_span, f"requires go >= {module.go_version}"),
            notes=(_says(has, release, module),),
            help=f"start from golang:1.{needs[0]} or newer, or lower the go line if the code allows it",
            object=f"{dockerfile.path} golang:{image.tag}",
        )


def _says(has: Version, release: str, module: GoModule) -> str:
    if has[0] < _FIRST_WITH_SWITCHING:
        return f"Go: invalid go version '{module.go_version}': must match format 1.23"
    running = release if has[1] is not None else f"{release}.x"
    return f"Go: go.mod requires go >= {module.go_version} (running go {running}; GOTOOLCHAIN=local)"


def _chain(stages: tuple[Stage, ...], number: int) -> list[Stage]:
    """The stage, and those it starts from, down to the one with an image."""
    chain = [stages[number]]
    while chain[-1].base_stage is not None:
        wanted = chain[-1].base_stage
        under = [s for at, s in enumerate(stages[:number]) if s.name == wanted or str(at) == wanted]
        if not under or under[-1] in chain:
            break
        chain.append(under[-1])
    return chain


def _module(dockerfile: Dockerfile, chain: list[Stage], deployment: Deployment) -> GoModule | None:
    """The module that the stage certainly builds: a COPY from the context brings its go.mod."""
    if dockerfile.context is None:
        return None
    context = dockerfile.context + "/" if dockerfile.context else ""
    brought = [
        source.text.removeprefix("./").lstrip("/").rstrip("/")
        for stage in chain
        for copy in stage.copies
        if copy.stage is None
        for source in copy.sources
    ]
    found = []
    for module in deployment.go_modules:
        if not module.path.startswith(context):
            continue
        path = module.path[len(context) :]
        folder = path.rpartition("/")[0]
        wanted = {path, folder, f"{folder}/go.*", f"{folder}/go.mo*"} if folder else {path, ".", "", "go.*", "go.mo*"}
        if not wanted.isdisjoint(brought):
            found.append(module)
    return found[0] if len(found) == 1 else None


def _version(pattern: re.Pattern[str], text: str | None) -> Version | None:
    found = pattern.fullmatch(text or "")
    return None if found is None else (int(found[1]), None if found[2] is None else int(found[2]))


def _older(has: Version, module: GoModule) -> bool:
    """Whether a toolchain is too old; one without a patch release is the newest of its minor."""
    needs = _version(_DIRECTIVE, module.go_version)
    if needs is None or module.go_span is None:
        return False
    if has[0] != needs[0]:
        return has[0] < needs[0]
    return has[1] is not None and needs[1] is not None and has[1] < needs[1]
