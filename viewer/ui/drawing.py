"""A document's timeline drawn into a picture, without a window and without a screen."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np

from viewer.timeline.filtering import disputed_by, mask_of
from viewer.timeline.shown import Shown
from viewer.ui.app import make_application
from viewer.ui.footnoted import write_footnoted
from viewer.ui.footnotes import Subject
from viewer.ui.pictures import render_picture
from viewer.ui.staging import Content
from viewer.ui.theme import DARK, LIGHT, themes
from viewer.ui.words import lane_name, shelf_note

if TYPE_CHECKING:
    from pathlib import Path

    from viewer.charts import Chart
    from viewer.document import Document
    from viewer.domain.filters import Filter
    from viewer.picture_options import Footnoting


def draw(
    document: Document,
    out: Path,
    wanted: Filter,
    *,
    size: tuple[int, int],
    scale: float,
    theme: str,
    footnotes: Footnoting | None = None,
) -> None:
    """Draw a document's timeline into a picture, without a screen; with footnotes where they are asked for."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = make_application(None)
    themes().set_choice(theme)
    themes().dress(application)
    chart = _prepared(document)
    matching = None if wanted.is_empty else np.array(sorted(document.matching(wanted).ids), dtype=np.int64)
    known_by = wanted.known_by
    span = chart.index.span()
    period = None
    if span is not None and (wanted.earliest is not None or wanted.latest is not None):
        period = (
            span[0] if wanted.earliest is None else wanted.earliest,
            span[1] if wanted.latest is None else wanted.latest,
        )
    content = Content(
        chart.index,
        chart.kinds,
        chart.events.title,
        Shown.of(
            chart.index,
            mask_of(chart.events, ids=matching),
            disputed=None if known_by is None else disputed_by(chart.events, known_by),
        ),
        shelf_note=shelf_note(chart.index.undated.not_later_than()),
        known_by=known_by,
        rivals=document.rivals(known_by),
    )
    colours = DARK if theme == "dark" else LIGHT
    if footnotes is None:
        title = document.title
        render_picture(out, content, title=title, period=period, size=size, scale=scale, theme=colours)
        return
    subject = Subject(document, content, wanted, period)
    write_footnoted(out, subject, footnotes, size=size, scale=scale, theme=colours)


def _prepared(document: Document) -> Chart:
    """Return what the timeline shows; in a large document that is prepared first, however long it takes."""
    chart = document.chart(lane_name)
    while chart.waiting and (preparation := document.preparation()) is not None:
        preparation.run(lambda _done, _total: None, lambda: False)
        document.adopt()
        chart = document.chart(lane_name)
    return chart
