"""A PostgreSQL of our own for the tests: system programs, loopback, a free port, gone at the end."""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path


def _programs() -> Path:
    found = shutil.which("pg_config")
    if found:
        folder = subprocess.run([found, "--bindir"], capture_output=True, text=True, check=True).stdout.strip()
        if (Path(folder) / "initdb").exists():
            return Path(folder)
    for folder_path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder_path / "initdb").exists():
            return folder_path
    raise RuntimeError(
        "PostgreSQL's programs are missing: `make setup` installs them, or set HMS_TEST_POSTGRES to a DSN."
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running_server() -> Iterator[str]:
    """Start a cluster in a new folder; yields a DSN of its `postgres` database; stops and removes it."""
    programs, port = _programs(), _free_port()
    folder = Path(tempfile.mkdtemp(prefix="hms-pg-"))
    user = "postgres" if os.geteuid() == 0 else None
    if user:
        account = pwd.getpwnam(user)
        os.chown(folder, account.pw_uid, account.pw_gid)
    run = {"user": user, "cwd": folder, "check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    data = folder / "data"
    options = (
        f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c fsync=off "
        "-c full_page_writes=off -c max_connections=120 -c shared_buffers=64MB"
    )
    init = [
        str(programs / "initdb"),
        "-D",
        str(data),
        "-A",
        "trust",
        "-U",
        "postgres",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]
    control = [str(programs / "pg_ctl"), "-D", str(data), "-w"]
    subprocess.run(init, **run)  # type: ignore[call-overload]
    subprocess.run([*control, "-o", options, "-l", str(folder / "log"), "start"], **run)  # type: ignore[call-overload]
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **run)  # type: ignore[call-overload]
        shutil.rmtree(folder, ignore_errors=True)
