"""What can go wrong with triage."""


class TriageError(Exception):
    """Triage cannot go on."""


class WeightsError(TriageError):
    """A file of weights cannot be used."""
