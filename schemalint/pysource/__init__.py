"""Python sources read with `ast`, never imported: names across files, and what SQLAlchemy's calls say about a schema.

`nodes` holds expressions as plain data, `modules` what a file defines, `resolve` what a name means; the others know
SQLAlchemy: types, columns, constraints, naming conventions, tables. Models and Alembic revisions are read with them.
"""
