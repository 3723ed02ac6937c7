from __future__ import annotations

import codecs
import errno
import os
import subprocess
from pathlib import Path

import pytest

from schemalint.discover import LARGE, LIMIT, LIMIT_SQL, DiskTree, MemoryTree
from schemalint.encoding import decode
from schemalint.folders import aside
from schemalint.gitignore import patterns

FILES = {
    ".gitignore": "*.log\n/generated/\n!keep.log\n",
    "db/schema.sql": "CREATE TABLE a (id int);",
    "db/x.log": "",
    "db/keep.log": "",
    "db/.gitignore": "local.sql\n",
    "db/local.sql": "",
    "generated/a.sql": "",
    "sub/generated/a.sql": "",
    "node_modules/p/i.sql": "",
    "sub/vendor/v.sql": "",
    "third_party/t.sql": "",
    "dist/d.sql": "",
    "build/b.sql": "",
    "target/t.sql": "",
    "my-env/pyvenv.cfg": "",
    "my-env/lib/a.sql": "",
    "b.sql": "",
    "a.sql": "",
}
LISTED = (
    ".gitignore",
    "a.sql",
    "b.sql",
    "db/.gitignore",
    "db/keep.log",
    "db/schema.sql",
    "sub/generated/a.sql",
)


def make(root: Path, files: dict[str, str] = FILES) -> Path:
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    return root


def git(root: Path, *words: str) -> None:
    settings = (
        "-c",
        "user.name=t",
        "-c",
        "user.email=t@t",
        "-c",
        "commit.gpgsign=false",
        "-c",
        "protocol.file.allow=always",
    )
    subprocess.run(["git", *settings, *words], cwd=root, check=True, capture_output=True)


@pytest.mark.parametrize("repository", [True, False], ids=["git", "walk"])
def test_lists_what_belongs_to_the_project_sorted(tmp_path: Path, repository: bool) -> None:
    make(tmp_path)
    if repository:
        git(tmp_path, "init")
    # What git does not ignore below build/ is no output: Go projects keep their Dockerfiles there.
    assert DiskTree(tmp_path).paths == (tuple(sorted((*LISTED, "build/b.sql"))) if repository else LISTED)


def test_a_target_that_git_tracks_is_read_where_no_tool_builds_into_it(tmp_path: Path) -> None:
    made = {"target/a.sql": "", "x/target/b.sql": "", "java/pom.xml": "", "java/target/c.sql": "", "y/target/d.sql": ""}
    git(make(tmp_path, made), "init")
    git(tmp_path, "add", "target", "x", "java")
    assert DiskTree(tmp_path).paths == ("java/pom.xml", "target/a.sql", "x/target/b.sql")


def test_without_git_the_walk_takes_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(make(tmp_path), "init")
    monkeypatch.setenv("PATH", "/nonexistent")
    assert DiskTree(tmp_path).paths == LISTED


def test_a_broken_repository_is_walked(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / ".git").mkdir()  # a work tree of nothing: git refuses
    assert DiskTree(tmp_path).paths == LISTED


def test_git_lists_tracked_files_even_when_ignored_and_drops_deleted_ones(tmp_path: Path) -> None:
    git(make(tmp_path, {"a.sql": "", "gone.sql": "", "x.log": "", ".gitignore": "*.log\n"}), "init")
    git(tmp_path, "add", "-f", ".")
    (tmp_path / "gone.sql").unlink()
    assert DiskTree(tmp_path).paths == (".gitignore", "a.sql", "x.log")


def test_a_submodule_and_a_nested_repository_are_walked(tmp_path: Path) -> None:
    inner = make(tmp_path / "inner", {"m.sql": "", ".gitignore": "skip.sql\n", "skip.sql": ""})
    git(inner, "init")
    git(inner, "add", ".")
    git(inner, "commit", "-m", "x")
    outer = make(tmp_path / "outer", {"a.sql": ""})
    git(outer, "init")
    git(outer, "submodule", "add", str(inner), "sub")
    make(outer / "nested", {"n.sql": ""})
    git(outer / "nested", "init")
    found = DiskTree(outer).paths
    assert "sub/m.sql" in found
    assert "nested/n.sql" in found
    assert "sub/skip.sql" not in found


def test_a_folder_inside_a_repository_is_listed_relative_to_itself(tmp_path: Path) -> None:
    git(make(tmp_path), "init")
    assert DiskTree(tmp_path / "db").paths == (".gitignore", "keep.log", "schema.sql")


def test_an_ignored_folder_that_was_asked_for_is_read(tmp_path: Path) -> None:
    git(make(tmp_path, {".gitignore": "/out/\n", "out/a.sql": ""}), "init")
    assert DiskTree(tmp_path / "out").paths == ("a.sql",)


def test_programs_named_in_the_repository_are_not_run(tmp_path: Path) -> None:
    git(make(tmp_path, {"a.sql": ""}), "init")
    proof = tmp_path.parent / "proof"
    script = tmp_path / "run.sh"
    script.write_text(f"#!/bin/sh\ntouch {proof}\n")
    script.chmod(0o755)
    git(tmp_path, "config", "core.fsmonitor", str(script))
    git(tmp_path, "config", "core.hooksPath", str(tmp_path))
    git(tmp_path, "ls-files", "--others")
    assert proof.exists(), "git itself runs it, so that the next assertion means something"
    proof.unlink()
    assert "a.sql" in DiskTree(tmp_path).paths
    assert not proof.exists()


def test_variables_of_a_hook_do_not_lead_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(make(tmp_path / "one", {"a.sql": ""}), "init")
    git(make(tmp_path / "two", {"b.sql": ""}), "init")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "two/.git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "two"))
    assert DiskTree(tmp_path / "one").paths == ("a.sql",)


@pytest.mark.parametrize("repository", [True, False], ids=["git", "walk"])
def test_symlinks_never_lead_out_and_folders_are_not_followed(tmp_path: Path, repository: bool) -> None:
    outside = make(tmp_path / "outside", {"secret.sql": "SECRET"})
    root = make(tmp_path / "root", {"real/a.sql": "A"})
    (root / "in.sql").symlink_to("real/a.sql")
    (root / "out.sql").symlink_to(outside / "secret.sql")
    (root / "dangling.sql").symlink_to("nowhere")
    (root / "folder").symlink_to("real")
    (root / "away").symlink_to(outside)
    if repository:
        git(root, "init")
    tree = DiskTree(root)
    assert tree.paths == ("in.sql", "real/a.sql")
    assert tree.read("in.sql") == b"A"
    assert tree.read("out.sql") is None
    assert tree.read("away/secret.sql") is None
    assert tree.read("../outside/secret.sql") is None


def test_a_tracked_folder_that_became_a_symlink_is_not_followed(tmp_path: Path) -> None:
    outside = make(tmp_path / "outside", {"a.sql": "SECRET"})
    root = make(tmp_path / "root", {"d/a.sql": "A"})
    git(root, "init")
    git(root, "add", ".")
    (root / "d/a.sql").unlink()
    (root / "d").rmdir()
    (root / "d").symlink_to(outside)
    assert DiskTree(root).paths == ()


def test_a_file_that_became_a_symlink_after_listing_is_not_read(tmp_path: Path) -> None:
    root = make(tmp_path / "root", {"a.sql": "A"})
    tree = DiskTree(root)
    (root / "a.sql").unlink()
    (root / "a.sql").symlink_to(make(tmp_path / "o", {"s.sql": "SECRET"}) / "s.sql")
    assert tree.read("a.sql") is None
    assert "a.sql" in tree.unreadable


def test_pipes_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.sql")
    assert DiskTree(tmp_path).paths == ()


def test_large_files_are_named_and_not_read_but_for_sql(tmp_path: Path) -> None:
    make(tmp_path, {"a.go": "// x\n" * (LIMIT // 4), "b.sql": "-- x\n" * (LIMIT // 4), "bundle.js": "x" * (LIMIT + 1)})
    tree = DiskTree(tmp_path)
    assert tree.read("a.go") is None
    assert tree.read("bundle.js") is None
    assert len(tree.read("b.sql") or b"") > LIMIT
    assert tree.unreadable == {"a.go": "is larger than 1 MB"}


def test_files_that_are_not_text_are_named(tmp_path: Path) -> None:
    (tmp_path / "dump.sql").write_bytes(b"PGDMP\0\1")
    (tmp_path / "lite.sql").write_bytes(b"SQLite format 3\0" + bytes(5000))
    (tmp_path / "packed.sql").write_bytes(b"\x1f\x8b\x08\0\0\0\0\0")
    (tmp_path / "zeros.sql").write_bytes(bytes(range(256)) * 20 + bytes(5000))
    (tmp_path / "latin.py").write_bytes("x\n# é\n".encode("latin-1"))
    tree = DiskTree(tmp_path)
    assert all(tree.file(path) is None for path in tree.paths)
    assert tree.unreadable == {
        "dump.sql": "is an archive of pg_dump, not SQL (pg_restore -f - makes SQL of it)",
        "latin.py": "is not UTF-8 in line 2",
        "lite.sql": "is an SQLite database, not SQL",
        "packed.sql": "is compressed",
        "zeros.sql": "is not text",
    }


TABLE = "-- é 東\nCREATE TABLE größe (\n  id int\n);\n"


@pytest.mark.parametrize(
    "content",
    [
        TABLE.encode(),
        codecs.BOM_UTF8 + TABLE.encode(),
        codecs.BOM_UTF16_LE + TABLE.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TABLE.encode("utf-16-be"),
        TABLE.encode("utf-16-le"),
        TABLE.encode("utf-16-be"),
        TABLE.encode("utf-32"),
    ],
    ids=["utf-8", "mark", "le mark", "be mark", "le", "be", "utf-32"],
)
@pytest.mark.parametrize("large", [10, 10_000], ids=["in pieces", "whole"])
def test_scripts_in_any_unicode_are_read(content: bytes, large: int) -> None:
    file = MemoryTree({"a.sql": content}, large=large).file("a.sql")
    assert file is not None
    assert file.text == TABLE
    assert file.gaps == ()


@pytest.mark.parametrize("large", [10, 10_000], ids=["in pieces", "whole"])
def test_strange_bytes_in_a_script_are_read_as_latin_1_and_marked(large: int) -> None:
    file = MemoryTree({"a.sql": "-- é\0\nSELECT 'ß';".encode("latin-1")}, large=large).file("a.sql")
    assert file is not None
    assert file.text == "-- é\0\nSELECT 'ß';"
    assert [gap.start for gap in file.gaps] == [3, 4, 14]


def test_marks_of_tools_are_seen_in_utf_16() -> None:
    tree = MemoryTree({"1.sql": "-- +goose Up\n".encode("utf-16")})
    assert tree.read("1.sql") == b"-- +goose Up\n"


def test_a_large_script_is_read_in_pieces(tmp_path: Path) -> None:
    rows = "INSERT INTO a VALUES (1);\n" * (LARGE // 20)
    make(tmp_path, {"a.sql": f"CREATE TABLE a (id int);\n{rows}CREATE TABLE b (id int);\n"})
    tree = DiskTree(tmp_path)
    head = tree.read("a.sql")
    assert head is not None
    assert len(head) < LARGE // 4
    file = tree.file("a.sql", "sqlite")
    assert file is not None
    assert len(file.text) < 10_000
    assert file.position(file.text.index("CREATE TABLE b")) == (LARGE // 20 + 2, 1)
    assert tree.file("a.sql") is file


def test_a_script_beyond_measure_is_named(tmp_path: Path) -> None:
    with (tmp_path / "a.sql").open("wb") as out:
        out.truncate(LIMIT_SQL + 1)
    tree = DiskTree(tmp_path)
    assert tree.read("a.sql") is None
    assert tree.unreadable == {"a.sql": "is larger than 1000 MB"}


def test_a_file_without_permission_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, {"a.sql": ""})
    (tmp_path / "a.sql").chmod(0)
    tree = DiskTree(tmp_path)
    if os.geteuid() == 0:  # root may read everything: hear from the system what anybody else hears

        def refuse(*_: object, **__: object) -> int:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

        monkeypatch.setattr(os, "open", refuse)
    assert tree.read("a.sql") is None
    assert tree.unreadable == {"a.sql": "permission denied"}


def test_a_name_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/\xff.sql", "wb"):
        pass
    git(tmp_path, "init")
    for tree in (DiskTree(tmp_path),):
        assert tree.paths == ()
        assert tree.unreadable == {"\ufffd.sql": "its name is not UTF-8"}


def test_each_file_is_read_once(tmp_path: Path) -> None:
    make(tmp_path, {"a.sql": "one"})
    tree = DiskTree(tmp_path)
    assert tree.read("a.sql") == b"one"
    (tmp_path / "a.sql").write_text("two")
    assert tree.read("a.sql") == b"one"
    assert tree.file("a.sql") is tree.file("a.sql")


def test_exclude_takes_patterns_as_in_gitignore(tmp_path: Path) -> None:
    make(tmp_path, {"a.sql": "", "old/a.sql": "", "x/old/a.sql": "", "x/b.sql": ""})
    assert DiskTree(tmp_path, ["/old/", "x/*.sql"]).paths == ("a.sql", "x/old/a.sql")


@pytest.mark.parametrize("repository", [True, False], ids=["git", "walk"])
def test_what_git_ignores_could_exist(tmp_path: Path, repository: bool) -> None:
    make(tmp_path, {".gitignore": "data/\n*.conf\n!must.conf\n", "a.sql": "", "sub/.gitignore": "/made\n"})
    if repository:
        git(tmp_path, "init")
    (tmp_path / ".git/info").mkdir(parents=True, exist_ok=True)
    (tmp_path / ".git/info/exclude").write_text("mine\n")
    tree = DiskTree(tmp_path)
    could = ["a.sql", "sub", "data", "data/x/y", "x.conf", "sub/made", "mine", "../beside", "/etc/x"]
    could_not = ["b.sql", "must.conf", "made", "sub/b", "a\0b", "x" * 5000]
    assert [path for path in could + could_not if tree.could_exist(path)] == could
    below = DiskTree(tmp_path / "sub")  # .gitignore files above the root count
    assert [path for path in ("data", "x.conf", "made", "b") if below.could_exist(path)] == ["data", "x.conf", "made"]


def test_exists_knows_files_and_folders_but_not_what_is_outside(tmp_path: Path) -> None:
    make(tmp_path / "root", {"d/a.sql": "", "node_modules/x": ""})
    make(tmp_path, {"beside": ""})
    tree = DiskTree(tmp_path / "root")
    assert [path for path in ("", "d", "d/a.sql", "node_modules/x", "e", "../beside") if tree.exists(path)] == [
        "",
        "d",
        "d/a.sql",
        "node_modules/x",
    ]


def test_aside_is_the_outermost_folder_of_tests_or_examples() -> None:
    assert aside("a/tests/fixtures/x.sql") == "a/tests"
    assert aside("Examples/x.sql") == "Examples"
    assert aside("internal/testhelpers/dump.sql") == "internal/testhelpers"
    assert aside("tests.sql") is None
    assert aside("attest/x.sql") is None
    assert aside("tests/db/x.sql", patterns(["/tests/db"])) is None
    assert aside("tests/other/x.sql", patterns(["/tests/db"])) == "tests"


def test_hostile_ignore_files_neither_raise_nor_hang(tmp_path: Path) -> None:
    lines = ["!", "/", "[[", "[z-a]", "a\\", "*a" * 40, "**/" * 40 + "x", "a" * 10_000, "\0", "# c", "ok.sql"]
    make(tmp_path, {".gitignore": "\n".join(lines), "ok.sql": "", f"{'a' * 250}": "", "a.sql": ""})
    assert "a.sql" in DiskTree(tmp_path).paths
    assert "ok.sql" not in DiskTree(tmp_path).paths


def test_deep_folders_do_not_exhaust_the_stack(tmp_path: Path) -> None:
    deep = tmp_path / "/".join("d" * 1200)
    path = tmp_path
    for _ in range(1200):
        path = path / "d"
        path.mkdir()
    (deep / "a.sql").write_text("")
    try:
        assert len(DiskTree(tmp_path).paths) == 1
        git(tmp_path, "init")
        assert len(DiskTree(tmp_path).paths) == 1
    finally:  # pytest itself cannot remove what is this deep
        subprocess.run(["rm", "-rf", tmp_path / "d"], check=True)


def test_decode() -> None:
    assert decode(b"\xef\xbb\xbfx") == ("x", None)
    assert decode("é".encode("utf-16-le")) == ("", "is not text")
    assert decode("x\né".encode("latin-1")) == ("", "is not UTF-8 in line 2")
    assert decode(b"\xff\xfe\x00") == ("", "is not UTF-16")
    assert decode(b"a\0b") == ("", "is not text")


def test_memory_tree_answers_as_the_disk_does(tmp_path: Path) -> None:
    files = {"d/a.sql": "A", "b.sql": "B"}
    memory, disk = MemoryTree(files), DiskTree(make(tmp_path, files))
    assert memory.paths == disk.paths
    for path in (*memory.paths, "d", "", "nope", "d/nope"):
        assert memory.exists(path) == disk.exists(path)
        assert memory.read(path) == disk.read(path)
        assert memory.could_exist(path) == disk.could_exist(path)
