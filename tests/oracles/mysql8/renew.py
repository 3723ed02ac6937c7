"""Puts statements.sql to go-mysql-server and writes goldens.json anew. Needs Go and a module proxy.

python tests/oracles/mysql8/renew.py
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

HERE = Path(__file__).parent


def main() -> None:
    made = subprocess.run(["go", "run", "."], cwd=HERE, check=True, capture_output=True)
    (HERE / "goldens.json").write_text(json.dumps(json.loads(made.stdout), indent=1) + "\n")


if __name__ == "__main__":
    main()
