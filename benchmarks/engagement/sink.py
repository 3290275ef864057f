"""A mail server that takes everything and keeps nothing: `python -m benchmarks.engagement.sink PORT`, until killed."""

from __future__ import annotations

import signal
import sys
from typing import Any

from aiosmtpd.controller import Controller


class Takes:
    """Takes each mail."""

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - the library's name
        """The answer to a mail."""
        return "250 Taken"


if __name__ == "__main__":
    Controller(Takes(), hostname="127.0.0.1", port=int(sys.argv[1])).start()
    print("ready", flush=True)
    signal.pause()
