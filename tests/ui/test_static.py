"""Rules for viewer/ui that a reader would miss and Qt would not forgive, checked in the source itself."""

from __future__ import annotations

import ast
import importlib
import re
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel

from viewer.resources import resource
from viewer.ui.stylesheet import stylesheet
from viewer.ui.theme import LIGHT

UI = Path(__file__).parents[2] / "viewer" / "ui"
FILES = sorted(UI.rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in FILES}

# Virtual methods of the Qt classes that are worth overriding, next to every ...Event.
_VIRTUALS = """
    event eventFilter notify sizeHint minimumSizeHint hasHeightForWidth heightForWidth setVisible metric
    focusNextPrevChild inputMethodQuery initStyleOption
    data setData rowCount columnCount headerData setHeaderData flags index parent sibling hasChildren
    canFetchMore fetchMore insertRows removeRows moveRows mimeData mimeTypes dropMimeData canDropMimeData
    supportedDropActions supportedDragActions sort roleNames match span buddy submit revert
    mapToSource mapFromSource filterAcceptsRow filterAcceptsColumn lessThan
    paint createEditor setEditorData setModelData updateEditorGeometry editorEvent helpEvent displayText
    destroyEditor validate fixup boundingRect shape contains highlightBlock loadResource
    createMimeDataFromSelection insertFromMimeData canInsertFromMimeData scrollContentsBy viewportEvent
    viewportSizeHint setupViewport visualRect scrollTo indexAt moveCursor horizontalOffset verticalOffset
    isIndexHidden setSelection visualRegionForSelection selectionCommand edit reset setModel
    selectionChanged currentChanged dataChanged
    addItem itemAt takeAt count setGeometry geometry expandingDirections minimumSize maximumSize invalidate
    accept reject done open run splitPath pathFromIndex redo undo
    isValid object window childAt childCount child indexOfChild focusChild rect text setText role state
    foregroundColor backgroundColor interface_cast actionNames doAction keyBindingsForAction
    drawControl drawPrimitive drawComplexControl subControlRect subElementRect sizeFromContents pixelMetric
    styleHint standardIcon polish unpolish pixmap clone
"""
VIRTUALS = frozenset(_VIRTUALS.split())
# The same names on these are ordinary methods that only Python calls.
NOT_VIRTUAL = {"QLabel": {"setText"}}


def _calls(tree: ast.AST) -> list[tuple[str, ast.Call]]:
    """Each call with the last part of the name that is called."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            found.append((name, node))
    return found


def _places(name: str) -> list[str]:
    return [
        f"{path.name}:{call.lineno}"
        for path in FILES
        for called, call in _calls(TREES[path])
        if called == name
    ]


def _files(name: str) -> set[str]:
    return {place.split(":")[0] for place in _places(name)}


def _module(path: Path) -> str:
    return ".".join(path.relative_to(UI.parents[1]).with_suffix("").parts).removesuffix(".__init__")


def _is_qt(cls: type | None) -> bool:
    """Whether Qt can call into `cls`; a class that cannot be looked up is taken for one."""
    if cls is None:
        return True
    return any(base.__module__.startswith("PySide6") for base in cls.__mro__)


def _is_guarded(method: ast.FunctionDef) -> bool:
    return any(
        isinstance(mark, ast.Call) and getattr(mark.func, "id", "") == "guard"
        for mark in method.decorator_list
    )


def _overrides(path: Path) -> list[tuple[str, ast.FunctionDef]]:
    """The methods in `path` that override a virtual of Qt."""
    found = []
    for node in ast.walk(TREES[path]):
        if not isinstance(node, ast.ClassDef):
            continue
        cls = getattr(importlib.import_module(_module(path)), node.name, None)
        if not _is_qt(cls):
            continue
        bases = [base for base in (cls.__mro__[1:] if cls else ()) if base.__module__.startswith("PySide6")]
        for method in node.body:
            if not isinstance(method, ast.FunctionDef):
                continue
            virtual = method.name in VIRTUALS or method.name.endswith("Event")
            plain = {name for base in bases for name in NOT_VIRTUAL.get(base.__name__, ())}
            inherited = cls is None or any(hasattr(base, method.name) for base in bases)
            virtual = virtual and method.name not in plain
            if virtual and inherited:
                found.append((f"{path.name}:{method.lineno} {node.name}.{method.name}", method))
    return found


def test_the_rules_look_at_the_right_place():
    assert {"theme.py", "text.py", "links.py", "guard.py", "crash.py"} <= {path.name for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_each_override_of_a_qt_virtual_is_guarded(path):
    assert [where for where, method in _overrides(path) if not _is_guarded(method)] == []


def test_labels_are_plain():
    assert _files("QLabel") == set()
    assert _files("PlainLabel") != set()


def test_dialogs_are_told_to_be_plain():
    for name in ("information", "warning", "question", "critical", "about"):
        calls = [(path, call) for path in FILES for called, call in _calls(TREES[path]) if called == name]
        assert not [
            f"{path.name}:{call.lineno}"
            for path, call in calls
            if isinstance(call.func, ast.Attribute) and getattr(call.func.value, "id", "") == "QMessageBox"
        ]
    assert _files("QMessageBox") <= _files("setTextFormat")
    assert not _files("QErrorMessage") | _files("QTextBrowser") | _files("setHtml")


def test_tooltips_are_escaped_or_our_own_words():
    allowed = {"plain_tooltip", "tr", "translate"}
    for path in FILES:
        for name, call in _calls(TREES[path]):
            if name == "setToolTip":
                (said,) = call.args
                called = _calls(said)[0][0] if isinstance(said, ast.Call) else ""
                assert called in allowed, f"{path.name}:{call.lineno}"


def test_addresses_are_opened_in_one_place():
    assert _files("openUrl") == {"links.py"}


@pytest.mark.parametrize("name", ["processEvents", "QThread", "terminate", "fromUserInput"])
def test_never_called(name):
    assert _places(name) == []


def test_painters_end_with_their_block():
    """One that an error leaves alive under a guard crashes the process later, when it is collected."""
    for tree in TREES.values():
        blocks = [node for node in ast.walk(tree) if isinstance(node, ast.With)]
        ended = {id(item.context_expr) for block in blocks for item in block.items}
        assert [
            call.lineno for name, call in _calls(tree) if name == "QPainter" and id(call) not in ended
        ] == []


def test_the_program_is_left_by_closing_its_windows():
    assert [
        f"{path.name}:{call.lineno}"
        for path in FILES
        for name, call in _calls(TREES[path])
        if ast.unparse(call.func) in ("sys.exit", "exit", "quit", "os._exit", "os.abort")
    ] == []


def test_what_is_translated_is_a_literal():
    for path in FILES:
        for name, call in _calls(TREES[path]):
            words = {"tr": call.args[:1], "translate": call.args[:2]}.get(name, [])
            if name == "translate" and ast.unparse(call.func) != "QCoreApplication.translate":
                continue
            assert all(isinstance(word, ast.Constant) and isinstance(word.value, str) for word in words), (
                f"{path.name}:{call.lineno}"
            )


def test_each_icon_that_is_named_is_drawn():
    for path in FILES:
        for name, call in _calls(TREES[path]):
            named = {"icon": call.args[:1], "set_icon": call.args[1:2]}.get(name, [])
            for word in named:
                if isinstance(word, ast.Constant):
                    assert resource("icons", f"{word.value}.svg").is_file(), (
                        f"{path.name}:{call.lineno} {word.value}"
                    )


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal")
def test_void_calls_do_not_eat_none(qapp):
    label = QLabel()
    for number in range(50):
        label.setText(str(number))
    before = sys.getrefcount(None)
    for number in range(400):
        label.setText(str(number))
    assert sys.getrefcount(None) > before - 50


def _literals(path: Path) -> list[str]:
    return [
        node.value
        for node in ast.walk(TREES[path])
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def test_colours_come_from_the_theme():
    assert _files("setStyleSheet") <= {"theme.py"}
    hexadecimal = re.compile(r"#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6}|[0-9A-Fa-f]{8})")
    coloured = {path.name for path in FILES if any(hexadecimal.fullmatch(text) for text in _literals(path))}
    assert coloured == {"theme.py"}


def test_each_role_that_is_named_has_a_look(qapp):
    known = set(re.findall(r'role="(\w+)"', stylesheet(LIGHT)))
    for path in FILES:
        for name, call in _calls(TREES[path]):
            for word in call.args[1:2] if name in ("set_role", "PlainLabel") else []:
                if isinstance(word, ast.Constant):
                    assert word.value in known, f"{path.name}:{call.lineno} {word.value}"
