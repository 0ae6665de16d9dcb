"""The states of drafts, clearances and publications, and where each may go."""

from wardline.audit.states import Graph

DRAFT = Graph(
    "draft",
    {
        "editing": frozenset({"submitted", "cancelled"}),
        "submitted": frozenset({"editing", "returned", "cleared", "cancelled"}),
        "returned": frozenset({"editing", "submitted", "cancelled"}),
        "cleared": frozenset({"editing", "submitted", "scheduled", "cancelled"}),
        "scheduled": frozenset({"editing", "cleared", "published", "cancelled"}),
        "published": frozenset({"corrected", "withdrawn"}),
        "corrected": frozenset({"withdrawn"}),
        "withdrawn": frozenset(),
        "cancelled": frozenset(),
    },
)
"""A correction is a draft of its own, whose text replaces the published one's."""

CLEARANCE = Graph(
    "clearance",
    {
        "pending": frozenset({"granted", "refused", "void"}),
        "granted": frozenset({"void", "expired"}),
        "refused": frozenset(),
        "void": frozenset(),
        "expired": frozenset(),
    },
)

PUBLICATION = Graph(
    "publication",
    {
        "due": frozenset({"sending", "by-hand", "held", "missed", "cancelled"}),
        "sending": frozenset(
            {"sending", "due", "published", "failed", "unconfirmed", "held", "missed"}
        ),
        "by-hand": frozenset({"published", "cancelled"}),
        "unconfirmed": frozenset({"published", "due", "cancelled"}),
        "failed": frozenset({"due", "published", "cancelled"}),
        "held": frozenset({"due", "cancelled"}),
        "missed": frozenset({"due", "cancelled"}),
        "published": frozenset(),
        "cancelled": frozenset(),
    },
)

AUTHORIZATION = Graph(
    "authorization",
    {
        "valid": frozenset({"revoked", "expired"}),
        "revoked": frozenset(),
        "expired": frozenset(),
    },
)

TEMPLATE = Graph(
    "template",
    {
        "proposed": frozenset({"approved", "retired"}),
        "approved": frozenset({"retired"}),
        "retired": frozenset(),
    },
)

ERROR_REPORT = Graph(
    "error-report",
    {
        "received": frozenset({"accepted", "dismissed"}),
        "accepted": frozenset(),
        "dismissed": frozenset(),
    },
)

FOLLOW_UP = Graph(
    "follow-up",
    {
        "open": frozenset({"done", "dropped"}),
        "done": frozenset(),
        "dropped": frozenset(),
    },
)

PLANNABLE = frozenset({"editing", "submitted", "returned", "cleared"})
"""Drafts of which a time is only planned."""

LIVE_CLEARANCE = frozenset({"pending", "granted"})
"""Clearances that are asked for or good."""

UNDER_WAY = frozenset({"due", "sending"})
"""Publications that the worker still acts on."""

WAITING_FOR_A_PERSON = frozenset({"by-hand", "unconfirmed", "failed", "held", "missed"})
"""Publications that nothing happens to until a person decides."""
