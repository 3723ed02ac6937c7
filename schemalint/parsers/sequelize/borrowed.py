"""Attributes that a migration takes from a model of the package: `createTable('users', models.User.rawAttributes)`. What they
make is what the model says today (tests/oracles/migrations/fixtures/sequelize-attributes-sqlite)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING

from schemalint.dialects import dialect as dialect_named
from schemalint.jssource.here import Here
from schemalint.model.names import TableName
from schemalint.parsers.sequelize.facts import tables
from schemalint.parsers.sequelize.models import Attribute, Model

if TYPE_CHECKING:
    from schemalint.parsers.sequelize.package import Package

_MEMBERS = {"rawAttributes", "tableAttributes", "attributes"}
"""The last is an alias before Sequelize 5."""


class Borrowed:
    """The models of one package, which are put together when a migration asks for one."""

    def __init__(self, models: Callable[[], Package], dialect: str | None) -> None:
        self._models, self._dialect = models, dialect_named(dialect)

    @cached_property
    def _package(self) -> Package:
        return self._models()

    @cached_property
    def tables(self) -> dict[int, TableName]:
        """The tables of the models, to which attributes refer; what is not certain of a model is known with them."""
        return tables(self._package, self._dialect).names

    def attributes(self, here: Here) -> dict[str, Attribute] | None:
        """The attributes that an expression certainly is; None where it is something else, or not all of them are known."""
        member = here.at(here.value["f"]) if here.kind == "call" else here
        if member.kind != "mem" or member.value["p"] not in ({"getAttributes"} if here.kind == "call" else _MEMBERS):
            return None
        model = self._package.find(member.at(member.value["o"]))
        if (
            model is None
            or id(model) not in self.tables
            or self._package.hooked
            or not _known(model, member.value["p"])
        ):
            return None
        return {name: replace(one, unique=one.unique is True) for name, one in model.attributes.items()}


def _known(model: Model, member: str) -> bool:
    """Whether everything is known of a model's attributes. Those that are VIRTUAL count as columns where all are handed over."""
    whole = model.virtual is False or member == "tableAttributes"
    return whole and not model.unread and all(one.field for one in model.attributes.values())
