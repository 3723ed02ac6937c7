"""Rule pages on a terminal."""

from __future__ import annotations

from typing import TextIO


def show(markdown: str, out: TextIO, color: bool) -> None:
    """Writes a page: as it is, or laid out for a terminal that shows colour."""
    if not color:
        out.write(markdown)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console(file=out, force_terminal=True).print(Markdown(markdown))
