"""The lease under which a worker sends, and the fence that ends it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to send one publication, as long as its fence is still `fence`."""

    publication_id: int
    fence: int
