"""Bodies as the renderer hands them over, with all that Markdown's extensions write."""

# ruff: noqa: E501

from __future__ import annotations

from decimal import Decimal

from mkdocs_briefings.catalog.chart import Bar, Chart
from mkdocs_briefings.rendering.charts import chart_html
from mkdocs_briefings.wording.language import ENGLISH

CHART = chart_html(
    Chart(
        title="Two of four years ended under the mark",
        unit="centimetres above or under the mark",
        note="Reading at Hale on the last day of May.",
        source=1,
        bars=tuple(
            Bar(label=year, value=Decimal(level), shown=level)
            for year, level in (("2028", "41"), ("2029", "12.5"), ("2030", "-8"), ("2031", "-19"))
        ),
        first=0,
        last=0,
    ),
    "en",
    ENGLISH,
)
PROSE = """\
<p>The draft runs to nine pages and decides one thing: in a month that the gauge at Hale calls dry,
the towns <a class="term" href="../../../glossary/#draw">draw</a> in a fixed order, and none of them below its floor.<sup><a class="cite-ref"
 id="_cite-1-1" href="#_source-1" aria-label="Source 1">1</a></sup> It does not say how much water there will be. For the
order of the towns see <a class="internal" href="../../../topics/water/">everything on water</a>.</p>
<p>That is less than the word <em>accord</em> suggests, and more than the two drafts before it,
which named no month at all.</p>
<h2 id="who-draws-first">Who draws first</h2>
<p>The order is that of the oldest pumps. It binds from the day on which two readings in a row fall
under the mark.<sup><a class="cite-ref" id="_cite-2-1" href="#_source-2" aria-label="Source 2">2</a></sup></p>
<div class="table" role="region" tabindex="0" aria-label="Floors of the four towns">
<table>
<caption>Floors in the draft, thousand litres a day. Position on 16 May 2031.</caption>
<thead><tr><th scope="col">Town</th><th scope="col" align="right">Floor</th><th scope="col" align="right">Drawn last May</th>
<th scope="col">May be cut</th></tr></thead>
<tbody>
<tr><th scope="row">Hale</th><td align="right">410</td><td align="right">655</td><td>Yes, on ten days’ notice</td></tr>
<tr><th scope="row">Northmarch</th><td align="right">380</td><td align="right">390</td><td>No</td></tr>
<tr><th scope="row">Little Oren</th><td align="right">95</td><td align="right">140</td><td>Yes</td></tr>
</tbody></table></div>
<p>The survey’s bulletin puts the condition more narrowly than the draft does:</p>
<blockquote><p lang="zh-Hans">连续两次读数低于标线时，用水次序即行生效；医院用水不受此限。</p>
<p>In short: two readings in a row under the mark set the order in force. The hospital is exempt.</p>
</blockquote>
<h2 id="who-measures">Who measures, and with what</h2>
<p>Eleven gauges stand on the shore. <span class="missing">Seven of them</span> were read by hand until last year.<sup><a class="cite-ref" id="_cite-1-2"
 href="#_source-1" aria-label="Source 1">1</a></sup></p>
<ul><li>Hale, at the pier: read every hour.</li><li>Northmarch, at the mill: read every day, by the
miller.</li><li>The others: when somebody passes.</li></ul>
<h3 id="what-a-gauge-costs">What a gauge costs</h3>
<p>About as much as a small boat, and it lasts longer.</p>
@chart@
<h2 id="the-other-view">The other view</h2>
<p>The mills hold that an order by age rewards whoever wasted first. They would rather pay.</p>
<h2 id="what-we-do-not-know">What we do not know</h2>
<p>Whether the hospital’s well, which is not in the draft, reaches the same water.</p>
""".replace("@chart@", CHART)

EVERYTHING = """\
<h2 id="words">Words</h2>
<p><strong>Strong</strong>, <em>em</em>, <del>gone</del>, <ins>new</ins>, <mark>marked</mark>,
<code>a_name</code>, <kbd>Ctrl</kbd>, <abbr title="Lake Oren Survey">LOS</abbr>, H<sub>2</sub>O,
<small>small</small>, <q>quoted</q> and a footnote.<sup id="_noteref-1-1"><a class="footnote-ref"
 href="#_note-1" aria-label="Note 1">1</a></sup> A word far too long for a line:
Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft.</p>
<h3 id="lists">Lists</h3>
<ol start="3"><li>Three</li><li><p>Four, with a paragraph.</p><ul><li>Nested</li></ul></li></ol>
<ul class="task-list"><li class="task-list-item"><input
 type="checkbox" disabled="" checked="" aria-label="Done"> A task</li><li class="task-list-item"><input
 type="checkbox" disabled="" aria-label="To do"> Another</li></ul>
<dl><dt>Floor</dt><dd>What a town may always draw.</dd><dt>Mark</dt><dd><p>A line on a gauge.</p></dd></dl>
<h2 id="boxes">Boxes</h2>
<div class="admonition note"><p class="admonition-title">Note</p><p>Read twice.</p></div>
<div class="admonition warning"><p class="admonition-title">Warning</p><p>The pier is closed.</p></div>
<details class="note"><summary>How the gauge works</summary><p>A float, a chain and a drum.</p></details>
<h2 id="code">Code</h2>
<div class="highlight"><pre tabindex="0"><span></span><code><span class="c1"># When is a month dry?</span>
<span class="k">def</span> <span class="nf">dry</span><span class="p">(</span><span class="n">readings</span><span class="p">:</span> <span class="nb">list</span><span class="p">[</span><span class="nb">float</span><span class="p">],</span> <span class="n">mark</span><span class="p">:</span> <span class="nb">float</span> <span class="o">=</span> <span class="mf">2.5</span><span class="p">)</span> <span class="o">-&gt;</span> <span class="nb">bool</span><span class="p">:</span>
    <span class="k">return</span> <span class="nb">all</span><span class="p">(</span><span class="n">r</span> <span class="o">&lt;</span> <span class="n">mark</span> <span class="k">for</span> <span class="n">r</span> <span class="ow">in</span> <span class="n">readings</span><span class="p">[</span><span class="o">-</span><span class="mi">2</span><span class="p">:])</span>  <span class="c1"># a comment so long that the line has to scroll sideways</span>
<span class="gd">- removed</span>
<span class="gi">+ added</span> <span class="s2">&quot;text&quot;</span> <span class="err">?</span>
</code></pre></div>
<h2 id="quotations">Quotations</h2>
<blockquote><p>A plain quotation, in two sentences. This is the second.</p></blockquote>
<p lang="ar" dir="rtl">تسري أولوية السحب متى نزلت قراءتان متتاليتان عن العلامة.</p>
<figure><img src="../../../images/pier.png" alt="A pier in the fog" width="600" height="200"
 loading="lazy"><figcaption>The pier at Hale. Picture: Ada Example.</figcaption></figure>
<hr>
<h3 id="third">A heading of level three</h3>
<h4 id="fourth">A heading of level four</h4>
<p>Under it, a paragraph.</p>
<h5 id="fifth">A heading of level five</h5>
<h6 id="sixth">A heading of level six</h6>
<div class="table" role="region" tabindex="0" aria-label="Gauges">
<table><thead><tr><th scope="col">Gauge</th><th scope="col" align="center">Read</th></tr></thead>
<tbody><tr><th scope="row">Hale</th><td align="center">hourly</td></tr></tbody></table></div>
<div class="footnote"><hr><ol><li id="_note-1"><p>The footnote. <a class="footnote-backref"
 href="#_noteref-1-1" aria-label="Back to the text">↩</a></p></li></ol></div>
"""

ARABIC = """\
<p>يقع المشروع في تسع صفحات ويحسم أمرا واحدا: ترتيب السحب في الشهر الجاف.<sup><a class="cite-ref"
 id="_cite-1-1" href="#_source-1" aria-label="Source 1">1</a></sup></p>
<h2 id="a">من يسحب أولا</h2><p>الأقدم أولا، <span lang="en" dir="ltr">the oldest pump</span>.</p>
<h2 id="b">من يقيس</h2><ul><li>المرفأ</li><li>الطاحونة</li></ul>
<h2 id="c">ما لا نعرفه</h2><blockquote><p>لا نعرف بعد.</p></blockquote>
"""

PLAIN = """\
<p>Every page of this site is a text file in a public folder. Whoever finds a mistake can mend it.</p>
<h2 id="mend">Mend a mistake</h2>
<p>Follow “Suggest a correction” on the page, change the text, and say what you changed.</p>
<h2 id="add">Add a source</h2>
<p>A document that everybody can read is worth more than two that nobody can.</p>
<h2 id="propose">Propose a briefing</h2>
<p>Write the summary first. If it takes more than three sentences, it is two briefings.</p>
"""
