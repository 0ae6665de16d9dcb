"""Posts as plain text, for channels that know no other."""

from collections.abc import Iterator
from textwrap import indent
from urllib.parse import unquote

from markdown_it.tree import SyntaxTreeNode as Node

from wardline.channels.rendering import markdown


def plain(markdown_text: str) -> str:
    """What Markdown says, without its marks.

    Paragraphs, lines and lists stay. A link becomes "words (address)", or the address
    alone where the words are the same. Only ~~strikethrough~~ keeps its marks: without
    them, what was taken back would read as said.
    """
    return _block(Node(markdown().parse(markdown_text)))


def _block(node: Node) -> str:
    match node.type:
        case "inline":
            return _inlines(node)
        case "bullet_list" | "ordered_list":
            loose = any(not each.hidden for each in _paragraphs_of_items(node))
            return ("\n\n" if loose else "\n").join(_items(node))
        case "blockquote":
            return indent(_blocks(node), "> ")
        case "fence" | "code_block":
            return node.content.rstrip("\n")
        case "hr":
            return "---"
        case _:
            return _blocks(node)


def _blocks(node: Node) -> str:
    tight = any(child.hidden for child in node.children)
    return ("\n" if tight else "\n\n").join(_block(child) for child in node.children)


def _paragraphs_of_items(node: Node) -> Iterator[Node]:
    for item in node.children:
        yield from (child for child in item.children if child.type == "paragraph")


def _items(node: Node) -> Iterator[str]:
    first = int(node.attrs.get("start", 1))
    for number, item in enumerate(node.children, first):
        mark = "- " if node.type == "bullet_list" else f"{number}. "
        room = " " * len(mark)
        yield mark + indent(_blocks(item), room).removeprefix(room)


def _inline(node: Node) -> str:
    match node.type:
        case "softbreak" | "hardbreak":
            return "\n"
        case "link":
            return _link(_inlines(node), str(node.attrs["href"]))
        case "image":
            return _link(_inlines(node), str(node.attrs["src"]))
        case "s":
            return f"~~{_inlines(node)}~~"
        case _:
            return _inlines(node) if node.children else node.content


def _inlines(node: Node) -> str:
    return "".join(_inline(child) for child in node.children)


def _link(words: str, address: str) -> str:
    address = address.removeprefix("mailto:")
    bare = address.removeprefix("https://").removeprefix("http://")
    same = {each.rstrip("/") for each in (address, bare, unquote(address))}
    return address if words.rstrip("/") in {"", *same} else f"{words} ({address})"
