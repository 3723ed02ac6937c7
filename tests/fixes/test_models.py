"""Arguments of columns of SQLAlchemy models: what one edit is certain to say."""

from __future__ import annotations

import ast
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from schemalint.fixes.parsing import parses
from tests.fixes.projects import SQL, after, fixed, shop

UNIQUE = "name text, UNIQUE (name)"
INDEX = "CREATE INDEX ix_shops_name ON shops (name);"


@pytest.mark.parametrize(
    ("column", "ddl", "rest", "left"),
    [
        ("name = Column(Text)", "name text NOT NULL", "", "name = Column(Text, nullable=False)"),
        (
            "name = sa.Column(sa.Text, nullable=True)",
            "name text NOT NULL",
            "",
            "name = sa.Column(sa.Text, nullable=False)",
        ),
        ("n = Column('name', Text)", "name text NOT NULL", "", "n = Column('name', Text, nullable=False)"),
        ("n = Column(Text, name='name')", "name text NOT NULL", "", "n = Column(Text, name='name', nullable=False)"),
        ("name = Column(Text, nullable=bool(1))", "name text NOT NULL", "", None),
        ("name: Mapped[Optional[str]] = mapped_column('name', Text)", "name text NOT NULL", "", None),
        (
            "n: Mapped[str] = mapped_column('name', nullable=True)",
            "name text NOT NULL",
            "",
            "n: Mapped[str] = mapped_column('name', nullable=False)",
        ),
        ("name = Column(Text, **MORE)", "name text NOT NULL", "", None),
        ("name = Column(Text)", "name text NOT NULL DEFAULT ''", "", None),
        ("name = Column(String(80))", "name varchar(20)", "", "name = Column(String(20))"),
        (
            "name = Column(String(80, collation='C'))",
            "name varchar(20)",
            "",
            "name = Column(String(20, collation='C'))",
        ),
        ("name = Column(String(40 + 40))", "name varchar(20)", "", None),
        ("name = Column(Text, comment='Text')", "name varchar(20)", "", "name = Column(String(20), comment='Text')"),
        ("name = sa.Column(sa.Text)", "name varchar(20)", "", "name = sa.Column(sa.String(20))"),
        ("name = Column(sa.types.Text)", "name varchar(20)", "", None),
        ("name = Column(sa.Text())", "name varchar(20)", "", None),
        ("name = Column(Text)", "name char(20)", "", None),
        ("name = Column(Text)", UNIQUE, "", "name = Column(Text, unique=True)"),
        ("name = Column(Text, unique=False)", UNIQUE, "", "name = Column(Text, unique=True)"),
        ("name = Column(Text, index=True)", UNIQUE, "", None),
        ("name = Column(Text)", "name text", "CREATE UNIQUE INDEX u ON shops (name);", None),
        ("name = Column(Text)", "name text", INDEX, "name = Column(Text, index=True)"),
        ("name = Column(Text, index=False)", "name text", INDEX, "name = Column(Text, index=True)"),
        ("name = Column(Text)", "name text", INDEX.replace("ix_", "idx_"), None),
        ("name = Column(Text)", "name text", INDEX.replace("name)", "name DESC)"), None),
        ("__table_args__ = {'schema': 'public'}\n    name = Column(Text)", "name text", INDEX, None),
    ],
)
def test_what_one_edit_is_certain_to_say(column: str, ddl: str, rest: str, left: str | None) -> None:
    files = shop(column, f"{ddl}, code text UNIQUE, kind text", f"CREATE INDEX ON shops (kind);{rest}")
    assert after(files) == left
    if left is not None:
        before, now = (sent(content.decode()) for content in fixed(dict(files)).files["models.py"])
        wanted = rest or (ddl.replace("name text, ", "") if ddl == UNIQUE else ddl.replace("text", "TEXT"))
        said = (
            wanted.rstrip(";")
            .replace("varchar", "VARCHAR")
            .replace("TEXT", "VARCHAR" if "Text" not in left else "TEXT")
        )
        assert said not in before
        assert said in now


def sent(source: str) -> str:
    """The DDL that SQLAlchemy sends to PostgreSQL for the tables of a module."""
    names: dict[str, Any] = {"__name__": "models"}
    exec(compile(source, "models.py", "exec", dont_inherit=True), names)
    tables = names["Base"].metadata.sorted_tables
    dialect = postgresql.dialect()
    made = [CreateTable(table) for table in tables] + [CreateIndex(one) for table in tables for one in table.indexes]
    return "\n".join(str(one.compile(dialect=dialect)) for one in made)


@pytest.mark.parametrize(
    ("field", "left"),
    [
        ("Field(max_length=80, index=True)", "Field(max_length=20, index=True)"),
        ("Field('', max_length=80)", "Field('', max_length=20)"),
        ("Field(max_length=8 * 10)", None),
        ("Field(sa_type=String(80))", None),
        ("Field(sa_column=Column(String(80)))", "Field(sa_column=Column(String(20)))"),
        ("Field(sa_column=Column(String(80), **MORE))", None),
    ],
)
def test_fields_of_sqlmodel(field: str, left: str | None) -> None:
    files = {
        SQL: "CREATE TABLE shops (id bigserial PRIMARY KEY, name varchar(20));\n",
        "requirements.txt": "psycopg2-binary==2.9.9\nsqlmodel==0.0.22\n",
        "models.py": (
            "from sqlalchemy import Column, String\nfrom sqlmodel import Field, SQLModel\n\n\n"
            'class Shop(SQLModel, table=True):\n    __tablename__ = "shops"\n'
            f"    id: int | None = Field(default=None, primary_key=True)\n    name: str | None = {field}\n"
        ),
    }
    assert after(files) == (None if left is None else f"name: str | None = {left}")


def test_a_bare_text_wants_string_to_be_imported() -> None:
    files = shop("name = Column(Text)", "name varchar(20)")
    files["models.py"] = files["models.py"].replace("String, Text", "Text")
    assert after(files) is None


def test_a_naming_convention_anywhere_names_indexes_otherwise() -> None:
    files = shop(
        "name = Column(Text)", "name text, code text UNIQUE, kind text", f"CREATE INDEX ON shops (kind);{INDEX}"
    )
    assert after(files) is not None
    assert (
        after({**files, "base.py": "metadata = MetaData(naming_convention={'ix': 'i_%(column_0_label)s'})\n"}) is None
    )
    assert after({**files, "base.py": "metadata = MetaData(\n    schema='public')\n"}) is None


def test_an_index_is_unsafe_where_create_all_would_make_it() -> None:
    files = shop(
        "name = Column(Text)", "name text, code text UNIQUE, kind text", f"CREATE INDEX ON shops (kind);{INDEX}"
    )
    assert fixed(dict(files), unsafe=False).applied == 1
    files["start.py"] = "from models import Base\n\nBase.metadata.create_all(engine)\n"
    assert fixed(dict(files), unsafe=False).applied == 0
    assert fixed(dict(files), unsafe=True).applied == 1


@pytest.mark.parametrize("depth", [300, 1_500, 20_000])
@pytest.mark.parametrize("deep", ["a{}", "{}a", "{}1"], ids=["attributes", "words", "signs"])
def test_what_nests_too_deep_is_not_edited(deep: str, depth: int) -> None:
    more = {"a{}": ".a", "{}a": "a and ", "{}1": "-"}[deep] * depth
    done = fixed(dict(shop(f"name = Column(Text, info={deep.format(more)})")))
    assert done.refused == {}
    assert done.applied == (depth == 300)


WORDS = (
    """Text String(80) nullable=True index=True unique=True **MORE *MORE (Text) 'name' server_default='a' comment='ä'"""
)
ODD = ("\n", "\r\n", "# c\n", "x for x in y", "lambda: (1,)", "String(\n80)")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.sampled_from((*WORDS.split(), *ODD)), max_size=5),
    st.sampled_from([", ", ",\n        ", " , ", ",\r\n\t"]),
    st.booleans(),
)
def test_a_model_parses_after_whatever_was_fixed(words: list[str], between: str, trailing: bool) -> None:
    column = f"name = Column({between.join(words)}{',' if trailing and words else ''})"
    files = shop(column, "name varchar(20) NOT NULL, code text UNIQUE, kind text, UNIQUE (name)", INDEX)
    done = fixed(dict(files))
    assert done.refused == {}
    for before, now in done.files.values():
        if parses("models.py", before):
            ast.parse(now)
    assert fixed({**files, **{path: now for path, (_, now) in done.files.items()}}).applied == 0
