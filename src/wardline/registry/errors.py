"""What the registry refuses."""


class RegistryError(Exception):
    """The registry refuses this; the message says what to change."""
