"""Village offices keep their browsers: those of 2018 understand scripts and styles, or find what stands instead."""

import re
from pathlib import Path

import esprima
import pytest

LEDGER = Path(__file__).parent.parent / "ledger"
SCRIPTS = {path.name: path.read_text(encoding="utf-8") for path in sorted((LEDGER / "static").rglob("*.js"))}
STYLES = {path.name: path.read_text(encoding="utf-8") for path in sorted((LEDGER / "static").rglob("*.css"))}
PAGES = "".join(path.read_text(encoding="utf-8") for path in (LEDGER / "templates").rglob("*.html"))

LATER = {
    "ChainExpression", "FieldDefinition", "PropertyDefinition", "PrivateIdentifier", "StaticBlock", "Import",
    "ImportExpression", "ImportAttribute", "MetaProperty", "ForAwaitStatement", "ExportAllDeclaration",
}
"""Kinds of expression that came after ES2017."""

KNOWN = {
    "abs", "activeElement", "add", "addEventListener", "after", "altKey", "append", "apply", "assign", "before",
    "childNodes", "children", "classList", "className", "click", "cloneNode", "closest", "concat",
    "createElement", "ctrlKey", "dataset", "delete", "documentElement", "elements", "exec", "filter",
    "firstElementChild", "floor", "focus", "forEach", "from", "get", "getBoundingClientRect", "getElementById",
    "getEntriesByType", "getItem", "has", "hasAttribute", "hash", "hidden", "history", "href", "indexOf",
    "isComposing", "join", "key", "lastElementChild", "left", "length", "location", "map", "metaKey", "min",
    "name", "navigation", "normalize", "offsetParent", "open", "parse", "prepend", "preventDefault", "print",
    "push", "querySelector", "querySelectorAll", "reduce", "removeAttribute", "removeItem", "replace",
    "replaceState", "returnValue", "round", "scrollIntoView", "searchParams", "set", "setAttribute", "setItem",
    "setTimeout", "slice", "some", "sort", "split", "stopPropagation", "stringify", "tagName", "target", "test",
    "textContent", "toFixed", "toggle", "top", "trim", "type", "value",
}
"""What scripts ask of the language and the page, each in Chrome 64, Firefox 60, Edge 17 and Safari 11.1, or asked about
before it is used (`getEntriesByType`). Whoever adds a name looks it up first: https://caniuse.com/."""


def nodes(part):
    """Yield every part of a script."""
    if isinstance(part, dict):
        if isinstance(part.get("type"), str):
            yield part
        for inner in part.values():
            yield from nodes(inner)
    elif isinstance(part, list):
        for inner in part:
            yield from nodes(inner)


def too_young(script):
    """Return what of a script ES2017 does not know."""
    found = set()
    for node in nodes(esprima.parseScript(script).toDict()):
        kind, raw = node["type"], str(node.get("raw", ""))
        inner = [one for one in [*node.get("properties", ())] if one["type"] in ("SpreadElement", "RestElement")]
        number = kind == "Literal" and re.match("[0-9.]", raw) and re.search("_|n$", raw)
        regex = node.get("regex") if kind == "Literal" else None
        if (
            kind in LATER or inner or number or (kind == "CatchClause" and node.get("param") is None)
            or node.get("operator") in ("??", "??=", "||=", "&&=") or (node.get("async") and node.get("generator"))
            or (regex and (set(regex["flags"]) - set("gimuy") or re.search(r"\(\?<|\\p\{", regex["pattern"])))
        ):
            found.add(raw or kind)
    return found


def names_asked_for(script):
    """Return the names after a dot that the script does not make itself and no page gives it."""
    asked, own = set(), set()
    for node in nodes(esprima.parseScript(script).toDict()):
        if node["type"] == "MemberExpression" and not node["computed"]:
            asked.add(node["property"]["name"])
        elif node["type"] == "Property":
            own.add(node["key"].get("name"))
        if node["type"] == "AssignmentExpression" and node["left"]["type"] == "MemberExpression":
            own.add(node["left"]["property"].get("name"))
    given = {re.sub("-(.)", lambda sign: sign[1].upper(), name) for name in re.findall(r"data-([a-z-]+)", PAGES)}
    return asked - own - given - set(re.findall(r'name="(\w+)"', PAGES))


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_written_in_the_language_of_2017(name):
    assert too_young(SCRIPTS[name]) == set()


@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_asks_for_nothing_younger_than_2018(name):
    assert names_asked_for(SCRIPTS[name]) - KNOWN == set()


@pytest.mark.parametrize("script", [
    "a?.b", "a?.()", "a ?? b", "a ||= b", "class A { #x = 1 }", "class A { x = 1 }", "class A { static {} }", "1_000",
    "10n", "try {} catch {}", "({ ...a })", "const { a, ...b } = c", "/(?<n>a)/", "/(?<=a)b/", "/a/s", "/\\p{L}/u",
    "import('x')", "async function f() { for await (const x of y) {} }", "async function* f() {}",
])
def test_what_came_later_is_found(script):
    assert too_young(script)


@pytest.mark.parametrize("script", [
    "a ** b", "async () => { await 1 }", "f(a,)", "[...a]", "f(...a)", "const [a, ...b] = c", "`a${b}`", "/a/u", "1.5",
    "const {a, b} = c", "class A extends B { static f() {} }", "for (const x of y) {}", "'1_0n'",
])
def test_what_was_known_then_is_not(script):
    assert too_young(script) == set()


def test_a_name_nobody_has_looked_up_is_found():
    assert names_asked_for("a.replaceAll(1, 2).at(0)") == {"replaceAll", "at"}


INSTEAD = {
    r"overflow-wrap: anywhere": "word-wrap: break-word", r"clip-path: ": "clip: rect", r"[^-]break-inside: avoid":
    "page-break-inside: avoid", r"break-before: ": "page-break-before: ", r"column-gap: ": "columns: ",
    r"([a-z-]+): [^;]*\b(?:clamp|min|max)\(": r"\1: [0-9]",
}
"""What is younger, and what must stand in the same rule for a browser that does not know it."""

YOUNG = (
    r"[{;]\s*(?:row-)?gap:", r"[{;]\s*inset(?:-\w+)?:", "aspect-ratio", "accent-color", r"[{;]\s*place-",
    r"(?:margin|padding|border)-(?:inline|block)", r":is\(", r":where\(", r":has\(", r"[0-9][dsl]v[hw]\b", "@layer",
    "@container", "@property", "@supports", "color-mix", r"\([^()]*[<>]=?[^()]*\)", r"fit-content", "subgrid",
    r"text-wrap", r"content-visibility", r"[{;]\s*scale:", r"\.\w+ *\{[^}]*\{[^}]*&",
)
"""What no rule may depend on: flex boxes are spaced by margins, grids by grid-gap."""


def rules(style):
    """Return the rules of a style sheet, each with its selector."""
    return re.findall(r"[^{}]+\{[^{}]*\}", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL))


@pytest.mark.parametrize("name", STYLES)
def test_a_style_depends_on_nothing_younger_than_2018(name):
    text = "".join(rules(STYLES[name]))
    assert [young for young in YOUNG if re.search(young, text)] == []


@pytest.mark.parametrize("name", STYLES)
def test_what_is_younger_in_a_style_has_something_that_stands_instead(name):
    for rule in rules(STYLES[name]):
        for young, instead in INSTEAD.items():
            for found in re.finditer(young, rule):
                assert re.search(found.expand(instead) if found.groups() else instead, rule[: found.end()]), rule


@pytest.mark.parametrize("name", STYLES)
def test_the_ring_around_what_has_the_focus_is_the_browsers_own_where_it_knows_no_better(name):
    rings = [rule for rule in rules(STYLES[name]) if "focus" in rule and re.search("outline: *(none|0)", rule)]
    assert [rule for rule in rings if "main:focus" not in rule] == []
    assert all(rule.strip().startswith(":focus-visible {") for rule in rules(STYLES[name]) if "focus-visible" in rule)


def test_papers_that_lie_across_lie_so_without_named_pages_too():
    across = set(re.findall(r"@page (\w+) \{ size: [\w ]*landscape", STYLES["paper.css"]))
    paper = (LEDGER / "templates" / "paper.html").read_text(encoding="utf-8")
    asked = re.search(r"self\.form\(\) in \((.*?)\)", paper)
    assert asked and across == set(re.findall(r'"(\w+)"', asked[1])) == {"across", "note", "register", "half"}
