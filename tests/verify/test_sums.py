"""The list of digests: what is read of it, and what is not as it says."""

import pytest

from alliance_site.verify.sums import check_sums, digest, read_sums

A, B = digest(b"a"), digest(b"b")


def lines(text: str) -> list[int]:
    return [item.span.line for item in read_sums(text, "SHA256SUMS.txt")[1]]


def test_a_list_gives_the_digest_of_every_path() -> None:
    assert read_sums(f"{A}  a.html\n{B}  b c.html\n", "SHA256SUMS.txt") == (
        {"a.html": A, "b c.html": B},
        (),
    )


@pytest.mark.parametrize(
    "text",
    [
        f"{A} a.html\n",
        f"{A.upper()}  a.html\n",
        f"{A}  a.html",
        f"{A}  a.html\r\n",
        "\n",
    ],
    ids=["one space", "capitals", "no line end", "carriage return", "empty line"],
)
def test_a_line_of_another_form_is_reported(text: str) -> None:
    assert lines(text) == [1]


def test_paths_out_of_order_or_twice_are_reported() -> None:
    assert lines(f"{A}  b\n{A}  a\n{A}  c\n{A}  c\n") == [2, 4]


def test_files_altered_gone_and_added_are_told_apart() -> None:
    there = {"altered": B, "added": A, "list": A}
    found = list(check_sums({"altered": A, "gone": A}, there, ("list",)))
    assert [(item.code.value, item.span.path) for item in found] == [
        ("altered-file", "altered"),
        ("altered-file", "gone"),
        ("foreign-file", "added"),
    ]
