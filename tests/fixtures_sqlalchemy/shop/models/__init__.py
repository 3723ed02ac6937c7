# ruff: noqa
from ..db import Base as Base
from .accounts import Account as Account
from .catalog import *  # noqa: F403
