"""A document's timeline drawn into a picture, without a window and without a screen."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import numpy as np

from viewer.timeline.filtering import disputed_by, mask_of
from viewer.ui.app import make_application
from viewer.ui.pictures import render_picture
from viewer.ui.theme import DARK, LIGHT, themes
from viewer.ui.words import lane_name, shelf_note

if TYPE_CHECKING:
    from pathlib import Path

    from viewer.charts import Chart
    from viewer.document import Document
    from viewer.domain.filters import Filter


def draw(
    document: Document, out: Path, wanted: Filter, *, size: tuple[int, int], scale: float, theme: str
) -> None:
    """Draw a document's timeline into a picture, without a screen."""
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
    render_picture(
        out,
        index=chart.index,
        kinds=chart.kinds,
        title_of=chart.events.title,
        title=document.title,
        mask=mask_of(chart.events, ids=matching),
        disputed=None if known_by is None else disputed_by(chart.events, known_by),
        known_by=known_by,
        rivals=document.rivals(known_by),
        period=period,
        size=size,
        scale=scale,
        theme=DARK if theme == "dark" else LIGHT,
        shelf_note=shelf_note(chart.index.undated.not_later_than()),
    )


def _prepared(document: Document) -> Chart:
    """Return what the timeline shows; in a large document that is prepared first, however long it takes."""
    chart = document.chart(lane_name)
    while chart.waiting and (preparation := document.preparation()) is not None:
        preparation.run(lambda _done, _total: None, lambda: False)
        document.adopt()
        chart = document.chart(lane_name)
    return chart
