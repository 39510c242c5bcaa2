"""Rules of the whole program that one careless line would break, checked in its source.

Those of the window's room alone are in tests/ui/test_static.py.
"""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

VIEWER = Path(__file__).parents[2] / "viewer"
TREES = {
    path.relative_to(VIEWER).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(VIEWER.rglob("*.py"))
}
# The readers of strangers' markup: they run in children with limits, see viewer/children.py.
IN_CHILDREN = {"formats/web_page.py", "formats/timelines/timeline_project.py"}
PARSERS = ("xml", "html.parser", "lxml", "trafilatura", "bs4")


NODES = [(path, node) for path, tree in TREES.items() for node in ast.walk(tree)]


@cache
def nodes(kind):
    """Each node of a kind with where it stands."""
    return [(f"{path}:{node.lineno}", node) for path, node in NODES if isinstance(node, kind)]


def places(names):
    """Where a name is called or taken, by attribute or alone."""
    attributes = [place for place, node in nodes(ast.Attribute) if node.attr in names]
    return attributes + [place for place, node in nodes(ast.Name) if node.id in names]


def imported():
    """Each module that is imported, with where."""
    for place, node in nodes(ast.Import):
        for alias in node.names:
            yield place, alias.name
    for place, node in nodes(ast.ImportFrom):
        yield place, node.module or ""
        for alias in node.names:
            yield place, f"{node.module}.{alias.name}"


def called():
    """Each call with its name and where it stands."""
    for place, node in nodes(ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        yield place, name, node


def test_the_rules_look_at_the_whole_program():
    assert {"cli.py", "storage/store.py", "ui/guard.py", "formats/bundle.py"} <= TREES.keys()


@pytest.mark.parametrize(
    "names",
    [
        {"conn"},  # sqlite-utils' own connection, past our transactions
        {"processEvents"},
        {"setHtml", "setMarkdown", "insertHtml", "toHtml", "appendHtml", "QTextBrowser", "QErrorMessage"},
        {"QThread", "terminate", "setTerminationEnabled"},
        {"fromUserInput"},
        {"eval", "exec_", "pickle", "marshal", "shelve"},
        {"load_extension", "enable_load_extension"},
        {"popen", "startfile", "spawnv"},
    ],
    ids=lambda names: " ".join(sorted(names)),
)
def test_never_used(names):
    assert places(names) == []


def test_scripts_of_sql_run_only_where_no_document_is():
    """`executescript` commits what is open before it begins."""
    assert {place.split(":")[0] for place in places({"executescript"})} <= {
        "storage/cache.py",
        "storage/search_index.py",
        "storage/spool.py",  # a temporary file of its own
    }


def test_no_rows_are_replaced_in_a_document():
    """REPLACE empties the columns that it does not name and deletes what depends on the row."""
    words = [
        place
        for place, node in nodes(ast.Constant)
        if isinstance(node.value, str) and ("INSERT OR REPLACE" in node.value or "REPLACE INTO" in node.value)
    ]
    assert {place.split(":")[0] for place in words} <= {"storage/cache.py", "storage/search_index.py"}


def test_addresses_are_opened_in_one_place():
    assert (
        len(places({"openUrl"})) == len([p for p in places({"openUrl"}) if p.startswith("ui/links.py")]) > 0
    )
    assert [place for place, name in imported() if name == "webbrowser"] == []


def test_markup_of_strangers_is_parsed_only_in_children():
    found = {
        place.split(":")[0]
        for place, name in imported()
        if any(name == parser or name.startswith(f"{parser}.") for parser in PARSERS)
    }
    assert found <= IN_CHILDREN


def test_what_parses_markup_is_reached_only_by_way_of_a_child():
    """It is handed to `run_child`, which runs it elsewhere; only a format's reader, in its own child, calls it."""
    assert {place.split(":")[0] for place, name, _ in called() if name == "extract"} <= {
        "formats/web_page.py"
    }
    here = {
        place.split(":")[0] for place, name, node in called() if name == "read_web_page" and _is_here(node)
    }
    assert all(place.startswith("formats/") for place in here)
    handed = [node.args[0].id for _, name, node in called() if name == "run_child"]
    assert handed == ["extract"]


def _is_here(call):
    return any(each.arg == "apart" for each in call.keywords)


@pytest.mark.parametrize("name", ["tr", "translate"])
def test_what_is_translated_is_no_f_string(name):
    assert [
        place
        for place, called_name, node in called()
        if called_name == name and any(isinstance(word, ast.JoinedStr) for word in node.args)
    ] == []


def test_logged_words_are_literals():
    """What a log entry says is ours; what varies is an argument, and no text of a document is logged at INFO."""
    levels = {"debug", "info", "warning", "error", "critical", "exception"}
    odd = []
    for place, name, node in called():
        owner = getattr(getattr(node.func, "value", None), "id", "")
        if name in levels and owner in {"_log", "log", "logger", "logging"}:
            said = node.args[0]
            if not (isinstance(said, ast.Constant) and isinstance(said.value, str)):
                odd.append(place)
    assert odd == []


def test_files_are_written_by_way_of_a_temporary():
    """A plain write leaves half a file when the process dies or the disk is full."""
    plain = {place.split(":")[0] for place, name, _ in called() if name in ("write_text", "write_bytes")}
    assert plain <= {
        "storage/cache_folder.py",  # an empty file, in what can be rebuilt
        "desktop_entry.py",  # the temporary itself
        "ui/bringing_in.py",  # pasted rows, in a temporary folder of their own
    }


def test_processes_are_started_where_they_are_looked_after():
    starters = {
        place.split(":")[0] for place, name in imported() if name in ("subprocess", "multiprocessing")
    }
    # The desktop's own tools run for a moment, at the user's word alone.
    assert starters <= {"children.py", "preparing.py", "changing.py", "desktop_entry.py"}
