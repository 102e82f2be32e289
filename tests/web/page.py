"""A page as a browser understands it: its elements, what can be read on it, and the forms that stand on it."""

from collections.abc import Iterator
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta"}
UNSEEN = {"script", "style", "datalist", "head"}


class Element:
    """One element with what is inside it."""

    def __init__(self, tag: str, attributes: dict[str, str | None]) -> None:
        self.tag, self.attributes = tag, attributes
        self.inside: list[Element | str] = []

    def __getitem__(self, name: str) -> str:
        """Return an attribute; "" if it has none, or none of that name."""
        return self.attributes.get(name) or ""

    def all(self, *tags: str) -> Iterator["Element"]:
        """Yield the elements of these kinds inside this one, in order."""
        for one in self.inside:
            if isinstance(one, Element):
                if not tags or one.tag in tags:
                    yield one
                yield from one.all(*tags)

    @property
    def text(self) -> str:
        """What can be read here."""
        if self.tag in UNSEEN:
            return ""
        return " ".join("".join(one if isinstance(one, str) else f" {one.text} " for one in self.inside).split())


class Page(HTMLParser):
    """One page. A page whose elements are not closed in order is not read at all."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("", {})
        self.open = [self.root]
        self.feed(html)
        self.close()
        assert self.open == [self.root], f"never closed: {[one.tag for one in self.open[1:]]}"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element."""
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"<{tag}> says twice: {names}"
        element = Element(tag, dict(attrs))
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """End the element begun last."""
        assert self.open[-1].tag == tag, f"</{tag}> ends <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        """Read words."""
        self.open[-1].inside.append(data)

    def all(self, *tags: str) -> list[Element]:
        """Return the elements of these kinds, in order."""
        return list(self.root.all(*tags))

    @property
    def text(self) -> str:
        """What can be read on the page."""
        return self.root.text

    @property
    def main(self) -> Element:
        """The page without its frame."""
        return self.all("main")[0]

    def form(self, to: str = "") -> tuple[str, dict[str, str]]:
        """Return where a form of the page is sent, and all its inputs with what stands in them."""
        forms = [one for one in self.main.all("form") if one["method"] == "post" and one["action"].endswith(to)]
        assert len(forms) == 1, f"{len(forms)} forms to {to!r}"
        return forms[0]["action"], inputs_of(forms[0])

    def errors(self) -> dict[str, list[str]]:
        """Return the sentences that stand at the inputs, by the name of the input."""
        said: dict[str, list[str]] = {}
        for one in self.main.all("p"):
            if one["class"] == "error":
                said.setdefault(one["id"].rpartition("-error")[0], []).append(one.text)
        return said

    def summary(self) -> list[str]:
        """Return the sentences at the head of a refused form."""
        return [line.text for one in self.main.all("div") if one["class"] == "refused" for line in one.all("li")]


def inputs_of(form: Element) -> dict[str, str]:
    """Return the inputs of a form with what stands in them, as a browser sends them; of a box not ticked nothing."""
    values: dict[str, str] = {}
    for one in form.all("input", "select", "textarea"):
        if one.tag == "textarea":
            values[one["name"]] = one.text
        elif one.tag == "select":
            options = list(one.all("option"))
            chosen = [option for option in options if "selected" in option.attributes] or options[:1]
            values[one["name"]] = chosen[0]["value"] if chosen else ""
        elif one["type"] != "checkbox" or "checked" in one.attributes:
            values[one["name"]] = one["value"]
    return values
