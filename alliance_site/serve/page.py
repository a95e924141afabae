"""What is added to pages on their way to the browser, and the page that stands in for all others.

Never: changes a file.
"""

from html import escape
from pathlib import Path

from alliance_site.serve.news import Told

PLACE = "/.alliance-site/"
"""Where, below the base path, the script and the news are; no site has a file of such a name."""

SCRIPT = Path(__file__).with_name("live.js")

_BEFORE = """\
<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; font: 1rem/1.5 system-ui, sans-serif }}
body {{ margin: 2rem auto; max-width: 70rem; padding: 0 1rem }}
pre {{ overflow: auto; font: .9rem/1.5 ui-monospace, monospace }}
</style>
<h1>{title}</h1>
<p>{words}</p>
<pre tabindex="0" data-faults>{faults}</pre>
"""


def with_script(page: bytes, base: str, edition: str) -> bytes:
    """Add the script that shows a page again.

    It is a file of its own, of the same origin, so that a page may forbid scripts within it.

    Args:
        page: HTML; what stands behind its end belongs to its body.
        base: The base path, without a trailing slash.
        edition: What the page is of.
    """
    return page + f'<script src="{escape(base)}{PLACE}live.js?{edition}"></script>\n'.encode()


def standing_in(told: Told) -> bytes:
    """Make the page for every address of a site that is not out yet."""
    if told.faults:
        title = "The content has faults"
        words = "No page was made. Mend what is listed here, and the site appears."
    else:
        title, words = "The site is being built", "It appears as soon as it is."
    return _BEFORE.format(title=title, words=words, faults=escape(told.faults)).encode()
