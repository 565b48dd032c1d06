"""Subjects of mails, reduced to what two mails of one matter share."""

from __future__ import annotations

import re
import unicodedata

# What mail programs put in front of a reply or a forwarded mail, in the languages our customers' programs speak,
# with the counters some add: "Re:", "RE :", "Re[2]:", "Fwd:", "TR:", "AW:".
_MARK = re.compile(r"(?:re|réf?|rép|rep|fwd?|tr|aw|wg|antw|rv)\s*(?:\[\d+\]|\(\d+\))?\s*:\s*")


def normalised_subject(subject: str) -> str:
    """The subject without reply and forward marks, in one case and with single spaces; may be empty."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", subject).casefold())
    text = " ".join(folded.split())
    while mark := _MARK.match(text):
        text = text[mark.end() :]
    return text
