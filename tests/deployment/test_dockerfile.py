"""Instructions and stages as buildkit's own parser gives them for the same text."""

from __future__ import annotations

import pytest

from schemalint.deployment import read, stages
from schemalint.deployment.instructions import instructions
from schemalint.deployment.stages import CopyStep, RunStep
from schemalint.discover import MemoryTree
from schemalint.model.deployment import Presence
from schemalint.model.span import SourceFile

BACKTICK = """# syntax=docker/dockerfile:1
# escape=`
ARG V=1.22
FROM --platform=$BUILDPLATFORM golang:${V}-alpine AS Build
RUN echo a `
  # comment
  && go build -o /x `

  ./cmd
COPY --from=0 --chown=a:b ["a b", "c"] /dst/
"""
HEREDOCS = """FROM alpine as base
RUN <<EOF
echo hi
go build -o /y ./z
EOF
COPY <<-"A" <<B /etc/
\ta
\tA
b
B
from base AS two
ENV A=b C="d e" F='g'
ENV OLD style value
WORKDIR /srv
workdir sub
ADD --checksum=x https://e.x/a.tgz .
COPY --link a b \\
   # c
   c ./
ONBUILD COPY x y
ENTRYPOINT ["a", "b"]
CMD a | b
"""


def test_continuations_comments_and_the_escape_directive() -> None:
    found = [(one.keyword, " ".join(one.text.split())) for one in instructions(SourceFile("Dockerfile", BACKTICK))]
    assert found[:3] == [
        ("ARG", "V=1.22"),
        ("FROM", "--platform=$BUILDPLATFORM golang:${V}-alpine AS Build"),
        ("RUN", "echo a && go build -o /x ./cmd"),
    ]


def test_heredocs_are_bodies_and_not_instructions() -> None:
    found = list(instructions(SourceFile("Dockerfile", HEREDOCS)))
    assert [one.keyword for one in found] == (
        ["FROM", "RUN", "COPY", "FROM", "ENV", "ENV", "WORKDIR", "WORKDIR", "ADD", "COPY", "ENTRYPOINT", "CMD"]
    )
    assert [body for body, _ in found[1].heredocs] == ["echo hi\ngo build -o /y ./z\n"]
    assert [body for body, _ in found[2].heredocs] == ["\ta\n", "b\n"]


def test_stages_bases_and_what_env_and_workdir_leave() -> None:
    file = SourceFile("Dockerfile", HEREDOCS)
    base, two = stages.read(file, frozenset())
    assert base.base is not None
    assert (base.name, base.base.name, base.base.tag) == ("base", "alpine", None)
    assert (two.name, two.parent, two.folder) == ("two", 0, "/srv/sub")
    assert two.values == {"A": "b", "C": "d e", "F": "g", "OLD": "style value"}
    copy = two.steps[-1]
    assert isinstance(copy, CopyStep)
    assert [source for _, _, source in copy.sources] == ["a", "b", "c"]
    assert [file.slice(span) for _, span, _ in copy.sources] == ["a", "b", "c"]
    run = base.steps[0]
    assert isinstance(run, RunStep)
    assert [[word.text for word in command.words] for command in run.commands] == [
        ["echo", "hi"],
        ["go", "build", "-o", "/y", "./z"],
    ]


def test_argument_defaults_make_the_tag_unless_something_sets_them() -> None:
    file = SourceFile("Dockerfile", BACKTICK)
    known, unknown = stages.read(file, frozenset())[0].base, stages.read(file, frozenset({"V"}))[0].base
    assert known is not None
    assert known.tag == "1.22-alpine"
    assert unknown is not None
    assert (unknown.name, unknown.tag) == ("golang", None)
    assert file.slice(known.span) == "golang:${V}-alpine"


BUILDER = "FROM golang:1.24 AS b\nWORKDIR /app\nCOPY . .\n{run}\nFROM alpine\nCOPY --from=b {path} /x\n"


@pytest.mark.parametrize(
    ("run", "path", "presence"),
    [
        ("RUN go mod download", "/app/config.yaml", Presence.MISSING),
        ("RUN go mod download", "/app/config/config.yaml", Presence.PRESENT),
        ("RUN go mod download", "/app/config", Presence.PRESENT),
        ("RUN apk add git && mkdir -p /app/logs", "/app/settings.yaml", Presence.MISSING),
        ("RUN mkdir -p /app/migrations", "/app/migrations", Presence.UNKNOWN),
        ("RUN make", "/app/config.yaml", Presence.UNKNOWN),
        ("RUN cp config/config.yaml .", "/app/config.yaml", Presence.UNKNOWN),
        ("RUN echo a > config.yaml", "/app/config.yaml", Presence.UNKNOWN),
        ("RUN --mount=type=bind,target=/s true", "/app/config.yaml", Presence.UNKNOWN),
        ("RUN go build -o app .", "/app/app", Presence.UNKNOWN),
        ("RUN go build -o /bin/x.cfg .", "/app/y.cfg", Presence.MISSING),
        ("COPY --from=other / /app", "/app/config.yaml", Presence.UNKNOWN),
        ("ADD https://e.x/config.yaml .", "/app/config.yaml", Presence.UNKNOWN),
        ("RUN true", "/etc/passwd", Presence.UNKNOWN),
        ("RUN true", "/other/config.yaml", Presence.UNKNOWN),
        ("RUN true", "/app/*.yaml", Presence.UNKNOWN),
        ("RUN true", "/app/secret.txt", Presence.EXCLUDED),
        ("RUN true", "/app/kept.txt", Presence.UNKNOWN),
    ],
)
def test_what_a_stage_certainly_holds(run: str, path: str, presence: Presence) -> None:
    tree = MemoryTree(
        {
            "Dockerfile": BUILDER.format(run=run, path=path),
            "config/config.yaml": "",
            "secret.txt": "",
            ".dockerignore": "secret.txt\n",
        },
        ignored=["kept.txt"],
    )
    (dockerfile,) = read(tree).dockerfiles
    assert dockerfile.context == ""
    assert dockerfile.stages[1].copies[0].sources[0].presence is presence


def test_the_context_is_what_is_said_and_never_guessed() -> None:
    files = {"docker/Dockerfile": "FROM alpine\nCOPY app.conf /\n", "other/app.conf": ""}
    assert read(MemoryTree(files)).dockerfiles[0].context is None
    assert read(MemoryTree({**files, "docker/app.conf": ""})).dockerfiles[0].context == "docker"
    assert read(MemoryTree({**files, "docker/app.conf": "", "app.conf": ""})).dockerfiles[0].context is None
    said = "image:\n\tdocker build -t x:$(V) -f docker/Dockerfile other\n"
    assert read(MemoryTree({**files, "Makefile": said})).dockerfiles[0].context == "other"
    workflow = (
        "jobs:\n  a:\n    steps:\n    - uses: docker/build-push-action@v6\n"
        "      with: {context: other, file: docker/Dockerfile}\n"
    )
    assert read(MemoryTree({**files, ".github/workflows/a.yml": workflow})).dockerfiles[0].context == "other"
