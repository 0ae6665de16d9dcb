"""The weights fit the features, and say so when they do not."""

from pathlib import Path

import pytest

from wardline.screening import ScreeningError
from wardline.screening.naming import model, namer
from wardline.screening.naming.model import NamingError, load, look_up, spelt

WEIGHTS = Path(namer.__file__).with_name("names.bin")


def test_the_weights_are_of_the_features_in_the_code_and_small() -> None:
    read = load(WEIGHTS)
    assert 0 < read.threshold < 1
    assert WEIGHTS.stat().st_size <= 2_500_000


def test_weights_of_other_features_are_refused_with_a_way_out(tmp_path: Path) -> None:
    old = tmp_path / "names.bin"
    old.write_bytes(b'{"version": 0}\n')
    with pytest.raises(NamingError, match=r"Train again: python -m training\.naming"):
        load(old)
    assert issubclass(NamingError, ScreeningError)


def test_word_lists_know_given_and_family_names_everyday_words_and_places() -> None:
    known = load(WEIGHTS).known
    assert known("zzyzx") == ""
    assert known("Rosa").startswith("f3")
    assert "l3" in known("Hernández")
    assert "c3" in known("the")
    assert "p" in known("Springfield")


def test_a_double_name_is_what_its_halves_are() -> None:
    codes = {"abernathy": 4, "marie": 3}
    assert (
        look_up("zz-abernathy", lambda word: codes.get(word, 0)) == codes["abernathy"]
    )
    assert look_up("marie-zz", lambda word: codes.get(word, 0)) == codes["marie"]
    assert look_up("zzz", lambda word: codes.get(word, 0)) == 0


def test_classes_are_spelt_from_their_byte() -> None:
    assert spelt(0) == ""
    assert spelt(0b1110111) == "f3l1c3p"


def test_memory_of_words_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "_KEPT", 3)
    small, usual = load(WEIGHTS), namer.default_namer()
    text = "Rosa Delgado thanked Marcus Bell and Ana Ruiz for the long night shift"
    assert namer.Namer(small).names(text) == usual.names(text)
