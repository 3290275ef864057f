#!/usr/bin/env python3
"""The one door to this project: sets up what is missing, then runs it.

    python3 run.py demo [--no-serve]    build the sample code administration and serve it
    python3 run.py test [pytest args]   the whole test suite, on SQLite and on PostgreSQL
    python3 run.py check                lint, types, layers, security, Django's own checks
    python3 run.py bench [args]         the benchmarks
    python3 run.py spark                Apache Spark installed beside the rest, and asked what the embedded engine is
    python3 run.py lock [--upgrade]     re-make requirements/ from pyproject.toml

Standard library only: it runs before anything is installed.
"""

from __future__ import annotations

import ctypes.util
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
OLDEST = (3, 11)
LOCKS = {name: ROOT / "requirements" / f"{name}.txt" for name in ("runtime", "dev", "spark")}
"""Each holds all that the one before it does."""
DJANGO = {"DJANGO_SETTINGS_MODULE": "secretariat.site.settings"}

LAUNCHER = """#!/bin/sh
exec "$(dirname "$(readlink -f "$0")")/python" -P -m secretariat "$@"
"""

CHECKS = {
    "lint": ["ruff", "check", "."],
    "format": ["ruff", "format", "--check", "."],
    "types": ["mypy", "secretariat"],
    "layers": ["lint-imports"],
    "dependencies": ["deptry", "secretariat"],
    "django": ["python", "-m", "django", "check"],
    "migrations": ["python", "-m", "django", "makemigrations", "--check", "--dry-run"],
}


class Stop(Exception):
    """Ends the run with a sentence instead of a traceback."""


# Python and the system's packages


def too_old(version: tuple[int, ...]) -> str:
    """Return what to tell someone whose Python is too old, or an empty string."""
    if tuple(version[:2]) >= OLDEST:
        return ""
    return "This needs Python {}.{} or newer; {} is {}.{}. Try: python3.11 run.py".format(
        *OLDEST, sys.executable or "this Python", *version[:2]
    )


def missing_for_setup() -> list[str]:
    """Return the Debian packages without which no virtual environment can be made."""
    if shutil.which("uv") or importlib.util.find_spec("ensurepip"):
        return []
    return ["python3-venv"]


def missing_for_browser() -> list[str]:
    """Return the Debian packages without which the browser journeys cannot run."""
    wanted = []
    if not (os.environ.get("CHROMIUM") or shutil.which("chromium")):
        wanted.append("chromium")
    if not ctypes.util.find_library("atomic"):
        wanted.append("libatomic1")
    return wanted


def apt_line(packages: list[str]) -> str:
    """Return the one line that a person runs to install the packages."""
    return "sudo apt-get update && sudo apt-get install -y " + " ".join(packages)


def apt_prefix() -> list[str] | None:
    """Return what goes before apt-get here, or None where this user may not install packages."""
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    allowed = shutil.which("sudo") and subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode == 0
    return ["sudo", "-n"] if allowed else None


def provide(packages: list[str]) -> bool:
    """Install Debian packages where this user may, else print the line to run; return whether they are there."""
    if not packages:
        return True
    prefix = apt_prefix()
    if prefix is not None:
        say("installing " + ", ".join(packages))
        apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
        subprocess.run([*apt, "update"], stdin=subprocess.DEVNULL)
        install = [*apt, "-o", "Dpkg::Use-Pty=0", "install", "-y", "--no-install-recommends", *packages]
        if subprocess.run(install, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL).returncode == 0:
            return True
    say("missing on this system: " + ", ".join(packages) + ". Run: " + apt_line(packages))
    return False


# The virtual environment


def fingerprint(lock: str) -> str:
    """Return what the stamp holds once this lock is installed."""
    return lock + " " + hashlib.sha256(LOCKS[lock].read_bytes()).hexdigest()


def is_installed(lock: str) -> bool:
    """Tell whether the environment already holds this lock, or a larger one."""
    if not (PYTHON.exists() and STAMP.exists()):
        return False
    names = list(LOCKS)
    return STAMP.read_text() in {fingerprint(larger) for larger in names[names.index(lock) :]}


def make_environment() -> None:
    """Make an empty virtual environment, clearing what an interrupted run left."""
    if shutil.which("uv"):
        command = ["uv", "venv", "--quiet", "--clear", "--seed", "--python", sys.executable, str(VENV)]
    else:
        command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    if subprocess.run(command).returncode:
        raise Stop("could not make " + str(VENV))


def install(lock: str) -> None:
    """Install a lock, hashes checked, and put the program in the environment; the stamp comes last."""
    if not (STAMP.exists() and PYTHON.exists()):
        make_environment()
    STAMP.unlink(missing_ok=True)
    if shutil.which("uv"):
        command = ["uv", "pip", "install", "--quiet", "--python", str(PYTHON)]
    else:
        command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.run([*command, "--require-hashes", "-r", str(LOCKS[lock])]).returncode:
        raise Stop("could not install " + str(LOCKS[lock].relative_to(ROOT)))
    add_program()
    STAMP.write_text(fingerprint(lock))


def add_program() -> None:
    """Make the checkout importable in the environment and write its `secretariat` command."""
    ask = [str(PYTHON), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]
    packages = Path(subprocess.run(ask, capture_output=True, text=True, check=True).stdout.strip())
    (packages / "secretariat.pth").write_text(str(ROOT) + "\n", encoding="utf-8")
    launcher = VENV / "bin" / "secretariat"
    launcher.write_text(LAUNCHER)
    launcher.chmod(0o755)


def prepare(lock: str) -> None:
    """Make sure that the environment holds the lock; instant when it does."""
    if is_installed(lock):
        return
    if not provide(missing_for_setup()):
        raise Stop("no virtual environment can be made without it")
    say("installing the " + lock + " packages into .venv, once")
    install(lock)


# The commands


def say(sentence: str) -> None:
    """Tell the person what run.py itself does."""
    print("run.py: " + sentence, flush=True)


def call(command: list[str], **environment: str) -> int:
    """Run a program of the environment from the checkout and return its exit status.

    What Python compiles is kept, whatever the caller's own shell says: a run starts dozens of processes.
    """
    program = [str(VENV / "bin" / command[0]), *command[1:]]
    kept = {"PYTHONDONTWRITEBYTECODE": ""}
    return subprocess.run(program, cwd=ROOT, env={**os.environ, **kept, **environment}).returncode


def demo(arguments: list[str]) -> int:
    """Build and serve the sample code administration."""
    prepare("runtime")
    return call(["secretariat", "demo", *arguments])


def bench(arguments: list[str]) -> int:
    """Run the benchmarks and, without arguments, the longer proofs; wrk loads the pages where it can be had."""
    prepare("dev")
    provide([] if shutil.which("wrk") else ["wrk"])
    status = call(["python", "-m", "benchmarks", *arguments])
    return status if arguments else status or call(["python", "-m", "pytest", "-m", "slow"])


def spark(arguments: list[str]) -> int:
    """Install Apache Spark, and prove that it answers each question of the measurement data as the embedded engine."""
    prepare("spark")
    provide([] if shutil.which("java") else ["default-jre-headless"])
    return call(["python", "-m", "pytest", "-n0", "-m", "spark", *arguments])


def check(arguments: list[str]) -> int:
    """Run every check, or those named, and say at the end which failed."""
    if unknown := set(arguments) - set(CHECKS):
        raise Stop("no check called {}; there are {}".format(", ".join(sorted(unknown)), ", ".join(CHECKS)))
    prepare("dev")
    failed = []
    for name in arguments or CHECKS:
        say("check " + name + ": " + shlex.join(CHECKS[name]))
        if call(CHECKS[name], **DJANGO):
            failed.append(name)
    say("checks failed: " + ", ".join(failed) if failed else "all checks passed")
    return int(bool(failed))


def closing_line(counts: Counter[str]) -> str:
    """Return the line that the whole test run ends with."""
    return "{} passed, {} failed, {} skipped".format(*(counts[name] for name in ("passed", "failed", "skipped")))


def tally(results: Path, status: int) -> Counter[str]:
    """Return what pytest's result file counts; a run that broke off without results is one failure."""
    counts: Counter[str] = Counter()
    if results.exists():
        for suite in ElementTree.parse(results).iter("testsuite"):
            total, *bad = (int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped"))
            counts.update(passed=max(0, total - sum(bad)), failed=bad[0] + bad[1], skipped=bad[2])
    nothing_chosen = 5
    if status not in (0, nothing_chosen) and not counts["failed"]:
        counts.update(failed=1)
    return counts


def run_tests(database: str, pytest: list[str], arguments: list[str]) -> Counter[str]:
    """Run pytest once and return its tally; a PostgreSQL that cannot be had is a skip, in CI a failure."""
    say("tests on " + database)
    with tempfile.TemporaryDirectory() as folder:
        results = Path(folder) / "results.xml"
        status = call([*pytest, "-o", "junit_family=xunit1", f"--junit-xml={results}", *arguments])
        if status != os.EX_UNAVAILABLE:
            return tally(results, status)
    in_ci = os.environ.get("CI") == "true"
    say("{}: no PostgreSQL. Run: {}".format("FAILED" if in_ci else "SKIPPED", apt_line(["postgresql"])))
    return Counter(failed=1) if in_ci else Counter(skipped=1)


def test(arguments: list[str]) -> int:
    """Run all tests on SQLite, then those that touch the database, the journeys apart, on PostgreSQL."""
    prepare("dev")
    provide(missing_for_browser())
    os.environ.pop("DATABASE_URL", None)
    arguments = arguments or ["-n", "2"]
    pytest = ["python", "-m", "pytest", "-m", "not slow"]
    chosen = "database and not journey and not slow"
    postgres = ["python", "-m", "tests.postgres", str(PYTHON), "-m", "pytest", "-m", chosen]
    total = run_tests("SQLite", pytest, arguments) + run_tests("PostgreSQL", postgres, arguments)
    print(closing_line(total), flush=True)
    return int(total["failed"] > 0 or total["passed"] == 0)


def lock(arguments: list[str]) -> int:
    """Re-make the locks; the largest first, so that each other is a part of it."""
    with tempfile.TemporaryDirectory() as folder:
        uv = shutil.which("uv")
        if not uv:
            subprocess.run([sys.executable, "-m", "venv", folder], check=True)
            subprocess.run([folder + "/bin/pip", "install", "--quiet", "uv"], check=True)
            uv = folder + "/bin/uv"
        compile_ = [uv, "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes"]
        compile_ += ["--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", *arguments]
        runtime, dev, spark = (str(lock.relative_to(ROOT)) for lock in LOCKS.values())
        every = ["--group", "dev"]
        for others in ([*every, "--extra", "spark", "-o", spark], ["-c", spark, *every, "-o", dev],
                       ["-c", dev, "-o", runtime]):  # fmt: skip
            if subprocess.run([*compile_, "pyproject.toml", "--extra", "site", *others], cwd=ROOT).returncode:
                raise Stop("could not make " + others[-1])
    return 0


COMMANDS = {"demo": demo, "test": test, "check": check, "bench": bench, "spark": spark, "lock": lock}


def main(arguments: list[str]) -> int:
    """Run the command that the arguments name and return the exit status."""
    old = too_old(sys.version_info)
    if old:
        print(old, file=sys.stderr)
        return 1
    if not arguments or arguments[0] not in COMMANDS:
        print(__doc__)
        return 2
    try:
        return COMMANDS[arguments[0]](arguments[1:])
    except Stop as reason:
        print("run.py: " + str(reason), file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
