"""The README promises commands and options; the program must have exactly those."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from viewer.cli import app

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")
OPTION = re.compile(r"--[a-z]+(?:-[a-z]+)*")
ROWS = dict(re.findall(r"^\| `dateline ([a-z]+) (.*?)` \|", README, re.MULTILINE))
FILTERS = next(line for line in README.splitlines() if line.startswith("Filters: "))


EXAMPLES = re.findall(
    r"^\| ([^|]+) \| ?([^|]*?) ?\| `([^`]+)`", README.partition("## Dates")[2], re.MULTILINE
)
NUMBERS = re.findall(
    r"^\| ([^|]+) \| ?([^|]*?) ?\| ([a-z ]*)([0-9]+)(?: to ([0-9]+))?(?: ([a-z]+))? \|$",
    README.partition("## Dates")[2],
    re.MULTILINE,
)


def explained(written, source):
    """What `explain` says of a wording; `source`: a date, a language, or both."""
    options = []
    for word in filter(None, source.split(", ")):
        options += ["--reference" if word[0].isdigit() else "--language", word]
    ran = CliRunner().invoke(app, ["explain", written, *options, "--json"])
    return json.loads(ran.stdout)


def shown_help(*arguments):
    ran = CliRunner().invoke(app, [*arguments, "--help"], prog_name="dateline", terminal_width=200)
    assert ran.exit_code == 0, ran.output
    return ran.output


def test_the_table_names_every_command():
    offered = re.findall(r"^  ([a-z]+) ", shown_help().partition("Commands:")[2], re.MULTILINE)
    assert sorted(ROWS) == sorted(offered)


@pytest.mark.parametrize("command", ROWS)
def test_a_command_has_exactly_the_options_of_the_table(command):
    promised = set(OPTION.findall(ROWS[command]))
    if "[filters]" in ROWS[command]:
        promised |= set(OPTION.findall(FILTERS))
    listed = shown_help(command).partition("Options:")[2]
    heads = [line.split("   ")[0] for line in re.findall(r"^  (--.*)$", listed, re.MULTILINE)]
    assert set(OPTION.findall(" ".join(heads))) - {"--help"} == promised


@pytest.mark.parametrize("command", ROWS)
def test_a_command_takes_the_arguments_of_the_table(command):
    usage = re.search(r"Usage: dateline [a-z]+ \[OPTIONS\] ?(.*)", shown_help(command))[1]
    promised = re.findall(r"\b[A-Z]{2,}\b", re.sub(r"\[--[^]]*\]", "", ROWS[command]))
    assert re.findall(r"\b[A-Z]{2,}\b", usage) == promised


def test_one_command_installs_and_opens_the_sample_and_one_installs_and_tests():
    lines = re.findall(r"^python3 -m venv .venv && (.*)$", README, re.MULTILINE)
    assert lines == [
        ".venv/bin/pip install . && .venv/bin/dateline open --sample",
        ".venv/bin/pip install -e '.[dev]' && .venv/bin/python -m pytest",
    ]
    assert ".venv/bin/dateline open --sample --platform offscreen --screenshot sample.png" in README
    assert sum(line.endswith("-m pytest") for line in README.splitlines()) == 1


@pytest.mark.parametrize(("written", "source", "edtf"), EXAMPLES)
def test_a_date_is_understood_as_the_table_says(written, source, edtf):
    assert explained(written, source)["edtf"] == edtf


@pytest.mark.parametrize(("written", "source", "qualifier", "low", "high", "unit"), NUMBERS)
def test_a_number_is_understood_as_the_table_says(written, source, qualifier, low, high, unit):
    found = explained(written, source)
    assert (found["high"], found["unit"] or "") == (int(high or low), unit)
    assert found["low"] == (None if qualifier == "at most " else int(low))
    assert found["qualifier"] == {"": "between", "at most ": "at_most", "nearly ": "nearly"}[qualifier]


def test_the_table_gives_examples_of_both_and_one_that_is_refused():
    assert (len(EXAMPLES), len(NUMBERS)) == (8, 3)
    assert explained("31 June 2024", "")["kind"] is None
