import { describe, expect, test } from 'vitest';
import { SeedWithheld } from '../../../../functions/core/article.ts';
import { findRejection, readHtmlSeed } from '../html/html-seed.ts';
import { parseTestSeed } from '../parse-test-seed.ts';

const first =
  'The new lock of the canal was opened on Friday by the mayor of the town, who rode through it in a rowing boat with her two sons and a dog.';
const second =
  'It is the first new lock in forty years, and the keeper expects some three thousand boats a year to go through it, most of them in summer.';

const wordPage = (body: string, notes = ''): string => `<html xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=ProgId content=Word.Document>
<meta name=Generator content="Microsoft Word 15"><title>lock final v3</title>
<style><!-- p.MsoNormal {margin:0cm;} @page WordSection1 {size:595.3pt 841.9pt;} --></style></head>
<body lang=EN-GB style='tab-interval:36.0pt'><div class=WordSection1>${body}</div>${notes}</body></html>`;

const listItem = (level: number, marker: string, text: string): string =>
  `<p class=MsoListParagraphCxSpMiddle style='margin-left:${level * 36}.0pt;mso-add-space:auto;text-indent:-18.0pt;mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>${marker}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>${text}<o:p></o:p></p>`;

describe('Word', () => {
  test('title, by-line and date line are fields, and all else is the article', () => {
    const article = readHtmlSeed(
      wordPage(`<p class=MsoTitle>A new lock</p><p class=MsoSubtitle>The first in forty years</p>
        <p class=MsoNormal>By Ada Brandt</p><p class=MsoNormal>20 May 2026</p>
        <p class=MsoNormal>${first}</p><h1>Who pays</h1><p class=MsoNormal>${second}</p>
        <table class=MsoTableGrid><tr><td><p class=MsoNormal>Share on Facebook</p></td><td><p class=MsoNormal>two</p><p class=MsoNormal>or three</p></td></tr></table>
        <p class=MsoNormal>Read more</p>`),
    );
    expect(article).toMatchObject({
      title: 'A new lock',
      summary: 'The first in forty years',
      authors: ['Ada Brandt'],
      published: { at: '2026-05-19T23:00:00.000Z', dateOnly: true },
      text: [first, 'Who pays', second, 'Share on Facebook | two\nor three', 'Read more'].join('\n\n'),
    });
    expect(article.cut).toEqual([
      { text: 'The first in forty years', reason: 'subtitle' },
      { text: 'By Ada Brandt', reason: 'by-line' },
      { text: '20 May 2026', reason: 'date line' },
    ]);
  });

  test('list paragraphs are nested lists, with the numbers that they begin with', () => {
    const items = [
      listItem(1, '·', 'boats'),
      listItem(2, 'o', 'rowing boats'),
      listItem(2, 'o', 'barges'),
      listItem(1, '·', 'swans'),
    ];
    const steps = [listItem(1, '3.', 'open the gate'), listItem(2, 'a)', 'slowly'), listItem(1, '4.', 'close it')];
    const { html } = readHtmlSeed(
      wordPage(
        `<p class=MsoTitle>A new lock</p><p class=MsoNormal>${first}</p>${items.join('\n')}<p class=MsoNormal>${second}</p>${steps.join('\n')}`,
      ),
    );
    expect(html.replaceAll('\n', '')).toContain(
      '<ul><li>boats<ul><li>rowing boats</li><li>barges</li></ul></li><li>swans</li></ul>',
    );
    expect(html.replaceAll('\n', '')).toContain(
      '<ol start="3"><li>open the gate<ol type="a"><li>slowly</li></ol></li><li>close it</li></ol>',
    );
  });

  test('comments and deletions of editors are cut, and hidden text with them', () => {
    const article = readHtmlSeed(
      wordPage(
        `<p class=MsoTitle>A new lock</p><p class=MsoNormal>${first} <a style='mso-comment-reference:BL_1;mso-comment-date:20260520T1015'>Nobody</a><span class=MsoCommentReference><span style='font-size:8.0pt'><a class=msocomanchor id="_anchor_1" href="#_msocom_1" name="_msoanchor_1">[BL1]</a><span style='mso-special-character:comment'>&nbsp;</span></span></span> fell in<span class=msoDel><del cite="mailto:Bo%20Lind" datetime="2026-05-20T10:15">, said the drunk keeper</del></span><span class=msoIns><ins cite="mailto:Bo%20Lind" datetime="2026-05-20T10:15">, said the keeper</ins></span>.<span style='display:none;mso-hide:all'>Not for print</span></p>`,
        `<div style='mso-element:comment-list'><hr class=msocomoff align=left size=1 width="33%"><div style='mso-element:comment'><div id="_com_1" class=msocomtxt language=JavaScript><a name="_msocom_1"></a><p class=MsoCommentText><span class=MsoCommentReference><a class=msocomoff href="#_msoanchor_1">[BL1]</a></span>Was he really drunk?</p></div></div></div>`,
      ),
    );
    expect(article.text).toBe(`${first} Nobody fell in, said the keeper.`);
    expect(article.cut).toEqual(
      expect.arrayContaining([
        { text: '[BL1]Was he really drunk?', reason: "editor's comment" },
        { text: ', said the drunk keeper', reason: "editor's deletion" },
        { text: 'Not for print', reason: 'hidden text' },
      ]),
    );
  });

  test('footnotes, a caption and code', () => {
    const { html, summary, text } = readHtmlSeed(
      wordPage(
        `<p class=MsoTitle>A new lock</p><p class=MsoNormal>${first}<a style='mso-footnote-id:ftn1' href="#_ftn1" name="_ftnref1" title=""><span class=MsoFootnoteReference><span style='mso-special-character:footnote'><![if !supportFootnotes]>[1]<![endif]></span></span></a></p>
        <p class=MsoNormal><img width=604 height=403 src="lock_files/image001.jpg" alt="The lock"></p><p class=MsoCaption>Figure 1: the lock</p>
        <p class=MsoCaption>Table 1: boats</p><table class=MsoTableGrid><tr><td><p class=MsoNormal>May</p></td><td><p class=MsoNormal>300</p></td></tr></table>
        <p class=MsoNormal><span style='font-family:"Courier New"'>open gate</span></p><p class=MsoNormal><span style='font-family:"Courier New"'>close gate</span></p><p class=MsoNormal>${second}</p>`,
        `<div style='mso-element:footnote-list'><br clear=all><hr align=left size=1 width="33%"><div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1" title=""><span class=MsoFootnoteReference>[1]</span></a> Minutes of the council.</p><p class=MsoFootnoteText>Second part.</p></div></div>`,
      ),
    );
    const plain = html.replaceAll('\n', '');
    expect(plain).toContain('<sup><a id="seed-fnref-1" href="#seed-fn-1">[1]</a></sup>');
    expect(plain).toContain(
      '<li id="seed-fn-1"><p>Minutes of the council.</p><p>Second part. <a href="#seed-fnref-1">↩︎</a></p></li>',
    );
    expect(plain).toMatch(
      /<figure><img src="[^"]*image001.jpg" alt="The lock" width="604" height="403" \/><figcaption>Figure 1: the lock<\/figcaption><\/figure>/,
    );
    expect(plain).toContain('<table><caption>Table 1: boats</caption>');
    expect(html).toContain('<pre><code>open gate\nclose gate</code></pre>');
    expect(text.match(/<hr|\[1\]/g)).toHaveLength(1);
    expect(summary).not.toContain('figure');
  });

  test('without a title of its own style, a first line that stands out is the headline', () => {
    const article = readHtmlSeed(
      wordPage(
        `<p class=MsoNormal align=center><b><span style='font-size:16.0pt'>A new lock</span></b></p><p class=MsoNormal>${first}</p>`,
      ),
    );
    expect(article).toMatchObject({ title: 'A new lock', text: first });
  });
});

const googleDocument = (body: string): string =>
  `<html><head><meta content="text/html; charset=UTF-8" http-equiv="content-type"><style type="text/css">ul.lst-kix_a1b2-0{list-style-type:none}.lst-kix_a1b2-0 > li:before{content:"\\0025cf  "}ol{margin:0;padding:0}.c1{color:#000000;font-weight:400;text-decoration:none;vertical-align:baseline;font-size:11pt;font-family:"Arial";font-style:normal}.c3{font-weight:700}.c4{font-style:italic}.c6{font-family:"Courier New"}.c9{background-color:#ffffff;max-width:451.4pt}</style></head><body class="c9 doc-content">${body}</body></html>`;

describe('Google Docs', () => {
  test('title, nested lists, emphasis by class, and links without their wrapper', () => {
    const article = readHtmlSeed(
      googleDocument(
        `<p class="c0 title" id="h.abc"><span class="c1">A new lock</span></p><p class="c0 subtitle" id="h.def"><span class="c1">The first in forty years</span></p><p class="c0"><span class="c1">${first} It was </span><span class="c3">full</span><span class="c1"> and </span><span class="c4 c3">loud</span><span class="c1">, says </span><span class="c2"><a class="c5" href="https://www.google.com/url?q=https://quay.example/lock?a%3D1%26b%3D2&amp;sa=D&amp;source=editors&amp;ust=1764000000000000&amp;usg=AOvVaw0abc">the paper</a></span><span class="c1">.</span></p><ul class="c7 lst-kix_a1b2-0 start"><li class="c0 li-bullet-0"><span class="c1">boats</span></li></ul><ul class="c7 lst-kix_a1b2-1 start"><li class="c8 li-bullet-0"><span class="c1">barges</span></li></ul><ul class="c7 lst-kix_a1b2-0"><li class="c0 li-bullet-0"><span class="c1">swans</span></li></ul>`,
      ),
    );
    expect(article).toMatchObject({ title: 'A new lock', summary: 'The first in forty years' });
    expect(article.html).toContain('<strong>full</strong>');
    expect(article.html).toMatch(/<(strong|em)><(strong|em)>loud<\/\2><\/\1>/);
    expect(article.html).toContain('<a href="https://quay.example/lock?a=1&amp;b=2" rel="noopener">the paper</a>');
    expect(article.html).toContain('<ul><li>boats<ul><li>barges</li></ul></li><li>swans</li></ul>');
  });

  test('footnotes stay, comments are cut', () => {
    const article = readHtmlSeed(
      googleDocument(
        `<p class="c0 title"><span>A new lock</span></p><p class="c0"><span class="c1">${first}</span><sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup><sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p><hr class="c11"><div><p class="c0"><a href="#ftnt_ref1" id="ftnt1">[1]</a><span class="c1">&nbsp;Minutes of the council.</span></p></div><div class="c14"><p class="c0"><a href="#cmnt_ref1" id="cmnt1">[a]</a><span class="c1">Was he really drunk?</span></p><p class="c0"><span class="c1">I think so.</span></p></div>`,
      ),
    );
    expect(article.html).toContain(
      '<li id="seed-fn-1"><p>Minutes of the council. <a href="#seed-fnref-1">↩︎</a></p></li>',
    );
    expect(article.text).not.toMatch(/drunk|I think so|\[a\]/);
    expect(article.cut.filter(({ reason }) => reason === "editor's comment").map(({ text }) => text)).toEqual(
      expect.arrayContaining(['[a]Was he really drunk?', 'I think so.']),
    );
  });

  test('lines in a monospace font are code', () => {
    const { html } = readHtmlSeed(
      googleDocument(
        `<p class="c0 title"><span>A new lock</span></p><p class="c0"><span class="c1">${first} Call </span><span class="c6">open()</span><span class="c1"> first.</span></p><p class="c0"><span class="c6">open()</span></p><p class="c0"><span class="c6">&nbsp; close()</span></p>`,
      ),
    );
    expect(html).toContain('Call <code>open()</code> first.');
    expect(html).toContain('<pre><code>open()\n  close()</code></pre>');
  });
});

test('LibreOffice: fields of the document, footnotes, page header, comments', () => {
  const article = readHtmlSeed(
    `<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"/><title></title><meta name="generator" content="LibreOffice 7.6.4.1 (Linux)"/><meta name="author" content="Ada Brandt"/><meta name="created" content="2026-05-20T10:15:30.123456789"/><meta name="changed" content="2026-05-21T09:00:00"/><style type="text/css">p { line-height: 115% } a.sdfootnoteanc { font-size: 57% }</style></head><body lang="en-GB" dir="ltr"><div title="header"><p>Draft of the week</p></div><p class="title">A new lock</p><p class="subtitle">The first in forty years</p><p>${first}<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a> <del cite="Bo" datetime="2026-05-20T10:15:00">Nonsense.</del></p><h1 class="western">Who pays</h1><p>${second}</p><div id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym" href="#sdfootnote1anc">1</a>Minutes of the council.</p></div></body></html>`,
  );
  expect(article).toMatchObject({
    title: 'A new lock',
    summary: 'The first in forty years',
    authors: ['Ada Brandt'],
    published: { at: '2026-05-20T09:15:30.000Z' },
  });
  expect(article.html).toContain('Minutes of the council. <a href="#seed-fnref-1">');
  expect(article.cut).toEqual(
    expect.arrayContaining([
      { text: 'Draft of the week', reason: 'page header or footer' },
      { text: 'Nonsense.', reason: "editor's deletion" },
    ]),
  );
  expect(article.text).not.toContain('Nonsense');
});

test('pandoc: title block, table of contents, sections, code and notes', () => {
  const article = readHtmlSeed(
    `<!DOCTYPE html><html lang="en"><head><meta name="generator" content="pandoc"/><meta name="author" content="Ada Brandt"/><title>A new lock</title></head><body><header id="title-block-header"><h1 class="title">A new lock</h1><p class="author">Ada Brandt</p><p class="author">Bo Lind</p><p class="date">20 May 2026</p></header><nav id="TOC" role="doc-toc"><ul><li><a href="#who">Who pays</a></li></ul></nav><p>${first}<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a></p><section id="who"><h1>Who pays</h1><p>${second}</p><ul class="task-list"><li><label><input type="checkbox" checked="" />open</label></li><li><label><input type="checkbox" />close</label></li></ul><div class="sourceCode" id="cb1"><pre class="sourceCode numberSource sh"><code class="sourceCode bash"><span id="cb1-1"><a href="#cb1-1"></a>open <span class="at">-f</span></span>\n<span id="cb1-2"><a href="#cb1-2"></a>close</span></code></pre></div></section><section id="footnotes" class="footnotes" role="doc-endnotes"><hr/><ol><li id="fn1"><p>Minutes.<a href="#fnref1" class="footnote-back">↩︎</a></p></li></ol></section></body></html>`,
  );
  expect(article).toMatchObject({
    title: 'A new lock',
    authors: ['Ada Brandt', 'Bo Lind'],
    published: { at: '2026-05-19T23:00:00.000Z', dateOnly: true },
    text: [`${first}[1]`, 'Who pays', second, '- ☑ open\n- ☐ close', 'open -f\nclose', '---', ' 1. Minutes.'].join(
      '\n\n',
    ),
  });
  expect(article.cut.map(({ reason }) => reason)).toEqual(['table of contents', 'by-line', 'by-line', 'date line']);
});

const notionPage = (properties: string): string =>
  `<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"/><title>A new lock</title></head><body><article id="2f3" class="page sans"><header><div class="page-header-icon undefined"><span class="icon">⚓</span></div><h1 class="page-title">A new lock</h1><p class="page-description"></p><table class="properties"><tbody>${properties}</tbody></table></header><div class="page-body"><p id="1" class="">${first}</p><ul id="2" class="bulleted-list"><li style="list-style-type:disc">boats</li></ul><ul id="3" class="bulleted-list"><li style="list-style-type:disc">swans</li></ul><ol type="1" id="4" class="numbered-list" start="1"><li>open</li></ol><ol type="1" id="5" class="numbered-list" start="2"><li>close</li></ol><ul id="6" class="to-do-list"><li><div class="checkbox checkbox-on"></div> <span class="to-do-children-checked">row</span></li></ul><pre id="7" class="code"><code class="language-Bash">open
close</code></pre><figure id="8" class="image"><a href="lock/a.png"><img style="width:600px" src="lock/a.png"/></a><figcaption>The lock</figcaption></figure></div></article><span class="sans" style="font-size:14px;padding-top:2em"></span></body></html>`;

describe('Notion', () => {
  test('title and properties are fields; lists of one item each are one list', () => {
    const article = readHtmlSeed(
      notionPage(
        '<tr class="property-row property-row-person"><th><span class="icon property-icon"></span>Author</th><td><span class="user">Ada Brandt</span></td></tr><tr class="property-row property-row-date"><th>Date</th><td><time>@May 20, 2026</time></td></tr><tr class="property-row property-row-multi_select"><th>Tags</th><td><span class="selected-value select-value-color-blue">Canals</span><span class="selected-value">Boats</span></td></tr><tr class="property-row property-row-status"><th>Status</th><td><span class="status-value"><div class="status-dot"></div>Published</span></td></tr>',
      ),
    );
    expect(article).toMatchObject({
      title: 'A new lock',
      authors: ['Ada Brandt'],
      published: { at: '2026-05-19T23:00:00.000Z', dateOnly: true },
      topics: ['Canals', 'Boats'],
      text: [first, '- boats\n- swans', ' 1. open\n 2. close', '- ☑ row', 'open\nclose'].join('\n\n'),
    });
    expect(article.html).toContain('<figcaption>The lock</figcaption>');
    expect(article.cut).toContainEqual({ text: 'Tags: Canals, Boats', reason: 'page property' });
  });

  test('a status of draft keeps the page off the site', () => {
    const html = notionPage(
      '<tr class="property-row property-row-select"><th>Status</th><td><span class="selected-value">Draft</span></td></tr>',
    );
    expect(findRejection(html)).toBeInstanceOf(SeedWithheld);
  });
});

test('Apple: the larger first line is the headline, and empty paragraphs go', () => {
  const article = readHtmlSeed(
    `<!DOCTYPE html PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd"><html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title></title><meta name="Generator" content="Cocoa HTML Writer"><meta name="CocoaVersion" content="2299.7"><style type="text/css">p.p1 {margin: 0.0px 0.0px 0.0px 0.0px; font: 24.0px 'Helvetica Neue'} p.p2 {font: 12.0px 'Helvetica Neue'; min-height: 14.0px} p.p3 {font: 12.0px 'Helvetica Neue'} span.s1 {font: 12.0px Menlo} span.s2 {font: bold 12.0px 'Helvetica Neue'}</style></head><body><p class="p1">A new lock</p><p class="p2"><br></p><p class="p3">By Ada Brandt</p><p class="p2"><br></p><p class="p3">${first}<span class="Apple-converted-space"> </span> It was <span class="s2">full</span>.</p><ul class="ul1"><li class="li3">boats</li></ul><p class="p3"><span class="s1">open -f</span></p></body></html>`,
  );
  expect(article).toMatchObject({ title: 'A new lock', authors: ['Ada Brandt'] });
  expect(article.text).toBe([`${first} It was full.`, '- boats', 'open -f'].join('\n\n'));
  expect(article.html).toContain('<strong>full</strong>');
  expect(article.html).toContain('<pre><code>open -f</code></pre>');
});

test('Medium: the title stands once, fields come from the footer', () => {
  const article = readHtmlSeed(
    `<!DOCTYPE html><html><head><title>A new lock</title></head><body><article class="h-entry"><header><h1 class="p-name">A new lock</h1></header><section data-field="subtitle" class="p-summary">The first in forty years</section><section data-field="body" class="e-content"><section name="9a" class="section section--body section--first"><div class="section-divider"><hr class="section-divider"></div><div class="section-content"><h3 name="c1" class="graf graf--h3 graf--leading graf--title">A new lock</h3><h4 class="graf graf--h4 graf--subtitle">The first in forty years</h4><p class="graf graf--p">${first}</p><pre class="graf graf--pre"><span class="pre--content">open<br>close</span></pre><h3 class="graf graf--h3">Who pays</h3><p class="graf graf--p graf--trailing">${second}</p></div></section></section><footer><p>By <a href="https://medium.com/@ada" class="p-author h-card">Ada Brandt</a> on <a href="https://medium.com/p/9a"><time class="dt-published" datetime="2026-05-20T10:15:30.123Z">May 20, 2026</time></a>.</p><p>Exported from <a href="https://medium.com">Medium</a> on May 27, 2026.</p></footer></article></body></html>`,
  );
  expect(article).toMatchObject({
    title: 'A new lock',
    summary: 'The first in forty years',
    authors: ['Ada Brandt'],
    published: { at: '2026-05-20T10:15:30.000Z', dateOnly: false },
    text: [first, 'open\nclose', 'Who pays', second].join('\n\n'),
  });
  expect(article.cut.map(({ text }) => text)).toContain('Exported from Medium on May 27, 2026.');
});

test('Substack and Ghost: the text is where the tool puts it, boxes in it are cut', () => {
  const substack = readHtmlSeed(
    `<title>A new lock - by Ada Brandt</title><div class="single-post"><article class="newsletter-post post"><div class="post-header"><h1 class="post-title published">A new lock</h1><h3 class="subtitle">The first in forty years</h3></div><div class="available-content"><div class="body markup"><p>${first}<a class="footnote-anchor" id="footnote-anchor-1-1" href="#footnote-1-1">1</a></p><div class="subscription-widget-wrap"><p>Thanks for reading!</p></div><p>${second}</p><div class="footnote"><a id="footnote-1-1" href="#footnote-anchor-1-1" class="footnote-number">1</a><div class="footnote-content"><p>Minutes.</p></div></div></div></div></article><div class="comments-page"><p>${second}</p></div></div>`,
  );
  expect(substack).toMatchObject({ title: 'A new lock', summary: 'The first in forty years' });
  expect(substack.text).toBe([`${first}[1]`, second, '---', ' 1. Minutes.'].join('\n\n'));
  expect(substack.cut).toContainEqual({ text: 'Thanks for reading!', reason: 'subscription box' });

  const ghost = readHtmlSeed(
    `<meta name="generator" content="Ghost 5.74"><nav><a href="/">Home</a></nav><article class="gh-article"><header><h1 class="gh-article-title">A new lock</h1><h4 class="gh-article-author-name"><a href="/author/ada">Ada Brandt</a></h4><time class="gh-article-meta-date" datetime="2026-05-20">May 20, 2026</time></header><section class="gh-content"><p>${first}</p><div class="kg-card kg-signup-card"><p>Sign up</p></div><p>${second}</p></section></article><footer>Powered by Ghost</footer>`,
  );
  expect(ghost).toMatchObject({ title: 'A new lock', authors: ['Ada Brandt'], text: `${first}\n\n${second}` });
  expect(ghost.published?.at).toContain('2026-05-19T23');
});

test('a page of a site that was made with pandoc or Word is no export: its menu is cut', () => {
  const article = readHtmlSeed(
    `<meta name="generator" content="pandoc"><nav><a href="/">Home</a> <a href="/b">Boats</a></nav><h1>A new lock</h1><p>${first}</p><p>${second}</p><footer>© Ada</footer>`,
  );
  expect(article.text).toBe(`${first}\n\n${second}`);
});

test('exports of Substack and Ghost that have the text alone are read whole, as are tables in notes of Apple', () => {
  const substack = parseTestSeed(
    'a.html',
    '<div class="captioned-image-container"><figure><img src="https://a.example/q.png"></figure></div><h1>The ferry</h1><p>It sails.</p><div class="subscription-widget-wrap"><div class="subscription-widget"><p>Thanks!</p><form class="subscription-widget-subscribe"><input></form></div></div><p>It is late.</p>',
  );
  expect(substack.text).toBe('It sails.\n\nIt is late.');
  const ghost = parseTestSeed(
    'a.html',
    '<h1>The ferry</h1><p>It sails.</p><figure class="kg-card kg-bookmark-card"><a href="https://a.example/"><div>Example</div></a></figure>',
  );
  expect(ghost.html).toContain('<a href="https://a.example/" rel="noopener"><div>Example</div></a>');
  const notes = parseTestSeed(
    'a.html',
    '<div><h1>The ferry</h1></div><div>It sails.</div><div><object><table><tbody><tr><td>a</td><td>b</td></tr></tbody></table></object></div>',
  );
  expect(notes.text).toContain('a | b');
});
