"""A PostgreSQL server of the tests' own: Debian's programs, a throw-away folder, a free port."""

import os
import pwd
import re
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import psycopg

from tests.running_server import free_port

NOT_FOUND = "the PostgreSQL half was not run: no PostgreSQL server is installed here"
# Where a file is made in memory, a copy of a database takes a tenth of the time.
_IN_MEMORY = Path("/dev/shm")
# Nothing of it has to survive a power cut, and it must be quick.
_QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_MANY = ("max_connections=100",)
# Order by pinyin, which is not that of SQLite: what relies on the server's own order is found.
_OTHER_ORDER = ("--locale-provider=icu", "--icu-locale=zh")


def server_programs() -> Path | None:
    """The folder with ``initdb`` and ``postgres``, the newest version first."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    on_path = shutil.which("initdb")
    if found:
        return found[-1].parent
    return Path(on_path).resolve().parent if on_path else None


@cache
def _version(initdb: Path) -> int:
    said = subprocess.run([initdb, "--version"], capture_output=True, text=True, check=True)
    found = re.search(r"\d+", said.stdout)
    return int(found.group()) if found else 0


@dataclass
class PostgresServer:
    """One running server, with ``postgres`` as its only user, who needs no password."""

    programs: Path
    folder: Path
    port: int
    is_durable: bool = False
    process: subprocess.Popen[bytes] | None = None
    made: int = 0

    @classmethod
    def created(cls, is_durable: bool = False) -> "PostgresServer":
        """A new, empty server that runs; only a durable one waits for the disk, as real ones do."""
        programs = server_programs()
        assert programs, NOT_FOUND
        memory = _IN_MEMORY if _IN_MEMORY.is_dir() and not is_durable else None
        folder = Path(tempfile.mkdtemp(prefix="assessment-postgres-", dir=memory))
        if os.getuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
        server = cls(programs, folder, free_port(), is_durable)
        order = _OTHER_ORDER if _version(programs / "initdb") >= 15 else ()
        options = ("-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
        made = server._begin("initdb", "-D", str(folder / "data"), *options, *order)
        assert made.wait() == 0, server.log
        server.start()
        return server

    @property
    def log(self) -> str:
        """What the server said."""
        return (self.folder / "log").read_text(errors="replace")

    def url(self, database: str) -> str:
        """The address of a database, as the settings take it."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        options = [f"--{one}" for one in (_MANY if self.is_durable else (*_MANY, *_QUICK))]
        self.process = self._begin(
            "postgres",
            *("-D", str(self.folder / "data"), "-p", str(self.port)),
            *("-h", "127.0.0.1", "-k", str(self.folder)),
            *options,
        )
        # Not pg_isready: that says yes before the first database can be opened.
        for _ in range(600):
            assert self.process.poll() is None, self.log
            try:
                psycopg.connect(self.url("postgres"), connect_timeout=5).close()
                return
            except psycopg.OperationalError:
                time.sleep(0.05)
        raise AssertionError(self.log)

    def stop(self) -> None:
        """End it at once, as an administrator does who does not wait for the clients."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=60)

    def remove(self) -> None:
        """End it and delete its folder."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def new_database(self, template: str = "template0") -> str:
        """The name of a new database, a copy of ``template``."""
        self.made += 1
        name = f"test_{self.made}"
        # Copying the files takes a quarter of the time of writing them through the log.
        by_file = " STRATEGY file_copy" if _version(self.programs / "initdb") >= 15 else ""
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}{by_file}")
        return name

    def drop(self, database: str) -> None:
        """Remove a database, whoever is still in it."""
        self.run(f"DROP DATABASE IF EXISTS {database} WITH (FORCE)")

    def run(self, statement: str, database: str = "postgres") -> None:
        """Run one statement outside of a transaction."""
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement.encode())

    def _begin(self, program: str, *arguments: str) -> subprocess.Popen[bytes]:
        user = pwd.getpwnam("postgres") if os.getuid() == 0 else None
        who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [self.programs / program, *arguments],
                cwd=self.folder,
                stdout=log,
                stderr=subprocess.STDOUT,
                **who,
            )
