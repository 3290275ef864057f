"""Chromium for the journeys, and the accessibility check of what it shows."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, sync_playwright

APT_LINE = "sudo apt-get update && sudo apt-get install -y chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PARTS = {"stylesheet", "script", "image", "font"}
WCAG_AA = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


def chromium() -> str | None:
    """Return the browser to use: the CHROMIUM variable's, else the one on PATH, else None."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium")


def chromium_or_skip() -> str:
    """Return the browser to use; where there is none, fail in CI and skip elsewhere."""
    found = chromium()
    if found:
        return found
    reason = f"no Chromium: set CHROMIUM, or run: {APT_LINE}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


@contextmanager
def launched(profile: Path) -> Iterator[Browser]:
    """Start Chromium, its home in the empty folder `profile`, and close it afterwards."""
    executable = chromium_or_skip()
    environment = {**os.environ, "HOME": str(profile), "XDG_CONFIG_HOME": str(profile), "XDG_CACHE_HOME": str(profile)}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(QUIET), env=environment)
        try:
            yield browser
        finally:
            browser.close()


def report_errors(page: Page, errors: list[str]) -> None:
    """Add to `errors` each script error, refusal by the content policy, and missing part of the page."""

    def on_response(response: Response) -> None:
        if response.status >= 400 and response.request.resource_type in PARTS:
            errors.append(f"{response.status} for {response.url}")

    def on_console(message: ConsoleMessage) -> None:
        # A refused form or page is the journey's own business; its status shows up here too.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            errors.append(message.text)

    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("response", on_response)
    page.on("console", on_console)


def assert_accessible(page: Page) -> None:
    """Fail with a readable list if the page breaks WCAG 2.2 AA as far as axe can tell."""
    options = {"runOnly": {"type": "tag", "values": list(WCAG_AA)}, "resultTypes": ["violations"]}
    violations = Axe().run(page, options=options).response["violations"]
    if violations:
        pytest.fail(f"{page.url} is not accessible:\n{described(violations)}", pytrace=False)


def described(violations: list[dict[str, Any]]) -> str:
    """Return axe's violations as text: the rule, then each element and what is wrong with it."""
    lines = []
    for violation in violations:
        lines.append(f"{violation['id']} ({violation['impact']}): {violation['help']}")
        for node in violation["nodes"]:
            lines.append(f"  {' '.join(map(str, node['target']))}: {node['html'][:120]}")
            lines += [f"    {check['message']}" for check in node["any"] + node["all"] + node["none"]]
    return "\n".join(lines)
