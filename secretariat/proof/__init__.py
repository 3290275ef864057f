"""The paper checker: reads a paper, rebuilds it, and says what does not add up. No database, account or network.

>>> from pathlib import Path
>>> from secretariat.proof import check
>>> for finding in check(Path("report.docx")).findings:
...     print(finding.place, finding.message)
"""

from secretariat.proof import rules
from secretariat.proof.checking import Checked, check, judged
from secretariat.proof.findings import RULES, Finding, Kind, Rule, Severity
from secretariat.proof.paper import Paper, UnreadableError
from secretariat.proof.reading import Source, read
from secretariat.proof.settings import Accepted, Settings, SettingsError, load

__all__ = [
    "RULES", "Accepted", "Checked", "Finding", "Kind", "Paper", "Rule", "Settings", "SettingsError", "Severity",
    "Source", "UnreadableError", "check", "judged", "load", "read", "rules",
]  # fmt: skip
