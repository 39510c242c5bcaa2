"""What was odd in an import: told with its place, counted in whole, and saved as a table or as text."""

from __future__ import annotations

import csv

import pytest

from viewer.formats.incoming import Problem
from viewer.ui.import_report import ImportReport

PROBLEMS = [
    Problem("row 3 · Date", "“soon” cannot be read", 3, "a.csv"),
    Problem("row 4 · Note", '=HYPERLINK("x")', 4, "b.csv"),
    Problem("table", "two\nlines", None, "b.csv"),
]


@pytest.fixture
def report(hands):
    """A user before the report of an import of two files, with more problems than were noted."""
    ImportReport(PROBLEMS, 1200, hands.window).show()
    hands.wait(lambda: hands.sees("import_problems"))
    return hands


def test_every_problem_is_counted_and_each_that_was_noted_is_told_on_a_line(report):
    assert report.says("import_report_heading").startswith("1,203 problems")
    assert report.says("import_problems").splitlines() == [
        "a.csv:3: row 3 · Date: “soon” cannot be read",
        'b.csv:4: row 4 · Note: =HYPERLINK("x")',
        "b.csv:: table: two lines",
    ]
    assert report.says("import_report_said") == "1,200 more are not told one by one."


def test_a_saved_table_has_file_line_place_and_message_and_no_formula(report, tmp_path):
    path = tmp_path / "report.csv"
    with report.answering(path):
        report.click("import_report_save")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["file", "line", "place", "message"]
    assert rows[1] == ["a.csv", "3", "row 3 · Date", "“soon” cannot be read"]
    assert rows[2][3].startswith("'=")
    assert "1200" in rows[4][3]
    assert str(path) in report.says("import_report_said")


def test_a_saved_text_has_a_line_for_each(report, tmp_path):
    path = tmp_path / "report.txt"
    with report.answering(path):
        report.click("import_report_save")
    assert path.read_text(encoding="utf-8").splitlines()[2] == "b.csv:: table: two lines"


def test_one_file_alone_can_be_looked_at(report):
    box = report.find("import_report_file")
    box.setCurrentIndex(box.findData("a.csv"))
    box.activated.emit(box.currentIndex())
    assert report.says("import_problems") == "a.csv:3: row 3 · Date: “soon” cannot be read"
