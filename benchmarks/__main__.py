"""`python -m benchmarks [--quick] [NAME ...]`: runs the benchmarks named, or all, each in a scratch home folder."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NAMES = (
    "engagement.sending", "figures", "files", "list", "oversight.intake", "oversight.questions", "packs", "postgres",
    "proof", "proof_speed", "redlines", "register", "standing",
)  # fmt: skip


def main(arguments: list[str]) -> int:
    """Runs the benchmarks and returns the exit status; nothing is left behind."""
    parser = argparse.ArgumentParser(prog="benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(NAMES) + "; all without a name")
    parser.add_argument("--quick", action="store_true", help="short runs, whose ratios are rough")
    asked = parser.parse_args(arguments)
    unknown = [name for name in asked.names if name not in NAMES]
    if unknown:
        parser.error(f"there is no benchmark {', '.join(unknown)}; there are {', '.join(NAMES)}")
    return max(run_apart(name, quick=asked.quick) for name in asked.names or NAMES)


def run_apart(name: str, *, quick: bool) -> int:
    """Runs one benchmark in a process of its own, with its own home folder, and returns its exit status."""
    program = f"import django; django.setup(); from benchmarks.{name} import run; run(quick={quick})"
    with tempfile.TemporaryDirectory(prefix="secretariat-bench-") as home:
        command = [sys.executable, "-c", program]
        return subprocess.run(command, check=False, cwd=ROOT, env=environment(home)).returncode


def environment(home: str) -> dict[str, str]:
    """The environment of a benchmark and of the servers that it starts; the API's rate limits are lifted."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SECRETARIAT_")}
    kept.pop("DATABASE_URL", None)
    return kept | {
        "DJANGO_SETTINGS_MODULE": "secretariat.site.settings",
        "SECRETARIAT_HOME": home,
        "SECRETARIAT_SECRET_KEY": "of no use outside a benchmark",
        "SECRETARIAT_API_RATE": "1000000/s",
        "SECRETARIAT_API_RATE_SIGNED_IN": "1000000/s",
    }


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
