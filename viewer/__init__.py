"""Dateline: a timeline that says not only what happened when, but who says so.

The house, lower rooms last; a room never knows the ones above it:

    cli        commands without a window; reaches ui only to open or draw
    ui         everything Qt: app, main window, timeline view, inspector, forms, reading desk, sources
    options    what the commands' options take, and which events the filters mean
    changing   changes that take long, such as imports, made in a process of their own
    footnotes  what stands behind events, numbered for pictures: quotes, chains, sources, links, checksums
    document   an open document without a window: store, history, cache, index, filter; document_charts,
               document_sources: its parts
    report     events in plain words for the terminal
    explaining how a wording is understood, as JSON and in words
    fetching   one page from the web, when the user asks for it
    keeping    an open document's notes, backups and watch over others' changes
    history    do, undo and redo of edits over a store
    resources  where icons, translations and the sample lie
    surroundings  what decides how claims count, read once and kept
    masking    filters as masks over a chart's events
    charts     what the timeline draws of a document, by either clock and in lanes of any grouping
    preparing  a large document's base and search index, made in a process of their own
    base       all events of a document as they were at one edit, in memory or in the cache
    overlay    the few events that were edited since
    tabulating  from plain rows to the table of events and its columns
    publishing  what is written of a document: everything, or a filter's events with all that they name
    importing  files brought into a document as one edit
    saved_mappings  mappings of tables, kept by name in the user's folder
    rivals     which events hold claims that clash
    weighing   claims of a whole document weighed in short reads, and after an edit only those it touched
    admiralty  the words of the grades
    folders    where settings, drafts, log and cache lie
    desktop_entry  menu entry, file type and icons among a user's applications
    instance   one Dateline for each user: a later start hands its file to the running one
    display    whether a window can be opened here
    commands   the verbs: what a user means, turned into an Edit; source_commands: those of sources
    reverting  one edit, or all after a point, taken back as one new edit
    passage_entries  an event or a claim proposed from a selected passage
    drafting   from records as they shall be to the changes of rows
    drafted_rows  the rows of an edit while it is drafted, and the ids that they will have
    rereading  what today's rules make of stored wordings
    telling    what an edit changed, field by field
    graphs     provenance graph and strength chart as shapes, no Qt
    storage    everything SQL: schema, store, cache, safety
    timeline   geometry over numpy: scale, ticks, index, layout -> Scene
    formats    files <-> records and problems
    children   work on strangers' files in a process with limits
    domain     values: dates, quantities, records, provenance, edits
               (phrases: how wordings become dates; lexicon: one file of words for each language)
    frozen     dataclasses that cost little to declare
"""

__version__ = "0.1.0"
