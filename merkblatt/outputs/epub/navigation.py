"""The table of contents of a book, and its landmarks."""

from __future__ import annotations

from dataclasses import replace

from markupsafe import Markup

from merkblatt.outputs.blocks import Chapter, Heading
from merkblatt.outputs.epub.xhtml import one_a_line, xhtml_words
from merkblatt.page.inline_markup import Words
from merkblatt.tailoring.leaflet import Leaflet

_NAVIGATION = Markup("""\
<main>
<nav epub:type="toc" role="doc-toc" aria-labelledby="contents">
<h1 id="contents">{title}</h1>
<ol>
{contents}
</ol>
</nav>
<nav epub:type="landmarks" hidden="hidden">
<ol>
<li><a epub:type="bodymatter" href="leaflet.xhtml">{title}</a></li>
<li>{imprint}</li>
</ol>
</nav>
</main>""")
_LINK = Markup('<a {}href="leaflet.xhtml#h{}">{}</a>')


def navigation(leaflet: Leaflet, chapters: tuple[Chapter, ...]) -> Markup:
    """The table of contents, by chapter and what stands in it, and the landmarks; the last chapter is the imprint."""
    headings = [block for chapter in chapters for block in chapter.blocks if isinstance(block, Heading)]
    numbered = [(heading, number) for number, heading in enumerate(headings, 1) if heading.level in {2, 3}]
    entries: list[tuple[Markup, list[Markup]]] = []
    for heading, number in numbered:
        link = _LINK.format("", number, _unlinked(heading.words))
        if heading.level == 2:
            entries.append((link, []))
        elif entries:
            entries[-1][1].append(Markup("<li>{}</li>").format(link))
    last, number = [pair for pair in numbered if pair[0].level == 2][-1]
    imprint = _LINK.format(Markup('epub:type="colophon" '), number, _unlinked(last.words))
    contents = one_a_line(Markup("<li>{}{}</li>").format(link, _nested(below)) for link, below in entries)
    return _NAVIGATION.format(title=leaflet.title, contents=contents, imprint=imprint)


def _unlinked(words: Words) -> Markup:
    return xhtml_words(tuple(replace(piece, href="") for piece in words))


def _nested(entries: list[Markup]) -> Markup:
    return Markup("\n<ol>\n{}\n</ol>\n").format(one_a_line(entries)) if entries else Markup()
