"""What a comment shares with its post."""

from wardline.triage.topic import nearness, of_post, stems
from wardline.triage.words import tokens, told

POST = of_post("Parking at the eye clinic is free on Saturday")


def _near(comment: str) -> float:
    return nearness(stems(tokens(told(comment))), POST)


def test_no_words_are_neither_near_nor_far() -> None:
    assert _near("!!!") == 0.5


def test_words_of_the_post_bring_a_comment_near() -> None:
    assert _near("Is the parking free for the clinic") > 0.6
    assert _near("Penguins juggle marmalade beneath volcanic chandeliers") < 0.25
