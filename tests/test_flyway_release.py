"""Which release of Flyway build files name."""

from __future__ import annotations

import pytest

from schemalint.discover import MemoryTree
from schemalint.histories.flywayrelease import is_before


@pytest.mark.parametrize(
    ("path", "text", "older"),
    [
        ("build.gradle", 'implementation "org.flywaydb:flyway-core:7.15.0"', True),
        ("build.gradle", "id 'org.flywaydb.flyway' version '9.1.1'", True),
        ("build.gradle.kts", 'id("org.flywaydb.flyway") version "10.4.1"', False),
        ("dependencies.gradle", 'ext["flyway.version"] = "7.15.0" // 8 needs more', True),
        ("pom.xml", "<properties><flyway.version>8.5.13</flyway.version></properties>", True),
        ("pom.xml", "<artifactId>flyway-core</artifactId>\n      <version>9.1.2</version>", False),
        ("gradle/libs.versions.toml", 'flyway = "9.0.4"', True),
        ("docker-compose.yml", "image: flyway/flyway:8.5-alpine", True),
        ("Dockerfile", "FROM flyway/flyway:11", False),
        ("build.gradle", "id 'org.springframework.boot' version '2.7.18'", True),
        ("build.gradle", "id 'org.springframework.boot' version '3.0.1'", False),
        ("pom.xml", "<artifactId>spring-boot-starter-parent</artifactId>\n<version>2.6.1</version>", True),
        ("build.gradle", 'implementation "org.flywaydb:flyway-core"', False),
    ],
)
def test_a_release_that_is_named(path: str, text: str, older: bool) -> None:
    assert is_before((9, 1, 2), MemoryTree({path: text})) is older


def test_what_is_named_counts_before_what_comes_along() -> None:
    files = {"build.gradle": "id 'org.springframework.boot' version '2.7.18'\n'org.flywaydb:flyway-core:9.8.1'"}
    assert not is_before((9, 1, 2), MemoryTree(files))
