"""HTML pages and Word documents become briefings; hostile ones become a line of the report."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from .importing import PNG, Imported, bring, plant

PAGE = """\
-- inbox/launch.html --
<!DOCTYPE html>
<html lang="en"><head><title>The launch | Quay</title>
<meta name="author" content="Ada Example">
<meta name="description" content="It floats &amp; holds.">
<meta property="article:published_time" content="2022-03-04T10:00:00+00:00">
<meta name="keywords" content="Boats, Paint">
<link rel="canonical" href="https://quay.example/2022/03/launch.html">
<script>alert(1)</script></head>
<body><nav>Home About</nav>
<article><h1>The <em>launch</em></h1>
<p>It was <strong>wet</strong>, as 1 &lt; 2 &amp; *stars* and snake_case say.<sup
><a href="#fn1" id="r1">1</a></sup>
Read <a href="../inbox/other.html">the other</a>.</p>
<!-- not for readers -->
<table><thead><tr><th>Boat</th><th>Feet</th></tr></thead>
<tbody><tr><td>Ada</td><td>12</td></tr></tbody></table>
<pre><code class="language-python">if x &lt; 1:
    pass</code></pre>
<p onclick="evil()">Look: <img src="boat.png" alt="A boat" onerror="evil()"></p>
<script>evil()</script><iframe src="https://other.example/v"></iframe>
<hr><ol><li id="fn1"><p>Very wet. <a href="#r1">back</a></p></li></ol>
</article><footer>Imprint</footer></body></html>
-- inbox/other.html --
<h1>The other</h1><p>Text without a date.</p>
"""


def test_html(tmp_path: Path) -> None:
    plant(tmp_path / "old", PAGE, {"inbox/boat.png": PNG})
    done = bring(tmp_path, "--date", "2022-05-06", "--author", "Ben Sample", "--topic", "Boats")
    assert done.files == [
        "2022/launch.md", "2022/other.md", "authors.yml", "images/inbox/boat.png", "topics.yml",
    ]  # fmt: skip
    front = done.front("2022/launch.md")
    assert front["title"] == "The launch"
    assert front["author"] == "ada-example"
    assert front["topics"] == ["boats", "paint"]
    assert front["summary"] == "It floats & holds."
    assert front["aliases"] == ["2022/03/launch.html"]
    assert done.body("2022/launch.md") == (
        "It was **wet**, as 1 < 2 & \\*stars\\* and snake_case say.[^1]\n"
        "Read [the other](other.md).\n\n"
        "| Boat | Feet |\n| --- | --- |\n| Ada | 12 |\n\n"
        "```python\nif x < 1:\n    pass\n```\n\n"
        "Look: ![A boat](../images/inbox/boat.png)\n\n"
        "[^1]: Very wet."
    )
    assert done.front("2022/other.md")["author"] == "ben-sample"
    assert [row[0] for row in done.found("date-guessed")] == ["inbox/other.html"]
    dropped = [row[3] for row in done.found("html-dropped")]
    assert dropped == [
        "<!-- not for readers -->", "<script> evil()", "<iframe> https://other.example/v",
    ]  # fmt: skip
    assert [row[3] for row in done.found("text-left")] == ["Home About Imprint"]
    assert not done.errors()


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
    '.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default '
    'Extension="png" ContentType="image/png"/></Types>',
    "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
    f'relationships"><Relationship Id="a" Type="{RELATIONS}/officeDocument" '
    'Target="word/document.xml"/></Relationships>',
    "word/_rels/document.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/'
    f'package/2006/relationships"><Relationship Id="p" Type="{RELATIONS}/image" '
    f'Target="media/a.png"/><Relationship Id="f" Type="{RELATIONS}/footnotes" '
    'Target="footnotes.xml"/>'
    f'<Relationship Id="s" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>',
    "word/styles.xml": f'<w:styles xmlns:w="{WORD}"><w:style w:type="paragraph" w:styleId="T">'
    '<w:name w:val="Title"/></w:style><w:style w:type="paragraph" w:styleId="H1"><w:name '
    'w:val="heading 1"/></w:style></w:styles>',
    "word/footnotes.xml": f'<w:footnotes xmlns:w="{WORD}"><w:footnote w:id="2"><w:p><w:r><w:t>'
    "The note.</w:t></w:r></w:p></w:footnote></w:footnotes>",
    "docProps/core.xml": '<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t">'
    "<dc:creator>Ada Example</dc:creator><dcterms:created>2021-02-03T04:05:06Z</dcterms:created>"
    "</cp:coreProperties>",
}
PICTURE = (
    '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/'
    'wordprocessingDrawing"><wp:docPr id="1" name="x" descr="A boat"/><a:graphic xmlns:a="http://'
    'schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://'
    'schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:embed="p"/>'
    "</pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
)


def paragraph(text: str, style: str = "") -> str:
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{look}<w:r><w:t>{text}</w:t></w:r></w:p>"


def cells(*texts: str) -> str:
    return f"<w:tr>{''.join(f'<w:tc>{paragraph(text)}</w:tc>' for text in texts)}</w:tr>"


NOTED = (
    "<w:p><w:r><w:t>It floats.</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r>"
    "<w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'> Truly</w:t></w:r></w:p>"
)


def word(body: str, **more: bytes) -> bytes:
    """A Word document of some paragraphs, as small as one can be."""
    document = f'<w:document xmlns:w="{WORD}" xmlns:r="{RELATIONS}"><w:body>{body}</w:body>'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in PARTS.items():
            archive.writestr(name, text)
        archive.writestr("word/document.xml", f"{document}</w:document>")
        archive.writestr("word/media/a.png", PNG)
        for name, content in more.items():
            archive.writestr(name, content)
    return data.getvalue()


def test_docx(tmp_path: Path) -> None:
    text = word(
        paragraph("The launch", "T")
        + NOTED
        + paragraph("Boats &amp; *stars*", "H1")
        + f"<w:tbl>{cells('Boat', 'Feet')}{cells('Ada', '12')}</w:tbl>"
        + PICTURE
    )
    plant(tmp_path / "old", "", {"the-launch.docx": text})
    done = bring(tmp_path, "--topic", "Boats", source="old/the-launch.docx")
    assert done.files == [
        "2021/the-launch.md", "authors.yml", "images/the-launch-1.png", "topics.yml",
    ]  # fmt: skip
    front = done.front("2021/the-launch.md")
    assert front["title"] == "The launch"
    assert front["author"] == "ada-example"
    assert str(front["date"]) == "2021-02-03"
    assert done.found("date-guessed"), "a property of the file is a guess"
    assert done.body("2021/the-launch.md") == (
        "It floats.[^1] **Truly**\n\n"
        "## Boats & \\*stars\\*\n\n"
        "| Boat | Feet |\n| --- | --- |\n| Ada | 12 |\n\n"
        "![A boat](../images/the-launch-1.png)\n\n"
        "[^1]: The note."
    )
    assert (done.folder / "images/the-launch-1.png").read_bytes() == PNG
    assert not done.errors()


def bomb() -> bytes:
    return word("", **{"word/media/b.png": bytes(200 << 20)})


HOSTILE = {
    "a zip bomb": (bomb, "a.docx", "150 MiB"),
    "entities in the XML": (
        lambda: word("", **{"word/x.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}),
        "a.docx",
        "document type",
    ),
    "no zip": (lambda: b"PK\x03\x04 nothing", "a.docx", "no Word document"),
    "a zip of something else": (lambda: zipped({"a.txt": b"x"}), "a.docx", "no Word document"),
    "deep XML": (lambda: word("<w:p>" * 3000 + "</w:p>" * 3000), "a.docx", ""),
    "deep HTML": (lambda: b"<div>" * 5000 + b"x", "a.html", "deep"),
    "many elements": (lambda: b"<b>" * 300_000, "a.html", "elements"),
    "no text at all": (lambda: bytes(range(256)) * 20, "a.md", "UTF-8"),
    "a YAML bomb": (
        lambda: b"---\na: &a [x,x]\nb: &b [*a,*a]\ntitle: *b\n---\nText.",
        "a.md",
        "anchor",
    ),
    "endless nesting": (lambda: b"---\ntitle: " + b"[" * 10_000 + b"\n---\nText.", "a.md", ""),
}


def zipped(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize("name", HOSTILE)
def test_p19_hostile_documents_are_refused_with_a_reason(name: str, tmp_path: Path) -> None:
    make, file, why = HOSTILE[name]
    plant(
        tmp_path / "old", "", {file: make(), "b.md": b"---\ntitle: B\ndate: 2020-01-02\n---\nB.\n"}
    )
    done = bring(tmp_path)
    assert done.exit_code == 1
    assert "2020/b.md" in done.files, "one bad file does not stop the others"
    told = {
        row["code"]: row for f in done.report["files"] if f["source"] == file for row in f["left"]
    }
    if "not-taken" in told:
        assert why in told["not-taken"]["why"]
    else:
        assert not why, told


def test_p19_nothing_outside_the_source_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("---\ntitle: Canary\ndate: 2020-01-02\n---\nCanary.\n", encoding="utf-8")
    (tmp_path / "secret.png").write_bytes(PNG)
    text = "-- a.md --\n---\ntitle: A\ndate: 2020-01-02\n---\n![x](../secret.png) {{< x >}}\n"
    plant(tmp_path / "old", text)
    (tmp_path / "old/link.md").symlink_to(secret)
    (tmp_path / "old/folder").symlink_to(tmp_path)
    done = bring(tmp_path)
    assert done.files == ["2020/a.md"]
    assert "Canary" not in "".join(done.text(path) for path in done.files)
    assert {row[3] for row in done.found("not-content")} == {"link.md", "folder"}
    assert [row[3] for row in done.found("image-missing")] == ["![x](../secret.png)"]


def keeps(done: Imported, words: str) -> bool:
    return words in "".join(done.text(path) for path in done.files if path.endswith(".md"))


def test_p19_no_markup_that_runs_is_kept_from_html(tmp_path: Path) -> None:
    evil = """<p>Text <a href="javascript:canary()">x</a> <img src=x onerror=canary()>
    &lt;script&gt;canary2()&lt;/script&gt;</p><svg onload=canary()></svg><style>canary</style>"""
    plant(tmp_path / "old", f"-- 2020-01-02-a.html --\n<h1>A</h1>{evil}\n")
    done = bring(tmp_path, "--author", "Ada Example", "--topic", "Boats")
    assert keeps(done, "canary2()"), "what was shown as text is text"
    assert "<script" not in done.text("2020/a.md")
    assert not keeps(done, "onerror")
    assert not keeps(done, "<svg")
    assert not keeps(done, "javascript:")
    assert not done.errors()
