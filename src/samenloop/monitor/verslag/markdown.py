"""Explanations that come with a levering: Markdown in, safe HTML out.

Raw HTML is shown as text, links may only lead to safe schemes, and images are left
out, because a report may not fetch anything when it is opened. Headings follow on that
of the chapter or part they stand in, whatever level the writer began with.
"""

from markdown_it import MarkdownIt

_DIEPSTE = 6


def sluit_in(tekst: str, niveau: int) -> str:
    """Render Markdown as HTML; its highest heading becomes one of this level."""
    lezer = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")
    tekens = lezer.parse(tekst)
    koppen = [int(t.tag[1]) for t in tekens if t.type == "heading_open"]
    zak = niveau - min(koppen, default=niveau)
    for teken in tekens:
        if teken.type in {"heading_open", "heading_close"}:
            teken.tag = f"h{min(_DIEPSTE, int(teken.tag[1]) + zak)}"
        if teken.type == "th_open":
            teken.attrSet("scope", "col")
        if teken.type in {"th_open", "td_open"} and "style" in teken.attrs:
            # Inline styles are forbidden by the pages.
            del teken.attrs["style"]
    return str(lezer.renderer.render(tekens, lezer.options, {})).strip()
