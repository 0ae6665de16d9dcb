"""Teach the network: labels of posts, the words that carry them, and frames."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits as loss_of
from torch.nn.utils import clip_grad_norm_

from training.reader.network import Network
from training.reader.posts import FRAMES, Lesson
from wardline.screening.outputs import TOPICS

SEED = 20261122
BATCH = 16
RATE, HEAD_RATE = 2e-4, 2e-3
FRAME_SHARE = 0.3
"""Weight of the frames, which are never asked for at run time, beside the labels."""
EXIT_SHARE = 0.3
WARM_UP = 100
"""Steps until the full rate."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Lessons of about the same length, padded."""

    said: Tensor
    ids: Tensor
    shapes: Tensor
    segments: Tensor
    mask: Tensor
    whole: Tensor
    asked: Tensor
    known: Tensor
    pieces: Tensor
    frames: Tensor
    framed: Tensor

    @property
    def shown(self) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
        """What the network is given."""
        return self.said, self.ids, self.shapes, self.segments, self.mask


def fit(
    network: Network, lessons: Sequence[Lesson], rounds: int, share: float = 1.0
) -> Iterator[float]:
    """Teach for some rounds, at a share of the rate; the mean loss of each."""
    torch.manual_seed(SEED)
    shuffle = random.Random(SEED)  # noqa: S311  (no secret)
    optimizer = torch.optim.AdamW(
        _groups(network, share), weight_decay=0.01, fused=True
    )
    steps = rounds * -(-len(lessons) // BATCH)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, step / WARM_UP) * max(0.01, 1 - step / steps)
    )
    for _ in range(rounds):
        network.train()
        total, batches = 0.0, list(_batches(lessons, shuffle))
        for batch in batches:
            loss = _loss(network, batch)
            optimizer.zero_grad()
            loss.backward()
            clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            rate.step()
            total += loss.item()
        yield total / len(batches)


def collated(lessons: Sequence[Lesson]) -> Batch:
    """Lessons as one padded batch."""
    size = max(len(lesson.passage.ids) for lesson in lessons)

    def padded(name: str) -> Tensor:
        rows = [getattr(lesson.passage, name) for lesson in lessons]
        return torch.tensor(np.stack([np.pad(r, (0, size - len(r))) for r in rows]))

    def stacked(name: str) -> Tensor:
        return torch.tensor(np.stack([getattr(lesson, name) for lesson in lessons]))

    pieces = [
        np.pad(lesson.pieces, ((0, size - len(lesson.pieces)), (0, 0)))
        for lesson in lessons
    ]
    silent = np.zeros(len(FRAMES), np.float32)
    return Batch(
        said=torch.tensor(np.stack([lesson.passage.said for lesson in lessons])),
        ids=padded("ids"),
        shapes=padded("shapes"),
        segments=padded("segments"),
        mask=torch.tensor(
            np.stack([np.arange(size) < len(le.passage.ids) for le in lessons])
        ),
        whole=stacked("whole"),
        asked=stacked("asked"),
        known=stacked("known"),
        pieces=torch.tensor(np.stack(pieces)),
        frames=torch.tensor(
            np.stack([silent if le.frames is None else le.frames for le in lessons])
        ),
        framed=torch.tensor([float(le.frames is not None) for le in lessons]),
    )


def _batches(lessons: Sequence[Lesson], shuffle: random.Random) -> Iterator[Batch]:
    """Every lesson once; about the same length together, otherwise by chance."""
    order = sorted(
        lessons, key=lambda lesson: len(lesson.passage.ids) + shuffle.random() * 20
    )
    starts = list(range(0, len(order), BATCH))
    shuffle.shuffle(starts)
    for start in starts:
        yield collated(order[start : start + BATCH])


def _loss(network: Network, batch: Batch) -> Tensor:
    with torch.autocast("cpu", torch.bfloat16):
        told = network(*batch.shown)
    whole = loss_of(told.whole.float(), batch.whole, reduction="none")
    there = (batch.mask & (batch.segments == 1)).float()[..., None]
    pieces = loss_of(told.pieces.float(), batch.pieces, reduction="none")
    pieces = pieces * there * batch.known[:, None]
    frames = loss_of(told.frames.float(), batch.frames, reduction="none").sum(1)
    any_found = batch.whole[:, : len(TOPICS)].amax(1)
    worth = loss_of(told.worth.float(), any_found, reduction="none")
    # Whoever looked for one topic alone does not know that a text holds nothing.
    worth = worth * torch.maximum(any_found, batch.asked[:, : len(TOPICS)].amin(1))
    return (
        (whole * batch.asked).sum(1).mean()
        + pieces.sum() / there.sum()
        + FRAME_SHARE * (frames * batch.framed).sum() / (batch.framed.sum() + 1)
        + EXIT_SHARE * worth.mean()
    )


def _groups(network: Network, share: float) -> list[dict[str, object]]:
    heads = ("whole", "piece", "gate", "frame", "shapes", "said", "exit")
    head: list[object] = []
    body: list[object] = []
    for name, parameter in network.named_parameters():
        if parameter.requires_grad:
            (head if name.startswith(heads) else body).append(parameter)
    return [
        {"params": body, "lr": share * RATE},
        {"params": head, "lr": share * HEAD_RATE},
    ]
