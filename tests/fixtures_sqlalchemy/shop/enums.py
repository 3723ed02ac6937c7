# ruff: noqa
import enum


class Color(enum.Enum):
    RED = "red"
    DEEP_BLUE = "deep blue"
    CRIMSON = "red"


class State(str, enum.Enum):
    open = "OPEN"
    closed = "CLOSED"


class Level(enum.IntEnum):
    low = 1
    high = 2
