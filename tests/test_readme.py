"""What the README shows is what the tool prints, and the commands it names exist."""

from __future__ import annotations

import re
from pathlib import Path

from click.testing import CliRunner

from schemalint.cli import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def test_the_output_shown_is_real() -> None:
    shown = re.search(r"```\n(error\[SL101\].*?)\n```", README, re.S)
    assert shown is not None
    done = CliRunner().invoke(main, ["check", str(ROOT / "corpus/sequelize-init-script/broken"), "--select", "SL101"])
    assert done.exit_code == 1
    assert shown[1] in done.stdout
    assert done.stdout.count("error[SL101]") == 5


def test_the_configuration_shown_is_accepted(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.*?)```", README, re.S)
    assert example is not None
    (tmp_path / "schemalint.toml").write_text(example[1], "utf-8")
    (tmp_path / "a.sql").write_text("CREATE TABLE a (id int);", "utf-8")
    done = CliRunner().invoke(main, ["check", str(tmp_path)])
    assert done.exit_code == 0, done.output
