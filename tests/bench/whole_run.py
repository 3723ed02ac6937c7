"""Where the time of one check goes: the stages of the pipeline, in CPU seconds and as parts of the whole."""

from __future__ import annotations

import cProfile
import pstats
import sys
from pathlib import Path

from schemalint.config import Config
from schemalint.discover import DiskTree
from schemalint.lint import lint

STAGES = {
    ("discover.py", "__init__"): "list the files",
    ("deployment/__init__.py", "read"): "read deployment files and code",
    ("reading.py", "read"): "read sources",
    ("replay/__init__.py", "play"): "replay",
    ("lint.py", "_judge"): "judge",
    ("summary.py", "summarise"): "summarise",
}


def main() -> None:
    profile = cProfile.Profile()
    profile.enable()
    lint(DiskTree(Path(sys.argv[1]).resolve()), Config())
    profile.disable()
    stats = pstats.Stats(profile)
    print(f"{stats.total_tt:.2f} s under the profiler")  # type: ignore[attr-defined]
    for (file, _, name), (_, _, _, cumulative, _) in stats.stats.items():  # type: ignore[attr-defined]
        for (path, function), stage in STAGES.items():
            if name == function and file.endswith(f"schemalint/{path}"):
                print(f"{cumulative / stats.total_tt:6.0%}  {stage}")  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
