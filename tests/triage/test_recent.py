"""Near-duplicates among recent comments."""

from wardline.triage import words
from wardline.triage.recent import Echo, Recent

TEXT = "Save the night clinic, our town needs it, sign and keep the doors open"


def test_the_first_comment_has_no_echo() -> None:
    assert Recent().hear(words.read(TEXT), "ana") == Echo(0, 1)


def test_short_thanks_are_never_compared() -> None:
    recent = Recent()
    for _ in range(9):
        assert recent.hear(words.read("Thanks!"), "ana") == Echo()


def test_a_small_change_does_not_hide_a_repeat() -> None:
    recent = Recent()
    recent.hear(words.read(TEXT), "ana")
    assert recent.hear(words.read(TEXT + "!"), "ben") == Echo(1, 2)


def test_what_is_old_is_forgotten() -> None:
    recent = Recent(kept=1)
    recent.hear(words.read(TEXT), "ana")
    recent.hear(
        words.read("Something else entirely, about soup, bread and the menu"), "b"
    )
    assert recent.hear(words.read(TEXT), "ana").times == 0
