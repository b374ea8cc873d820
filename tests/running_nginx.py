"""nginx with the file that ships with the product, on free loopback ports."""

import datetime
import os
import re
import shutil
import signal
import ssl
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.running_server import PROJECT, free_port

SHIPPED = PROJECT / "deploy" / "nginx" / "complete-community.conf"
_AROUND = """
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
{user}
worker_processes 1;
events {{}}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


def nginx_program() -> str | None:
    """Where nginx is, if it is installed."""
    return shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


@dataclass
class RunningNginx:
    """One nginx before some processes of the app."""

    folder: Path
    behind: Sequence[int]
    port: int = field(default_factory=free_port)
    plain_port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where the pages are."""
        return f"https://127.0.0.1:{self.port}"

    def start(self) -> "RunningNginx":
        """Start it and wait until it passes a question on."""
        program = nginx_program()
        assert program
        self.folder.mkdir(parents=True)
        _make_certificate(self.folder)
        (self.folder / "site.conf").write_text(self._fitted(SHIPPED.read_text("utf-8")), "utf-8")
        user = "user root;" if os.getuid() == 0 else ""
        main = self.folder / "nginx.conf"
        main.write_text(_AROUND.format(folder=self.folder, user=user), "utf-8")
        command = [program, "-e", str(self.folder / "error.log"), "-c", str(main)]
        self.process = subprocess.Popen(command)
        for _ in range(200):
            if self.status("/readyz") == 200:
                return self
            assert self.process.poll() is None, (self.folder / "error.log").read_text()
            time.sleep(0.05)
        raise AssertionError((self.folder / "error.log").read_text())

    def stop(self) -> None:
        """End it."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(timeout=20)

    def status(self, path: str, data: bytes | None = None) -> int:
        """The status that a question is answered with; 0 where there is no answer."""
        request = urllib.request.Request(self.url + path, data=data)
        trusting = ssl._create_unverified_context()
        try:
            with urllib.request.urlopen(request, timeout=10, context=trusting) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def logged(self) -> list[list[str]]:
        """The lines of the access log, as fields."""
        path = self.folder / "access.log"
        return [line.split() for line in path.read_text("utf-8").splitlines()]

    def _fitted(self, text: str) -> str:
        ports = "\n".join(
            f"    server 127.0.0.1:{one} max_fails=1 fail_timeout=5s;" for one in self.behind
        )
        changes = (
            (r"(    server 127\.0\.0\.1:\d+ [^\n]*\n?)+", ports + "\n"),
            (r"listen 80;", f"listen 127.0.0.1:{self.plain_port};"),
            (r"listen 443 ssl;", f"listen 127.0.0.1:{self.port} ssl;"),
            (r"server_name [^;]+;", "server_name 127.0.0.1;"),
            (r"ssl_certificate +[^;]+;", f"ssl_certificate {self.folder}/certificate.pem;"),
            (r"ssl_certificate_key +[^;]+;", f"ssl_certificate_key {self.folder}/key.pem;"),
            (r"access_log /[^ ]+", f"access_log {self.folder}/access.log"),
        )
        for pattern, instead in changes:
            text, count = re.subn(pattern, instead, text)
            assert count, pattern
        return text


def _make_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    (folder / "certificate.pem").write_bytes(certificate.public_bytes(pem))
    private = key.private_bytes(
        pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "key.pem").write_bytes(private)
