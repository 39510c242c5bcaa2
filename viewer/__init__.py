"""Dateline: a timeline that says not only what happened when, but who says so.

The house, lower rooms last; a room never knows the ones above it:

    cli        commands without a window; reaches ui only to open or draw
    ui         everything Qt: app, main window, timeline view, inspector, forms, reading desk, sources
    options    what the commands' options take, and which events the filters mean
    document   an open document without a window: store, history, cache, index, filter
    report     events in plain words for the terminal
    explaining how a wording is understood, as JSON and in words
    fetching   one page from the web, when the user asks for it
    history    do, undo and redo of edits over a store
    resources  where icons, translations and the sample lie
    surroundings  what decides how claims count, read once and kept
    charts     what the timeline draws of a document, by either clock
    rivals     which events hold claims that clash
    admiralty  the words of the grades
    folders    where settings, drafts, log and cache lie
    display    whether a window can be opened here
    commands   the verbs: what a user means, turned into an Edit; source_commands: those of sources
    passage_entries  an event or a claim proposed from a selected passage
    drafting   from records as they shall be to the changes of rows
    rereading  what today's rules make of stored wordings
    graphs     provenance graph and strength chart as shapes, no Qt
    storage    everything SQL: schema, store, cache, safety
    timeline   geometry over numpy: scale, ticks, index, layout -> Scene
    formats    files <-> records and problems
    children   work on strangers' files in a process with limits
    domain     values: dates, quantities, records, provenance, edits
               (phrases: how wordings become dates; lexicon: one file of words for each language)
"""

__version__ = "0.1.0"
