"""Whether two types, or two defaults, are the same to a server: same, different, or unknown.

`same` and `different` are certain; a server that was asked says so too (tests/equality). Whatever is not understood is
unknown, and unknown is never reported.
"""

from __future__ import annotations

from schemalint.equality.defaults import same_default
from schemalint.equality.types import same_type

__all__ = ["same_default", "same_type"]
