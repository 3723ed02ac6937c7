"""Who runs a migration tool, what is switched off, what is embedded, and that hostile input does no harm."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from schemalint.deployment import read
from schemalint.discover import MemoryTree
from schemalint.model.span import SourceFile
from schemalint.rules import pages
from schemalint.yamltext import load
from tests.pages import sections

NPM = '{"scripts": {"m": "npx sequelize-cli db:migrate --migrations-path db/migrations"}}'
WORKFLOW = """jobs:
  a:
    steps:
    - run: |
        migrate -source file://db/migrations -database x up
"""
SERVICE = """services:
  m:
    image: migrate/migrate:v4
    command: -path=/m -database x up
    volumes: ['./db/migrations:/m']
"""
MIGRATE_GO = """package main

import "github.com/golang-migrate/migrate/v4"

func main() {
	m, _ := migrate.New("file://db/migrations", u)
	_ = m
}
"""
GOOSE_GO = """package main

import "github.com/pressly/goose/v3"

func main() { goose.Up(db, "db/migrations") }
"""
HISTORY = {"db/migrations/000001_a.up.sql": "CREATE TABLE a (id INT);"}


@pytest.mark.parametrize(
    ("path", "text", "tool", "where"),
    [
        ("Makefile", "D = db/migrations\nup:\n\t@migrate -path $(D) -database $(URL) up\n", "golang-migrate", "make"),
        ("Makefile", "up:\n\tcd db && goose -dir=migrations postgres x up\n", "goose", "make"),
        ("run.sh", "set -e\nexec dbmate --migrations-dir ./db/migrations up\n", "dbmate", "script"),
        ("package.json", NPM, "sequelize-cli", "script"),
        ("Makefile", "up:\n\tdocker compose exec -T -u app api goose -dir db/migrations postgres x up\n", "goose", "make"),
        ("Makefile", "up:\n\tdocker compose -f a.yml run --rm api migrate -path db/migrations up\n", "golang-migrate", "make"),
        ("run.sh", "docker run --rm -v $PWD/db:/db migrate/migrate -path db/migrations up\n", "golang-migrate", "script"),
        (".github/workflows/d.yml", WORKFLOW, "golang-migrate", "ci"),
        ("Dockerfile", 'FROM alpine\nCMD ["migrate", "-path", "db/migrations", "up"]\n', "golang-migrate", "image"),
        ("docker-compose.yml", SERVICE, "golang-migrate", "compose"),
        ("main.go", MIGRATE_GO, "golang-migrate", "code"),
        ("cmd/m/main.go", GOOSE_GO, "goose", "code"),
    ],
)  # fmt: skip
def test_a_tool_is_run_on_the_folder(path: str, text: str, tool: str, where: str) -> None:
    calls = read(MemoryTree({**HISTORY, path: text})).tool_calls
    assert [(call.tool, call.folder, call.where) for call in calls] == [(tool, "db/migrations", where)]


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("Makefile", "down:\n\tmigrate -path db/migrations -database x down 1\nnew:\n\tmigrate create -ext sql x\n"),
        ("Makefile", "# migrate -path db/migrations up\nhelp:\n\t@echo migrate up\n"),
        ("run.sh", "if ! command -v migrate; then exit 1; fi\n"),
        (
            "run.sh",
            "docker compose run --rm api\ndocker compose exec api ls migrate up\ndocker run migrate/migrate version\n",
        ),
        ("main_test.go", 'package main\n\nfunc TestX() { migrate.New("file://db/migrations", u) }\n'),
        ("main.go", 'package main\n\nfunc main() {\n\t// goose.Up(db, "db/migrations")\n}\n'),
    ],
)
def test_no_tool_is_run(path: str, text: str) -> None:
    assert read(MemoryTree({**HISTORY, path: text})).tool_calls == ()


def test_a_script_that_the_image_starts_is_the_images() -> None:
    files = {
        **HISTORY,
        "Dockerfile": 'FROM alpine\nENTRYPOINT ["/entrypoint.sh"]\n',
        "deploy/entrypoint.sh": "sh /srv/migrate.sh\nexec app\n",
        "deploy/migrate.sh": "migrate -path /srv/db/migrations -database $U up\n",
    }
    (call,) = read(MemoryTree(files)).tool_calls
    assert (call.where, call.folder, call.span.path) == ("image", "db/migrations", "deploy/migrate.sh")


GO = "package main\n\nfunc main() {{\n{body}\n}}\n"


@pytest.mark.parametrize(
    ("command", "scripts"),
    [
        ('["npm", "run", "start:prod"]', {"start:prod": "npm run up && node .", "up": "prisma migrate deploy"}),
        ("npm start", {"start": "npx prisma migrate deploy && node ."}),
        ("npm --prefix . run up --silent", {"up": "dotenv -e .env -- prisma migrate deploy"}),
        ('["yarn", "start"]', {"prestart": "yarn db:up", "start": "node .", "db:up": "prisma migrate deploy"}),
        ("yarn workspace web up", {"up": "cross-env A=b prisma migrate deploy"}),
        ("pnpm --filter web up", {"up": "prisma migrate deploy"}),
        ("pnpm go", {"go": "run-s up serve", "up": "prisma migrate deploy", "serve": "node ."}),
        ("npm run go", {"go": "npm-run-all up:*", "up:db": "prisma migrate deploy"}),
        ("npm run go", {"go": 'concurrently "npm:up" "npm:serve"', "up": "prisma migrate deploy"}),
        ("turbo run up", {"up": "prisma migrate deploy"}),
        ('["sh", "-c", "npm run up && exec node ."]', {"up": "prisma migrate deploy"}),
        ("corepack yarn up", {"up": "prisma migrate deploy"}),
        ('["./entry.sh"]', {"db:up": "prisma migrate deploy"}),
    ],
)
def test_a_script_of_package_json_that_the_image_starts(command: str, scripts: dict[str, str]) -> None:
    files = {
        "Dockerfile": f"FROM node:22\nCOPY . .\nCMD {command}\n",
        "entry.sh": "#!/bin/sh\nnpm run db:up\nexec node .\n",
        "package.json": json.dumps({"scripts": scripts}),
    }
    assert [(call.tool, call.where) for call in read(MemoryTree(files)).tool_calls] == [("prisma", "image")]


def test_a_script_is_the_one_of_the_folder_that_is_built() -> None:
    files = {
        "docker-compose.yml": "services:\n  api:\n    build: ./api\n    command: npm run up\n",
        "api/package.json": '{"scripts": {"up": "npm run now", "now": "knex migrate:latest"}}',
        "web/package.json": '{"scripts": {"up": "prisma migrate deploy", "now": "prisma migrate deploy"}}',
    }
    calls = read(MemoryTree(files)).tool_calls
    assert [(call.tool, call.where) for call in calls] == [
        ("knex", "compose"),
        ("prisma", "script"),
        ("prisma", "script"),
    ]


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ("\t// db.AutoMigrate(&User{})", ["db.AutoMigrate(&User{})"]),
        ("\t// err = db.AutoMigrate(&User{})", ["db.AutoMigrate(&User{})"]),
        ("\t/* db.AutoMigrate(&User{}) */", ["db.AutoMigrate(&User{})"]),
        ("\tif false {\n\t\tdb.AutoMigrate(&User{})\n\t}", ["db.AutoMigrate(&User{})"]),
        ("\t// calls db.AutoMigrate(&User{}) before serving", []),
        ("\t// db.AutoMigrate(&User{}) is done by the job", []),
        ("\t// AutoMigrate", []),
        ("\t// Uncomment to make the tables:\n\t// db.AutoMigrate(&User{})", []),
        ("\t// db.AutoMigrate(&User{})\n\tdb.AutoMigrate(&User{}, &Order{})", []),
        ("\tif debug {\n\t\tdb.AutoMigrate(&User{})\n\t}", []),
        ("\t// db.Sync(a)\n\t// fmt.Println(1)", []),
    ],
)
def test_switched_off_calls_in_go(body: str, texts: list[str]) -> None:
    found = read(MemoryTree({"main.go": GO.format(body=body)})).disabled
    assert [call.text for call in found] == texts


def test_a_wrapper_that_nothing_calls_does_not_count_as_alive() -> None:
    files = {
        "main.go": "package main\n\nfunc main() {\n\t// RunMigrations(db)\n\tserve(db)\n}\n",
        "db.go": "package main\n\nfunc RunMigrations(db *gorm.DB) {\n\tdb.AutoMigrate(&User{})\n}\n",
    }
    (call,) = read(MemoryTree(files)).disabled
    assert call.definition is not None
    assert (call.text, call.definition.path) == ("RunMigrations(db)", "db.go")
    files["cmd/migrate/main.go"] = "package main\n\nfunc main() { RunMigrations(open()) }\n"
    assert read(MemoryTree(files)).disabled == ()


def test_an_embedded_schema_is_unapplied_only_when_nobody_calls_for_it() -> None:
    files = {
        "src/db.rs": 'const SCHEMA: &str = include_str!("../schema.sql");\n\nfn bootstrap() {\n    run(SCHEMA);\n}\n',
        "schema.sql": "CREATE TABLE a (id INT);",
    }
    assert [(one.path, one.applied) for one in read(MemoryTree(files)).embedded] == [("schema.sql", False)]
    files["src/main.rs"] = "fn main() {\n    // bootstrap();\n    serve();\n}\n"
    assert [one.applied for one in read(MemoryTree(files)).embedded] == [False]
    files["src/main.rs"] = "fn main() {\n    bootstrap();\n}\n"
    assert [one.applied for one in read(MemoryTree(files)).embedded] == [None]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        "- " * 200_000 + "a",
        "a: &a [x]\n" + "\n".join(f"k{i}: &k{i} {{<<: [*a, *a, *a]}}" for i in range(50)),
        "services: &s\n  <<: *s\n",
        "a: &a {b: *a}\nservices: *a\n",
        "services: [\n",
        "services:\n  a: \x00",
    ],
)
def test_hostile_yaml(text: str) -> None:
    root = load(SourceFile("a.yml", text))
    if root is not None:
        root.entries()
    read(
        MemoryTree({"docker-compose.yml": text, ".github/workflows/go.yml": text, "k.yaml": "kind: a\nargs:\n" + text})
    )


def test_merge_bombs_end() -> None:
    lines = ["a0: &a0 {x: 1}"] + [f"a{i}: &a{i} {{<<: [{', '.join([f'*a{i - 1}'] * 30)}]}}" for i in range(1, 8)]
    root = load(SourceFile("docker-compose.yml", "\n".join([*lines, "services: {s: *a7}"])))
    assert root is not None
    found = root.get("services", "s", "x")
    assert found is not None
    assert found.text == "1"


SECTIONS = [
    section for page in sorted(Path(pages()).glob("SL60[2-8]*.md")) for section in sections(page) if section.files
]
JUNK = ["[", "{", "<<: *a", "&a ", "\\", "$", "${", "<<EOF", "`", "'", '"', "(", "/*", "*/", "//", "\0", "é", "\r\n",
        "\t", "#", "go build", "migrate -path", "COPY --from=", "ARG ", "if (false) {", "- ", "..", "/"]  # fmt: skip


@pytest.mark.parametrize("seed", range(60))
def test_damaged_files_are_read_without_harm(seed: int) -> None:
    dice = random.Random(seed)
    files = {}
    for path, text in dice.choice(SECTIONS).files.items():
        for _ in range(dice.randint(0, 4)):
            at = dice.randint(0, len(text))
            text = text[:at] + dice.choice(JUNK) * dice.choice([1, 1, 30]) + text[at + dice.randint(0, 20) :]
        files[path] = text
    tree = MemoryTree(files)
    deployment = read(tree)
    places = [mount.span for file in deployment.compose for service in file.services for mount in service.mounts]
    stages = [stage for file in deployment.dockerfiles for stage in file.stages]
    places += [source.span for stage in stages for copy in stage.copies for source in copy.sources]
    places += [build.span for stage in stages for build in stage.builds]
    places += [one.span for one in (*deployment.tool_calls, *deployment.disabled, *deployment.embedded)]
    for span in places:
        file = tree.file(span.path)
        assert file is not None
        assert 0 <= span.start <= span.end <= len(file.text)
