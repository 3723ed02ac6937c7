"""What configuration says of Flyway: its own flyway.conf and flyway.toml, Spring's and Quarkus' application files, and the
plugins of Maven and Gradle (documentation.red-gate.com/flyway/reference/configuration)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from posixpath import basename, dirname

from schemalint import yamltext
from schemalint.deployment.places import judged
from schemalint.discover import Tree
from schemalint.model.deployment import FlywaySettings
from schemalint.model.span import SourceFile

_APPLICATION = re.compile(r"application(?:-[\w-]+)?\.(?:properties|ya?ml)")
_PROPERTY = re.compile(r"^[ \t]*(?:(?:spring|quarkus)\.)?flyway\.([\w.-]+)[ \t]*[=:][ \t]*([^\r\n]*)", re.M)
_PREFIXES = ("spring.flyway.", "quarkus.flyway.", "flyway.")
_NODES = 2_000
_PLUGIN = "<artifactId>flyway-maven-plugin</artifactId>"
_NOTE = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_ELEMENT = re.compile(r"<([\w.-]+)>([^<>]*)</\1>")
_GRADLE = re.compile(r"^[ \t]*flyway[ \t]*\{", re.M)
_SET = re.compile(r"^[ \t]*(\w+)[ \t]*(?:=|\.set\(|[ \t](?=['\"\[]))[ \t]*(.+)$", re.M)
_TEXT = re.compile(r"""["']([^"'\n]*)["']""")
_PAIR = re.compile(r"""["']?([\w.-]+)["']?[ \t]*(?::|to\b|,)[ \t]*["']([^"'\n]*)["']""")
Setting = tuple[str, str]


def read(tree: Tree) -> Iterator[FlywaySettings]:
    """Every file that sets something, in path order. Tests and examples are left out."""
    for path in tree.paths:
        reader = _reader(basename(path))
        if reader is None or not judged(path) or b"flyway" not in (tree.read(path) or b"").lower():
            continue
        file = tree.file(path)
        found = dict(reader(file)) if file is not None else {}
        if found or basename(path) in ("flyway.conf", "flyway.toml"):
            own = {_plain(key): value for key, value in found.items() if not key.startswith("placeholders.")}
            given = {
                key.partition(".")[2].lower(): value for key, value in found.items() if key.startswith("placeholders.")
            }
            yield FlywaySettings(_base(path), path, tuple(sorted(own.items())), tuple(sorted(given.items())))


def _reader(name: str):  # type: ignore[no-untyped-def]
    if name == "flyway.toml":
        return _toml
    if name == "flyway.conf" or (_APPLICATION.fullmatch(name) and name.endswith(".properties")):
        return _properties
    if _APPLICATION.fullmatch(name):
        return _yaml
    return {"pom.xml": _maven, "build.gradle": _gradle, "build.gradle.kts": _gradle}.get(name)


def _base(path: str) -> str:
    """The folder of the project that a file belongs to."""
    before, resources, _ = f"/{path}".partition("/src/main/resources/")
    if resources:
        return before.strip("/")
    folder = dirname(path)
    return dirname(folder) if basename(folder) in ("conf", "config") else folder


def _plain(key: str) -> str:
    return key.replace("-", "").replace("_", "").lower()


def _properties(file: SourceFile) -> Iterator[Setting]:
    for match in _PROPERTY.finditer(file.text):
        yield re.sub(r"\[\d+\]$", "", match[1]), match[2].strip()


def _toml(file: SourceFile) -> Iterator[Setting]:
    try:
        data = tomllib.loads(file.text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return
    own = data.get("flyway")
    for key, value in own.items() if isinstance(own, dict) else ():
        if isinstance(value, dict):
            yield from ((f"{key}.{name}", str(one)) for name, one in value.items() if not isinstance(one, dict | list))
        else:
            yield key, _text(value)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(str(one) for one in value) if isinstance(value, list) else str(value)


def _yaml(file: SourceFile) -> Iterator[Setting]:
    top = yamltext.load(file)
    if top is None:
        return
    for key, (_, value) in top.entries().items():
        for prefix in _PREFIXES:
            if f"{key}.".startswith(prefix):
                yield from _node(f"{key}.".removeprefix(prefix).rstrip("."), value)
    for outer in ("spring", "quarkus"):
        below = top.get(outer)
        for key, (_, value) in below.entries().items() if below else ():
            if key == "flyway":
                yield from _node("", value)
            elif key.startswith("flyway."):
                yield from _node(key.removeprefix("flyway."), value)


def _node(key: str, node: yamltext.Node) -> Iterator[Setting]:
    """The settings below a node: scalars and lists, and one more level of names."""
    pending = [(key, node)]
    for _ in range(_NODES):  # aliases may stand for one another many times over
        if not pending:
            return
        name, here = pending.pop()
        if here.pairs is not None and name.count(".") < 3:
            pending += ((f"{name}.{inner}".lstrip("."), value) for inner, (_, value) in here.entries().items())
        elif here.items is not None or (here.text is not None and not here.is_null):
            yield name, ",".join(one.text or "" for one in here.scalars())


def _maven(file: SourceFile) -> Iterator[Setting]:
    text = _NOTE.sub("", file.text)
    for match in _ELEMENT.finditer(text):
        if match[1].startswith("flyway."):
            yield match[1].removeprefix("flyway."), match[2].strip()
    at = text.find(_PLUGIN)
    begin = text.find("<configuration>", at)
    end = text.find("</plugin>", at)
    if at < 0 or not at < begin < end:
        return
    inner = text[begin : text.find("</configuration>", begin, end)]
    given, inner = _section(inner, "placeholders")
    places, inner = _section(inner, "locations")
    yield from ((f"placeholders.{match[1]}", match[2].strip()) for match in _ELEMENT.finditer(given))
    if places:
        yield "locations", ",".join(match[2].strip() for match in _ELEMENT.finditer(places))
    yield from ((match[1], match[2].strip()) for match in _ELEMENT.finditer(inner))


def _section(text: str, name: str) -> tuple[str, str]:
    """What stands in an element, and the text without it."""
    begin, end = text.find(f"<{name}>"), text.find(f"</{name}>")
    if not 0 <= begin < end:
        return "", text
    return text[begin + len(name) + 2 : end], text[:begin] + text[end:]


def _gradle(file: SourceFile) -> Iterator[Setting]:
    start = _GRADLE.search(file.text)
    if start is None:
        return
    end = file.text.find("\n}", start.end())
    block = file.text[start.end() : end if end >= 0 else len(file.text)]
    for match in _SET.finditer(block):
        if match[1] == "placeholders":
            yield from ((f"placeholders.{pair[1]}", pair[2]) for pair in _PAIR.finditer(match[2]))
        else:
            yield from _gradle_value(match[1], match[2], _TEXT.findall(match[2]))


def _gradle_value(key: str, written: str, texts: Iterable[str]) -> Iterator[Setting]:
    found = ",".join(texts)
    if found:
        yield key, found
    elif written.strip() in ("true", "false"):
        yield key, written.strip()
