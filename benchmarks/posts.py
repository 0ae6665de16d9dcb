"""Posts as staff write them, made from parts: seeded, as many as wanted."""

import random
from collections.abc import Iterator

from wardline.screening import Context
from wardline.screening.values import Channel

TELLING = 0.2
"""The share of posts that hold a sentence which some rule is there for."""
OFFICIAL, STAFF, DISCLAIMING = 0.2, 0.9, 0.3
"""The shares of official posts, of staff, of profiles with a disclaimer."""
DECORATED = 0.35
"""The share of posts with an emoji, a curly quote or an accent."""

CHANNELS: tuple[Channel, ...] = ("network", "microblog", "forum", "blog", "photo")

SLOTS = """
day: Monday|Tuesday|Friday|Sunday|the weekend|last night|this morning
food: tacos|cold brew|dumplings|banana bread|ramen|clam chowder|pizza
place: Jamaica Plain|the Esplanade|Somerville|Revere Beach|the Cape
pet: dog|cat|rabbit|neighbor's beagle|old greyhound|kitten
thing: bike|sourdough|knitting|tomato plants|guitar|garden|puzzle
team: Celtics|Sox|Bruins|Revs|Pats
mood: so proud|a little tired|ready|grateful|half asleep|wide awake
show: that baking show|the new season|a documentary on whales|the game
number: 2|3|5|7|12|20|40|100
name: Marcus Delgado|Ruth Okafor|Jim Petersen|Ana Lucia Reyes|Tom Bell
first: Marcus|Ruth|Priya|Jim|Ana|Tom|Keisha
month: January|March|May|August|October|December
drug: lisinopril|metformin|ibuprofen|prednisone|Eliquis
""".strip().splitlines()

EVERYDAY = """
Finally fixed my {thing} on {day} and it only took {number} tries.
Anyone up for {food} after work on {day}?
The {pet} slept through the whole thunderstorm and I am jealous.
Walked around {place} with coffee and no plans at all.
{team} won by {number} and my voice is gone.
Learning to {thing} is harder than it looks but I am {mood}.
Started {show} and I have opinions about episode {number}.
Can somebody explain why the Green Line is late every single {day}?
My sister made {food} for {number} people and there is none left.
The leaves in {place} are showing off this week.
Flu shots are free at the town library on {day}, bring the kids.
Drink some water and call your mom, it is {day} after all.
Happy birthday to my little brother who turned {number} today!
Reading on the porch while the {pet} guards the door.
Took the stairs {number} times today, my knees have filed a complaint.
New haircut, who dis, feeling {mood}.
Does anyone have a good recipe for {food} without dairy?
Rain again, so the {thing} stays inside until {day}.
Thank you to everyone who came to the potluck, the {food} was gone in minutes.
The museum in {place} is open late on {day} and parking is easy.
Training for a 10k in {month}, today was {number} slow miles.
My playlist for night drives is {number} hours long and all of it is good.
Grateful for good coworkers, good snacks and a short line at the cafeteria.
Por fin viernes, nos vemos en {place} con la familia.
Quién trae el postre el domingo? Yo llevo {food}.
The bus driver waited for me this morning and I have not stopped smiling.
A study club meets {day} at six in the library, room on the second floor.
Found {number} dollars in an old coat, so {food} is on me.
Our street's yard sale is on {day}, come say hi to the {pet}.
I will never understand people who put pineapple next to {food}.
Long day, warm soup, early night.
My kid lost a tooth and negotiated {number} dollars for it.
""".strip().splitlines()

NOTABLE = """
{name} in room {number}12 asked me to dance again, best patient ever.
My patient was admitted {month} {number} and cried when her son came.
MRN 44{number}1903 still shows the wrong allergy, who can fix it?
Call the family back at 617-555-01{number}9 before noon please.
I work at Mass General and honestly this policy is the worst idea of the year.
MGH has the best heart surgeons in the whole country.
Just stop taking the {drug}, you don't need it, trust me.
Double your {drug} to {number}0 mg tonight and you will be fine.
We at Mass General promise every family that this will never happen again.
Please donate to our unit at Mass General, the link is in my bio.
Questions? Write to me at {first}.b@partners.org, I read everything.
Our Q3 numbers are in: we lost {number} million and have not announced it.
The guy in bed {number} is an idiot and his whole family is trash.
Read all about it here: bit.ly/3x{number}kQz
Vitamin D cuts your risk of stroke by {number}0 percent.
Got these scrubs for free from the company, best I ever had, use my code {first}{number}.
I told the Globe reporter what happened in the OR on {day}.
Copied the whole chapter of the textbook below so nobody has to pay.
Mi paciente {first} se fue a casa el {number} de mayo, qué alegría.
Statement from the hospital: the emergency department is closed until {day}.
""".strip().splitlines()

ENDINGS = ("", "", " lol", " #nightshift")
DECORATIONS = (" 😂", " ❤️🙏", " ☕", " 🎉", " …", " ¡Ánimo!")

WORDS = {name: words.split("|") for name, words in (slot.split(": ") for slot in SLOTS)}


def posts(count: int, seed: int = 20261122) -> Iterator[tuple[str, Context]]:
    """`count` posts with their contexts; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311  (not a secret)
    for _ in range(count):
        yield _post(chance), _context(chance)


def _post(chance: random.Random) -> str:
    sentences = chance.choices(EVERYDAY, k=chance.choice((1, 2, 2, 3)))
    if chance.random() < TELLING:
        sentences[chance.randrange(len(sentences))] = chance.choice(NOTABLE)
    text = " ".join(_filled(chance, sentence) for sentence in sentences)
    if chance.random() < DECORATED:
        return text.replace("'", "’") + chance.choice(DECORATIONS)  # noqa: RUF001
    return text + chance.choice(ENDINGS)


def _filled(chance: random.Random, sentence: str) -> str:
    return sentence.format_map({name: chance.choice(w) for name, w in WORDS.items()})


def _context(chance: random.Random) -> Context:
    return Context(
        mode="official" if chance.random() < OFFICIAL else "personal",
        channel=chance.choice(CHANNELS),
        author_employer=chance.random() < STAFF,
        profile_disclaimer=chance.random() < DISCLAIMING,
    )
