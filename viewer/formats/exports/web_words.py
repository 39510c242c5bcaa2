"""Words for formats that show HTML: everything is escaped, and only addresses of the web become links."""

from __future__ import annotations

import html
from urllib.parse import urlsplit

from viewer.domain.records import Claim, Source

_LONGEST = 2048


def web_address(url: str | None) -> str | None:
    """Return an address that is one of the web, else None."""
    if (
        url is None
        or len(url) > _LONGEST
        or any(c.isspace() or not c.isprintable() or c == "\\" for c in url)
    ):
        return None
    try:
        parts = urlsplit(url)
        named = parts.hostname
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and named and "@" not in parts.netloc else None


def escaped(text: str) -> str:
    """Return a text as HTML that shows it."""
    return html.escape(text, quote=True)


def paragraphs(text: str) -> str:
    """Return a text as paragraphs, parted where it has empty lines."""
    parts = (part.strip() for part in text.replace("\r\n", "\n").split("\n\n"))
    return "".join(f"<p>{escaped(part).replace(chr(10), '<br>')}</p>" for part in parts if part)


def citation(claim: Claim, source: Source | None) -> str:
    """Return a claim as its quote and where that stands."""
    quote = f"<blockquote>{escaped(claim.quote)}</blockquote>" if claim.quote else ""
    if source is None:
        return quote
    address = web_address(source.url)
    title = escaped(source.title)
    linked = f'<a href="{escaped(address)}" rel="noopener noreferrer">{title}</a>' if address else title
    said = {"disputes": "Disputed by: ", "mentions": "Mentioned by: "}.get(claim.stance, "")
    published = source.published and (source.published.text or source.published.edtf)
    rest = "".join(f", {escaped(part)}" for part in (source.publisher, published) if part)
    retracted = " (retracted)" if claim.retracted else ""
    return f"{quote}<p>{said}{linked}{rest}{retracted}</p>"
