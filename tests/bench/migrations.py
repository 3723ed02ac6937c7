"""How long a check of a long history takes: N files of 1 kB, read and replayed, with and without their ways back, and with a
warm cache. CPU seconds of the whole process, start-up included, as a hook would pay for them: modules are compiled, as an
installation leaves them."""

from __future__ import annotations

import compileall
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

import schemalint

_TABLE = """-- what the team of table {n} asked for, so that a file has the size that files have
CREATE TABLE table_{n} (
    id bigserial PRIMARY KEY,
    tenant_id bigint NOT NULL,
    name varchar(200) NOT NULL DEFAULT '',
    description text,
    amount numeric(12, 2) NOT NULL DEFAULT 0,
    settings jsonb NOT NULL DEFAULT '{{}}',
    active boolean NOT NULL DEFAULT true,
    parent_id bigint REFERENCES table_{parent} (id) ON DELETE CASCADE,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT table_{n}_name_key UNIQUE (tenant_id, name),
    CONSTRAINT table_{n}_amount_check CHECK (amount >= 0)
);
CREATE INDEX table_{n}_parent_idx ON table_{n} (parent_id);
CREATE INDEX table_{n}_created_idx ON table_{n} (tenant_id, created_at DESC) WHERE active;
COMMENT ON TABLE table_{n} IS 'everything that is known of {n}';
"""
_CHANGE = """-- table {n} again: what was forgotten the first time, and what nobody needs any more
ALTER TABLE table_{n} ADD COLUMN extra_{k} varchar(50), ADD COLUMN state_{k} integer NOT NULL DEFAULT 1;
ALTER TABLE table_{n} ADD CONSTRAINT state_{n}_{k} CHECK (state_{k} IN (1, 2, 3));
ALTER TABLE table_{n} ALTER COLUMN extra_{k} SET DEFAULT 'none';
CREATE INDEX table_{n}_extra_{k} ON table_{n} (extra_{k});
UPDATE table_{n} SET state_{k} = 2 WHERE amount > 100;
INSERT INTO table_{n} (tenant_id, name, amount) VALUES (1, 'first', 10), (1, 'second', 20), (2, 'third', 30);
"""


def write(folder: Path, files: int, back: bool) -> None:
    """A history: every fourth file makes a table, the others change one. With `back`, every second file is a way back."""
    folder.mkdir(parents=True)
    made = 0
    for number in range(1, files // (2 if back else 1) + 1):
        if number % 4 == 1:
            made += 1
            up = _TABLE.format(n=made, parent=max(1, made - 1))
            down = f"DROP TABLE table_{made};\n"
        else:
            table, k = 1 + number * 2_654_435_761 % 2**32 % made, number
            up = _CHANGE.format(n=table, k=k)
            down = f"ALTER TABLE table_{table} DROP COLUMN extra_{k}, DROP COLUMN state_{k};\n"
        (folder / f"{number:06}_step.up.sql").write_text(f"{up:-<1000}\n" if len(up) < 1000 else up)
        if back:
            (folder / f"{number:06}_step.down.sql").write_text(down)


def main() -> None:
    files = int(sys.argv[1]) if len(sys.argv) > 1 else 5_000
    compileall.compile_dir(Path(schemalint.__file__).parent, quiet=1)
    for back in (False, True):
        with tempfile.TemporaryDirectory() as root:
            write(Path(root, "db/migrations"), files, back)
            Path(root, "go.mod").write_text("module example.com/shop\n\nrequire github.com/lib/pq v1.10.0\n")
            name = f"{files:,} files, {'half of them ways back' if back else 'ups only'}"
            cache = Path(root, ".cache")
            print(f"{_check(root, '--no-cache'):.2f} s  {name}, without a cache", flush=True)
            print(f"{_check(root, '--cache-dir', str(cache)):.2f} s  {name}, filling the cache")
            print(f"{_check(root, '--cache-dir', str(cache)):.2f} s  {name}, warm", flush=True)


def _check(root: str, *options: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "schemalint", "check", root, "--exit-zero", *options]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("0 errors"), done.stdout[:2000]
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
