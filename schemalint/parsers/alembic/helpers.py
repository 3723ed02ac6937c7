"""Functions that revisions import from other files of the repository: their steps stand where they are called."""

from __future__ import annotations

from schemalint.parsers.alembic.around import Step, lost_step
from schemalint.parsers.alembic.steps import Flattener
from schemalint.pysource.modules import parse
from schemalint.pysource.nodes import Plain, node
from schemalint.pysource.resolve import Modules
from schemalint.pysource.writing import Writer

MAX_DEPTH = 3  # of files that call into files
MAX_FOLLOWED = 50_000  # steps of all helpers of a history


class Helpers:
    """Reads each file with helpers once."""

    def __init__(self, modules: Modules) -> None:
        self._modules = modules
        self._read: dict[str, Flattener | None] = {}
        self._left = MAX_FOLLOWED

    def steps(self, path: str, call: Plain, depth: int) -> tuple[str, list[Step]] | None:
        """The file and the steps of the function that a call means; None when it means no plain function of another
        file. What is not followed any further is a step that says so."""
        if call[0] != "call" or call[3][0] != "ref":
            return None
        found = self._modules.function(path, node(call[3]))
        if found is None or found.path == path:
            return None
        read = self._flattener(found.path)
        steps = None if read is None else read.helper(found.name, call, path)
        if steps is None:
            return None
        self._left -= len(steps)
        if depth >= MAX_DEPTH or self._left < 0:
            return path, [lost_step(call[1], call[2], "helpers call helpers further than they are followed")]
        return found.path, steps

    def _flattener(self, path: str) -> Flattener | None:
        if path not in self._read:
            file = self._modules.file(path)
            self._read[path] = None
            if file is not None:
                tree, read = parse(file)  # it was parsed when the function was found in it
                self._read[path] = Flattener(tree, Writer(read))
        return self._read[path]
