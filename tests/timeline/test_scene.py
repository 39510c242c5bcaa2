"""A whole frame as text, so that a change of the drawing is seen in a review line by line."""

from __future__ import annotations

from timeline_documents import WINTER, draw, fitted, index


def described(scene):
    lines = [f"lanes {scene.lanes_top:.0f}-{scene.lanes_bottom:.0f} row {scene.row_height:.0f}"]
    for strip in scene.strips:
        ticks = "  ".join(f"{tick.x:.0f} {tick.label}" for tick in strip.ticks if tick.label)
        lines.append(f"strip {strip.y:.0f}+{strip.height:.0f}  {ticks}")
    lines += [
        f"lane {lane.name} {lane.shown}/{lane.count} {lane.y:.0f}+{lane.height:.0f}" for lane in scene.lanes
    ]
    for item in scene.items:
        sign = " disputed" if item["disputed"] else ""
        extent = f"{item['lo']:.0f}-{item['hi']:.0f}"
        lines.append(f"event {item['event']} y {item['y']:.0f} {extent} mark {item['mark']:.0f}{sign}")
    lines += [
        f"label {each.event} {each.side} {each.x:.0f},{each.y:.0f} {each.text!r}" for each in scene.labels
    ]
    for arc in scene.arcs:
        ends = " to ".join(f"{x:.0f},{y:.0f}" for x, y in (arc.curve[0], arc.curve[-1]))
        lines.append(f"arc {ends} {arc.word} at {arc.word_x:.0f},{arc.word_y:.0f}")
    return lines + [
        f"chip {chip.event} {chip.x:.0f},{chip.y:.0f} {chip.text!r}" for chip in scene.shelf.chips
    ]


def test_a_small_document_is_drawn_like_this():
    document = index(WINTER, undated=[7, 8])
    scene = draw(document, fitted(document), selected=frozenset([5]), links=[(3, "about")])
    assert described(scene) == GOLDEN.strip().splitlines()


GOLDEN = """
lanes 60-512 row 38
strip 0+32  120 2024  704 2025
strip 32+28  180 Oct  357 Nov  527 Dec  704 Jan  881 Feb  1040 Mar
lane Deployments 3/3 60+171
lane Withdrawals 1/1 231+110
lane Statements 2/2 341+171
event 1 y 111 180-357 mark 268
event 3 y 111 881-920 mark 900
event 2 y 149 704-1040 mark 872
event 4 y 278 704-761 mark 732 disputed
event 5 y 392 881-937 mark 909
event 6 y 430 983-989 mark 986
label 5 right 946,392 'Event number 5'
label 1 right 366,111 'Event number 1'
label 3 right 929,111 'Event number 3'
label 2 left 597,149 'Event number 2'
label 4 right 770,278 'Event number 4'
label 6 left 871,430 'Event number 6'
arc 909,392 to 900,111 about at 909,250
chip 7 128,523 'Event number 7'
chip 8 272,523 'Event number 8'
"""
