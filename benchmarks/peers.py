"""What most people would use instead, set up as its own documentation says."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

from wardline import institution
from wardline.screening import load_pack
from wardline.screening.fold import fold
from wardline.screening.probe import bind

Check = Callable[[str], object]


def plain_loop() -> Check:
    """Python's `re` over every expression of every rule, without their conditions.

    It is spared the signals and the precedence, which Wardline works out too.
    """
    rules = bind(load_pack(), institution.current()).rules
    patterns = [e.compiled for probe in rules.values() for e in probe.expressions]

    def check(text: str) -> object:
        folded = fold(text).text
        return [pattern for pattern in patterns if pattern.search(folded)]

    return check


def presidio() -> Check | None:
    """Presidio's own recognisers over a blank spaCy model; None where not installed.

    https://microsoft.github.io/presidio/analyzer/
    """
    try:  # only the environment of `make bench` has them
        spacy = import_module("spacy")
        analyzer = import_module("presidio_analyzer")
        nlp = import_module("presidio_analyzer.nlp_engine").SpacyNlpEngine()
        domains: Any = import_module("tldextract.tldextract")
    except ImportError:
        return None
    # Its list of domains comes with it; nothing is to be fetched while time is taken.
    domains.TLD_EXTRACTOR = domains.TLDExtract(suffix_list_urls=())
    nlp.nlp = {"en": spacy.blank("en")}
    engine = analyzer.AnalyzerEngine(nlp_engine=nlp, supported_languages=["en"])
    return lambda text: engine.analyze(text, language="en")


def scrubadub() -> Check | None:
    """Scrubadub with the detectors that it turns on itself; None where not installed.

    https://scrubadub.readthedocs.io/
    """
    try:
        scrubber = import_module("scrubadub").Scrubber()
    except ImportError:
        return None
    return lambda text: list(scrubber.iter_filth(text))
