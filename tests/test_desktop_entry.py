"""Dateline among a user's applications: what is written, that desktops' own tools accept it, and its removal."""

from __future__ import annotations

import configparser
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path
from xml.etree import ElementTree

import pytest

from viewer import __version__
from viewer.document import Document
from viewer.resources import resource
from viewer.storage.schema import APPLICATION_ID

ROOT = Path(__file__).parents[1]
TYPE = "application/vnd.dateline+sqlite3"

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="menu entries are for Linux")

ASK_TYPES = """
import sys
from PySide6.QtCore import QMimeDatabase
print(*(QMimeDatabase().mimeTypeForFile(path).name() for path in sys.argv[1:]))
"""


def needed(program):
    """The path of a tool; without it the test fails where CI says so, and else is skipped."""
    found = shutil.which(program)
    if found is None and os.environ.get("DATELINE_REQUIRE_DESKTOP_TOOLS") == "1":
        pytest.fail(f"{program} is required here and not installed")
    if found is None:
        pytest.skip(f"{program} is not installed")
    return found


def accepted(*command):
    done = subprocess.run([*map(str, command)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def files_in(folder):
    """Every file but those that the desktop's tools make of ours."""
    made = {"mimeinfo.cache", "icon-theme.cache"}
    files = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    return {name for name in files if name.rpartition("/")[2] not in made and not is_of_mime(name)}


def is_of_mime(name):
    return name.startswith("mime/") and not name.startswith("mime/packages/")


def entry_of(folder):
    parser = configparser.RawConfigParser(delimiters="=")
    parser.optionxform = str
    parser.read_string((folder / "applications/dateline.desktop").read_text(encoding="utf-8"))
    return parser["Desktop Entry"]


def arguments_of(line):
    """What a desktop makes of a line of Exec, by the specification."""
    line = line.replace("\\\\", "\\")
    found, quoted, at = [""], False, 0
    while at < len(line):
        letter = line[at]
        if quoted and letter == "\\":
            at += 1
            found[-1] += line[at]
        elif letter == '"':
            quoted = not quoted
        elif letter == " " and not quoted:
            found.append("")
        else:
            found[-1] += letter
        at += 1
    return [part.replace("%%", "%") for part in found]


@pytest.fixture
def data(tmp_path, monkeypatch):
    """The folder of the user's data."""
    folder = tmp_path / "share"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    return folder


@pytest.fixture
def odd_python(tmp_path):
    """The interpreter of an installation whose path needs every care."""
    root = tmp_path / 'odd "$HOME" `x` 100% \\ é'
    venv.create(root, with_pip=False, symlinks=True)
    program = root / "bin" / "dateline-gui"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    return root / "bin" / "python"


def run_with(python, data, *arguments):
    folders = os.pathsep.join([str(ROOT), *(path for path in sys.path if path.endswith("site-packages"))])
    environment = {**os.environ, "PYTHONPATH": folders, "XDG_DATA_HOME": str(data)}
    command = [str(python), "-m", "viewer", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True)


def test_an_installation_says_what_it_wrote_and_is_taken_away_again(data, dateline):
    said = dateline("--install-desktop")
    assert said.code == 0
    written = files_in(data)
    assert len(written) == 5
    assert all(f"Wrote {data / name}." in said.out for name in written)
    assert dateline("--install-desktop").code == 0
    assert files_in(data) == written
    removed = dateline("--uninstall-desktop")
    assert removed.code == 0
    assert all(f"Removed {data / name}." in removed.out for name in written)
    assert files_in(data) == set()
    again = dateline("--uninstall-desktop")
    assert (again.code, again.out) == (0, f"There was nothing of Dateline in {data}.\n")


def test_only_our_own_files_are_taken_away(data, dateline):
    other = data / "applications" / "other.desktop"
    other.parent.mkdir(parents=True)
    other.write_text("[Desktop Entry]\nType=Application\nName=Other\nExec=true\n")
    assert dateline("--install-desktop").code == 0
    assert dateline("--uninstall-desktop").code == 0
    assert files_in(data) == {"applications/other.desktop"}


def test_the_entry_names_the_program_of_this_installation_by_its_whole_path(data, odd_python):
    done = run_with(odd_python, data, "--install-desktop")
    assert done.returncode == 0, done.stderr
    program = str(odd_python.with_name("dateline-gui"))
    entry = entry_of(data)
    assert arguments_of(entry["Exec"]) == [program, "open", "%f"]
    assert entry["TryExec"].replace("\\\\", "\\") == program
    accepted(needed("desktop-file-validate"), data / "applications/dateline.desktop")


def test_without_an_installed_program_it_is_refused_and_nothing_is_written(data, odd_python):
    odd_python.with_name("dateline-gui").unlink()
    done = run_with(odd_python, data, "--install-desktop")
    assert done.returncode == 2
    assert "Install Dateline first" in done.stderr
    assert not data.exists()


def test_elsewhere_than_on_linux_it_is_refused_politely(data, dateline, monkeypatch):
    monkeypatch.setattr(sys, "platform", "darwin")
    for option in ("--install-desktop", "--uninstall-desktop"):
        refused = dateline(option)
        assert refused.code == 2
        assert "for Linux" in refused.err


def test_a_folder_that_cannot_be_written_to_is_named(data, dateline):
    data.write_text("in the way")
    refused = dateline("--install-desktop")
    assert refused.code == 2
    assert str(data) in refused.err


def test_documents_are_known_by_ending_and_by_content(data, dateline, tmp_path):
    document = tmp_path / "k.dateline"
    Document.create(document).close()
    shutil.copy(document, tmp_path / "renamed.bin")
    shutil.copy(document, tmp_path / "other.bin")
    with (tmp_path / "other.bin").open("r+b") as file:
        file.seek(68)
        file.write(b"OTHR")
    assert dateline("--install-desktop").code == 0
    paths = [str(tmp_path / name) for name in ("k.dateline", "renamed.bin", "other.bin")]
    command = [sys.executable, "-c", ASK_TYPES, *paths]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert told[:2] == [TYPE, TYPE]
    assert told[2] != TYPE


def test_the_type_is_told_by_the_number_that_documents_carry():
    text = resource("desktop", "dateline.xml").read_text(encoding="utf-8")
    assert f'value="0x{APPLICATION_ID:08X}"' in text
    assert TYPE in text


def test_entry_type_and_description_name_one_another():
    entry = configparser.RawConfigParser(delimiters="=")
    entry.read_string(resource("desktop", "dateline.desktop").read_text(encoding="utf-8"))
    known = ElementTree.parse(resource("desktop", "dateline.metainfo.xml")).getroot()
    assert known.findtext("launchable") == "dateline.desktop"
    assert known.findtext("provides/mediatype") == TYPE
    assert entry["Desktop Entry"]["MimeType"] == f"{TYPE};"
    assert known.find("releases/release").get("version") == __version__
    program = entry["Desktop Entry"]["Exec"].split()[0]
    assert program in [binary.text for binary in known.findall("provides/binary")]
    assert f"\n{program} = " in (ROOT / "pyproject.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", ["de", "fr"])
def test_the_entry_and_the_type_speak_the_language(language):
    entry = resource("desktop", "dateline.desktop").read_text(encoding="utf-8")
    for key in ("GenericName", "Comment", "Keywords"):
        assert f"\n{key}[{language}]=" in entry
    for name in ("dateline.xml", "dateline.metainfo.xml"):
        assert f'xml:lang="{language}"' in resource("desktop", name).read_text(encoding="utf-8")


def test_debians_tools_accept_the_entry():
    accepted(needed("desktop-file-validate"), resource("desktop", "dateline.desktop"))


def test_debians_tools_accept_the_description():
    described = resource("desktop", "dateline.metainfo.xml")
    # We own no domain that the id could begin with, and take nobody else's.
    domain = "--override=cid-desktopapp-is-not-rdns=info"
    accepted(needed("appstreamcli"), "validate", "--no-net", domain, described)


def test_debians_tools_accept_the_type(tmp_path):
    packages = tmp_path / "mime" / "packages"
    packages.mkdir(parents=True)
    shutil.copy(resource("desktop", "dateline.xml"), packages)
    done = subprocess.run(
        [needed("update-mime-database"), str(tmp_path / "mime")], capture_output=True, text=True, check=True
    )
    assert "rror" not in done.stderr
    assert f"50:{TYPE}:*.dateline\n" in (tmp_path / "mime" / "globs2").read_text(encoding="utf-8")
    magic = (tmp_path / "mime" / "magic").read_bytes()
    assert f"[60:{TYPE}]".encode() in magic
    assert APPLICATION_ID.to_bytes(4, "big") in magic
