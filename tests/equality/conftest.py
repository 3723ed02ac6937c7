from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.equality.judges import Judges


@pytest.fixture(scope="session")
def judges(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judges]:
    with Judges(tmp_path_factory.mktemp("equality")) as found:
        yield found
