"""Make a site with what citations and metadata are made of: a source, links, answers, checked claims."""

from pathlib import Path

from pelican.plugins.annotated_archive.intake import take_in

from sites import copy_site, project_in, run

FERRY = """<!DOCTYPE html><html lang="en-GB"><head><title>The ferry</title></head><body>
<article class="post"><h1 class="entry-title">The ferry &amp; &lt;/script&gt; “quoted”</h1>
<div class="entry-meta">By <span class="author vcard"><a class="fn">Ann Lee</a></span>
<time class="entry-date" datetime="2010-06-03T09:00:00-04:00">June 3, 2010 9:00 am</time></div>
<div class="entry-content"><p>The ferry sank, says <a href="http://port.example/log?a=1&amp;b=2">the log</a>.</p></div></article>
<div id="comments"><h2>3 Comments</h2><ol class="commentlist">
<li class="comment" id="comment-1"><div class="comment-author vcard"><cite class="fn">Bo Quill</cite></div>
<div class="comment-meta"><a href="#comment-1">June 3, 2010 at 5:04 pm</a></div>
<p>It <a href="https://news.example/ferry">did not</a> sink. &lt;/script&gt;</p>
<ul class="children"><li class="comment" id="comment-2"><div class="comment-author vcard"><cite class="fn">Cy &lt;b&gt;</cite></div>
<div class="comment-meta"><a href="#comment-2">June 4, 2010 at 5:04 pm</a></div><p>It did.</p></li></ul></li>
<li class="comment" id="comment-3"><div class="comment-author vcard"><cite class="fn">دانيال</cite></div>
<div class="comment-meta"><a href="#comment-3">June 5, 2010 at 5:04 pm</a></div><p>Bo Quill, was it you?</p></li>
</ol></div></body></html>"""
NOTES = """
by: D. Roe
date: 2026-11-23
annotations:
  - id: sank
    kind: fact-check
    quote: The ferry sank
    claim: The ferry sank.
    verdict: False; it ran aground.
    checked: 2026-11-20
    sources: [{title: The log, address: "https://port.example/1", archived: "https://web.example/2010/1"}, "https://port.example/2"]
    body: See [the port](https://port.example/3 "a > b").
  - {id: half, kind: fact-check, quote: the log, verdict: Unverified., body: Unknown.}
  - {id: out, kind: cross-reference, in: page, to: "https://port.example/4", body: Elsewhere.}
"""
ABOUT = """---
title: On links
date: 2020-01-02
---

See [a site](https://other.example), and [ours](index.html).
"""


def build_cited_site(folder: Path, settings: str = "", *words: str) -> Path:
    """Build the site in *folder* with more *settings*; return its output folder."""
    copy_site(folder)
    page = folder / "ferry.html"
    page.write_text(FERRY, "utf-8")
    source = "https://blog.example/2010/06/ferry?p=1&q=2"
    take_in(
        project_in(folder),
        [page],
        slug="ferry",
        source=source,
        time_zone="America/New_York",
        captured="2011-03-02",
    )
    (folder / "content/annotations/ferry.yaml").write_text(NOTES, "utf-8")
    (folder / "content/editors.yaml").write_text(
        "editors:\n  - name: D. Roe\n  - name: The editors\n"
    )
    (folder / "content/pages/links.md").write_text(
        ABOUT.replace("[ours](index.html)", "us"), "utf-8"
    )
    conf = folder / "pelicanconf.py"
    conf.write_text(f"{conf.read_text('utf-8')}\n{settings}\n", "utf-8")
    result = run(folder, *(words or ("build",)))
    assert 0 == result.returncode, result.stderr
    return folder / "output"
