"""Which release of Flyway a project takes, as far as its build files and images say it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from posixpath import basename

from schemalint.discover import Tree

_BUILDS = re.compile(
    r"pom\.xml|.*\.gradle(?:\.kts)?|gradle\.properties|.*\.versions\.toml|(?:.*[.-])?[Dd]ockerfile.*|.*compose.*\.ya?ml"
)
_STATED = re.compile(
    rb"(?i)flyway(?:[\w.-]{0,40})[\"'\]:>= \t]{1,12}(?:version[\"' \t=:]{1,8})?v?(\d{1,2})\.(\d{1,3})(?:\.(\d{1,4}))?"
    rb"|<artifactId>flyway-(?:core|maven-plugin)</artifactId>\s{0,80}<version>(\d{1,2})\.(\d{1,3})(?:\.(\d{1,4}))?"
)
_BOOT = re.compile(
    rb"org\.springframework\.boot[\"' \t)]{1,6}version[ \t(]{1,4}[\"'](\d)\."
    rb"|<artifactId>spring-boot-starter-parent</artifactId>\s{0,80}<version>(\d)\."
)


def is_before(release: tuple[int, int, int], tree: Tree) -> bool:
    """Whether every release that the project names is older; where it names none, whether Spring Boot brings an older one: 2.7,
    its last before 3.0, brings 8.5 (docs.spring.io/spring-boot/docs/2.7.18/reference/html/dependency-versions.html)."""
    found = list(_stated(tree))
    named = [version for version, managed in found if not managed]
    return bool(found) and all(version < release for version in named or [version for version, _ in found])


def _stated(tree: Tree) -> Iterator[tuple[tuple[int, int, int], bool]]:
    """Each release of Flyway that is named, and each that comes with a Spring Boot."""
    for path in tree.paths:
        if not _BUILDS.fullmatch(basename(path)):
            continue
        content = tree.read(path) or b""
        for match in _STATED.finditer(content) if b"lyway" in content else ():
            major, minor, patch = match.groups()[:3] if match[1] else match.groups()[3:]
            yield (int(major), int(minor), int(patch or 0)), False
        for match in _BOOT.finditer(content) if b"pring" in content else ():
            yield ((8, 5, 13) if int(match[1] or match[2]) < 3 else (9, 5, 0)), True
