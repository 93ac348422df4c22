"""A Word document → HTML, for `html` to read. The file is a zip of XML from a stranger."""

from __future__ import annotations

import html as entities
import io
import re
import zipfile

from ..reading.nodes import Fault
from . import html
from .html_page import Page

FILE_LIMIT = 50 << 20
TOTAL_LIMIT = 150 << 20
"""Most bytes of all that a document holds, unpacked."""
COUNT_LIMIT = 5_000
XML_LIMIT = 40 << 20
_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p.briefing-summary:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
p[style-name='Code'] => pre:separator('\\n')
p[style-name='Caption'] => p > em:fresh
"""


def read(data: bytes) -> Page:
    """The text of a document, and what its properties say.

    Raises:
        Fault: If it is no Word document, or one that no word processor would write.
    """
    properties = _looked_through(data)
    import mammoth

    try:
        result = mammoth.convert_to_html(io.BytesIO(data), style_map=_STYLES)
    except Exception as error:
        # Whatever a broken or hostile file does to the reader, it is the file's fault.
        raise Fault("bad-file", 1, 1, f"no Word document: {type(error).__name__}") from None
    page = html.read(result.value, whole=True)
    for message in dict.fromkeys(message.message for message in result.messages):
        page.note("html-dropped", message, "of the document's look")
    page.title = page.title or properties.get("title", "")
    page.authors = [properties["creator"]] if properties.get("creator") else []
    page.date = properties.get("created", "")
    page.summary = page.summary or properties.get("description", "")
    page.topics = [w.strip() for w in re.split("[,;]", properties.get("keywords", "")) if w.strip()]
    return page


def _looked_through(data: bytes) -> dict[str, str]:
    """The properties of a document whose zip holds nothing that it should not."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > COUNT_LIMIT or sum(e.file_size for e in entries) > TOTAL_LIMIT:
                raise Fault("too-large", 1, 1, f"over {TOTAL_LIMIT >> 20} MiB when unpacked")
            for entry in entries:
                if entry.flag_bits & 1:
                    raise Fault("unreadable", 1, 1, "the document is encrypted")
                if entry.filename.endswith((".xml", ".rels")):
                    _declared(archive, entry)
            if "docProps/core.xml" not in archive.namelist():
                return {}
            core = archive.read("docProps/core.xml").decode("utf-8", "replace")
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
        raise Fault("bad-file", 1, 1, f"no Word document: {error}") from None
    found = re.findall(r"<(?:\w+:)?(\w+)(?:\s[^<>]*)?>([^<]{1,2000})</", core)
    return {name: " ".join(entities.unescape(value).split()) for name, value in found}


def _declared(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> None:
    """Refuse parts with a document type: entities are declared there, and Word writes none."""
    if entry.file_size > XML_LIMIT:
        raise Fault("too-large", 1, 1, f"{entry.filename} is over {XML_LIMIT >> 20} MiB")
    text = archive.read(entry)
    # Also where the XML is UTF-16.
    if b"<!DOCTYPE" in text.replace(b"\0", b""):
        raise Fault("bad-file", 1, 1, f"{entry.filename} declares a document type")
