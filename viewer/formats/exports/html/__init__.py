"""A timeline as one web page that needs nothing else: no network, no server, no Dateline.

rooms: `page` puts the file together from the templates in resources/html; `data` and `rows` are what its script
shows; `static_list` and `linked_data` are for readers without scripts and for machines; `plain` cleans both.
"""

from __future__ import annotations

from viewer.formats.exports.html.page import write
from viewer.formats.outgoing import WritableFormat

FORMAT = WritableFormat(name="html", label="Web page (HTML)", ending=".html", write=write)
