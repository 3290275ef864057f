"""The narrative of the sample's February 2020 Operations Report.

Written for the sample in our own words. The facts are those of the published paper; every figure, date,
reference and name that the record holds is a live field.
"""

from __future__ import annotations

P, B, S = "paragraph", "bullet", "sub-bullet"

NARRATIVE: dict[str, list[tuple[str, str]]] = {
    "market": [
        (P, "Who joined, who left, and who became ready to use the central service. Accessions, defaults and exits cover [[month]]; "
            "user entry and testing run from the Panel meeting of [[last meeting day]] to the date of this paper."),
    ],
    "accessions": [
        (P, "[[accessions|Count:accession was,accessions were]] completed in [[month]]."),
    ],
    "defaults": [
        (P, "[[default_reconciliation/entered|Count:Party,Parties]] entered an Event of Default in [[month]] over unpaid DCC Charges. "
            "[[default_reconciliation/cured|Count:Party has,Parties have]] since paid; "
            "[[default_reconciliation/end|count:Party was,Parties were]] in default at the end of the month."),
        (P, "[[party:toto-energy-limited]] had ceased trading and was expelled in [[month]]; [[party:edf-energy]] was appointed "
            "Supplier of Last Resort. The confidential paper on Events of Default gives the particulars."),
    ],
    "user-entry": [
        (P, "A Party becomes a User for each role once it has met every requirement of Section H1 and sent the evidence. "
            "[[user_entry_completions@since|Count:Party has,Parties have]] done so since the last Panel meeting."),
    ],
    "testing": [
        (P, "Since the last Panel meeting the DCC has notified these completions; Appendix A (Amber) names the Parties:"),
        (B, "SMKI and Repository Entry Process Tests (SREPT): [[testing_notifications/srept/parties@since|count:Party,Parties]];"),
        (B, "User Entry Process Tests (UEPT): [[testing_notifications/uept/parties@since|count:Party,Parties]];"),
        (B, "SMETS1 Eligibility Testing: [[testing_notifications/smets1/parties@since|count:Party,Parties]]."),
    ],
    "membership": [
        (P, "The table counts, for each month, Parties that acceded, were in default at the month's end, withdrew, or were expelled."),
        (P, "At the end of [[month]] the code had [[parties/parties]] Parties in [[parties/voting_groups]] Voting Groups, counting the "
            "DCC as one of each."),
    ],
    "highlights": [
        (P, "What each team of the administrator did in [[month]]."),
    ],
    "change": [
        (B, "[[open_proposals]] proposals are open: [[open_proposals/refinement]] in the Refinement Process, "
            "[[open_proposals/development]] in the Development Stage, and [[open_proposals/report]] in the Report Phase or "
            "[[open_proposals/decision]] awaiting a decision. A way of ranking them, so that the urgent move first, comes to this "
            "meeting."),
        (B, "The February 2020 SEC Release went live on [[date:2020-02-27]] with [[implemented|count:modification,modifications]]. "
            "A new way of numbering versions of the code's documents, and a SEC Document Log, came in with it."),
        (B, "On [[date:2020-03-02]] the Authority rejected [[proposal:MP079]] ‘[[proposal:MP079|title]]’, which would have let the Panel "
            "withdraw a Modification Proposal."),
        (B, "We are settling with the DCC how the June 2020 SEC Release is to be implemented, and are beginning the testing approach "
            "for the November 2020 one. Both come to this meeting."),
        (B, "Dates for the DCC's open assessments are still to be firmed up; they and the ranking will set each proposal's timetable. "
            "The DCC is also listing its Change Requests for our one-page release plan."),
        (B, "The weekly summary Modcast ends. A monthly one will follow the consultation windows, with others when a modification "
            "calls for it."),
    ],
    "technical": [
        (P, "The code obliges the Panel to keep or publish four product lists. The table shows what changed in each."),
    ],
    "tabasc": [
        (B, "Work goes on with the DCC on alerts lost during planned maintenance, including how reliable the home network is, to learn "
            "whether a fix would bring what is hoped of it."),
        (B, "Processes for the Smart Export workshop of [[date:2020-03-04]] were prepared: what happens today, where it breaks, and what "
            "could mend it."),
        (B, "The sub-committee reviewed DCC items on the length of 2G coverage and on a test environment for network changes."),
        (B, "Actions from the Effectiveness Review are on their way into a report to the sub-committee."),
        (B, "It was briefed on the Authority's Market-Wide Half-Hourly Settlement project and on what BSC Modification P379 on meter "
            "splitting may mean for smart metering."),
        (B, "A request for proposals for technical services, to take over issue management from BEIS, is being drafted."),
    ],
    "tag": [
        (B, "Two SMETS1 testing documents that regulation requires were reviewed, and one was approved."),
        (B, "A testing governance framework for the Faster Switching programme is under discussion with the Authority; it would have the "
            "DCC take governance steps equal to those of Section D."),
        (B, "The DCC's plan to test the June 2020 SEC Release and the SMETS1 Uplift 1.1 side by side was assessed; the group found that "
            "it lowers delivery risk for both and ties neither to the other."),
    ],
    "opsg": [
        (B, "With the DCC: communications hub exceptions, hub alerts by service provider and region, remediation of aged incidents, how "
            "Major Incidents are classed, and plans against spurious alerts, in weekly and monthly calls with BEIS."),
        (B, "Parties are being consulted on changes to the Performance Measurement Methodology and the Release Management Policy."),
        (B, "The Operational Metrics Review is assessing whether the reported measures still tell what matters."),
        (B, "The ‘Party Differences’ process has begun. The group also governs SMETS1 migration volumes, the Live Service Criteria for "
            "Morrison Data Services, and the June and November 2020 releases."),
        (B, "The group met [[meetings_by_body/opsg|count:time,times]] in [[month]]."),
    ],
    "security": [
        (B, "We hosted [[meetings_by_body/secpma|count:SMKI PMA meeting,SMKI PMA meetings]], "
            "[[meetings_by_body/ssc|count:Security Sub-Committee meeting,Security Sub-Committee meetings]] and, on [[date:2020-02-27]], "
            "the yearly Security Incident Management exercise."),
        (B, "Version 1.20 of the Security Controls Framework came out on [[date:2020-02-06]]. It sets out ways to meet G4.2(b) where "
            "personnel reach customer relationship systems, and takes G10.4 and G10.8 out of scope for Shared Resource Providers."),
        (B, "Suppliers that had not answered January's request for remediation plans were asked again; the Commercial Product Assurance "
            "certificates concerned ended on [[date:2020-02-28]]."),
        (B, "The Security Architecture Document review is on course to finish by the end of [[next month]]."),
        (B, "Tender documents for the User CIO were reviewed on [[date:2020-02-19]] and issued on [[date:2020-02-28]]."),
    ],
    "party-support": [
        (B, "The next engagement event, Introduction to the SEC, is on [[date:2020-03-10]]; more than thirty people are booked from a "
            "range of Party Categories."),
        (B, "CodeWorks now has [[portal_users]] users. A prize draw for new users runs to 17:00 on [[date:2020-03-06]]."),
        (B, "Of the [[default_reconciliation/entered|count:Party,Parties]] that failed to pay the DCC's Charges, "
            "[[default_reconciliation/cured|count:has,have]] paid; the other may face Panel action under Section M8.4."),
        (B, "The website is being improved and its guidance notes brought up to date."),
    ],
    "cross-code": [
        (B, "The CACoP Forum met on [[date:2020-02-11]] and compared how administrators progress modifications. What it raised is for its "
            "meeting of [[date:2020-03-10]]."),
        (B, "[[proposal:SECMP0046]] ‘[[proposal:SECMP0046|title]]’ waits for its Proposer to settle the next steps with the DCUSA and to "
            "weigh the Refinement Consultation's comments. The changes to both codes go to the Authority together."),
    ],
    "helpdesk": [
        (P, "In [[month]] the helpdesk received [[helpdesk_channels/telephone]] enquiries by telephone and "
            "[[helpdesk_channels/email]] by e-mail. The table groups the e-mails by category."),
    ],
    "portal": [
        (P, "By the end of [[month]] CodeWorks had [[portal_users]] users, in these categories."),
    ],
    "meetings": [
        (P, "The administrator hosted or attended [[meetings_by_body]] meetings in [[month]] for the Panel and its Sub-Committees."),
    ],
}  # fmt: skip
