"""What the README shows is what the tool prints, and the commands it names exist."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def check(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "schemalint", "check", *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_output_shown_is_real() -> None:
    shown = re.search(r"```\n(error\[SL101\].*?)\n```", README, re.S)
    assert shown is not None
    done = check("corpus/sequelize-init-script/broken", "--select", "SL101")
    assert done.returncode == 1
    assert shown[1] in done.stdout
    assert done.stdout.count("error[SL101]") == 5


def test_the_configuration_shown_is_accepted(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", README, re.S)
    assert example is not None
    (tmp_path / "schemalint.toml").write_text(example[1], "utf-8")
    (tmp_path / "a.sql").write_text("CREATE TABLE a (id int);", "utf-8")
    done = check(str(tmp_path))
    assert done.returncode == 0, done.stderr
