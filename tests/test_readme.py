"""The README says what is so: its commands are there, its copy of the help is current."""

import re
import shlex
from pathlib import Path

import pytest

from tests.build.command import REPOSITORY, alliance_site
from tests.small_site import BASE, site_of

README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"(?ms)^```(\w*)\n(.*?)^```$", README)
SOURCES = BASE["sources.yaml"]
FIRST_SCREEN = "\n".join(README.splitlines()[:60])


def commands() -> list[str]:
    """Return every command line of the README's fenced blocks, without prompt and comment."""
    lines = [
        line.removeprefix("$ ").partition("  #")[0].strip()
        for language, text in BLOCKS
        if language in {"sh", "console", "shell", "bash"}
        for line in text.splitlines()
        if language != "console" or line.startswith("$ ")
    ]
    return [line for line in lines if line and not line.startswith("#")]


def make_targets() -> set[str]:
    makefile = (REPOSITORY / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"(?m)^([a-z]+):", makefile))


def test_the_first_screen_shows_how_to_build_the_site() -> None:
    assert re.search(r"(?m)^\$? ?make\b", FIRST_SCREEN)


def test_every_make_target_it_names_is_there() -> None:
    named = re.findall(r"(?<![\w-])make ([a-z]+)(?![\w-])", "\n".join(commands()))
    named += re.findall(r"`make ([a-z]+)", README)
    assert set(named) <= make_targets()


def test_the_fenced_help_is_that_of_the_command() -> None:
    [block] = [text for _, text in BLOCKS if text.startswith("$ alliance-site --help\n")]
    assert block.removeprefix("$ alliance-site --help\n").strip() == (
        alliance_site("--help").stdout.strip()
    )


def test_every_subcommand_and_option_it_names_is_there() -> None:
    for line in commands():
        words = shlex.split(line)
        if words[0] != "alliance-site" or len(words) < 2 or words[1].startswith("-"):
            continue
        told = alliance_site(words[1], "--help")
        assert told.returncode == 0, line
        for word in words[2:]:
            if word.startswith("-"):
                assert word.partition("=")[0] in told.stdout, line


def block_with(text: str) -> str:
    """Return the one YAML block that holds a text."""
    [block] = [str(body) for language, body in BLOCKS if language == "yaml" and text in body]
    return block


def test_the_comparison_that_it_shows_is_one() -> None:
    folder = "comparisons/rights"
    organization = "name: Acme\nclassification: company\nsummary: A maker.\nevidence: none\n"
    source = "type: webpage\n  kind: primary\n  title: Terms\n  publisher: Acme\n  read: full"
    site = site_of(
        {
            f"{folder}/comparison.yaml": block_with("groups: {all:"),
            f"{folder}/criteria.yaml": block_with("direction: lower"),
            f"{folder}/cells/acme.yaml": block_with("ratings: [{"),
            f"{folder}/cells/globex.yaml": "cells: {policy: no, delay: {absence: unknown}}\n",
            "organizations/acme.yaml": organization,
            "sources.yaml": f"acme-terms:\n  {source}\n{SOURCES}",
        }
    )
    comparison = site.comparisons["rights"]
    assert [str(comparison.score("2024", key)) for key in ("acme", "globex")] == ["61", "0"]


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))) or ["."])
def test_every_file_it_links_to_is_there(link: str) -> None:
    assert (REPOSITORY / Path(link)).exists()
