"""Texts that wear a reader down, of any size: what a file may hold by accident or on purpose."""

from __future__ import annotations

from collections.abc import Callable

SHAPES: dict[str, Callable[[int], str]] = {
    "many columns": lambda n: f"CREATE TABLE t ({','.join(f'c{i} int NOT NULL DEFAULT 0' for i in range(n))});",
    "one line": lambda n: "CREATE TABLE t (a datetime); INSERT INTO t VALUES (1, 'x'); " * n,
    "nested parentheses": lambda n: f"CREATE TABLE t (a int DEFAULT {'(' * 10 * n}1{')' * 10 * n});",
    "open parentheses": lambda n: "CREATE TABLE t (a int CHECK " + "(" * 10 * n,
    "open string": lambda n: "CREATE TABLE t (a int); INSERT INTO t VALUES ('" + "a; b\n" * 5 * n,
    "open comment": lambda n: "CREATE TABLE t (a int); /* " + "a; b\n" * 5 * n,
    "open dollar quote": lambda n: "CREATE TABLE t (a int); DO $x$ " + "a; b\n" * 5 * n,
    "nested comments": lambda n: "/*" * 10 * n + "CREATE TABLE t (a int);",
    "comments of comments": lambda n: f"CREATE TABLE t (a int {'/* /**/ */ ' * 2 * n});",
    "dollars": lambda n: "CREATE TABLE t (a int DEFAULT " + "$" * 20 * n,
    "dollar tags": lambda n: "".join(f"$a{i}$ " for i in range(2 * n)),
    "quotes": lambda n: "CREATE TABLE t (a text DEFAULT " + "'" * (20 * n + 1),
    "dashes": lambda n: "CREATE TABLE t (a int " + "--" * 10 * n + "\n);",
    "lines of dashes": lambda n: "CREATE TABLE t (a int " + "--\n" * 6 * n + ");",
    "spaces": lambda n: f"CREATE TABLE t (a int{' ' * 20 * n});",
    "dots": lambda n: f"CREATE TABLE {'a.' * 5 * n}b (a int);",
    "casts": lambda n: f"CREATE TABLE t (a int DEFAULT 1{'::int' * 5 * n});",
    "brackets": lambda n: "CREATE TABLE t (a int" + "[" * 10 * n,
    "unknown clauses": lambda n: f"CREATE TABLE t ({'a b !! c,' * 2 * n} d int);",
    "long alter": lambda n: "ALTER TABLE t " + ", ".join("ADD COLUMN a int" for _ in range(n)),
    "nested blocks": lambda n: f"DO $$ BEGIN {'BEGIN ' * n}{'ALTER TABLE t ADD x int; ' * n} END $$;",
    "routine of blocks": lambda n: "CREATE FUNCTION f() " + "BEGIN x; " * 2 * n,
    "calls": lambda n: (
        f"CREATE PROCEDURE p() BEGIN {'ALTER TABLE t ADD x int; ' * (n // 8)} END; {'CALL p(); ' * (n // 8)}"
    ),
    "templates": lambda n: "CREATE TABLE ${a}.t (a {{ b }});\n{% if c %}\n" * (n // 2),
    "open templates": lambda n: "CREATE TABLE t (a int " + "{{ {% ${ <% #{ @@a :b " * n,
    "a template in a long alter": lambda n: (
        "ALTER TABLE t ADD x {{ y }}, " + ", ".join("ADD COLUMN a int" for _ in range(n))
    ),
    "many texts": lambda n: "DECLARE @a int " + "EXEC(@a) SET @a = N'UPDATE t' " * n,
    "delimiters": lambda n: "\nDELIMITER //\nSELECT 1//\nDELIMITER ;\n" * n,
}
"""A name → the text of that shape and size: some ten or twenty characters for each one of `n`."""
