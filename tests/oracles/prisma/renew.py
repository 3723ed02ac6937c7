"""Has Prisma's schema engine write the SQL of every schema of the pages beside this file, and keeps it in goldens.json. README.md
says what it needs and how it is called."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

from tests.pages import sections

HERE = Path(__file__).parent
PROGRAMS = Path(os.environ.get("MIGRATION_TOOLS", HERE / "programs"))


def main() -> None:
    cases = [section for page in sorted(HERE.glob("*.md")) if page.stem != "README" for section in sections(page)]
    given = [{"provider": case.page.stem, "schema": case.files["schema.prisma"]} for case in cases]
    command = ["node", str(HERE / "diff.mjs"), str(PROGRAMS)]
    done = subprocess.run(command, input=json.dumps(given), capture_output=True, text=True, check=True)
    goldens = {case.id: result for case, result in zip(cases, json.loads(done.stdout), strict=True)}
    (HERE / "goldens.json").write_text(json.dumps(goldens, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    main()
