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
OUTPUTS = (*TOPICS, *(f"{PRIVACY}/{kind}" for kind in KINDS))
