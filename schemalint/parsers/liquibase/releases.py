"""The release of Liquibase that a project runs, as its build files say it: Maven's pom.xml, Gradle's scripts and catalogs.
Where Spring Boot chooses, its releases say which (the property liquibase.version of spring-boot-dependencies)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from posixpath import dirname

from schemalint.discover import Tree

Release = tuple[int, ...]

_NAMES = ("pom.xml", "build.gradle", "build.gradle.kts", "gradle/libs.versions.toml", "gradle.properties")
_VERSION = r"(\d{1,4}(?:\.\d{1,4}){1,3})"
_GAP = r"(?:\s|<!--[^>]{0,200}-->)*"
_CORE = re.compile(
    rf"<artifactId>\s*liquibase-core\s*</artifactId>{_GAP}<version>\s*([^<\s]{{1,100}})\s*</version>"
    r"|org\.liquibase:liquibase-core:([^\"'\s]{1,100})"
)
_BOOT = re.compile(
    rf"<artifactId>\s*spring-boot-(?:starter-parent|dependencies)\s*</artifactId>{_GAP}<version>\s*([^<\s]{{1,100}})\s*</version>"
    r"|org\.springframework\.boot[\"']?\)?\s{0,9}version[\s(]{0,9}[\"']([^\"'\s]{1,100})"
    r"|org\.springframework\.boot:spring-boot-(?:gradle-plugin|dependencies):([^\"'\s]{1,100})"
)
_CHOSEN = re.compile(
    rf"<liquibase\.version>\s*{_VERSION}\s*<|[\[(][\"']liquibase\.version[\"'][\])]\s*=\s*[\"']{_VERSION}|^liquibase\.version\s*=\s*{_VERSION}",
    re.M,
)
_REFERENCE = re.compile(r"\$\{?([\w.-]{1,100})\}?")
_PLAIN = re.compile(_VERSION)
_OF_BOOT: dict[Release, Release] = {
    (2, 7): (4, 9, 1),
    (3, 0): (4, 17, 2),
    (3, 1): (4, 20, 0),
    (3, 2): (4, 24, 0),
    (3, 3): (4, 27, 0),
    (3, 4): (4, 29, 2),
    (3, 5): (4, 31, 1),
}


def release(tree: Tree, folder: str) -> Release | None:
    """The release for the changelogs of a folder: what the nearest build files around it say, None where they say nothing
    certain."""
    while True:
        texts = [text for name in _NAMES if (text := _text(tree, f"{folder}/{name}" if folder else name)) is not None]
        said = set(_said(texts))
        if said:
            return said.pop() if len(said) == 1 else None
        if not folder:
            return None
        folder = dirname(folder)


def _text(tree: Tree, path: str) -> str | None:
    content = tree.read(path)
    return None if content is None else content.decode("utf-8", "replace")


def _said(texts: list[str]) -> Iterator[Release | None]:
    """What files that belong together say of Liquibase; of Spring Boot only where they say nothing of Liquibase itself."""
    own = [found for text in texts for found in (*_matches(_CHOSEN, text), *_matches(_CORE, text))]
    own += [found for text in texts for found in _catalogued(text, "org.liquibase:liquibase-core", None)]
    if own:
        yield from (_known(one, texts) for one in own)
        return
    boot = [found for text in texts for found in _matches(_BOOT, text)]
    boot += [found for text in texts for found in _catalogued(text, None, "org.springframework.boot")]
    for one in boot:
        known = _known(one, texts)
        yield None if known is None else _OF_BOOT.get(known[:2])


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[str]:
    for match in pattern.finditer(text):
        yield next(group for group in match.groups() if group is not None)


def _known(written: str, texts: list[str]) -> Release | None:
    """A version as numbers, that of a property where one is named."""
    reference = _REFERENCE.fullmatch(written)
    if reference is not None:
        name = re.escape(reference[1])
        pattern = re.compile(rf"<{name}>\s*{_VERSION}\s*<|\b{name}\s*=\s*[\"']?{_VERSION}")
        found = {value for text in texts for value in _matches(pattern, text)}
        written = found.pop() if len(found) == 1 else ""
    plain = _PLAIN.match(written)
    return None if plain is None else tuple(map(int, plain[1].split(".")))


def _catalogued(text: str, module: str | None, plugin: str | None) -> Iterator[str]:
    """The versions that a version catalog of Gradle has for a library or a plugin."""
    if "[versions]" not in text and "[libraries]" not in text and "[plugins]" not in text:
        return
    try:
        said = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return
    for section, wanted in (("libraries", module), ("plugins", plugin)):
        entries = said.get(section)
        for entry in entries.values() if isinstance(entries, dict) else ():
            version = _of_entry(entry, wanted)
            reference = version.get("ref") if isinstance(version, dict) else None
            versions = said.get("versions")
            if isinstance(reference, str) and isinstance(versions, dict):
                version = versions.get(reference)
            if isinstance(version, str):
                yield version


def _of_entry(entry: object, wanted: str | None) -> object:
    """The version that an entry gives what is wanted, None for an entry of anything else."""
    if isinstance(entry, str) and wanted is not None and entry.startswith(f"{wanted}:"):
        return entry.removeprefix(f"{wanted}:")
    if not isinstance(entry, dict):
        return None
    named = entry.get("module") or entry.get("id") or f"{entry.get('group')}:{entry.get('name')}"
    return entry.get("version") if named == wanted else None
