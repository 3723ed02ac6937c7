"""Build constraints: which Go files no build for a Linux server holds (https://pkg.go.dev/cmd/go#hdr-Build_constraints)."""

from __future__ import annotations

import re

_LINE = re.compile(r"^//go:build[ \t]+(\S[^\r\n]*)$", re.MULTILINE)
_OLD = re.compile(r"^//[ \t]*\+build[ \t]+(\S[^\r\n]*)$", re.MULTILINE)
_PACKAGE = re.compile(r"^package\s", re.MULTILINE)
_WORD = re.compile(r"\s*(&&|\|\||[!()]|[\w.]+)")
_SYSTEMS = frozenset(
    """aix android darwin dragonfly freebsd hurd illumos ios js nacl netbsd openbsd plan9 solaris wasip1 windows
    zos""".split()  # noqa: SIM905
)
_MACHINES = frozenset(
    """386 amd64 amd64p32 arm arm64 arm64be armbe loong64 mips mips64 mips64le mips64p32 mips64p32le mipsle ppc ppc64
    ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm""".split()  # noqa: SIM905
)
_STRENGTH = {"||": 1, "&&": 2}
LONGEST = 200


def constraint(text: str) -> str:
    """The constraint of a file in the form of `//go:build`, "" where there is none."""
    package = _PACKAGE.search(text)
    head = text[: package.start() if package is not None else 0]
    found = _LINE.search(head)
    if found is not None:
        return found[1]
    lines = []
    for line in _OLD.findall(head):
        options = ["(" + " && ".join(option.split(",")) + ")" for option in line.split()]
        lines.append("(" + " || ".join(options) + ")")
    return " && ".join(lines)


def never_built(path: str, expression: str) -> bool:
    """Whether no build for Linux holds a file, whatever tags it is given: by its name, or by its constraint."""
    words = path.rpartition("/")[2].removesuffix(".go").split("_")[1:]
    if words and words[-1] in _MACHINES:
        words.pop()
    if words and words[-1] in _SYSTEMS:
        return True
    return bool(expression) and _holds(expression) is False


def _holds(expression: str) -> bool | None:
    """Whether a constraint holds on Linux; None where a tag that may be given, or the machine, decides it."""
    values: list[bool | None] = []
    waiting: list[str] = []

    def reduce() -> bool:
        operator = waiting.pop()
        if operator == "!":
            if not values:
                return False
            value = values.pop()
            values.append(None if value is None else not value)
            return True
        if len(values) < 2:
            return False
        right, left = values.pop(), values.pop()
        decisive = operator == "||"
        either = decisive in (left, right)
        values.append(decisive if either else None if None in (left, right) else not decisive)
        return True

    words = _WORD.findall(expression)
    if len(words) > LONGEST:
        return None
    for word in words:
        if word in ("!", "("):
            waiting.append(word)
        elif word == ")":
            while waiting and waiting[-1] != "(":
                if not reduce():
                    return None
            if not waiting:
                return None
            waiting.pop()
        elif word in _STRENGTH:
            while waiting and waiting[-1] != "(" and _STRENGTH.get(waiting[-1], 3) >= _STRENGTH[word]:
                if not reduce():
                    return None
            waiting.append(word)
        else:
            values.append(_tag(word))
    while waiting:
        if waiting[-1] == "(" or not reduce():
            return None
    return values[0] if len(values) == 1 else None


def _tag(word: str) -> bool | None:
    if word in ("linux", "unix", "gc"):
        return True
    if word in _SYSTEMS or word == "ignore":
        return False
    return None
