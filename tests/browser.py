"""Chromium for the journeys, and the accessibility check of what it shows."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
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
LOOKED_AT: set[str] = set()
"""The looks of words whose contrast was found good in this run."""
CHECKED = """
async ([tags, known]) => {
  const places = new Map(), grounds = new Map(), fresh = new Map(), seen = new Set(known);
  const asked = (node, memo, own) => {
    if (!node) return "";
    if (!memo.has(node)) memo.set(node, asked(node.parentElement, memo, own) + ">" + own(node));
    return memo.get(node);
  };
  const place = node => [node.localName, ...[...node.classList].sort(), node.getAttribute("style") || ""].join(".");
  const ground = node => {
    const drawn = getComputedStyle(node);
    return [drawn.backgroundColor, drawn.backgroundImage, drawn.opacity, drawn.position, drawn.filter].join();
  };
  const digest = words => [...words].reduce((sum, one) => (Math.imul(sum, 31) + one.codePointAt(0)) | 0, 7);
  const look = node => {
    const drawn = getComputedStyle(node);
    const own = [drawn.color, drawn.fontSize, drawn.fontWeight, drawn.textShadow, drawn.fill, innerWidth].join();
    return own + digest(asked(node, places, place)) + "/" + digest(asked(node, grounds, ground));
  };
  const speaks = node => node.matches("input, select, textarea, button")
    || [...node.childNodes].some(one => one.nodeType === Node.TEXT_NODE && one.data.trim());
  for (const node of document.body.querySelectorAll("*")) {
    const found = speaks(node) ? look(node) : "";
    if (found && !seen.has(found) && (fresh.get(found) || []).length < 2) {
      fresh.set(found, [...(fresh.get(found) || []), node]);
    }
  }
  const told = {resultTypes: ["violations"]}, contrast = "color-contrast";
  const rules = {[contrast]: {enabled: false}};
  const whole = await axe.run(document, {...told, runOnly: {type: "tag", values: tags}, rules});
  const include = [...fresh.values()].flat();
  const words = include.length ? await axe.run({include}, {...told, runOnly: [contrast]}) : {violations: []};
  return {violations: [...whole.violations, ...words.violations], looks: [...fresh.keys()]};
}
"""
"""Every rule is asked of the whole page. Contrast takes axe most of its time, and follows from how words are drawn
and on what: it is asked of two of all words that stand in the same place of the same structure, in the same colours
on the same grounds, and once in a run."""


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
    page.evaluate(AXE_SCRIPT)
    found = page.evaluate(CHECKED, [list(WCAG_AA), sorted(LOOKED_AT)])
    if found["violations"]:
        pytest.fail(f"{page.url} is not accessible:\n{described(found['violations'])}", pytrace=False)
    LOOKED_AT.update(found["looks"])


def described(violations: list[dict[str, Any]]) -> str:
    """Return axe's violations as text: the rule, then each element and what is wrong with it."""
    lines = []
    for violation in violations:
        lines.append(f"{violation['id']} ({violation['impact']}): {violation['help']}")
        for node in violation["nodes"]:
            lines.append(f"  {' '.join(map(str, node['target']))}: {node['html'][:120]}")
            lines += [f"    {check['message']}" for check in node["any"] + node["all"] + node["none"]]
    return "\n".join(lines)
