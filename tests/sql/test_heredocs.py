"""What shell scripts give to clients. What bash and the clients themselves make of such lines is said at each case."""

from __future__ import annotations

import pytest

from schemalint.model.facts import CreateTable, Opaque
from schemalint.model.span import SourceFile
from schemalint.sql.heredocs import given, read_given


def _tables(script: str, dialect: str = "postgres") -> list[str]:
    file = SourceFile("init.sh", script)
    facts = [fact for one in given(script) for fact in read_given(file, one, dialect).facts]
    assert all(fact.guard for fact in facts if isinstance(fact, CreateTable))
    for fact in facts:
        if isinstance(fact, CreateTable):
            assert fact.table.name.text in file.slice(fact.span), file.slice(fact.span)
    return [fact.table.name.text for fact in facts if isinstance(fact, CreateTable)]


def _troubles(script: str, dialect: str = "postgres") -> list[tuple[str, str]]:
    file = SourceFile("init.sh", script)
    facts = [fact for one in given(script) for fact in read_given(file, one, dialect).facts]
    return [(file.slice(fact.span), fact.why) for fact in facts if isinstance(fact, Opaque)]


_TABLE = "CREATE TABLE t (id int);"


@pytest.mark.parametrize(
    "script",
    [
        f"psql <<EOF\n{_TABLE}\nEOF\n",
        f"psql -v ON_ERROR_STOP=1 --username x <<-'EOSQL'\n\t{_TABLE}\n\tEOSQL\n",
        f'psql <<"END OF IT"\n{_TABLE}\nEND OF IT\n',
        f"if true; then\n  x\nfi\ncd /x && cat <<EOF | psql -1 && echo done\n{_TABLE}\nEOF\n",
        f"PGPASSWORD=x psql -h db -c '{_TABLE}'",
        f'psql -Atc "{_TABLE}"',
        f"psql --command='{_TABLE}'",
        f'psql -c"{_TABLE}"',
        f"docker compose exec -T db psql -U me shop <<< '{_TABLE}'",
        f'echo "{_TABLE}" | sudo -u postgres psql',
        f'"${{psql[@]}}" <<-EOSQL\n{_TABLE}\nEOSQL\n',
        f"docker_process_sql --dbname x <<EOF\n{_TABLE}\nEOF",
        f"psql <<EOF # it isn't over\n{_TABLE}\nEOF\n",
        f"psql <<EOF \\\n  -q\n{_TABLE}\nEOF\n",
        f"x=$((1 << 2))\n(( y = 1 << 3 ))\npsql <<EOF\n{_TABLE}\nEOF\n",
        f"cat <<A > /dev/null; psql <<B\nCREATE TABLE no (id int);\nA\n{_TABLE}\nB\n",
    ],
)
def test_what_is_given(script: str) -> None:
    assert _tables(script) == ["t"]


@pytest.mark.parametrize(
    "script",
    [
        f"cat <<EOF > later.sql\n{_TABLE}\nEOF\n",
        f"# psql -c '{_TABLE}'\n",
        f"echo '{_TABLE}'",
        "psql -lqt",
        "until psql -c '\\q'; do sleep 1; done",
        f"echo psql -c '{_TABLE}'",
    ],
)
def test_what_is_not(script: str) -> None:
    assert _tables(script) == []
    assert _troubles(script) == []


@pytest.mark.parametrize(
    "script",
    [
        f"if [ -n x ]; then\n  psql -c '{_TABLE}'\nfi\n",
        f"make() {{\n  psql -c '{_TABLE}'\n}}\n",
        f"for x in a b; do psql <<EOF\n{_TABLE}\nEOF\ndone\n",
        f"test -n x && psql -c '{_TABLE}'",
        f"test -n x || echo '{_TABLE}' | psql",
        f"case $1 in\n  a) psql -c '{_TABLE}';;\nesac\n",
    ],
)
def test_what_is_given_perhaps(script: str) -> None:
    assert _tables(script) == []
    assert [why for _, why in _troubles(script)] == ["what the script gives to the client here depends on how it runs"]


def test_what_the_shell_puts_in() -> None:
    assert _tables("psql <<EOF\nCREATE TABLE $name (id int);\nCREATE TABLE b (id int, $more int);\nEOF\n") == ["b"]
    assert _tables("psql <<'EOF'\nDO $$ BEGIN CREATE TABLE t (id int); END $$;\nEOF\n") == ["t"]
    assert _tables("psql <<EOF\nDO \\$\\$ BEGIN CREATE TABLE t (id int); END \\$\\$;\nEOF\n") == ["t"]
    assert _tables("mysql <<EOF\nCREATE TABLE \\`t\\` (id int);\nEOF\n", "mysql") == ["t"]
    assert _tables("mysql -e 'CREATE TABLE `t` (id int)'", "mysql") == ["t"]
    assert _tables('mysql -uroot -p"$PASSWORD" -e "CREATE TABLE $(name) (id int); CREATE TABLE t (id int)"', "") == [
        "t"
    ]


def test_the_process_id_for_a_dollar_quote() -> None:
    script = "psql <<EOF\nCREATE TABLE a (id int);\nDO $$ BEGIN CREATE TABLE b (id int); END $$;\nEOF\n"
    assert _tables(script) == ["a"]
    assert ("$$", "the shell puts its process id or a variable here") in [
        (where, why.split(",")[0]) for where, why in _troubles(script)
    ]


@pytest.mark.parametrize(
    ("script", "file"),
    [
        ("psql -f /sql/a.sql", "/sql/a.sql"),
        ("psql --file=a.sql", "a.sql"),
        ("mysql shop < a.sql", "a.sql"),
        ("cat a.sql | mysql", "a.sql"),
        ("gunzip -c a.sql.gz | psql", "a.sql.gz"),
        ("sqlite3 app.db < a.sql", "a.sql"),
    ],
)
def test_files(script: str, file: str) -> None:
    assert [one.file for one in given(script)] == [file]


def test_databases() -> None:
    script = 'psql -d a -c x; psql b -c x; mysql -Dc -e x; mysql --database d -e x; psql -c x; psql --dbname "$D" -c x'
    assert [one.database for one in given(script)] == ["a", "b", "c", "d", None, "$D"]


@pytest.mark.parametrize(
    ("script", "where", "why"),
    [
        ("psql <<EOF\nSELECT 1;\n", "psql", "this heredoc is never closed: all of the rest is given to the client"),
        ('psql -f "$x"', '"$x"', "only the run tells which file $x is, so what it runs is not known"),
        ("pg_dump x | psql", "pg_dump x", "what pg_dump writes is run here and is not known"),
        ("sed s/a/b/ x.sql | psql", "sed s/a/b/ x.sql", "what sed writes is run here and is not known"),
        ("psql -c 'a'\"b\"", "'a'\"b\"", "the shell puts this text together, so what it says is not known"),
    ],
)
def test_what_is_not_known(script: str, where: str, why: str) -> None:
    assert _troubles(script) == [(where, why)]


def test_hostile_scripts_end() -> None:
    for text in ("psql <<A " * 40_000, "((" * 100_000, "psql -c '" * 50_000, "a|" * 100_000, "psql <<A\n\\$" * 30_000):
        assert len(list(given(text))) <= 301
    assert len(list(given("psql -c 'x';" * 1000))) == 301
