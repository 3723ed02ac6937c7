"""SL607 build-target-missing. Docs and tests: rules/SL607-build-target-missing.md"""

from __future__ import annotations

from collections.abc import Iterator

from schemalint.model.deployment import Deployment, GoBuild
from schemalint.model.finding import Finding, Location, Severity
from schemalint.rules import Rule, rule


@rule("SL607", "build-target-missing", severity=Severity.ERROR, on=Deployment)
def check(self: Rule, deployment: Deployment) -> Iterator[Finding]:
    for dockerfile in deployment.dockerfiles:
        for stage in dockerfile.stages:
            for build in stage.builds:
                if build.has_main is not False or build.folder is None:
                    continue
                where = build.folder or "the root of the repository"
                mains = _mains(build, deployment)
                yield self.finding(
                    f"`go build {build.package}` makes no program: {_lacks(build, where)}",
                    Location(build.span, f"{where}, as copied to {build.workdir}"),
                    notes=(
                        "Go refuses a folder without Go files, and of a package that is not `main` it writes an"
                        " archive that cannot be run",
                    ),
                    help=f"build {' or '.join(mains)}, where `package main` is" if mains else None,
                    object=f"{dockerfile.path} {build.package}",
                )


def _lacks(build: GoBuild, where: str) -> str:
    if build.package.endswith(".go"):
        return f"there is no such file in {where}"
    return f"no file in {where} is `package main`"


def _mains(build: GoBuild, deployment: Deployment) -> list[str]:
    """The programs of the same module, as `go build` wants them from its root, when they are few."""
    modules = [module.root for module in deployment.go_modules if _within(build.folder or "", module.root)]
    if not modules:
        return []
    root = max(modules, key=len)
    found = sorted(folder[len(root) :].lstrip("/") for folder in deployment.go_mains if _within(folder, root))
    return [f"./{folder}" if folder else "." for folder in found] if len(found) <= 3 else []


def _within(path: str, folder: str) -> bool:
    return not folder or path == folder or path.startswith(folder + "/")
