"""Whether a program wrote a mail, and whether a program may answer it (RFC 3834)."""

from __future__ import annotations

import re
from email.message import Message as Mail

from secretariat.post.headers import addresses, text_of

BULK = ("bulk", "junk", "list", "auto_reply", "auto-reply")
MARKS = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "X-Loop", "X-Mailer-Autoreply")
LISTS = ("List-Id", "List-Post", "List-Unsubscribe", "Mailing-List")
ROBOTS = re.compile(r"^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?|auto-?reply)(?:[+.@=-]|$)")
SUBJECTS = re.compile(
    r"(?i)^\s*(?:automatic reply|auto(?:matic)?[ -]?response|autoreply|out of (?:the )?office(?: autoreply)?|"
    r"automatische antwort|abwesenheitsnotiz|réponse automatique|respuesta automática|"
    r"undeliverable|undelivered mail returned to sender|delivery status notification|mail delivery (?:failed|failure)|"
    r"delivery failure|returned mail|failure notice)\s*(?::|\(|$|-)"
)


def why_automatic(mail: Mail) -> str:
    """What of a mail says that a program sent it, as a sentence; nothing when a person seems to have written it."""
    auto = text_of(mail, "Auto-Submitted").partition(";")[0].strip().lower()
    if auto not in ("", "no"):
        return f"Its head says Auto-Submitted: {auto[:40]}."
    if mail.get_content_type() == "multipart/report":
        return "It is a mail server's report."
    if text_of(mail, "Return-Path").strip() == "<>":
        return "It came with an empty return path, as reports do."
    if found := next((name for name in MARKS if mail.get(name) is not None), ""):
        return f"Its head has {found}."
    if (kind := text_of(mail, "Precedence").strip().lower()) in BULK:
        return f"Its head says Precedence: {kind}."
    if found := next((name for name in LISTS if mail.get(name) is not None), ""):
        return f"It came over a mailing list ({found})."
    if robot := next((one for one in addresses(mail, "From") if ROBOTS.match(one)), ""):
        return f"{robot[:60]} is a program's address."
    return "Its subject is that of an automatic reply." if SUBJECTS.match(text_of(mail, "Subject")[:300]) else ""


def wants_no_answer(mail: Mail) -> bool:
    """Whether the writer asks that no program answers (X-Auto-Response-Suppress of Exchange)."""
    asked = text_of(mail, "X-Auto-Response-Suppress").lower()
    return bool({"all", "autoreply", "oof"} & set(re.split(r"[,\s]+", asked)))
