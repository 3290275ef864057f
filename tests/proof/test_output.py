"""What is found is told to people as a linter tells it, and to machines in two published shapes."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import jsonschema_rs
import pytest

from secretariat.plain.months import Month
from secretariat.proof import RULES, Accepted, Checked, Finding, Kind, Severity, output
from secretariat.proof.paper import Block, Cell, Form, Paper, Paragraph, Period, Place, Reading, Row, Table

ESCAPE = "\x1b"
HERE = Place(2, 7)
SENTENCE = "The Board met in the spring, and then met four times in the summer, on days that are listed below."


def obj(*required: str, **members: Any) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": False, "required": list(required), "properties": members}


def listed(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


STRING, WHOLE, BAG = {"type": "string"}, {"type": "integer", "minimum": 0}, {"type": "object"}
WORDS = obj("text", text=STRING, markdown=STRING)
LEVEL = {"enum": ["none", "note", "warning", "error"]}
PHYSICAL = obj(
    "artifactLocation",
    artifactLocation=obj(uri={"type": "string", "format": "uri-reference"}),
    region=obj(startLine={"type": "integer", "minimum": 1}, snippet=obj(text=STRING)),
)
RULE = obj(
    "id", id=STRING, shortDescription=WORDS, fullDescription=WORDS, helpUri={"type": "string", "format": "uri"},
    defaultConfiguration=obj(level=LEVEL), properties=BAG,
)  # fmt: skip
RESULT = obj(
    "message", ruleId=STRING, ruleIndex=WHOLE, level=LEVEL, message=WORDS, properties=BAG,
    locations=listed(obj(physicalLocation=PHYSICAL, logicalLocations=listed(obj(name=STRING)))),
    partialFingerprints={"type": "object", "additionalProperties": STRING},
    suppressions=listed(obj("kind", kind={"enum": ["inSource", "external"]}, justification=STRING)),
)  # fmt: skip
DRIVER = obj("name", name=STRING, informationUri={"type": "string", "format": "uri"}, rules=listed(RULE))
RUN = obj(
    "tool", tool=obj("driver", driver=DRIVER), results=listed(RESULT),
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
)  # fmt: skip
SARIF = obj(
    "version", "runs", **{"$schema": {"type": "string", "format": "uri"}}, version={"const": "2.1.0"}, runs=listed(RUN)
)
"""Of the published shape of SARIF 2.1.0, the objects that are used here: their members, and which must be there."""


def paper(name: str = "report.md", *blocks: Block) -> Paper:
    told = blocks or (Paragraph(SENTENCE, Place(2, 7)),)
    february = Period(Month(2020, 2), Month(2020, 2), "February 2020")
    return Paper(name, Reading(Form.MARKDOWN, told), kind="operations report", period=february,
                 dated=date(2020, 3, 6), read_on=date(2020, 3, 13))  # fmt: skip


def finding(
    text: str = "met four times",
    place: Place = HERE,
    severity: Severity = Severity.ERROR,
    file: str = "report.md",
) -> Finding:
    return Finding(file, "count-of-list", Kind.NUMBERS, severity, place, text, "Three days are listed.", "three times")


def told(*findings: Finding, papers: tuple[Paper, ...] = (), **asked: Any) -> list[str]:
    return output.text(Checked(papers or (paper(),), findings), **asked).splitlines()


# Text


def test_a_paper_is_told_with_its_kind_its_period_its_date_and_the_day_of_reading() -> None:
    lines = told()
    assert lines[0] == "report.md"
    assert lines[1].strip() == "operations report for February 2020, dated 6 March 2020, read on 13 March 2020"


def test_a_finding_is_told_with_place_severity_rule_words_message_and_suggestion() -> None:
    lines = [line.strip() for line in told(finding())]
    assert lines[3] == "page 2"
    assert lines[4].split() == ["line", "7", "error", "count-of-list"]
    assert lines[7:9] == ["Three days are listed.", "→ three times"]


def test_the_words_stand_in_their_context_with_carets_below() -> None:
    words, carets = told(finding())[5:7]
    start = carets.index("^")
    assert words[start:].startswith("met four times")
    assert carets.count("^") == len("met four times")
    assert "and then" in words
    assert "listed below" not in words


def test_words_in_a_table_stand_in_their_cell() -> None:
    table = Table((Row((Cell("Votes"), Cell("12 of 15 cast")), Place(1, 4)),))
    lines = told(finding("12 of", Place(1, 4)), papers=(paper("report.md", table),))
    assert any("12 of 15 cast" in line for line in lines)


def test_words_that_stand_nowhere_are_told_alone() -> None:
    assert any(line.strip() == "| Total: 1,571" for line in told(finding("Total: 1,571")))


def test_findings_are_grouped_by_page() -> None:
    lines = told(finding(), finding("The Board", Place(3, 9)), finding("spring", Place(3, 11)))
    assert [line.strip() for line in lines if line.strip().startswith("page")] == ["page 2", "page 3"]


def test_findings_are_grouped_by_paper() -> None:
    lines = told(finding(file="b.md"), papers=(paper("a.md"), paper("b.md")))
    assert lines.index("a.md") < lines.index("  nothing found") < lines.index("b.md")


@pytest.mark.parametrize(
    ("errors", "queries", "papers", "line"),
    [
        (3, 5, 2, "3 errors, 5 queries in 2 papers"),
        (1, 1, 1, "1 error, 1 query in 1 paper"),
        (0, 0, 1, "0 errors, 0 queries in 1 paper"),
    ],
)
def test_the_last_line_counts(errors: int, queries: int, papers: int, line: str) -> None:
    found = [finding()] * errors + [finding(severity=Severity.QUERY)] * queries
    assert output.closing(Checked((paper(),) * papers, tuple(found))) == line


def test_the_last_line_counts_what_was_accepted_and_what_failed() -> None:
    checked = Checked((paper(),), (), ((finding(), Accepted("count-of-list", "four", "Agreed.")),))
    assert output.closing(checked, failed=1).endswith("in 1 paper; 1 accepted with a reason; 1 file could not be read")


def test_colour_stands_only_where_it_is_asked_for() -> None:
    assert ESCAPE not in "".join(told(finding()))
    assert ESCAPE in "".join(told(finding(), colour=True))


def test_a_file_cannot_write_to_the_terminal_through_its_words() -> None:
    sly = paper("x\x1b[2J.md", Paragraph(f"{SENTENCE}\x1b[31m\x07", Place(2, 7)))
    assert ESCAPE not in "".join(told(finding("four\x1b[2J times", file=sly.name), papers=(sly,)))


# Rules


def test_every_rule_is_listed_with_its_kind_and_sentence() -> None:
    lines = output.rule_list().splitlines()
    assert len(lines) == len(RULES)
    assert all(
        any(line.startswith(name) and rule.title in line and rule.kind in line for line in lines)
        for name, rule in RULES.items()
    )


# JSON


def test_json_has_exactly_the_members_that_were_promised() -> None:
    (only,) = json.loads(output.as_json(Checked((paper(),), (finding(),))))
    assert only == {
        "file": "report.md", "rule": "count-of-list", "kind": "numbers", "severity": "error", "page": 2, "line": 7,
        "text": "met four times", "message": "Three days are listed.", "suggestion": "three times",
    }  # fmt: skip


def test_json_of_nothing_found_is_an_empty_list() -> None:
    assert json.loads(output.as_json(Checked((paper(),), ()))) == []


# SARIF


def sarif(*findings: Finding, accepted: tuple[tuple[Finding, Accepted], ...] = ()) -> dict[str, Any]:
    log: dict[str, Any] = json.loads(output.as_sarif(Checked((paper(),), findings, accepted)))
    return log


def results(*findings: Finding) -> list[dict[str, Any]]:
    return list(sarif(*findings)["runs"][0]["results"])


@pytest.mark.parametrize("file", ["report.md", "a folder/my report.md", "/srv/papers/é.docx"])
def test_sarif_has_the_published_shape(file: str) -> None:
    accepted = ((finding(file=file), Accepted("count-of-list", "four", "Agreed.")),)
    log = sarif(finding(file=file), finding("", Place(), Severity.QUERY, file), accepted=accepted)
    jsonschema_rs.validator_for(SARIF, validate_formats=True).validate(log)


def test_the_shape_refuses_what_is_not_sarif() -> None:
    log = sarif(finding())
    log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert not jsonschema_rs.validator_for(SARIF, validate_formats=True).is_valid(log)


def test_sarif_tells_every_rule_with_its_page() -> None:
    rules = sarif()["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(RULES)
    assert all(rule["helpUri"].endswith(f"/docs/proof/{rule['id']}.md") for rule in rules)
    assert all(rule["shortDescription"]["text"] in rule["fullDescription"]["text"] for rule in rules)


def test_a_query_is_a_note_and_each_result_finds_its_rule() -> None:
    first, second = results(finding(), finding(severity=Severity.QUERY))
    assert [first["level"], second["level"]] == ["error", "note"]
    assert sarif(finding())["runs"][0]["tool"]["driver"]["rules"][first["ruleIndex"]]["id"] == "count-of-list"


def test_a_fingerprint_outlives_a_move_and_tells_twins_apart() -> None:
    (here,), (moved,) = results(finding()), results(finding(place=Place(4, 90)))
    assert here["partialFingerprints"] == moved["partialFingerprints"]
    first, second = results(finding(), finding(place=Place(4, 90)))
    assert first["partialFingerprints"] != second["partialFingerprints"]
    assert here["partialFingerprints"] != results(finding("met five times"))[0]["partialFingerprints"]


def test_what_is_accepted_is_suppressed_with_its_reason() -> None:
    (result,) = sarif(accepted=((finding(), Accepted("count-of-list", "four", "Agreed in May.")),))["runs"][0][
        "results"
    ]
    assert result["suppressions"] == [{"kind": "external", "justification": "Agreed in May."}]
