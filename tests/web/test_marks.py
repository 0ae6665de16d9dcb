from wardline.web.marks import Piece, Span, pieces


def test_a_text_without_findings_is_one_piece() -> None:
    assert pieces("All well.", []) == [Piece("All well.")]


def test_an_empty_text_has_no_pieces() -> None:
    assert pieces("", [Span(1, 0, 3, "hold")]) == []


def test_a_mark_ends_with_the_number_of_its_finding() -> None:
    span = Span(1, 5, 9, "hold")
    assert pieces("Call Anna now", [span]) == [
        Piece("Call "),
        Piece("Anna", "hold", (span,)),
        Piece(" now"),
    ]


def test_where_two_findings_overlap_the_graver_one_shows() -> None:
    spans = [Span(1, 0, 6, "remind"), Span(2, 3, 9, "hold")]
    assert [(each.text, each.severity) for each in pieces("abcdefghi", spans)] == [
        ("abc", "remind"),
        ("def", "hold"),
        ("ghi", "hold"),
    ]


def test_a_finding_that_reaches_over_the_edge_is_marked_up_to_it() -> None:
    found = pieces("abc", [Span(1, -5, 2, "hold"), Span(2, 2, 40, "advise")])
    assert [(each.text, each.severity) for each in found] == [
        ("ab", "hold"),
        ("c", "advise"),
    ]


def test_a_text_full_of_findings_is_marked_in_one_go() -> None:
    spans = [Span(n, n * 7, n * 7 + 6, "hold") for n in range(50_000)]
    marked = pieces("room 5 " * 50_000, spans)
    assert [piece.text for piece in marked[-2:]] == ["room 5", " "]
    assert len(marked) == 100_000
