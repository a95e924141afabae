"""Pages as Markdown: what is ours alone becomes what every reader of Markdown knows."""

from typing import Any

from tests.small_pages import pages_of, view_at
from tests.small_site import BASE

ARTICLE = """---
title: News
dek: What is new.
kind: news
authors: [desk]
published: 2024-05-01
in_short: [One thing.]
---
See [](org:acme), [the firm](org:acme) and [a list](/members/).

| what | value |
| --- | --- |
| name | {fact}`organizations/acme/name \\| full` [@SOURCE, p. 2] |

Its name is {fact}`organizations/acme/name`; `{fact}` in code stays[^1].

[^1]: A footnote about [](org:acme).
"""


def body_of(text: str) -> str:
    source = next(line.partition(":")[0] for line in BASE["sources.yaml"].splitlines() if line)
    view: Any = view_at(
        "/articles/news/index.md",
        {**BASE, "articles/news.md": text.replace("SOURCE", source)},
    )
    return "\n".join(section[1] for section in view.sections)


def test_links_to_records_are_whole_addresses_with_a_name() -> None:
    body = body_of(ARTICLE)
    assert "[Acme](https://commons.example/organizations/acme/)" in body
    assert "[the firm](https://commons.example/organizations/acme/)" in body
    assert "[a list](https://commons.example/members/)" in body


def test_facts_are_their_values_and_citations_footnotes_in_a_table_too() -> None:
    assert "| name | Acme [^s1] |" in body_of(ARTICLE)


def test_a_later_place_is_not_taken_for_an_earlier_one() -> None:
    body = body_of(ARTICLE)
    assert "Its name is Acme; `{fact}` in code stays[^1]." in body
    assert "[^1]: A footnote about [Acme](https://commons.example/organizations/acme/)." in body


def test_every_page_that_names_its_markdown_has_it() -> None:
    made = {
        page.url: page.view
        for page in pages_of(
            {
                **BASE,
                "articles/news.md": ARTICLE.replace(
                    "SOURCE, p. 2", next(iter(BASE["sources.yaml"].split(":")))
                ),
            }
        )
    }
    named = {
        view.frame.markdown
        for view in made.values()
        if hasattr(view, "frame") and view.frame.markdown
    }
    assert "/organizations/acme/index.md" in named
    assert named == {url for url in made if url.endswith(".md")}
