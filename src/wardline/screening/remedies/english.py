"""English sentences from "we" to "I"."""

import re

_ADVERB = (
    r"(?:(?:also|always|never|all|fully|firmly|strongly|truly|deeply|really|sincerely|"
    r"wholeheartedly|proudly|simply|do|don['\u2019]t|do\s+not)\s+)*"
)
_STANCE = (
    r"(?:believe|think|feel|support|oppose|stand|condemn|reject|welcome|hope|wish|mourn|"
    r"love|regret|disagree|agree|know|want|care|thank|admire|applaud|respect|honou?r|"
    r"salute|congratulate|deserve|value|expect|regard|consider|prefer|favou?r|say|"
    r"apologi[sz]e|endorse|appreciate|celebrate|demand|denounce|"
    r"take\s+[^.!?]{1,40}\s+seriously)"
)
_FEELING = (
    r"(?:(?:so|very|deeply|truly|all|really|incredibly|not)\s+)*(?:proud|sad|sorry|glad|"
    r"happy|grateful|thankful|saddened|appalled|horrified|heartbroken|thrilled|"
    r"outraged|against|disappointed|worried|excited|convinced|angry)"
)
_SAYS = re.compile(
    rf"we(?:['\u2019]re\s+{_FEELING}|\s+(?:are|were)\s+{_FEELING}|\s+{_ADVERB}{_STANCE})\b",
    re.IGNORECASE,
)
_ANY = re.compile(r"\bwe\b", re.IGNORECASE)
# What a hospital does, decides or promises; and "us" as the United States.
_UNSAFE = re.compile(
    r"\b(?:will|shall|going\s+to|promis\w+|guarantee\w*|pledg\w+|commit\w*|let['\u2019]?s|"
    r"let\s+us|position|policy|official\w*|statement|everyone\s+here|each\s+other|"
    r"together|testify\w*|ban\w*|refund\w*)\b|['\u2019]ll\b|\b(?:US|U\.S\.)",
)
_PRONOUNS = {
    "we": "I",
    "our": "my",
    "ours": "mine",
    "us": "me",
    "ourselves": "myself",
}
_PRONOUN = re.compile(
    r"\bwe\s+are\b|\bwe['\u2019]re\b|\bwe\s+were\b|\b(?:we|ours?|us|ourselves)\b",
    re.IGNORECASE,
)
_BEHALF = r"\b(?:on\s+behalf\s+of|in\s+the\s+name\s+of|speaking\s+for)\s+"


def rewritten(sentence: str, hospital: str) -> str | None:
    """The sentence in the first person, None where its meaning would change."""
    if _UNSAFE.search(sentence):
        return None
    plain = _plain(sentence, hospital)
    if plain is None:
        return None
    if any(not _SAYS.match(plain, we.start()) for we in _ANY.finditer(plain)):
        return None
    return _PRONOUN.sub(_singular, plain)


def _plain(sentence: str, hospital: str) -> str | None:
    """The sentence with the hospital taken out of its subject, if it was there."""
    forms = (
        (rf"\bwe\s*,?\s*(?:all\s+)?(?:here\s+)?(?:(?:at|of|from|over\s+at)\s+)?{hospital}(?:\s*,)?", "we"),
        (rf"\b(?:here\s+at|(?:all\s+of\s+)?us\s+(?:here\s+)?at|at|as)\s+{hospital}\s*,?\s+we\b", "we"),
        (r"\bas\s+a\s+hospital\s*,?\s+we\b", "we"),
        (rf"{_BEHALF}(?:everyone\s+at\s+|all\s+of\s+us\s+at\s+)?{hospital}\s*,?\s+(?=(?:I|we)\b)", ""),
        (rf"^(?:all\s+of\s+)?{hospital}\s+(?P<adverb>{_ADVERB})(?P<stance>{_STANCE})e?s\b", r"we \g<adverb>\g<stance>"),
        (rf"^(?:all\s+of\s+)?{hospital}\s+is\s+(?={_FEELING}\b)", "we are "),
    )  # fmt: skip
    for form, instead in forms:
        plain, count = re.subn(form, instead, sentence, flags=re.IGNORECASE)
        if count:
            return plain
    return None


def _singular(match: re.Match[str]) -> str:
    word = match[0].lower().replace("\u2019", "'")
    if word in _PRONOUNS:
        mine = _PRONOUNS[word]
        return mine.capitalize() if match[0][0].isupper() else mine
    if word.endswith("were"):
        return "I was"
    return "I'm" if "'" in word else "I am"
