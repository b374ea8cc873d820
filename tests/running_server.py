"""The real program, started as a user starts it, on a free loopback port."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
READY_SECONDS = 300


def free_port() -> int:
    """A port on the loopback address that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class RunningServer:
    """One server process; its output is kept for the message when something fails."""

    home: Path
    script: Path = PROJECT / "streamlit_app.py"
    options: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    ready_path: str = "/readyz"
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where the pages are."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """What the server printed so far."""
        return (self.home / "server.log").read_text(errors="replace")

    def start(self) -> "RunningServer":
        """Start the process and wait until it is ready."""
        self.home.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-m", "streamlit", "run", str(self.script)]
        command += ["--server.port", str(self.port), *self.options]
        with (self.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.script.parent,
                env={**os.environ, "ASSESSMENT_HOME": str(self.home), **self.environment},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self._wait_until_ready()
        return self

    def kill(self) -> None:
        """End the process at once, as a power cut would."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        """End the process in order."""
        self._end(signal.SIGTERM)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """The process stands still, as on a machine that is too busy."""
        assert self.process
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)

    def cpu_seconds(self) -> float:
        """Processor time that the process has used."""
        assert self.process
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory_megabytes(self) -> float:
        """Resident memory of the process."""
        assert self.process
        for line in Path(f"/proc/{self.process.pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
        raise RuntimeError("no VmRSS")

    def _end(self, how: signal.Signals) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(timeout=20)

    def _wait_until_ready(self) -> None:
        assert self.process
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            if self.process.poll() is not None:
                raise RuntimeError(f"server ended: {self.log[-2000:]}")
            try:
                urllib.request.urlopen(f"{self.url}{self.ready_path}", timeout=2).close()
                return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise RuntimeError(f"server not ready: {self.log[-2000:]}")


def chromium_path() -> str | None:
    """The machine's own Chromium, the quick one without a window if it has that.

    ``None`` to use Playwright's.
    """
    return _first_of("chromium-headless-shell") or usual_chromium()


def usual_chromium() -> str | None:
    """The machine's own Chromium as people use it: for what is measured or shown to them."""
    found = _first_of("chromium", "chromium-browser", "google-chrome")
    return found or _first_of("chromium-headless-shell")


def _first_of(*names: str) -> str | None:
    return next((found for name in names if (found := shutil.which(name))), None)


CHROMIUM_OPTIONS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
