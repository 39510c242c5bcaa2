"""Timelines of other programs, read: TimelineJS, the Timeline Project, calendars."""
