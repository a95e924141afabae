"""Writes the same site for every generator that is compared: articles, members, topics, a feed.

The words are made up from a seed, so that everyone measures the same ones. Each generator gets an
equal, minimal theme: an article with its date, author, member, topics and body; a page for each
topic and member that lists its articles; a paginated index; a feed of twenty.

    python -m tests.bench.corpus FOLDER COUNT PEER…
"""

import json
import random
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

SEED = 7
LISTED, FED, TOPICS = 30, 20, 200
SHORT = [
    "the",
    "of",
    "and",
    "to",
    "in",
    "a",
    "is",
    "that",
    "for",
    "it",
    "as",
    "was",
    "with",
    "be",
    "by",
    "on",
    "not",
    "he",
    "his",
    "but",
    "at",
    "are",
    "this",
    "have",
    "from",
    "or",
    "had",
    "an",
    "they",
    "which",
    "one",
    "you",
    "were",
    "all",
    "her",
    "she",
    "there",
    "would",
    "their",
    "we",
    "him",
    "been",
    "has",
    "when",
    "who",
    "will",
]
ONSETS = [
    "b",
    "c",
    "d",
    "f",
    "g",
    "h",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "br",
    "cr",
    "dr",
    "fr",
    "gr",
    "pl",
    "pr",
    "st",
    "str",
    "tr",
    "cl",
    "sh",
    "ch",
]
VOWELS = ["a", "e", "i", "o", "u", "ai", "ea", "io", "ou"]
CODAS = ["", "", "n", "r", "s", "t", "l", "nd", "st", "ness", "ing", "tion", "al"]
COUNTRIES = {"NO": "Norway", "KE": "Kenya", "BR": "Brazil", "JP": "Japan", "FR": "France"}


@dataclass(frozen=True)
class Member:
    id: str
    name: str
    country: str
    city: str
    joined: int


@dataclass(frozen=True)
class Article:
    slug: str
    title: str
    day: date
    author: str
    topics: tuple[str, ...]
    summary: str
    member: str
    body: str


class Writer:
    """Makes words, sentences and articles; the n-th is the same in every corpus."""

    def __init__(self, count: int) -> None:
        self.count = count
        chance = random.Random(SEED)
        words: dict[str, None] = {}
        while len(words) < 6000:
            syllables = range(chance.choice((1, 2, 2, 3)))
            word = "".join(chance.choice(ONSETS) + chance.choice(VOWELS) for _ in syllables)
            words[word + chance.choice(CODAS)] = None
        self.words = [word for word in words if word not in SHORT]
        # Few words are frequent, and many are rare.
        self.weights = [1 / (place + 5) ** 0.85 for place in range(len(self.words))]
        self.topics = [f"{self.words[200 + n]}-{n}" for n in range(TOPICS)]
        self.topic_weights = [1 / (place + 3) ** 0.9 for place in range(TOPICS)]
        self.authors = [" ".join(self.pick(chance, 2)).title() for _ in range(60)]
        self.members = [self.member(number) for number in range(max(1, count // 20))]

    def pick(self, chance: random.Random, count: int) -> list[str]:
        return chance.choices(self.words, self.weights, k=count)

    def member(self, number: int) -> Member:
        chance = random.Random(f"member {number}")
        first, second, city = self.pick(chance, 3)
        country = chance.choice(sorted(COUNTRIES))
        name = f"{first} {second}".title()
        return Member(f"m{number:05}", name, country, city.title(), 1990 + chance.randrange(35))

    def sentence(self, chance: random.Random, *, is_plain: bool = False) -> str:
        words = [
            chance.choice(SHORT) if chance.random() < 0.45 else word
            for word in self.pick(chance, max(5, int(chance.gauss(17, 6))))
        ]
        if not is_plain:
            place = chance.randrange(len(words))
            if chance.random() < 0.22:
                words[place] = f"*{words[place]}*"
            elif chance.random() < 0.12:
                target = "/".join(self.pick(chance, 2))
                words[place] = f"[{words[place]}](https://www.example.org/{target})"
            elif chance.random() < 0.04:
                words[place] = f"`{words[place]}()`"
        text = " ".join(words)
        return f"{text[0].upper()}{text[1:]}."

    def paragraph(self, chance: random.Random) -> str:
        return " ".join(self.sentence(chance) for _ in range(chance.choice((2, 3, 3, 4, 5))))

    def code(self, chance: random.Random) -> str:
        a, b, c, d = self.pick(chance, 4)
        lines = [
            f'def {a}_{n}({b}, {c}=None):\n    """Return the {d}."""\n    total = {n}\n'
            f"    for x in {b}:\n        total += x * {n}  # {d}\n    return {{'{a}': total}}\n"
            for n in range(chance.randrange(2, 5))
        ]
        return "```python\n" + "\n".join(lines) + "```"

    def block(self, chance: random.Random) -> str:
        kind = chance.random()
        if kind < 0.16:
            return "## " + " ".join(self.pick(chance, 4)).capitalize()
        if kind < 0.25:
            return "\n".join(f"- {self.sentence(chance)}" for _ in range(chance.randrange(3, 7)))
        if kind < 0.29:
            return f"> {self.sentence(chance)}"
        return self.paragraph(chance)

    def article(self, number: int) -> Article:
        chance = random.Random(f"article {number}")
        parts, words = [self.paragraph(chance)], 0
        target = min(2200, max(150, int(chance.lognormvariate(6.22, 0.42))))
        if number % 3 == 0:
            rows = [f"| {' | '.join(self.pick(chance, 3))} |" for _ in range(8)]
            parts.append("\n".join(["| A | B | C |", "|---|---|---|", *rows]))
        if number % 5 == 0:
            parts.append(self.code(chance))
        while words < target:
            parts.append(self.block(chance))
            words += len(parts[-1].split())
        if number % 4 == 0:
            parts[0] += "[^1]"
            parts.append(f"[^1]: {self.sentence(chance)}")
        topics = chance.choices(self.topics, self.topic_weights, k=chance.randrange(2, 7))
        return Article(
            slug=f"a{number:06}-{'-'.join(self.pick(chance, 2))}",
            title=" ".join(self.pick(chance, chance.randrange(4, 10))).capitalize(),
            day=date(2024, 12, 31) - timedelta(days=number * 730 // self.count),
            author=chance.choice(self.authors),
            topics=tuple(sorted(set(topics))),
            summary=self.sentence(chance, is_plain=True),
            member=chance.choice(self.members).id,
            body="\n\n".join(parts) + "\n",
        )

    def articles(self) -> Iterator[Article]:
        return (self.article(number) for number in range(self.count))


def put(folder: Path, name: str, text: str) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


HEAD = (
    '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    '<meta name="viewport" content="width=device-width">\n<title>{title} - Bench</title>\n'
    '<link rel="alternate" type="application/atom+xml" href="/feed.xml">\n'
    '<meta name="description" content="{description}">\n</head>\n<body>\n'
    '<header><a href="/">Bench site</a>\n<nav><ul><li><a href="/">Home</a></li>'
    '<li><a href="/feed.xml">Feed</a></li></ul></nav></header>\n<main>'
)
FOOT = "</main>\n<footer><p>Made for a benchmark.</p></footer>\n</body>\n</html>\n"


# This project

BASE = (
    HEAD.format(title="{{ view.frame.title }}", description="{{ view.frame.description }}")
    + "{% block main %}{% endblock %}"
    + FOOT
)
ARTICLE = """{% extends "base.html" %}
{% block main %}<article>
<h1>{{ view.title }}</h1>
<p class="meta"><time datetime="{{ view.published.iso }}">{{ view.published.iso }}</time> by
{% for author in view.authors %}{{ author.name }}{% endfor %},
{% for link in view.about %}<a href="{{ link.url }}">{{ link.text }}</a>{% endfor %}</p>
<ul class="tags">{% for link in view.topics %}<li><a href="{{ link.url }}">{{ link.text }}</a></li>{% endfor %}</ul>
{{ view.body|prose }}
<nav>{% for item in view.related %}<a href="{{ item.url }}">{{ item.title }}</a>{% endfor %}</nav>
</article>
{% endblock %}"""
LIST = """{% extends "base.html" %}
{% block main %}<h1>{{ view.frame.title }}</h1>
<ul>{% for item in view.articles %}<li><a href="{{ item.url }}">{{ item.title }}</a> <time>{{ item.published.iso }}</time></li>
{% endfor %}</ul>
{% endblock %}"""
BARE = '{% extends "base.html" %}{% block main %}<h1>{{ view.frame.title }}</h1>{% endblock %}'
FEED = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>{{ view.title }}</title><id>{{ view.url }}</id>
{% for entry in view.entries %}<entry><title>{{ entry.title }}</title><id>{{ entry.url }}</id><updated>{{ entry.updated }}</updated><summary>{{ entry.summary }}</summary></entry>
{% endfor %}</feed>
"""
LISTS = ("articles", "topic", "organization", "home")
THEME = Path(__file__).resolve().parents[2] / "templates"


def ours(folder: Path, writer: Writer) -> None:
    """Write the site in this project's form."""
    authors = {name: f"author-{n}" for n, name in enumerate(dict.fromkeys(writer.authors))}
    site = {
        "title": "Bench site",
        "tagline": "Made for a benchmark.",
        "description": "A site made for a benchmark.",
        "url": "https://www.example.org/",
        "language": "en",
        "publisher": {"name": "Bench"},
        "founded": "2024-12-31",
        "as_of": "2025-01-01",
        "licence": "CC0-1.0",
        "alliance": "bench",
        "search": "no",
        "social_images": "none",
        "authors": {key: {"name": name} for name, key in authors.items()},
        "vocabularies": {"topics": {topic: topic for topic in writer.topics}},
    }
    # JSON is YAML too.
    put(folder, "content/site.yaml", json.dumps(site))
    alliance = "name: Bench\nfounded: {value: 1990, evidence: none}\nsummary: Made up."
    put(folder, "content/alliances/bench.md", f"---\n{alliance}\n---\n\nNothing.\n")
    for member in writer.members:
        put(
            folder,
            f"content/organizations/{member.id}.yaml",
            f"name: {member.name}\nclassification: {{value: company, evidence: none}}\n"
            f"country: {{value: {member.country}, evidence: none}}\n"
            f"headquarters: {{value: {member.city}, evidence: none}}\nsummary: A made-up member.\n"
            f"memberships:\n  - alliance: bench\n    role: member\n    evidence: none\n"
            f"    start_date: {{value: {member.joined}, evidence: none}}\n",
        )
    for item in writer.articles():
        put(
            folder,
            f"content/articles/{item.day.year}/{item.slug}.md",
            f"---\ntitle: {item.title}\ndek: {item.summary}\nkind: news\n"
            f"authors: [{authors[item.author]}]\npublished: {item.day}\n"
            f"about: [org:{item.member}]\ntopics: [{', '.join(item.topics)}]\n---\n\n{item.body}",
        )
    put(folder, "templates/base.html", BASE)
    for path in sorted((THEME / "pages").glob("*.html")):
        special = {"article": ARTICLE, **dict.fromkeys(LISTS, LIST)}
        put(folder, f"templates/pages/{path.name}", special.get(path.stem, BARE))
    put(folder, "templates/feeds/feed.xml", FEED)


# Hugo

HUGO = f"""baseURL = "https://www.example.org/"
title = "Bench"
disableKinds = ["sitemap", "robotsTXT", "404"]
[pagination]
pagerSize = {LISTED}
[taxonomies]
topic = "topics"
member = "members"
[outputs]
home = ["html", "rss"]
section = ["html"]
taxonomy = ["html"]
term = ["html"]
[outputFormats.rss]
baseName = "feed"
[markup.highlight]
noClasses = false
"""
HUGO_ROW = (
    '<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> '
    '<time>{{ .Date.Format "2006-01-02" }}</time></li>\n{{ end }}</ul>'
)
HUGO_PAGE = """{{ define "main" }}<article>
<h1>{{ .Title }}</h1>
{{ $m := index .Params.members 0 }}{{ $d := index hugo.Data.members $m }}<p class="meta"><time datetime="{{ .Date.Format "2006-01-02" }}">{{ .Date.Format "2006-01-02" }}</time> by {{ .Params.author }},
<a href="/members/{{ $m }}/">{{ $d.name }}</a></p>
<ul class="tags">{{ range .Params.topics }}<li><a href="/topics/{{ . }}/">{{ . }}</a></li>{{ end }}</ul>
{{ .Content }}
<nav>{{ with .PrevInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}
{{ with .NextInSection }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</nav>
</article>
{{ end }}"""


def front_matter(item: Article, more: str) -> str:
    topics = ", ".join(item.topics)
    return (
        f"---\ntitle: {item.title}\ndate: {item.day}\nauthor: {item.author}\n"
        f"summary: {item.summary}\ntopics: [{topics}]\n{more}\n---\n\n{item.body}"
    )


def hugo(folder: Path, writer: Writer) -> None:
    """Write the site for Hugo."""
    for item in writer.articles():
        text = front_matter(item, f"members: [{item.member}]")
        put(folder, f"content/articles/{item.slug}.md", text)
    put(folder, "hugo.toml", HUGO)
    members = {item.id: {"name": item.name, "city": item.city} for item in writer.members}
    put(folder, "data/members.json", json.dumps(members))
    base = HEAD.format(title="{{ .Title }}", description="{{ .Params.summary }}")
    put(folder, "layouts/baseof.html", f'{base}{{{{ block "main" . }}}}{{{{ end }}}}{FOOT}')
    put(folder, "layouts/page.html", HUGO_PAGE)
    start = '{{ define "main" }}<h1>{{ .Title }}</h1>\n'
    listed = "<ul>{{ range $p.Pages }}" + HUGO_ROW
    put(
        folder,
        "layouts/home.html",
        f"{start}{{{{ $p := .Paginate site.RegularPages }}}}{listed}{{{{ end }}}}",
    )
    put(folder, "layouts/term.html", f"{start}<ul>{{{{ range .Pages }}}}{HUGO_ROW}{{{{ end }}}}")
    put(folder, "layouts/taxonomy.html", f"{start}{{{{ end }}}}")
    put(folder, "layouts/section.html", f"{start}{{{{ end }}}}")
    entry = (
        "<entry><title>{{ .Title }}</title><id>{{ .Permalink }}</id><updated>"
        '{{ .Date.Format "2006-01-02" }}</updated><summary>{{ .Params.summary }}</summary></entry>'
    )
    put(
        folder,
        "layouts/home.rss.xml",
        '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"{{{{ range first {FED} site.RegularPages }}}}{entry}\n{{{{ end }}}}</feed>\n",
    )


# Pelican

PELICAN = f"""SITENAME, SITEURL, AUTHOR, TIMEZONE, DEFAULT_LANG = "Bench", "", "Bench", "UTC", "en"
PATH, ARTICLE_PATHS, THEME = "content", ["articles"], "theme"
ARTICLE_URL, ARTICLE_SAVE_AS = "articles/{{slug}}/", "articles/{{slug}}/index.html"
TAG_URL, TAG_SAVE_AS = "topics/{{slug}}/", "topics/{{slug}}/index.html"
CATEGORY_URL, CATEGORY_SAVE_AS = "members/{{slug}}/", "members/{{slug}}/index.html"
AUTHOR_SAVE_AS = ARCHIVES_SAVE_AS = AUTHORS_SAVE_AS = CATEGORIES_SAVE_AS = TAGS_SAVE_AS = ""
DEFAULT_PAGINATION, FEED_ALL_ATOM, FEED_MAX_ITEMS = {LISTED}, "feed.xml", {FED}
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
PAGINATED_TEMPLATES = {{"index": None}}
MARKDOWN = {{"extension_configs": {{"markdown.extensions.extra": {{}}, "markdown.extensions.codehilite": {{"guess_lang": False}}}}}}
"""
PELICAN_ARTICLE = """{% extends "base.html" %}{% block title %}{{ article.title }}{% endblock %}{% block main %}<article>
<h1>{{ article.title }}</h1>
<p class="meta"><time>{{ article.date.strftime("%Y-%m-%d") }}</time> by {{ article.author }}, <a href="/{{ article.category.url }}">{{ article.category }}</a></p>
<ul class="tags">{% for t in article.tags %}<li><a href="/{{ t.url }}">{{ t }}</a></li>{% endfor %}</ul>
{{ article.content }}
</article>{% endblock %}"""


def pelican(folder: Path, writer: Writer) -> None:
    """Write the site for Pelican."""
    for item in writer.articles():
        put(
            folder,
            f"content/articles/{item.slug}.md",
            f"Title: {item.title}\nDate: {item.day}\nAuthor: {item.author}\n"
            f"Tags: {', '.join(item.topics)}\nSummary: {item.summary}\nCategory: {item.member}\n"
            f"Slug: {item.slug}\n\n{item.body}",
        )
    put(folder, "pelicanconf.py", PELICAN)
    base = HEAD.format(title="{% block title %}{% endblock %}", description="")
    put(folder, "theme/templates/base.html", f"{base}{{% block main %}}{{% endblock %}}{FOOT}")
    put(folder, "theme/templates/article.html", PELICAN_ARTICLE)
    for name, items in (
        ("index", "articles_page.object_list"),
        ("tag", "articles"),
        ("category", "articles"),
    ):
        rows = (
            f'<ul>{{% for a in {items} %}}<li><a href="/{{{{ a.url }}}}">{{{{ a.title }}}}</a> '
            '<time>{{ a.date.strftime("%Y-%m-%d") }}</time></li>\n{% endfor %}</ul>'
        )
        text = f'{{% extends "base.html" %}}{{% block main %}}<h1>List</h1>{rows}{{% endblock %}}'
        put(folder, f"theme/templates/{name}.html", text)


# Eleventy

ELEVENTY = """const highlight = require("@11ty/eleventy-plugin-syntaxhighlight");
const footnotes = require("markdown-it-footnote");
module.exports = function (config) {
  config.addPlugin(highlight);
  config.amendLibrary("md", (md) => md.use(footnotes));
  config.addFilter("day", (date) => date.toISOString().slice(0, 10));
  const byDay = (api) => api.getFilteredByGlob("src/articles/*.md").sort((a, b) => b.date - a.date);
  config.addCollection("newest", byDay);
  const grouped = (name) => (api) => {
    const groups = {};
    for (const item of byDay(api)) {
      for (const key of item.data[name]) (groups[key] ??= []).push(item);
    }
    return Object.entries(groups).map(([id, items]) => ({ id, items }));
  };
  config.addCollection("byTopic", grouped("topics"));
  config.addCollection("byMember", grouped("members"));
  return {
    dir: { input: "src", output: "_site" },
    markdownTemplateEngine: false,
    htmlTemplateEngine: "njk",
  };
};
"""
ELEVENTY_ARTICLE = """---
layout: base.njk
---
<article>
<h1>{{ title }}</h1>
<p class="meta"><time>{{ page.date | day }}</time> by {{ author }}, <a href="/members/{{ members[0] }}/">{{ made[members[0]].name }}</a></p>
<ul class="tags">{% for t in topics %}<li><a href="/topics/{{ t }}/">{{ t }}</a></li>{% endfor %}</ul>
{{ content | safe }}
</article>"""


def eleventy(folder: Path, writer: Writer) -> None:
    """Write the site for Eleventy."""
    for item in writer.articles():
        text = front_matter(item, f"members: [{item.member}]")
        put(folder, f"src/articles/{item.slug}.md", text)
    put(folder, ".eleventy.js", ELEVENTY)
    put(folder, "package.json", '{"private": true}\n')
    put(folder, "src/articles/articles.json", json.dumps({"layout": "article.njk"}))
    members = {item.id: {"name": item.name, "city": item.city} for item in writer.members}
    put(folder, "src/_data/made.json", json.dumps(members))
    base = HEAD.format(title="{{ title }}", description="{{ summary }}")
    put(folder, "src/_includes/base.njk", f"{base}{{{{ content | safe }}}}{FOOT}")
    put(folder, "src/_includes/article.njk", ELEVENTY_ARTICLE)
    row = (
        '<li><a href="{{ item.url }}">{{ item.data.title }}</a> '
        "<time>{{ item.date | day }}</time></li>\n"
    )
    for name, address in (("byTopic", "topics"), ("byMember", "members")):
        put(
            folder,
            f"src/{address}.njk",
            f"---\nlayout: base.njk\npagination: {{data: collections.{name}, size: 1, alias: group}}\n"
            f'permalink: "/{address}/{{{{ group.id }}}}/index.html"\n---\n<h1>{{{{ group.id }}}}</h1>'
            f"<ul>{{% for item in group.items %}}{row}{{% endfor %}}</ul>\n",
        )
    put(
        folder,
        "src/index.njk",
        f"---\nlayout: base.njk\npagination: {{data: collections.newest, size: {LISTED}, alias: items}}\n"
        'permalink: "{% if pagination.pageNumber %}/page/{{ pagination.pageNumber + 1 }}{% endif %}'
        '/index.html"\n---\n<ul>{% for item in items %}' + row + "{% endfor %}</ul>\n",
    )
    put(
        folder,
        "src/feed.njk",
        '---\npermalink: /feed.xml\n---\n<feed xmlns="http://www.w3.org/2005/Atom">'
        f"{{% for item in collections.newest.slice(0, {FED}) %}}<entry><title>{{{{ item.data.title }}}}"
        "</title><id>{{ item.url }}</id><summary>{{ item.data.summary }}</summary></entry>\n"
        "{% endfor %}</feed>\n",
    )


PEERS: Mapping[str, Callable[[Path, Writer], None]] = {
    "ours": ours,
    "hugo": hugo,
    "eleventy": eleventy,
    "pelican": pelican,
}


def make_corpus(folder: Path, count: int, peers: Sequence[str]) -> None:
    """Write the site of so many articles for some generators, each into a folder of its name."""
    writer = Writer(count)
    for peer in peers:
        PEERS[peer](folder / peer, writer)


if __name__ == "__main__":
    make_corpus(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:] or list(PEERS))
