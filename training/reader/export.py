"""Write the network as the arrays that `wardline.screening.reader` reads."""

from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from training.reader.network import FIRST, HEADS, Network
from wardline.screening.reader.reader import THRESHOLDS, VOCABULARY, WEIGHTS, Thresholds

Floats = NDArray[np.float32]
Arrays = dict[str, NDArray[np.generic]]


def arrays(network: Network) -> Arrays:
    """All that is needed at run time, weights of layers and words in eight bits."""
    named = {name: value.detach().numpy() for name, value in network.named_parameters()}
    kept: Arrays = {
        "heads": np.array(HEADS),
        "layers": np.array(len(network.layers)),
        "first": np.array(FIRST),
        **_rows("words", named["words.weight"]),
        **{
            name: named[f"{name}.weight"]
            for name in ("said", "places", "segments", "shapes")
        },
        "norm.weight": named["norm.weight"],
        "norm.bias": named["norm.bias"],
        "gate": named["gate"],
    }
    for name in ("whole", "piece", "exit"):
        kept[name] = named[f"{name}.weight"].T.copy()
        kept[f"{name}.bias"] = named[f"{name}.bias"]
    for number in range(len(network.layers)):
        kept |= _layer(named, number)
    return kept


def write(
    folder: Path,
    network: Network,
    vocabulary: Sequence[str],
    thresholds: Thresholds,
) -> None:
    """The files of a reader; the weights are not compressed, to load in no time."""
    np.savez(folder / WEIGHTS, **arrays(network))  # type: ignore[arg-type]
    (folder / VOCABULARY).write_text("\n".join(vocabulary), "ascii")
    (folder / THRESHOLDS).write_bytes(
        msgspec.json.format(msgspec.json.encode(thresholds))
    )


def _layer(named: dict[str, Floats], number: int) -> Arrays:
    theirs, ours = f"layers.{number}.", f"layer.{number}."
    kept: Arrays = {}
    for name in ("mix", "join", "widen", "narrow"):
        weight = named[f"{theirs}{name}.weight"].copy()
        bias = named[f"{theirs}{name}.bias"].copy()
        if name == "mix":  # attention's scale is multiplied into the queries once
            size = weight.shape[1]
            scale = (size // HEADS) ** -0.5
            weight[:size] *= scale
            bias[:size] *= scale
        kept |= _rows(f"{ours}{name}", weight)
        kept[f"{ours}{name}.bias"] = bias
    for name in ("join", "narrow"):
        for part in ("weight", "bias"):
            kept[f"{ours}{name}.norm.{part}"] = named[f"{theirs}{name}_norm.{part}"]
    return kept


def _rows(name: str, weight: Floats) -> Arrays:
    scale = np.abs(weight).max(axis=1) / 127
    small = np.round(weight / scale[:, None]).astype(np.int8)
    return {name: small, f"{name}.scale": scale}
