"""A later start hands its file to the running Dateline, or goes on alone at once."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viewer.instance import LARGEST, hand_over, is_shared, listen, understood

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.skipif(not hasattr(os, "geteuid"), reason="there are no such sockets here")

DYING = """
import os
from viewer.instance import listen
assert listen() is not None
os._exit(0)
"""


@pytest.fixture
def short_home(monkeypatch):
    """A home whose path leaves room for the address of a socket, and a display."""
    with tempfile.TemporaryDirectory(prefix="dl") as folder:
        monkeypatch.setenv("DATELINE_HOME", folder)
        monkeypatch.setenv("DISPLAY", ":77")
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
        yield Path(folder)


@contextmanager
def listening():
    """The running Dateline, whether it answers or not."""
    listener = listen()
    assert listener is not None
    with closing(listener):
        yield listener


@contextmanager
def answering(listener, answer):
    """Hear one message and answer it; what it was is in the list."""
    heard = []

    def hear():
        listener.line.setblocking(True)
        line, _ = listener.line.accept()
        with line:
            while part := line.recv(LARGEST):
                heard.append(part)
            line.sendall(answer)

    thread = threading.Thread(target=hear)
    thread.start()
    yield heard
    thread.join()


def folder_of(home):
    return home / "data" / "running"


def test_without_a_running_one_a_start_goes_on_alone(short_home, tmp_path):
    assert not hand_over(tmp_path / "k.dateline")
    assert not folder_of(short_home).exists()


@pytest.mark.parametrize("name", ["k.dateline", "ü “x”\n.dateline", os.fsdecode(b"\xff.dateline")])
def test_the_running_one_is_told_the_whole_path(short_home, tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    with listening() as listener, answering(listener, b"ok\n") as heard:
        assert hand_over(Path(name))
    assert understood(b"".join(heard)).file == tmp_path / name


def test_a_start_without_a_file_asks_for_the_window_only(short_home, monkeypatch):
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "token-1")
    with listening() as listener, answering(listener, b"ok\n") as heard:
        assert hand_over(None)
    wish = understood(b"".join(heard))
    assert (wish.file, wish.token) == (None, "token-1")


@pytest.mark.parametrize("answer", [b"", b"no\n", b"o", b"ok\n" * 1000])
def test_only_the_one_answer_ends_a_start(short_home, tmp_path, answer):
    with listening() as listener, answering(listener, answer):
        assert hand_over(tmp_path / "k.dateline") == answer.startswith(b"ok\n")


def test_one_that_hangs_is_left_alone(short_home, tmp_path):
    with listening():
        assert not hand_over(tmp_path / "k.dateline")


def test_one_whose_door_is_full_is_left_alone(short_home, tmp_path):
    with listening() as listener:
        address = listener.line.getsockname()
        waiting = [socket.socket(socket.AF_UNIX) for _ in range(40)]
        for line in waiting:
            line.setblocking(False)
            line.connect_ex(address)
        assert not hand_over(tmp_path / "k.dateline")
        for line in waiting:
            line.close()


def test_there_is_one_for_each_home_and_display(short_home, monkeypatch):
    with listening():
        assert listen() is None
        monkeypatch.setenv("DISPLAY", ":78")
        with listening():
            pass
        monkeypatch.setenv("DATELINE_HOME", str(short_home / "other"))
        with listening():
            pass


def test_the_place_of_one_that_ended_is_free(short_home, tmp_path):
    with listening():
        pass
    assert not hand_over(tmp_path / "k.dateline")
    with listening() as listener, answering(listener, b"ok\n"):
        assert hand_over(tmp_path / "k.dateline")


def test_the_socket_of_one_that_died_is_seen_to_be_dead(short_home, tmp_path):
    subprocess.run([sys.executable, "-c", DYING], cwd=ROOT, check=True)
    assert [path.suffix for path in sorted(folder_of(short_home).iterdir())] == [".lock", ".socket"]
    assert not hand_over(tmp_path / "k.dateline")
    with listening() as listener, answering(listener, b"ok\n"):
        assert hand_over(tmp_path / "k.dateline")


def test_nobody_else_can_enter_the_folder(short_home):
    folder_of(short_home).mkdir(parents=True, mode=0o777)
    folder_of(short_home).chmod(0o777)
    with listening():
        assert folder_of(short_home).stat().st_mode & 0o777 == 0o700


def test_a_folder_that_others_can_enter_is_not_believed(short_home, tmp_path):
    with listening():
        folder_of(short_home).chmod(0o755)
        assert not hand_over(tmp_path / "k.dateline")


def test_a_link_to_elsewhere_is_not_believed(short_home, tmp_path):
    with listening():
        real = short_home / "real"
        folder_of(short_home).rename(real)
        folder_of(short_home).symlink_to(real)
        assert not hand_over(tmp_path / "k.dateline")
        folder_of(short_home).unlink()
        real.rename(folder_of(short_home))


def test_something_else_in_the_place_of_the_socket_is_no_socket(short_home, tmp_path):
    with listening():
        pass
    (folder_of(short_home) / "-77.socket").write_text("text")
    assert not hand_over(tmp_path / "k.dateline")


def test_where_no_address_is_short_enough_nobody_listens(short_home, monkeypatch, tmp_path):
    monkeypatch.setenv("DATELINE_HOME", str(short_home / ("long" * 30)))
    assert listen() is None
    assert not hand_over(tmp_path / "k.dateline")


def test_where_the_folder_cannot_be_made_nobody_listens(short_home):
    (short_home / "data").write_text("in the way")
    assert listen() is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
def test_without_a_display_nothing_is_shared(short_home, monkeypatch):
    monkeypatch.delenv("DISPLAY")
    assert listen() is None
    assert not hand_over(None)


@pytest.mark.parametrize(
    ("usual", "platform", "shared"),
    [
        ("", None, True),
        ("xcb", None, True),
        ("wayland;xcb", None, True),
        ("offscreen", None, False),
        ("offscreen:configfile=x", None, False),
        ("minimal", None, False),
        ("", "offscreen", False),
        ("", "xcb", False),
    ],
)
def test_only_real_windows_are_shared(monkeypatch, usual, platform, shared):
    monkeypatch.setenv("QT_QPA_PLATFORM", usual)
    assert is_shared(platform) == shared


@pytest.mark.parametrize(
    "message",
    [
        {},
        [],
        {"form": 2, "file": "/a"},
        {"form": 1, "file": "a.dateline"},
        {"form": 1, "file": "/a\0b"},
        {"form": 1, "file": 7},
        {"form": 1, "file": ["/a"]},
        {"form": 1, "file": "/" + "a" * 5000},
        {"form": 1, "file": None, "more": "x" * LARGEST},
    ],
)
def test_what_is_no_wish_of_ours_is_not_understood(message):
    assert understood(json.dumps(message).encode()) is None


@given(st.one_of(st.binary(), st.text().map(str.encode), st.just(b"[" * 60_000)))
def test_any_bytes_are_read_without_harm(message):
    assert understood(message) is None or json.loads(message)["form"] == 1


@given(st.text())
def test_a_token_that_is_none_is_left_out(token):
    wish = understood(json.dumps({"form": 1, "file": None, "token": token}).encode())
    assert wish.token in ("", token)
    assert wish.token.isascii()
    assert wish.token.isprintable()


def test_a_start_that_looks_for_another_loads_no_qt_and_no_sockets(short_home):
    script = "import sys; from viewer.instance import hand_over; hand_over(None); print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert {"PySide6", "socket", "json", "fcntl"} & set(done.stdout.split()) == set()


def test_the_command_hands_over_and_ends(short_home, tmp_path):
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "viewer", str(tmp_path / "k.dateline")]
    with listening() as listener, answering(listener, b"ok\n") as heard:
        done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert understood(b"".join(heard)).file == tmp_path / "k.dateline"


@pytest.mark.parametrize("option", ["--new-instance", "--screenshot=x.png", "--sample"])
def test_with_these_options_the_command_stands_alone(short_home, tmp_path, option):
    """The display does not answer, so that a start that is not handed over ends with that."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "xcb", "PYTHONPATH": str(ROOT)}
    with listening() as listener:
        command = [sys.executable, "-m", "viewer", "open", option]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=tmp_path)
        assert done.returncode == 2
        assert "does not answer" in done.stderr
        with pytest.raises(BlockingIOError):
            listener.line.accept()
    shutil.rmtree(short_home / "data")
