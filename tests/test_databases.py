"""Which paths a deployment proves, step by step, and which sources speak of one database."""

from __future__ import annotations

import pytest

from schemalint.config import Config
from schemalint.discover import MemoryTree
from schemalint.lint import lint
from schemalint.model.report import Report

SCHEMA = "CREATE TABLE users (id serial PRIMARY KEY);"
MIGRATION = {"db/migrations/000001_init.up.sql": SCHEMA, "db/migrations/000001_init.down.sql": "DROP TABLE users;"}
SERVER = "services:\n  db:\n    image: postgres:16\n"


def checked(files: dict[str, str]) -> Report:
    report = lint(MemoryTree(files), Config(), only=())
    assert report.broken == ()
    return report


def steps(report: Report) -> list[str]:
    found = []
    for database in report.databases:
        for path in database.paths:
            found += [f"{path.name}: {step.source} ({'; '.join(step.evidence)})" for step in path.steps]
    return found


def groups(report: Report) -> list[list[str]]:
    return [[source.id for source in database.sources] for database in report.databases]


def test_mounted_scripts_run_in_the_order_of_their_names_in_the_container() -> None:
    compose = SERVER + (
        "    volumes:\n"
        "      - ./b.sql:/docker-entrypoint-initdb.d/01.sql\n"
        "      - ./a.sql:/docker-entrypoint-initdb.d/02.sql\n"
    )
    report = checked({"docker-compose.yml": compose, "a.sql": "ALTER TABLE users ADD x int;", "b.sql": SCHEMA})
    (source, catalog) = report.catalogs[0]
    assert [script.path for script in source.scripts] == ["b.sql", "a.sql"]
    assert [len(table.columns) for table in catalog.tables.values()] == [2]


def test_an_image_may_bring_its_scripts() -> None:
    files = {
        "docker-compose.yml": "services:\n  db:\n    build: ./db\n",
        "db/Dockerfile": "FROM postgres:16\nCOPY init.sql /docker-entrypoint-initdb.d/\n",
        "db/init.sql": SCHEMA,
    }
    assert steps(checked(files)) == ["compose:docker-compose.yml: sql:db/init.sql (db/Dockerfile:2 copies the script)"]


def test_a_command_by_hand_runs_migrations_behind_the_script() -> None:
    compose = SERVER + "    volumes: ['./init.sql:/docker-entrypoint-initdb.d/init.sql']\n"
    make = 'up:\n\tmigrate -path db/migrations -database "$(URL)" up\n'
    report = checked({"docker-compose.yml": compose, "init.sql": SCHEMA, "Makefile": make, **MIGRATION})
    assert [line.split(" (")[0] for line in steps(report)] == [
        "compose:docker-compose.yml: sql:init.sql",
        "compose:docker-compose.yml: golang-migrate:db/migrations",
    ]


def test_a_migration_that_is_mounted_is_an_init_script() -> None:
    compose = SERVER + (
        "    volumes: ['./db/migrations/000001_init.up.sql:/docker-entrypoint-initdb.d/init.sql']\n"
        "  app:\n    build: .\n    command: migrate -path db/migrations -database x up\n"
    )
    files = {"docker-compose.yml": compose, "Dockerfile": "FROM alpine\nCOPY . .\n", **MIGRATION}
    assert [line.split(" (")[0] for line in steps(checked(files))] == [
        "compose:docker-compose.yml: golang-migrate:db/migrations",
        "compose:docker-compose.yml: golang-migrate:db/migrations",
    ]
    report = lint(MemoryTree(files), Config())
    assert [finding.code for finding in report.findings if finding.severity.value == "error"] == ["SL201"]


def test_without_evidence_there_is_no_path() -> None:
    report = checked({"init.sql": SCHEMA, **MIGRATION})
    assert steps(report) == []
    assert groups(report) == [["golang-migrate:db/migrations", "sql:init.sql"]]


@pytest.mark.parametrize("environment", ["production", "development"])
def test_a_sync_that_is_guarded_runs_where_its_guard_lets_it(environment: str) -> None:
    files = {
        "docker-compose.yml": "services:\n  db:\n    image: mysql:8.0\n    volumes:\n"
        "      - ./init.sql:/docker-entrypoint-initdb.d/init.sql\n"
        f"  app:\n    build: ./app\n    environment:\n      NODE_ENV: {environment}\n",
        "init.sql": "CREATE TABLE users (id int PRIMARY KEY);",
        "app/package.json": '{"dependencies": {"sequelize": "^6.0.0"}}',
        "app/index.js": "const { Sequelize, DataTypes } = require('sequelize');\n"
        "const sequelize = new Sequelize('mysql://db/x');\n"
        "sequelize.define('User', {}, { tableName: 'users' });\n"
        "if (process.env.NODE_ENV !== 'production') { sequelize.sync(); }\n",
    }
    expected = ["sql:init.sql", "sequelize:app"] if environment == "development" else ["sql:init.sql"]
    composed = [line.split(" (")[0] for line in steps(checked(files)) if line.startswith("compose:")]
    assert composed == [f"compose:docker-compose.yml: {source}" for source in expected]


def test_variants_of_a_history_are_databases_of_their_own() -> None:
    files = {
        f"migrations/{dialect}/000001_init.up.sql": "CREATE TABLE users (id int PRIMARY KEY);"
        for dialect in ("mysql", "postgres", "sqlite")
    }
    assert [len(group) for group in groups(checked(files))] == [1, 1, 1]


def test_two_projects_of_one_repository_stay_apart() -> None:
    models = "class User(Base):\n    __tablename__ = 'users'\n    id = Column(Integer, primary_key=True)\n"
    head = "from sqlalchemy import Column, Integer\nfrom sqlalchemy.orm import declarative_base\nBase = declarative_base()\n"
    files = {
        f"{name}/{path}": text
        for name in ("a", "b")
        for path, text in (("requirements.txt", "psycopg2\n"), ("models.py", head + models), ("schema.sql", SCHEMA))
    }
    assert groups(checked(files)) == [["sql:a/schema.sql", "sqlalchemy:a"], ["sql:b/schema.sql", "sqlalchemy:b"]]


def shops(more: dict[str, str]) -> dict[str, str]:
    """Two projects, each with a history of its own."""
    files = {f"migrations/{path.rpartition('/')[2]}": text for path, text in MIGRATION.items()} | more
    return {f"{name}/{path}": text for name in ("shop", "depot") for path, text in files.items()}


def test_a_server_of_one_project_is_not_the_server_of_another() -> None:
    """A compose file that starts no application is meant for the code of its own project."""
    make = 'up:\n\tmigrate -path migrations -database "$(URL)" up\n'
    files = shops({"go.mod": "module x\n", "Makefile": make})
    shop = "compose:shop/docker-compose.yml: golang-migrate:shop/migrations"
    report = checked({"shop/docker-compose.yml": SERVER, **files})
    assert [line.split(" (")[0] for line in steps(report)] == [shop]
    report = checked({"shop/docker-compose.yml": SERVER, "depot/docker-compose.yml": SERVER, **files})
    assert [line.split(" (")[0] for line in steps(report)] == [shop.replace("shop", "depot"), shop]


def test_services_of_one_server_have_the_databases_that_their_environment_names() -> None:
    """A database for every service on one server is the rule among services; the same name is the same database."""
    image = 'FROM golang:1.24\nCOPY . .\nCMD migrate -path migrations -database "$DATABASE_URL" up && ./app\n'
    files = shops({"go.mod": "module x\n", "Dockerfile": image})
    for environment, databases in (
        ("DATABASE_URL: postgres://u:p@db:5432/{}", 2),
        ("DB_NAME: {}", 2),
        ("DATABASE_URL: postgres://u:p@db/all?schema={}", 2),
        ("DATABASE_URL: ${{DATABASE_URL}}", 2),
        ("DATABASE_URL: postgres://u:p@db/all?sslmode=disable", 1),
        ("DSN: host=db dbname=all user=u", 1),
    ):
        compose = SERVER + "".join(
            f"  {name}:\n    build: ./{name}\n    environment:\n      {environment.format(name)}\n"
            for name in ("shop", "depot")
        )
        assert len(groups(checked({"docker-compose.yml": compose, **files}))) == databases, environment


def test_a_table_that_another_project_makes_is_not_missed_unless_its_database_is_another() -> None:
    """Two histories of which nothing says whether they share a database: neither are they played into one another, nor is
    missed in one what the other makes."""
    files = {
        "shop/go.mod": "module shop\n",
        "shop/migrations/000001_init.up.sql": "CREATE TABLE audits (id serial PRIMARY KEY);",
        "depot/go.mod": "module depot\n",
        "depot/migrations/000001_init.up.sql": f"{SCHEMA} ALTER TABLE audits ADD COLUMN note text;",
    }
    image = 'FROM golang:1.24\nCOPY . .\nCMD migrate -path migrations -database "$DATABASE_URL" up && ./app\n'
    image_of = {f"{name}/Dockerfile": image for name in ("shop", "depot")}
    service = "  {0}:\n    build: ./{0}\n    environment:\n      DATABASE_URL: {1}\n"
    for url, missed in (("${{DATABASE_URL}}", []), ("postgres://u@db/{}", ["audits"])):
        compose = SERVER + "".join(service.format(name, url.format(name)) for name in ("shop", "depot"))
        report = lint(MemoryTree({"docker-compose.yml": compose, **image_of, **files}), Config(), only=("SL108",))
        assert [finding.table for finding in report.findings] == missed
    assert lint(MemoryTree(files), Config(), only=("SL108",)).findings == ()


def test_a_script_of_the_server_is_for_whom_its_tables_are() -> None:
    """Two services that nothing tells apart, and a script that the server's image runs."""
    compose = SERVER + (
        "    volumes: ['./deploy/init.sql:/docker-entrypoint-initdb.d/init.sql']\n"
        "  shop:\n    build: ./shop\n  depot:\n    build: ./depot\n"
    )
    model = "class Row(Base):\n    __tablename__ = '{}'\n    id = Column(Integer, primary_key=True)\n"
    head = "from sqlalchemy import Column, Integer\nfrom sqlalchemy.orm import declarative_base\nBase = declarative_base()\n"
    tail = "Base.metadata.create_all(engine)\n"
    files = {
        "docker-compose.yml": compose,
        "deploy/init.sql": SCHEMA,
        "deploy/package.json": "{}",
        **{f"{name}/requirements.txt": "psycopg2\n" for name in ("shop", "depot")},
    }
    models = {f"{name}/models.py": head + model.format(name) + tail for name in ("shop", "depot")}
    assert groups(checked({**files, **models})) == [["sql:deploy/init.sql"], ["sqlalchemy:depot"], ["sqlalchemy:shop"]]
    models = {f"{name}/models.py": head + model.format("users") + tail for name in ("shop", "depot")}
    assert groups(checked({**files, **models})) == [["sql:deploy/init.sql", "sqlalchemy:depot", "sqlalchemy:shop"]]


def test_a_compose_file_of_its_own_is_nearer_than_one_elsewhere() -> None:
    """Folders without manifests, as in collections of examples."""
    make = 'up:\n\tmigrate -path migrations -database "$(URL)" up\n'
    files = shops({"docker-compose.yml": SERVER, "Makefile": make})
    assert sorted(line.split(" (")[0] for line in steps(checked(files))) == [
        "compose:depot/docker-compose.yml: golang-migrate:depot/migrations",
        "compose:shop/docker-compose.yml: golang-migrate:shop/migrations",
    ]


def test_a_project_with_servers_of_its_own_is_not_run_on_those_of_a_project_inside_of_it() -> None:
    server = "services:\n  db:\n    image: mysql:8.0\n"
    mount = "    volumes: [./init.sql:/docker-entrypoint-initdb.d/init.sql]\n"
    module = "module example.com/{}\n\nrequire (\n\tgorm.io/gorm v1.25.12\n\tgorm.io/driver/mysql v1.5.7\n)\n"
    code = (
        'package database\n\nimport "gorm.io/gorm"\n\ntype User struct{ ID uint }\n\n'
        "func Migrate(db *gorm.DB) error { return db.AutoMigrate(&User{}) }\n"
    )
    files = {
        "docker-compose.yml": server,
        "go.mod": module.format("outer"),
        "database/outer.go": code,
        "inner/deployments/docker-compose.yml": server + mount,
        "inner/deployments/init.sql": "CREATE TABLE users (id bigint unsigned PRIMARY KEY AUTO_INCREMENT);",
        "inner/go.mod": module.format("inner"),
        "inner/database/inner.go": code,
    }
    assert sorted(line.split(" (")[0] for line in steps(checked(files))) == [
        "compose:docker-compose.yml: gorm:.",
        "compose:inner/deployments/docker-compose.yml: gorm:inner",
        "compose:inner/deployments/docker-compose.yml: sql:inner/deployments/init.sql",
    ]


def test_services_of_one_code_make_the_same_sync_once() -> None:
    service = "  {}:\n    build: .\n"
    files = {
        "docker-compose.yml": "services:\n  db:\n    image: mysql:8.0\n"
        + service.format("api")
        + service.format("worker"),
        "Dockerfile": "FROM golang:1.23\nCOPY . .\n",
        "go.mod": "module example.com/shop\n\nrequire (\n\tgorm.io/gorm v1.25.12\n\tgorm.io/driver/mysql v1.5.7\n)\n",
        "database.go": 'package main\n\nimport "gorm.io/gorm"\n\ntype User struct{ ID uint }\n\n'
        "func migrate(db *gorm.DB) error { return db.AutoMigrate(&User{}) }\n",
    }
    assert [line.split(" (")[0] for line in steps(checked(files))] == ["compose:docker-compose.yml: gorm:."]


def test_programs_side_by_side_are_each_run_by_the_service_that_builds_them() -> None:
    """A Dockerfile that is not there may build any of them; one that is there says which."""
    service = "  {0}:\n    build:\n      context: .\n      dockerfile: deploy/{0}.Dockerfile\n"
    program = (
        'package main\n\nimport "gorm.io/gorm"\n\ntype {0} struct{{ ID uint }}\n\n'
        "func migrate(db *gorm.DB) error {{ return db.AutoMigrate(&{0}{{}}) }}\n\nfunc main() {{}}\n"
    )
    users = "FROM golang:1.23\nCOPY . .\nRUN go build -o users ./cmd/users\n"
    files = {
        "docker-compose.yml": "services:\n  db:\n    image: mysql:8.0\n"
        + service.format("users")
        + service.format("orders"),
        "deploy/users.Dockerfile": users,
        "go.mod": "module example.com/shop\n\nrequire (\n\tgorm.io/gorm v1.25.12\n\tgorm.io/driver/mysql v1.5.7\n)\n",
        "cmd/main.go": "package main\n\nfunc main() {}\n",
        "cmd/users/main.go": program.format("User"),
        "cmd/orders/main.go": program.format("Order"),
        "cmd/notes/main.go": program.format("Note"),
    }
    (path,) = checked(files).databases[0].paths
    assert len(path.steps) == 3
    files["deploy/orders.Dockerfile"] = users.replace("users", "orders")
    (path,) = checked(files).databases[0].paths
    assert [line.rpartition("(&")[2] for line in steps(checked(files))] == ["User{}))", "Order{}))"]


def test_a_script_above_two_projects_belongs_to_neither() -> None:
    head = "from sqlalchemy import Column, Integer\nfrom sqlalchemy.orm import declarative_base\nBase = declarative_base()\n"
    models = head + "class User(Base):\n    __tablename__ = 'users'\n    id = Column(Integer, primary_key=True)\n"
    one = {"schema.sql": SCHEMA, "a/requirements.txt": "psycopg2\n", "a/models.py": models}
    assert groups(checked(one)) == [["sql:schema.sql", "sqlalchemy:a"]]
    two = {**one, "b/requirements.txt": "psycopg2\n", "b/models.py": models}
    assert groups(checked(two)) == [["sql:schema.sql"], ["sqlalchemy:a"], ["sqlalchemy:b"]]


def test_a_note_does_not_list_every_place_of_a_long_path() -> None:
    models = "".join(f"type Item{n} struct {{ gorm.Model }}\n" for n in range(8))
    calls = "".join(f"\tdb.AutoMigrate(&Item{n}{{}})\n" for n in range(8))
    files = {
        "compose.yml": f"{SERVER}    volumes:\n      - ./init.sql:/docker-entrypoint-initdb.d/1.sql\n",
        "init.sql": "CREATE TABLE item7 (id serial PRIMARY KEY);\nCREATE TABLE item7 (id serial PRIMARY KEY);",
        "go.mod": "module shop\n\nrequire (\n\tgorm.io/driver/postgres v1.5.9\n\tgorm.io/gorm v1.25.12\n)\n",
        "main.go": f'package main\n\nimport "gorm.io/gorm"\n\n{models}\nfunc start(db *gorm.DB) {{\n{calls}}}\n',
    }
    note = lint(MemoryTree(files), Config(), only=("SL201",)).findings[0].notes[0]
    assert note.startswith("path: compose.yml:5 mounts the script, main.go:15 calls db.AutoMigrate(&Item0{}), ")
    assert note.endswith("main.go:18 calls db.AutoMigrate(&Item3{}), and 4 more (--show-settings lists them)")


GO = """package main

import (
	"os"

	"gorm.io/driver/postgres"
	"gorm.io/gorm"
)

type User struct{ ID uint }
type Setting struct{ ID uint }
type Event struct{ ID uint }

func main() {
	users, _ := gorm.Open(postgres.Open(os.Getenv("USERS_DSN")))
	users.AutoMigrate(&User{}, &Setting{})
	audit, _ := gorm.Open(postgres.Open(os.Getenv("AUDIT_DSN")))
	audit.AutoMigrate(&Event{}, &Setting{})
}
"""
MODULE = {"go.mod": "module example.com/shop\n\nrequire gorm.io/driver/postgres v1.6.0\n", "main.go": GO}
SETTINGS = "CREATE TABLE settings (id bigint PRIMARY KEY);"
EVENTS = f"CREATE TABLE events (id bigint PRIMARY KEY); {SETTINGS}"


def test_a_script_belongs_to_the_database_of_which_it_has_more_tables() -> None:
    files = {**MODULE, "sql/users.sql": f"{SCHEMA} {SETTINGS}", "sql/audit.sql": EVENTS}
    assert groups(checked(files)) == [
        ["gorm:.#AUDIT_DSN", "sql:sql/audit.sql"],
        ["gorm:.#USERS_DSN", "sql:sql/users.sql"],
    ]


def test_a_script_that_fits_several_databases_of_a_program_belongs_to_none() -> None:
    assert groups(checked({**MODULE, "sql/settings.sql": SETTINGS})) == [
        ["gorm:.#AUDIT_DSN"],
        ["gorm:.#USERS_DSN"],
        ["sql:sql/settings.sql"],
    ]


def test_the_environment_says_which_server_has_which_database_of_a_program() -> None:
    compose = (
        "services:\n"
        "  one:\n    image: postgres:16\n    volumes: ['./a.sql:/docker-entrypoint-initdb.d/a.sql']\n"
        "  two:\n    image: postgres:16\n    volumes: ['./b.sql:/docker-entrypoint-initdb.d/b.sql']\n"
        "  app:\n    build: .\n    environment:\n"
        "      USERS_DSN: postgres://u:p@two:5432/users\n      AUDIT_DSN: host=one dbname=audit\n"
    )
    files = {
        **MODULE,
        "docker-compose.yml": compose,
        "Dockerfile": "FROM golang\n",
        "a.sql": SETTINGS,
        "b.sql": SETTINGS,
    }
    report = checked(files)
    assert groups(report) == [["gorm:.#AUDIT_DSN", "sql:a.sql"], ["gorm:.#USERS_DSN", "sql:b.sql"]]
    assert [line.split(" (")[0] for line in steps(report)] == [
        "compose:docker-compose.yml#one: sql:a.sql",
        "compose:docker-compose.yml#one: gorm:.#AUDIT_DSN",
        "compose:docker-compose.yml#two: sql:b.sql",
        "compose:docker-compose.yml#two: gorm:.#USERS_DSN",
    ]


def test_two_databases_on_one_server_are_not_made_one() -> None:
    compose = SERVER + (
        "    volumes: ['./a.sql:/docker-entrypoint-initdb.d/a.sql']\n"
        "  app:\n    build: .\n    environment:\n"
        "      USERS_DSN: postgres://u:p@db:5432/users\n      AUDIT_DSN: postgres://u:p@db:5432/audit\n"
    )
    files = {**MODULE, "docker-compose.yml": compose, "Dockerfile": "FROM golang\n", "a.sql": EVENTS}
    assert groups(checked(files)) == [["gorm:.#AUDIT_DSN", "sql:a.sql"], ["gorm:.#USERS_DSN"]]


def test_a_program_that_two_services_start_syncs_once() -> None:
    files = {
        "docker-compose.yml": "services:\n  db:\n    image: postgres:16\n  api:\n    build: .\n  worker:\n    build: .\n",
        "Dockerfile": 'FROM node:22\nCOPY . .\nCMD ["node", "app.js"]\n',
        "package.json": '{"main": "app.js", "dependencies": {"sequelize": "^6.37.0", "pg": "^8.0.0"}}',
        "app.js": "const { Sequelize, DataTypes } = require('sequelize');\n"
        "const sequelize = new Sequelize(process.env.URL, { dialect: 'postgres' });\n"
        "sequelize.define('user', { name: DataTypes.STRING });\nsequelize.sync();\n",
    }
    [database] = lint(MemoryTree(files), Config(), only=()).databases
    assert [[step.source for step in path.steps] for path in database.paths] == [["sequelize:."]]
