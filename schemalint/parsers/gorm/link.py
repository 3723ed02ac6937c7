"""The modules of a project, each with the files that are its own: one source or more for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from schemalint.folders import aside
from schemalint.gitignore import patterns
from schemalint.model.source import Source
from schemalint.parsers import Project
from schemalint.parsers.gorm.builds import never_built
from schemalint.parsers.gorm.expressions import Data
from schemalint.parsers.gorm.module import Module
from schemalint.parsers.gorm.world import World


def sources(extracts: Mapping[str, Data], project: Project) -> Iterator[Source]:
    """One source for each module that holds models, in the order of their folders; what a module keeps in a folder of
    tests or examples is a source of its own."""
    extracts = {path: _built(path, extract) for path, extract in extracts.items()}
    world = World(extracts)
    include = patterns(project.config.include)
    grouped: dict[tuple[str, str], dict[str, Data]] = {}
    for path, extract in extracts.items():
        if path.endswith("go.work"):
            continue  # it is no module's own
        root = _root(path, world.modules.roots, project)
        away = aside(path, include)
        place = root if away is None or root == away or root.startswith(f"{away}/") else away
        manifest = f"{root}/go.mod" if root else "go.mod"
        group = grouped.setdefault((place, manifest), {})
        group[path] = extract
        if manifest in extracts:
            group[manifest] = extracts[manifest]
    for (place, manifest), group in sorted(grouped.items()):
        module = Module(place, manifest, group, world, project)
        yield from module.apart()
        for made in (module.source(), module.history()):
            if made is not None:
                yield made


def _built(path: str, extract: Data) -> Data:
    """An extract as it is, or empty but for the places of its models where no build for a server holds the file."""
    if not path.endswith(".go") or not never_built(path, extract["build"]):
        return extract
    tagged = [one["at"] for one in extract["types"] if any("tag" in entry for entry in one.get("fields", ()))]
    places = [*tagged, *(call["at"] for call in extract["calls"])]
    return {**{key: type(value)() for key, value in extract.items()}, "left_out": places[:1]}


def _root(path: str, modules: Iterable[str], project: Project) -> str:
    folder = path.rpartition("/")[0]
    above = [root for root in modules if not root or folder == root or folder.startswith(f"{root}/")]
    return max(above, key=len) if above else project.unit(path)
