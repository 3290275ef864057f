"""Which rules are asked, and which findings are accepted with a reason."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

from secretariat.proof.findings import RULES, Finding

FILE: Final = "proof.toml"


class SettingsError(ValueError):
    """The configuration file is not one; the sentence says where and what to do."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding accepted with a reason: its rule, words that its text contains, files that it may stand in."""

    rule: str
    text: str
    reason: str
    file: str = "*"

    def covers(self, finding: Finding) -> bool:
        """Whether this line accepts the finding."""
        named = fnmatch(finding.file, self.file) or fnmatch(Path(finding.file).name, self.file)
        return finding.rule == self.rule and self.text in finding.text and named


@dataclass(frozen=True, slots=True)
class Settings:
    """The rules switched off, or the only ones asked; and what is accepted."""

    off: frozenset[str] = frozenset()
    only: frozenset[str] = frozenset()
    accepted: tuple[Accepted, ...] = field(default=())

    def is_on(self, name: str) -> bool:
        """Whether the rule of that name is asked."""
        return name not in self.off and (not self.only or name in self.only)

    def reason(self, finding: Finding) -> Accepted | None:
        """The line that accepts the finding, or None."""
        return next((line for line in self.accepted if line.covers(finding)), None)


def load(path: Path) -> Settings:
    """The settings in a file. Raises SettingsError, which names the line at fault.

    The file is TOML: `off` and `only` are lists of rules' names; each `[[accepted]]` has `rule`, `text` and `reason`,
    and may have `file`, a pattern.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} cannot be read: {error}.") from None
    unknown = sorted(set(data) - {"off", "only", "accepted"})
    if unknown:
        raise SettingsError(f"{path} has “{unknown[0]}”; it may have off, only and accepted.")
    return Settings(
        named(data.get("off", []), str(path)),
        named(data.get("only", []), str(path)),
        tuple(_accepted(line, at, path) for at, line in enumerate(data.get("accepted", []), 1)),
    )


def named(names: object, source: str) -> frozenset[str]:
    """The rules named, each of which exists. Raises SettingsError for one that does not."""
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise SettingsError(f"{source}: rules are given as a list of names.")
    for name in names:
        if name not in RULES:
            raise SettingsError(f"{source}: there is no rule “{name}”. “secretariat proof --rules” lists them.")
    return frozenset(names)


def _accepted(line: object, at: int, path: Path) -> Accepted:
    wanted = {"rule", "text", "reason"}
    if not isinstance(line, dict) or not wanted <= set(line) <= wanted | {"file"}:
        raise SettingsError(f"{path}: accepted line {at} needs rule, text and reason, and may have file.")
    if not all(isinstance(value, str) for value in line.values()) or not line["reason"].strip():
        raise SettingsError(f"{path}: accepted line {at} needs a reason, and every value is text.")
    named([line["rule"]], str(path))
    return Accepted(**line)
