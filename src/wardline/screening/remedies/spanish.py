"""Spanish sentences from "nosotros" to "yo"."""

import re

# Adjectives would have to know the author's gender, so "estamos" is not here.
_VERBS = {
    "agradecemos": "agradezco",
    "apoyamos": "apoyo",
    "celebramos": "celebro",
    "condenamos": "condeno",
    "creemos": "creo",
    "defendemos": "defiendo",
    "exigimos": "exijo",
    "lamentamos": "lamento",
    "opinamos": "opino",
    "pedimos": "pido",
    "pensamos": "pienso",
    "queremos": "quiero",
    "rechazamos": "rechazo",
    "repudiamos": "repudio",
    "respaldamos": "respaldo",
    "sentimos": "siento",
}
_PRONOUNS = {
    "nuestro": "mi",
    "nuestra": "mi",
    "nuestros": "mis",
    "nuestras": "mis",
    "nosotros": "yo",
    "nosotras": "yo",
    "nos": "me",
}
_WORDS = re.compile(rf"\b(?:{'|'.join([*_VERBS, *_PRONOUNS])})\b", re.IGNORECASE)
_OUR_ACT = re.compile(r"\b\w{2,}(?:[aei]mos)\b", re.IGNORECASE)
_UNSAFE = re.compile(
    r"\b(?:oficial\w*|posici[oó]n|prome\w+|garanti\w+|compromet\w+)", re.IGNORECASE
)


def rewritten(sentence: str, hospital: str) -> str | None:
    """The sentence in the first person, None where its meaning would change."""
    acts = [act.lower() for act in _OUR_ACT.findall(sentence)]
    if not acts or _UNSAFE.search(sentence) or any(act not in _VERBS for act in acts):
        return None
    opening = (
        rf"(?:\bnosotr[oa]s\b\s*,?\s*)?(?:\b(?:en|de|del|como)\s+)?{hospital}\s*,?\s+"
    )
    plain, count = re.subn(opening, "", sentence, count=1, flags=re.IGNORECASE)
    return _WORDS.sub(_singular, plain) if count else None


def _singular(match: re.Match[str]) -> str:
    word = match[0].lower()
    mine = _VERBS.get(word) or _PRONOUNS[word]
    return mine.capitalize() if match[0][0].isupper() else mine
