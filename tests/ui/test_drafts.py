from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viewer.ui.drafts import Drafts

ROOT = Path(__file__).parents[2]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
TYPIST = """
import sys
from pathlib import Path
from viewer.ui.drafts import Drafts
drafts = Drafts(Path(sys.argv[1]))
for number in range(1_000_000):
    drafts.save("doc", "deployment:new", {"title": "x" * 2_000, "number": number})
    print(number, flush=True)
"""


@settings(deadline=None, max_examples=50)
@given(st.text(), st.dictionaries(st.text(), JSON, max_size=4))
def test_what_was_saved_is_loaded(tmp_path_factory, uid, forms):
    folder = tmp_path_factory.mktemp("drafts")
    for key, data in forms.items():
        assert Drafts(folder).save(uid, key, data)
    assert Drafts(folder).load_all(uid) == forms
    assert Drafts(folder).load_all(uid + "x") == {}


def test_the_last_one_saved_holds_until_it_is_discarded(tmp_path):
    drafts = Drafts(tmp_path)
    drafts.save("doc", "statement:new", {"title": "a"})
    drafts.save("doc", "statement:new", {"title": "ab"})
    drafts.save("doc", "event:7", {"title": "c"})
    assert drafts.load_all("doc") == {"statement:new": {"title": "ab"}, "event:7": {"title": "c"}}
    drafts.discard("doc", "statement:new")
    drafts.discard("doc", "never saved")
    assert drafts.load_all("doc") == {"event:7": {"title": "c"}}


def test_drafts_are_for_their_owner_only(tmp_path):
    Drafts(tmp_path).save("doc", "form", {})
    (file,) = tmp_path.rglob("*.json")
    assert file.stat().st_mode & 0o077 == 0


def test_one_that_is_too_large_leaves_the_one_before(tmp_path):
    drafts = Drafts(tmp_path)
    drafts.save("doc", "form", "short")
    assert not drafts.save("doc", "form", "x" * 1_000_001)
    assert drafts.load_all("doc") == {"form": "short"}


@pytest.mark.parametrize("garbage", [b"", b"\x00" * 9, b'{"form": 3}', b'{"form": "a", "data": 1}', b"\xff"])
def test_garbage_is_set_aside(tmp_path, garbage):
    drafts = Drafts(tmp_path)
    drafts.save("doc", "form", "kept")
    (file,) = tmp_path.rglob("*.json")
    (file.parent / "garbage.json").write_bytes(garbage)
    assert drafts.load_all("doc") == {"form": "kept"}
    assert (file.parent / "garbage.json.bad").read_bytes() == garbage


def test_where_nothing_can_be_written_nothing_is_raised(tmp_path):
    (tmp_path / "file").write_text("")
    drafts = Drafts(tmp_path / "file")
    assert not drafts.save("doc", "form", {})
    assert drafts.load_all("doc") == {}
    drafts.discard("doc", "form")


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
@pytest.mark.parametrize("saved", [0, 1, 7, 23])
def test_after_kill_9_the_last_draft_is_there(tmp_path, saved):
    typist = subprocess.Popen(
        [sys.executable, "-c", TYPIST, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    with typist:
        assert typist.stdout is not None
        while int(typist.stdout.readline()) < saved:
            pass
        typist.kill()
    draft = Drafts(tmp_path).load_all("doc")["deployment:new"]
    assert draft["number"] >= saved
    assert draft["title"] == "x" * 2_000
