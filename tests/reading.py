"""Reads a page the way a person does: its text line by line, its tables row by row."""

from html.parser import HTMLParser

#: Elements that start a new line of text.
BLOCKS = {
    "address", "article", "aside", "blockquote", "caption", "dd", "desc", "details", "div", "dl", "dt", "figcaption",
    "figure", "footer", "form", "h1", "h2", "h3", "h4", "header", "li", "main", "nav", "ol", "p", "section", "summary",
    "svg", "table", "tbody", "td", "text", "th", "thead", "title", "tr", "ul",
}  # fmt: skip
SILENT = {"script", "style", "head"}


class Reader(HTMLParser):
    """Collects the lines of <main> and the rows of every table."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = [""]
        self.tables: list[list[list[str]]] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in {"meta", "link", "br", "img", "input", "line", "rect", "circle", "path", "polyline"}:
            self.open.append(tag)
        if tag in BLOCKS:
            self.lines.append("")
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in {"td", "th"} and self.tables and self.tables[-1]:
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass
        if tag in BLOCKS:
            self.lines.append("")

    def handle_data(self, data: str) -> None:
        if SILENT & set(self.open) or "main" not in self.open:
            return
        self.lines[-1] += data
        if {"td", "th"} & set(self.open) and self.tables and self.tables[-1] and self.tables[-1][-1]:
            self.tables[-1][-1][-1] += data


def lines(html: str) -> list[str]:
    """Every line of the page's main part, words of drawings included, without empty ones."""
    reader = Reader()
    reader.feed(html)
    return [line for line in (" ".join(line.split()) for line in reader.lines) if line]


def tables(html: str) -> list[list[list[str]]]:
    """Every table of the page: rows of cells, as text."""
    reader = Reader()
    reader.feed(html)
    return [[[" ".join(cell.split()) for cell in row] for row in table] for table in reader.tables]
