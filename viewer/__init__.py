"""Dateline: a timeline that says not only what happened when, but who says so.

The house, lower rooms last; a room never knows the ones above it:

    cli        commands without a window; reaches ui only to open or draw
    ui         everything Qt: app, main window, timeline view, inspector, forms
    document   an open document without a window: store, history, cache, index, filter
    history    do, undo and redo of edits over a store
    resources  where icons, translations and the sample lie
    commands   the verbs: what a user means, turned into an Edit
    storage    everything SQL: schema, store, cache, safety
    timeline   geometry over numpy: scale, ticks, index, layout -> Scene
    formats    files <-> records and problems
    domain     values: dates, quantities, records, provenance, edits
"""

__version__ = "0.1.0"
