"""A throw-away PostgreSQL cluster on a free loopback port."""

import os
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.running_server import free_port

_FOUND = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
_QUICK = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"


def postgres_folder() -> Path | None:
    """Where the server's programs are, or ``None`` on a machine without it."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    return _FOUND[-1].parent if _FOUND else None


@contextmanager
def postgres_cluster(durable: bool = False) -> Iterator[str]:
    """The URL of an empty database; the cluster ends with the context.

    Only a ``durable`` one waits for the disk, as a real one does.
    """
    programs = postgres_folder()
    assert programs is not None
    folder, port = Path(tempfile.mkdtemp(prefix="cluster-")), free_port()
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
    data = folder / "data"
    _run(str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", "tester", "-E", "UTF8")
    options = f"-p {port} -c listen_addresses=127.0.0.1 -k {folder} {'' if durable else _QUICK}"
    control = [str(programs / "pg_ctl"), "-D", str(data), "-w"]
    _run(*control, "-l", str(folder / "server.log"), "-o", options, "start")
    try:
        yield f"postgresql+psycopg://tester@127.0.0.1:{port}/postgres"
    finally:
        _run(*control, "-m", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)


def empty_database(url: str) -> str:
    """A further database of the cluster; its URL."""
    name = f"made-{uuid.uuid4().hex}"
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"'.encode())
    return f"{url.rpartition('/')[0]}/{name}"


def _run(*command: str) -> None:
    # The server refuses to run as root.
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    subprocess.run([*prefix, *command], check=True, capture_output=True, cwd="/")
