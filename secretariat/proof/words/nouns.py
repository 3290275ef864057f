"""English count nouns by their endings: which words are surely a plural or a singular, without a language model."""

from __future__ import annotations

import re
from typing import Final


def lexicon(words: str) -> frozenset[str]:
    """The words of a text as a set."""
    return frozenset(words.split())


# Count nouns of papers whose plural or singular is not also a verb or an adjective in such a place.
_COUNTED: Final = lexicon(
    "accession action adviser agenda amendment applicant application appointment assessment authority board body "
    "breach briefing business candidate category certificate committee company complaint consumer consultation "
    "customer day delegate deliverable director employee enquiry error event exemption failure finding "
    "fault flight generator guideline hearing hour incident inquiry installation invoice letter licence licensee "
    "location manager meeting member meter minute mailbox milestone modification month network newsletter nomination "
    "notification objection obligation observation occasion officer operator organisation organization paper party "
    "participant passenger penalty person presentation procedure proposal provider question questionnaire "
    "recommendation regulation representative requirement respondent response runway seminar session shipper site "
    "stakeholder statistic status submission supplier teleconference trader transporter vacancy validation version "
    "volunteer webinar week workshop workstream year area airline airport article carrier circuit clause component "
    "councillor criterion dataset defect device dispute enrolment factory feeder hospital household institution "
    "instrument insurer item laboratory lesson module objective option outage pipeline policyholder principle product "
    "programme retailer season sensor shareholder substation tariff tenant terminal tender theme topic transaction "
    "transformer trustee turbine university vehicle vendor vessel voter warehouse"
)
# Nouns that are verbs too: counted only where a verb cannot stand.
_COUNTED_OR_DONE: Final = lexicon(
    "report update risk request change vote review test visit call issue point reply query delay charge claim plan "
    "order transfer release exception slot case email letter audit appeal interview survey comment question document "
    "paper site post exercise fund note file form record list project result reading document share grant step"
)
_NOUN_ENDINGS: Final = ("ment", "tion", "sion", "ship", "ance", "ence", "ity")
# Ends like a noun, and is a verb, a mass noun or an adjective as well.
_NOT_SURELY: Final = lexicon(
    "implement comment document supplement complement experiment segment cement lament torment augment ferment mention "
    "question function position condition sanction transition petition auction caption caution provision commission "
    "portion motion station ration proportion partition ship worship finance advance balance enhance distance glance "
    "stance chance dance lance trance reference sentence influence evidence experience fence silence licence "
    "conference commence pence hence whence thence attention information implementation legislation documentation "
    "participation correspondence guidance maintenance compliance assurance performance governance insurance "
    "remittance acceptance attendance assistance importance relevance absence presence intelligence competence "
    "confidence independence electricity capacity security quality quantity majority minority utility equity "
    "liquidity transparency availability visibility clarity interoperability operation migration accommodation "
    "education communication administration innovation inflation generation consumption transmission distribution "
    "protection prevention production construction membership leadership ownership partnership management development "
    "equipment employment government investment procurement enrolment settlement alignment engagement improvement "
    "support involvement measurement fulfilment payment treatment deployment retirement replacement recruitment "
    "commissioning metering switching testing outstanding existing remaining following pending city activity element "
    "moment percent department aviation taxation competition congestion automation integration preparation expectation "
    "allocation segregation decarbonisation digitisation contribution resolution action collaboration tuition "
    "emission permission admission remission intervention attrition nutrition ammunition traction fraction "
    "sustainability reliability mobility flexibility opportunity community facility variety priority"
)
_SURE_PLURALS: Final = lexicon(
    "comments documents conditions questions positions provisions functions references sentences experiences "
    "conferences petitions portions activities elements departments communities facilities utilities opportunities "
    "priorities capacities"
)
# Singular, or the same in both numbers, or a name of many that takes "a".
_NOT_PLURALS: Final = lexicon(
    "series means news species headquarters works crossroads barracks lens surplus analysis basis crisis thesis "
    "hypothesis emphasis synopsis diagnosis status process access progress success address business witness process "
    "congress express excess loss class glass mass pass press stress bus plus bonus virus census consensus focus "
    "campus apparatus nexus corpus bias gas atlas canvas economics mathematics physics politics ethics logistics "
    "statistics analytics diabetes thanks premises sales always perhaps less unless across towards besides "
    "afterwards its this thus yes us is was has does goes says was"
)
_IRREGULAR: Final = {"people": "person", "men": "man", "women": "woman", "children": "child", "criteria": "criterion"}
_COUNTS: Final = re.compile(
    r"\b(?:these|those|all|no|of|in|for|by|with|other|new|their|its|several|many|two|three|four|five|six|seven|eight|"
    r"nine|ten|eleven|twelve|[0-9]{1,5}) (?P<noun>[a-z]{4,20}s)\b"
)
_SIBILANT: Final = re.compile(r"(?:s|x|z|ch|sh)es$")


def singular(word: str) -> str:
    """The singular of a plural, its capital kept: "Statuses" gives "Status", "parties" "party"."""
    lower = word.lower()
    if lower in _IRREGULAR:
        return _IRREGULAR[lower]
    if lower.endswith("ies") and len(lower) > 4:
        return word[:-3] + "y"
    if _SIBILANT.search(lower) and not lower.endswith(("ises", "ices", "ences", "ances", "nses", "ases", "uses")):
        return word[:-2]
    if lower.endswith(("statuses", "bonuses", "viruses", "buses", "businesses", "processes", "addresses")):
        return word[:-2]
    return word[:-1] if lower.endswith("s") else word


def plural(word: str) -> str:
    """The plural of a singular, its capital kept: "Party" gives "Parties", "Status" "Statuses"."""
    lower = word.lower()
    if lower == "person":
        return "people"
    if lower.endswith("y") and lower[-2:-1] not in "aeiou":
        return word[:-1] + "ies"
    return word + ("es" if lower.endswith(("s", "x", "z", "ch", "sh")) else "s")


def may_be_singular(word: str) -> bool:
    """Whether the word is a count noun in the singular where no verb can stand: "report", "update"."""
    return is_singular(word) or word.lower() in _COUNTED_OR_DONE


def may_be_plural(word: str) -> bool:
    """Whether the word is a plural where no verb can stand: any that looks like one and is not of another kind."""
    lower = word.lower()
    if is_plural(word):
        return True
    looks = lower.endswith("s") and not lower.endswith(("ss", "us", "is", "ics")) and len(lower) > 4
    return looks and word.islower() and lower not in _NOT_PLURALS


def nouns_in(text: str) -> frozenset[str]:
    """The nouns of a text, in the singular, that it counts or points to in the plural: "five areas", "the areas"."""
    return frozenset(singular(hit["noun"]) for hit in _COUNTS.finditer(text) if may_be_plural(hit["noun"]))


def is_plural(word: str) -> bool:
    """Whether the word is surely the plural of a count noun: "validations", "parties"; not "requests", also a verb."""
    lower = word.lower()
    if lower in _SURE_PLURALS or lower in ("people", "criteria"):
        return True
    if not lower.endswith("s") or lower in _NOT_PLURALS or word.isupper():
        return False
    return is_singular(singular(lower)) and plural(singular(lower)) == lower


def is_singular(word: str) -> bool:
    """Whether the word is surely a count noun in the singular: "assessment", "meeting"; not "support" or "guidance"."""
    lower = word.lower()
    if lower in _COUNTED:
        return True
    return lower.endswith(_NOUN_ENDINGS) and len(lower) > 5 and lower not in _NOT_SURELY
