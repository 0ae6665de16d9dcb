"""What the vault cannot do."""

from wardline.registry.errors import RegistryError


class VaultError(RegistryError):
    """The vault cannot do this; the message says what to do next."""


class NoCredentialError(VaultError):
    """The account has no stored credential for this field."""


class UnreadableError(VaultError):
    """A sealed value cannot be opened: another key, or it was moved or altered."""


class KeyStoreError(VaultError):
    """The key file or the token cannot be read."""


class EmptyError(VaultError):
    """Nothing was given: what is stored stays. Give the new value."""

    def __init__(self) -> None:
        super().__init__(self.__doc__)


class ReusedError(VaultError):
    """Another account has this password; `account_id` says which."""

    def __init__(self, account_id: int) -> None:
        super().__init__("Another account has this password already.")
        self.account_id = account_id
