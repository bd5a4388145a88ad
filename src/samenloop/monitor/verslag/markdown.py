"""Explanations that come with a levering: Markdown in, safe HTML out.

Raw HTML is shown as text, links may only lead to safe schemes, and images are left
out, because a report may not fetch anything when it is opened. Headings sink under
those of the chapter they stand in.
"""

from markdown_it import MarkdownIt

_DIEPSTE = 6
# A chapter is h2 and its parts are h3, so the first heading of a text becomes h4.
_ZAK = 3


def sluit_in(tekst: str) -> str:
    """Render Markdown as HTML that may stand in a chapter as it is."""
    lezer = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    tekens = lezer.parse(tekst)
    for teken in tekens:
        if teken.type in {"heading_open", "heading_close"}:
            teken.tag = f"h{min(_DIEPSTE, int(teken.tag[1]) + _ZAK)}"
        if teken.type == "th_open":
            teken.attrSet("scope", "col")
        if teken.type in {"th_open", "td_open"} and "style" in teken.attrs:
            # Inline styles are forbidden by the pages.
            del teken.attrs["style"]
    return str(lezer.renderer.render(tekens, lezer.options, {})).strip()
