"""What formats for people share: text that is safe to print, colour, source frames and the closing summary."""

from __future__ import annotations

import re

# Control characters, marks that reorder or hide text, and halves of surrogate pairs. Printed raw, a file of the checked
# repository could move the cursor, retitle the window, or show a line other than the one it holds.
_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e0fff]"
)

_CODES = {"error": "1;31", "warning": "1;33", "note": "1;36", "bold": "1", "frame": "34", "help": "1;32"}


def safe(text: str) -> str:
    """The text on one line, with every character that does more than show itself replaced by one that shows."""
    return _UNSAFE.sub(_shown, text) if _UNSAFE.search(text) else text


def _shown(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)  # the control pictures, one cell each
    return "\u2421" if code == 0x7F else "\ufffd"


class Paint:
    """Colours text, or leaves it as it is."""

    def __init__(self, color: bool) -> None:
        self._color = color

    def __call__(self, style: str, text: str) -> str:
        """The text in a style: a severity, "bold", "frame" or "help"."""
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self._color and text else text
