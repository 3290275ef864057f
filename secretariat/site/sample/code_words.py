"""The words of the sample code: its documents by their published titles; all terms and sentences are our own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Title:
    """One document of the sample code: its kind, letter and title, its owner, and its share of the words."""

    kind: str
    letter: str
    title: str
    owner: str = "SECP"
    share: int = 2

    @property
    def code(self) -> str:
        """Its code: section-h, schedule-5, appendix-ab; outside the code its title in small letters."""
        return f"{self.kind}-{self.letter}".lower() if self.letter else self.title.lower().replace(" ", "-")


DOCUMENTS: Final = (
    Title("section", "A", "Definitions and Interpretation", share=3),
    Title("section", "B", "Accession"),
    Title("section", "C", "Governance", share=3),
    Title("section", "D", "Modification Process", share=3),
    Title("section", "E", "Registration Data"),
    Title("section", "F", "Smart Metering System Requirements", "TABASC"),
    Title("section", "G", "Security", "SSC", 4),
    Title("section", "H", "DCC Services", "OPSG", 5),
    Title("section", "I", "Data Privacy"),
    Title("section", "J", "Charges"),
    Title("section", "K", "Charging Methodology"),
    Title("section", "L", "Smart Metering Key Infrastructure and DCC Key Infrastructure", "SECPMA", 3),
    Title("section", "M", "General"),
    Title("section", "X", "Transition"),
    Title("schedule", "5", "Accession Information", share=1),
    Title("schedule", "8", "GB Companion Specification", "TABASC", 3),
    Title("schedule", "9", "Smart Metering Equipment Technical Specifications", "TABASC", 3),
    Title("appendix", "B", "Organisation Certificate Policy", "SECPMA"),
    Title("appendix", "L", "SMKI Recovery Procedure", "SECPMA"),
    Title("appendix", "AB", "Service Request Processing Document", "TABASC", 3),
    Title("appendix", "AC", "Inventory, Enrolment and Decommissioning Procedures", "TABASC"),
    Title("appendix", "AD", "DCC User Interface Specification", "TABASC", 4),
    Title("appendix", "AG", "Incident Management Policy", "OPSG"),
    Title("appendix", "AL", "SMETS1 Transition and Migration Approach Document", "OPSG"),
    Title("appendix", "AM", "SMETS1 Supporting Requirements", "TABASC"),
    Title("appendix", "E", "DCC User Interface Services Schedule", "TABASC", 1),
    Title("appendix", "I", "CH Installation and Maintenance Support Materials", "OPSG"),
    Title("appendix", "O", "SMKI Repository Interface Design Specification", "SECPMA"),
    Title("appendix", "R", "Common Test Scenarios Document", "TABASC"),
    Title("appendix", "X", "Registration Data Interface Specification", "TABASC"),
    Title("appendix", "Z", "CPL Requirements Document", "SSC", 1),
    Title("appendix", "AH", "Self-Service Interface Design Specification", "TABASC"),
    Title("schedule", "1", "Framework Agreement", share=1),
    Title("schedule", "11", "TS Applicability Tables", "TABASC", 1),
    Title("section", "P", "Production Proving", share=1),
)
"""In the order in which a smaller code takes them; the code's own order is `in_contents`."""
GOVERNED: Final = (
    Title("policy", "", "Release Management Policy", share=1),
    Title("architecture document", "", "Technical Architecture Document", "TABASC"),
    Title("architecture document", "", "Business Architecture Document", "TABASC", 1),
    Title("framework", "", "Security Controls Framework", "SSC"),
    Title("framework", "", "Privacy Controls Framework", share=1),
    Title("design note", "", "Design Note on Device Recovery", "TABASC", 1),
)
"""Documents that are governed beside the code (DOC-8); the design note's title is invented."""

ROLES: Final = (
    ("DCC", "the DCC", "the body that is licensed to communicate with Smart Metering Systems"),
    ("User", "each User", "a Party that has completed user entry in at least one User Role"),
    ("Panel", "the Panel", "the body that governs this Code"),
    ("Code Administrator", "the Code Administrator", "whoever keeps the record of this Code for the Panel"),
    ("Supplier Party", "each Supplier Party", "a Party that supplies energy at premises"),
    ("Network Party", "each Network Party", "a Party that owns or runs a distribution network"),
    ("Registration Data Provider", "each Registration Data Provider", "whoever a Network Party names to send data"),
    ("Change Board", "the Change Board", "the body that votes on proposals to vary this Code"),
    ("Security Sub-Committee", "the Security Sub-Committee", "the body that advises the Panel on security"),
    ("Other Party", "each Other Party", "a Party that is none of a supplier, a network and the DCC"),
)
"""A role's term, how a sentence names it, and what it means."""

GENERAL: Final = (
    ("Party", "a person that has acceded to this Code and has not ceased to be bound by it"),
    ("Code", "this invented code, in all its documents, as it stands from time to time"),
    ("Working Day", "a day that is neither a Saturday, a Sunday nor a bank holiday where the Panel has its office"),
    ("User Role", "one of the capacities in which messages may be sent"),
    ("Smart Metering System", "a meter at premises, with the equipment that lets it be reached from afar"),
    ("Device", "a piece of equipment that is, or will be, part of a Smart Metering System"),
    ("Communications Hub", "the Device through which the others at the same premises are reached"),
    ("Service Request", "a message that asks for something to be done at a Device, or with what it holds"),
    ("Service Response", "a message that tells what became of a Service Request"),
    ("Certificate", "a statement, signed by an issuing authority, that joins a key to a name"),
    ("Interface", "a way in which messages are exchanged, with the rules for them"),
    ("Incident", "an event that hinders, or may hinder, the sending or the processing of messages"),
    ("Release", "a planned occasion on which variations of this Code take effect together"),
    ("Testing Period", "the time that the Panel sets for testing before a Release"),
)
"""A term that is used in sentences, and what it means."""

FIRST_WORDS: Final = (
    "Annual", "Capacity", "Connection", "Demand", "Error", "Forecast", "Handover", "Installation", "Migration",
    "Privacy", "Readiness", "Recovery", "Registration", "Security", "Threshold",
)  # fmt: skip
SECOND_WORDS: Final = ("Statement", "Return", "Register", "Notice", "Plan", "Log")
"""Of which the terms for what is kept and sent are made: Capacity Statement, Recovery Plan."""
MATTERS: Final = (
    "the messages that it expects to send", "the equipment that it has installed", "the keys that it holds",
    "the faults that it has found", "the premises that it serves", "the tests that it has run",
    "the persons who act for it", "the changes that it has planned", "the data that it has received",
    "the volumes that it has measured", "the risks that it has found", "the steps that it has completed",
)  # fmt: skip

ACTS: Final = (
    ("submit", "submit the {thing} to {whom}"),
    ("publish", "publish the {thing} where every Party can read it"),
    ("correct", "correct the {thing} and tell {whom} what was wrong with it"),
    ("copy", "send a copy of the {thing} to {whom}"),
    ("review", "review the {thing} and keep a note of what it found"),
    ("confirm", "confirm to {whom} that it has received the {thing}"),
    ("return", "return an incomplete {thing} to {whom}, with reasons"),
    ("compare", "compare the {thing} with the latest {other} and settle any difference with {whom}"),
    ("retain", "retain the {thing} for as long as the {other} refers to it"),
    ("replace", "replace the {thing} whenever the {other} that it rests on is replaced"),
)
"""What is done with a thing: the word for a heading, and the phrase for a sentence."""
DOINGS: Final = {
    "submit": "Submission", "publish": "Publication", "correct": "Correction", "copy": "Copies", "review": "Review",
    "confirm": "Receipt", "return": "Return", "compare": "Comparison", "retain": "Retention", "replace": "Replacement",
}  # fmt: skip

EVENTS: Final = (
    "receipt of the {thing}", "the day on which the {thing} was due", "the end of the Testing Period",
    "the day on which the {thing} was returned", "becoming aware of an Incident that affects the {thing}",
    "publication of the {thing}", "the Panel's decision on the {thing}", "the end of the month that the {thing} is for",
)  # fmt: skip
LIMITS: Final = (1, 2, 3, 5, 5, 10, 10, 15, 20, 30)
"""Working Days, as often as such limits are met."""

CONDITIONS: Final = (
    "the Panel has agreed to it in writing", "the {thing} has been confirmed", "no Incident is open that concerns it",
    "{whom} has been told beforehand", "it is needed to keep a Smart Metering System in service",
    "the Device concerned has been replaced", "the {thing} says so", "the request was made in good faith",
)  # fmt: skip
STATES: Final = (
    "the {thing} is complete, accurate and no older than the {other}",
    "whoever uses the Interface on its behalf has read the {thing}",
    "each Service Request that it sends agrees with the {thing}",
    "every Device that it is responsible for appears in the {thing}",
    "no Certificate that it holds has lapsed while the {thing} is in use",
    "the equipment on which it keeps the {thing} is protected as the {other} describes",
    "a Service Response is kept with the {thing} that it answers",
    "those who work on the {thing} are trained for it",
)
WHENS: Final = (
    "an Incident makes it impossible to send the {thing}", "the {thing} and the {other} do not agree",
    "{whom} has asked for the {thing}", "a Device is moved, replaced or taken away",
    "a Release changes what the {thing} has to hold", "a Certificate is lost, or may have been copied",
    "the number of Service Requests is above what the {thing} foresees", "a Communications Hub cannot be reached",
)  # fmt: skip
COSTS: Final = (
    "The cost of doing so falls on whoever asked for it.",
    "What this costs is recovered through the charges, and is shown apart from other costs.",
    "Nothing in this provision relieves anybody of a duty under a licence.",
    "A failure to do so is an Incident from the moment at which it becomes known.",
    "The Panel may ask for evidence that this has been done.",
    "Where the last day is not a Working Day, the next Working Day counts in its place.",
)
PART_HEADINGS: Final = (
    "Duties of {role}", "{thing}: form and content", "{thing}: timetable", "Errors in the {thing}",
    "Exchange of the {thing}", "{thing} and {other}", "Records that {role} keeps", "Access to the {thing}",
    "Disputes about the {thing}", "When the {thing} is not available",
)  # fmt: skip
