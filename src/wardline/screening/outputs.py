"""What the reader has a say on, in the order of its scores."""

TOPICS = (
    *("patient-privacy", "confidential-information", "medical-advice"),
    *("outside-contact", "official-communication", "fundraising"),
    *("speaks-for-hospital", "conflict-of-interest", "intellectual-property"),
    *("work-email-identity", "unsourced-claim", "indirect-link"),
    *("missing-affiliation-disclosure", "missing-disclaimer"),
    *("harms-reputation-while-affiliated", "disrespect"),
)
KINDS = (
    *("name", "date", "age-over-89", "location", "phone", "email", "ssn", "mrn"),
    *("account", "device", "url", "ip", "photo", "story"),
)
PRIVACY = TOPICS[0]
FINDABLE = (*TOPICS, *(f"{PRIVACY}/{kind}" for kind in KINDS))
"""What a rule may ask the reader for."""
LABOR = "labor"
"""Talk of working conditions, which silences some topics."""
OUTPUTS = (*FINDABLE, LABOR)
