"""Who works in the demo hospital: a name and a sentence for each sign-in."""

PEOPLE = {
    "author": ("Ana Reyes", "writes for Cardiology"),
    "coauthor": ("Ben Okafor", "writes for Cardiology too, and is its deputy"),
    "moderator": ("Mia Chen", "moderates for Cardiology"),
    "public-affairs": ("Pat Lindqvist", "clears for Public Affairs"),
    "development": ("Dana Whitfield", "clears for the Development Office"),
    "privacy": ("Priya Nair", "clears for the Privacy Office"),
    "registrar": ("Remy Castillo", "keeps the registry"),
    "auditor": ("Alex Novak", "reads everything"),
    "administrator": ("Ada Kowalski", "manages people and units"),
}
UNIT_ROLES = {"author": "author", "coauthor": "author", "moderator": "moderator"}


def email_of(slug: str) -> str:
    """What they sign in with."""
    return f"{slug}@demo.example"
