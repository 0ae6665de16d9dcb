"""Teach the gate which texts the reader, or the labels, have anything to say on."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import binary_cross_entropy_with_logits as loss_of

from wardline.screening.reader.gate import BUCKETS, bucket

ROUNDS, BATCH, RATE, DECAY = 30, 64, 3e-3, 1e-3
LET_THROUGH = 0.99
"""Share of the posts with something to see that has to pass."""


def taught(
    texts: Sequence[Sequence[int]], told: Sequence[bool], size: int, seed: int
) -> tuple[NDArray[np.float32], float]:
    """Weights of `size` pieces and the buckets, and a bias; `texts` are pieces."""
    torch.manual_seed(seed)
    bag = torch.nn.EmbeddingBag(size + BUCKETS, 1, mode="sum", sparse=False)
    torch.nn.init.zeros_(bag.weight)
    bias = torch.zeros(1, requires_grad=True)
    optimizer = torch.optim.Adam([*bag.parameters(), bias], lr=RATE)
    wanted = torch.tensor(told, dtype=torch.float32)
    counted = [torch.tensor(features(ids, size)) for ids in texts]
    for _ in range(ROUNDS):
        for chosen in torch.randperm(len(texts)).split(BATCH):
            rows = [counted[number] for number in chosen]
            starts = np.cumsum([0, *map(len, rows[:-1])])
            score = bag(torch.cat(rows), torch.tensor(starts))[:, 0] + bias
            loss = loss_of(score, wanted[chosen]) + DECAY * bag.weight.square().sum()
            optimizer.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
    return bag.weight.detach().numpy()[:, 0], float(bias)


def features(ids: Sequence[int], size: int) -> list[int]:
    """Numbers of the pieces, and of the buckets of their pairs."""
    return [*ids, *(size + bucket(*pair) for pair in pairwise(ids))]


def content(weights: NDArray[np.float32], bias: float) -> bytes:
    """The gate's file."""
    return np.concatenate([[bias], weights]).astype(np.float32).tobytes()
