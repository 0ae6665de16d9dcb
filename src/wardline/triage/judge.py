"""From a comment to its label: signs, scores, then the first label that applies."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import islice

import msgspec

from wardline.screening import Finding
from wardline.screening.outputs import PRIVACY
from wardline.triage import signs, topic, weights, words
from wardline.triage.lexicons import hospital
from wardline.triage.reasons import reasons
from wardline.triage.recent import Echo, Recent
from wardline.triage.values import LABELS, Comment, Label, Verdict
from wardline.triage.weights import Weights, share

BATCH = 1000
"""Comments that one scan reads."""
APPLIES = 0.5
"""The score from which a label applies."""
FIRED, QUIET = 0.97, 0.03
"""The scores of a label whose rules found something, and of one whose did not."""
LEARNT: tuple[Label, ...] = ("abuse", "criticism-keep", "needs-reply", "off-topic")
"""Beside spam, the labels that moderators can teach; crises and patient data no one."""
KEEPING = frozenset({"criticism-keep", "needs-reply"})
"""Labels that keep a comment: what a rule found is not unlearnt."""
CONTACTS = frozenset({"<url>", "<phone>", "<mail>"})
PITCHES = frozenset({"self-promotion", "prize", "money", "cure", "adult"})
RULED: tuple[Label, ...] = ("crisis-escalate", "abuse", "criticism-keep", "needs-reply")
"""Labels that rules decide."""
AT_HOME = {"care": 0.6, "praise": 0.5, "address": 0.4}
"""How far from off-topic the words of each group of the hospital lexicon are."""
SPOKEN = 0.6
"""The same of a comment that criticises or asks."""
NO_ECHO = Echo()
OWN = frozenset({"my", "our", "mi", "nuestro", "nuestra"})
"""With a call to look, read or listen, they promote."""
ADVERT = frozenset({"offer", "call"})
MANY = 3
"""Groups of the spam lexicon that together make a pitch."""
LIKELY, SURE, NEVER = 0.6, 0.95, 2.0
"""What the score of spam has to reach in comments that may be something else."""
SEVERE = frozenset({"ssn", "mrn", "account", "device", "name", "age-over-89"})
CONTACT = "phi-in-comment/contact"
REACH = frozenset({"phone", "email"})
"""Kinds that a spammer writes too, of himself."""
WORDY = 4
"""Stems that a comment has to have before it can be about something else."""
FAR = 0.785


class Read(msgspec.Struct, frozen=True):  # made four times as fast as a dataclass
    """A comment taken apart."""

    post: bool
    """Whether there is a post to compare with."""
    stems: int
    kinds: Mapping[str, int]
    """How often each group of the spam lexicon is met."""
    features: Sequence[int]
    findings: Sequence[Finding]
    topics: frozenset[str]
    """What rules found something of."""
    near: float
    """What it shares with its post, from 0 to 1."""
    home: float
    """How much it speaks of care, kindly, or to those who wrote the post."""
    care: bool
    """Whether it speaks of care."""
    contact: bool
    """Whether it holds a link, an address or a number to call."""
    pitch: bool
    """Whether it promotes, promises or sells something."""
    echo: Echo
    """What was like it among recent comments: told to moderators, no more."""
    repeats: int
    """How often its author has said nearly the same before."""


def triage(
    comments: Iterable[Comment],
    learnt: Weights | None = None,
    recent: Recent | None = None,
) -> Iterator[Verdict]:
    """The verdict on each comment, in order.

    `learnt` are the weights of an installation, else those shipped; `recent` hears
    every comment and tells which say nearly the same.
    """
    using = learnt or weights.shipped()
    rest = iter(comments)
    while batch := list(islice(rest, BATCH)):
        found = signs.found([words.shown(one.comment) for one in batch])
        for one, findings in zip(batch, found, strict=True):
            yield judge(read(one, findings, recent), using)


def read(comment: Comment, findings: Sequence[Finding], recent: Recent | None) -> Read:
    """Take a comment apart."""
    folded = words.told(comment.comment)
    tokens = words.tokens(folded)
    kinds = words.groups(tokens)
    numbers = words.features(folded, tokens, kinds)
    said = set(tokens)
    own = topic.stems(said)
    home = _home(said)
    return Read(
        post=bool(comment.post_text.strip()),
        stems=len(own),
        kinds=kinds,
        features=numbers,
        findings=findings,
        topics=frozenset([finding.topic for finding in findings]),
        near=topic.nearness(own, topic.of_post(comment.post_text)),
        home=home,
        care=home == AT_HOME["care"],
        contact=not CONTACTS.isdisjoint(said),
        pitch=_sells(kinds.keys(), said),
        echo=recent.hear(numbers, comment.author) if recent else NO_ECHO,
        repeats=_repeats(comment, numbers) if comment.history else 0,
    )


def _home(said: Set[str]) -> float:
    for group, much in AT_HOME.items():
        if not hospital(group).isdisjoint(said):
            return much
    return 0.0


def _sells(kinds: Set[str], said: Set[str]) -> bool:
    if not kinds:
        return False
    if "call" in kinds and not OWN.isdisjoint(said):
        return True
    return bool(kinds & PITCHES) or kinds >= ADVERT or len(kinds) >= MANY


def _repeats(comment: Comment, numbers: Sequence[int]) -> int:
    """How often the author has said nearly the same before."""
    before = Recent()
    for earlier in comment.history:
        before.hear(words.read(earlier), comment.author)
    return before.hear(numbers, comment.author).times


def judge(one: Read, using: Weights) -> Verdict:
    """Score every label; the first that applies is the comment's."""
    scores = _scores(one, using)
    label = next(label for label in LABELS if scores[label] >= APPLIES)
    return Verdict(label, scores, reasons(one, label))


def _scores(one: Read, using: Weights) -> dict[Label, float]:
    scores: dict[Label, float] = dict.fromkeys(LABELS, QUIET)
    for label in RULED:
        if label in one.topics:
            scores[label] = FIRED
    if signs.CONTEMPT in one.topics:
        scores["abuse"] = FIRED
    scores["off-topic"] = _off_topic(one, scores)
    _teach(scores, one, using)
    spam = share(using.odds("spam", one.features) + min(one.repeats, 3))
    scores["spam"] = spam = round(_fair(spam, one, scores), 4)
    scores["phi-in-comment"] = _private(one, spam)
    worst = max(scores.values())
    scores["ok"] = max(round(1 - worst, 4), QUIET if worst >= APPLIES else APPLIES)
    return scores


def _teach(scores: dict[Label, float], one: Read, using: Weights) -> None:
    """Move the scores by what moderators have taught; a crisis stays one."""
    for label in LEARNT:
        if label in using.rows:
            odds = math.log(scores[label] / (1 - scores[label]))
            learnt = share(odds + using.odds(label, one.features))
            kept = label in KEEPING and scores[label] > learnt
            scores[label] = scores[label] if kept else learnt


def _fair(spam: float, one: Read, scores: Mapping[Label, float]) -> float:
    """Views, questions and talk of care are not spam, unless they sell something."""
    if scores["crisis-escalate"] >= APPLIES:
        needed = NEVER
    elif one.care:
        needed = _among_care(one, scores)
    elif scores["criticism-keep"] >= APPLIES:
        needed = SURE
    elif scores["needs-reply"] >= APPLIES or not (one.contact or one.pitch):
        needed = LIKELY
    else:
        needed = APPLIES
    return spam if spam >= needed else min(spam, APPLIES - QUIET)


def _among_care(one: Read, scores: Mapping[Label, float]) -> float:
    """What the score of spam has to reach in a comment that speaks of care."""
    if scores["criticism-keep"] >= APPLIES:
        return SURE if one.contact and one.pitch else NEVER
    if scores["needs-reply"] >= APPLIES:
        return SURE if one.contact or one.pitch else NEVER
    return APPLIES if one.contact or one.pitch else NEVER


def _private(one: Read, spam: float) -> float:
    """An identifier that names somebody, or two that together may.

    What a spammer tells is his own address.
    """
    if not one.findings:
        return QUIET
    own = {f.rule for f in one.findings if f.topic == "phi-in-comment"}
    kinds = {f.kind for f in one.findings if f.topic == PRIVACY}
    if spam >= APPLIES and not one.care:
        return QUIET
    if kinds & SEVERE or own - {CONTACT}:
        return FIRED
    if own or kinds & REACH or len(kinds) > 1:
        return FIRED if spam < APPLIES else QUIET
    return APPLIES - QUIET if kinds else QUIET


def _off_topic(one: Read, scores: Mapping[Label, float]) -> float:
    """The less a comment shares with its post, the higher.

    Below `APPLIES` where it may stay however little that is.
    """
    if not one.post:
        return QUIET
    spoken = max(scores["criticism-keep"], scores["needs-reply"]) >= APPLIES
    home = max(one.home, SPOKEN * spoken)
    far = (1 - one.near) * (1 - home)
    if far < FAR or one.stems < WORDY:
        return max(QUIET, round(APPLIES * far, 4))
    return round(APPLIES + (FIRED - APPLIES) * far, 4)
