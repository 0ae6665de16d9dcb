"""A post's headings below those of the page."""

from wardline.channels.rendering import html_of
from wardline.web.headings import lowered


def test_a_post_without_headings_stays_as_it_is() -> None:
    html = html_of("Five steps, `<h1>` in code included.")
    assert lowered(html, below=2) == html


def test_the_highest_heading_comes_below_that_of_the_page() -> None:
    html = lowered(html_of("# Walk\n\n## Daily"), below=2)
    assert "<h3>Walk</h3>" in html
    assert "<h4>Daily</h4>" in html


def test_no_heading_goes_deeper_than_html_does() -> None:
    assert lowered("<h5>Deep</h5>", below=3) == "<h6>Deep</h6>"
