"""The names of templates that a template asks for."""

import pytest

from alliance_site.read import find_template_refs


def test_every_way_to_ask_for_a_template_is_found_with_its_line() -> None:
    text = (
        '{% extends "base.html" %}\n{% include "a.html" %}\n'
        '{% import "b.html" as b %}\n{% from "c.html" import c %}\n'
    )
    refs, faults = find_template_refs("templates/x.html", text)
    assert sorted(refs.names) == [("a.html", 2), ("b.html", 3), ("base.html", 1), ("c.html", 4)]
    assert faults == ()


@pytest.mark.parametrize("name", ["name", "'a' ~ kind", "['a.html', 'b.html']"])
def test_a_computed_name_is_refused(name: str) -> None:
    _, (fault,) = find_template_refs("templates/x.html", f"\n{{% include {name} %}}")
    assert (fault.code.value, fault.span.line) == ("template-computed-name", 2)


def test_a_template_that_cannot_be_parsed_is_reported_with_its_line() -> None:
    refs, (fault,) = find_template_refs("templates/x.html", "a\n{% endif %}\n")
    assert refs.names == ()
    assert (fault.code.value, fault.span.line) == ("template-syntax", 2)
