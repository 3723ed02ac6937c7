"""What a user waits for: saying the version loads nothing that is heavy."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

HEAVY = {"sqlglot", "sqlalchemy", "libcst", "rich", "tree_sitter", "msgspec", "yaml", "pathspec", "semver", "packaging"}
PROGRAM = """
import json, sys
from schemalint.cli import main
try:
    main({arguments})
except SystemExit as exit:
    sys.stderr.write(json.dumps([exit.code, sorted({{name.split(".")[0] for name in sys.modules}})]))
"""


def loaded(*arguments: str) -> tuple[int, set[str], str]:
    """The exit code, the packages imported in the end, and what was printed."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(arguments=list(arguments))],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    )
    code, modules = json.loads(done.stderr.splitlines()[-1])
    return code, set(modules), done.stdout


def test_the_version_loads_nothing_heavy() -> None:
    for arguments in (["--version"], ["version"], ["--help"], ["check", "--help"]):
        code, modules, printed = loaded(*arguments)
        assert code == 0
        assert printed
        assert "click" in modules
        assert not HEAVY & modules, arguments


def test_the_measure_sees_what_is_loaded() -> None:
    assert {"msgspec", "rich"} <= loaded("check", str(Path(__file__).parent / "data"))[1] & HEAVY
