"""The states of an official account, and of what is about it."""

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
VERSION = Graph(
    "version",
    {
        "proposed": frozenset({"approved", "returned", "taken-back"}),
        "approved": frozenset(),
        "returned": frozenset(),
        "taken-back": frozenset(),
    },
)
TASK = Graph(
    "task",
    {
        "open": frozenset({"done", "dropped"}),
        "done": frozenset(),
        "dropped": frozenset(),
    },
)
LOOK_ALIKE = Graph(
    "look-alike",
    {
        "candidate": frozenset({"known-impostor", "harmless"}),
        "known-impostor": frozenset({"harmless", "gone"}),
        "harmless": frozenset({"known-impostor"}),
        "gone": frozenset({"known-impostor"}),
    },
)
