"""The training of the person-name tagger; see docs/decisions/0007-person-names.md."""
