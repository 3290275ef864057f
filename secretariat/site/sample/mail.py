"""The sample's mail of its last morning, all invented: two questions, what a program wrote, and a report."""

from __future__ import annotations

from datetime import timedelta

from secretariat.helpdesk.mail.intake import take_in
from secretariat.helpdesk.models import Enquiry, Message
from secretariat.post.arrivals import enter as enter_mail
from secretariat.post.models import IncomingMail
from secretariat.site.sample.crew import RECORDED, Crew

OURS = "helpdesk@example.org"
HEAD = "X-Auto-Response-Suppress: All\r\n"
QUESTION = f"""Message-ID: <question-1@sample.example>
From: Sample Enquirer Five <sample.enquirer.five@example.org>
To: {OURS}
Subject: MP081: which of our systems have to change?
Content-Type: multipart/alternative; boundary="parts"

--parts
Content-Type: text/plain; charset=utf-8

Hello,

Which of our systems have to change for this, and from which release on?

--\u0020
Sample Enquirer Five
An invented company

--parts
Content-Type: text/html; charset=utf-8

<p>Hello,</p><p>Which of our systems have to change for this, and from which release on?</p>

--parts--
"""
LATER = f"""Message-ID: <question-2@sample.example>
From: Sample Enquirer Five <sample.enquirer.five@example.org>
To: {OURS}
Subject: RE: MP081: which of our systems have to change?
In-Reply-To: <question-1@sample.example>
Content-Type: text/plain; charset=utf-8

One thing more: is there an entry for it in the calendar of releases?

On Thu, 5 Mar 2020 at 08:00, Sample Enquirer Five wrote:
> Which of our systems have to change for this, and from which release on?
"""
AWAY = f"""Message-ID: <away@sample.example>
From: Sample Enquirer Six <sample.enquirer.six@example.org>
To: {OURS}
Subject: Automatic reply: the newsletter of March
Auto-Submitted: auto-replied

I am away until 16 March.
"""
RETURNED = f"""Message-ID: <returned@sample.example>
From: MAILER-DAEMON@sample.example
To: {OURS}
Subject: Undelivered mail
Content-Type: multipart/report; report-type=delivery-status; boundary="parts"

--parts
Content-Type: text/plain

A message could not be delivered.

--parts
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.sample.example

Final-Recipient: rfc822; somebody.who.left@example.org
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such person

--parts--
"""


def enter(crew: Crew) -> None:
    """Takes in the mail of the morning, a quarter of an hour apart, and lets the helpdesk take it up."""
    began = RECORDED - timedelta(hours=1)
    for number, text in enumerate((QUESTION, LATER, AWAY, RETURNED)):
        at = began + timedelta(minutes=15 * number)
        raw = HEAD.encode() + text.replace("\n", "\r\n").encode()
        mail = enter_mail(raw, OURS, at, at, RECORDED)
        if mail is not None:
            take_in(mail, by=None, at=at, recorded=RECORDED)
    ours = IncomingMail.objects.filter(mailbox=OURS)
    Message.objects.filter(mail__in=ours).update(invented=True)
    Enquiry.objects.filter(messages__mail__in=ours).update(invented=True)
