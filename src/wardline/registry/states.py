"""The states of an official account."""

from wardline.audit.states import Graph

ACCOUNT = Graph(
    "account",
    {
        "requested": frozenset({"active", "retired"}),
        "active": frozenset({"due-for-review", "compromised", "retired"}),
        "due-for-review": frozenset({"active", "compromised", "retired"}),
        "compromised": frozenset({"active", "retired"}),
        "retired": frozenset(),
    },
)
