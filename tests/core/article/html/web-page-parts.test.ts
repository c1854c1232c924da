import { describe, expect, test } from 'vitest';
import { readHtmlSeed } from './html-seed.ts';

const prose =
  'The harbour reopened on Monday after three days of storm, and the first ferry left with every seat taken.';
const story = `<p>${prose}</p><p>${prose}</p>`;

describe('JSON-LD by reference', () => {
  const readGraph = (...graph: unknown[]) =>
    readHtmlSeed(
      `<script type="application/ld+json">${JSON.stringify({ '@context': 'https://schema.org', '@graph': graph })}</script><h1>Harbour open</h1>${story}`,
    );
  const article = { '@type': 'Article', headline: 'Harbour open', datePublished: '2026-05-05' };

  test('picture, author and publisher are those that the ids name', () => {
    const found = readGraph(
      {
        ...article,
        author: { '@id': '#ann' },
        image: { '@id': '#picture' },
        publisher: { '@id': '#quay' },
      },
      { '@type': 'Person', '@id': '#ann', name: 'Ann Lee' },
      { '@type': 'ImageObject', '@id': '#picture', contentUrl: 'https://quay.example/a.jpg' },
      { '@type': 'Organization', '@id': '#quay', name: 'The Quay' },
    );
    expect(found).toMatchObject({
      authors: ['Ann Lee'],
      source: 'The Quay',
      image: { url: 'https://quay.example/a.jpg', alt: '' },
    });
  });

  test('an id that nothing describes is no picture', () => {
    expect(readGraph({ ...article, image: { '@id': 'https://quay.example/#picture' } }).image).toBeUndefined();
  });

  test('a node that refers to itself is read to its end', () => {
    expect(readGraph({ ...article, '@id': '#a', image: { '@id': '#a' }, author: { '@id': '#a' } }).title).toBe(
      'Harbour open',
    );
  });
});

describe('pictures that wait for a script', () => {
  test.each([
    ['<img src="/placeholder.svg" data-lazy-srcset="https://q.example/a-4.jpg 400w, https://q.example/a.jpg 1200w">'],
    ['<img src="data:image/gif;base64,R0lGOD" data-srcset="https://q.example/a.jpg 2x, https://q.example/b.jpg 1x">'],
    ['<amp-img src="https://q.example/a.jpg" width="600" height="400" layout="responsive"></amp-img>'],
    ['<img src="https://q.example/spinner.gif" data-lazyload="https://q.example/a.jpg">'],
    ['<picture><source data-srcset="https://q.example/a.jpg"><img src="data:image/gif;base64,R0lGOD"></picture>'],
    ['<noscript><img src="https://q.example/a.jpg"></noscript>'],
    [
      '<img src="data:image/gif;base64,R0lGOD" srcset="https://q.example/t/w_4,c_fit/a.jpg 4w,https://q.example/a.jpg 8w">',
    ],
  ])('%s', (picture) => {
    const { html } = readHtmlSeed(`<h1>Harbour open</h1><p>${prose}</p>${picture}<p>${prose}</p>`);
    expect(html.match(/<img /g)).toHaveLength(1);
    expect(html).toContain('src="https://q.example/a.jpg"');
  });
});

describe('what asks readers to subscribe is cut within the story', () => {
  const read = (box: string) =>
    readHtmlSeed(
      `<html lang="en"><title>Harbour open</title><article><h1>Harbour open</h1><div class="article-body"><p>${prose}</p>${box}<p>${prose}</p></div></article>`,
    );

  test.each([
    [
      '<div class="paywall-prompt"><h2>Subscribe to keep reading</h2><p>Start your trial.</p><a href="/s">Subscribe now</a></div>',
    ],
    ['<aside class="newsletter-signup"><p>Get our newsletter</p><input type="email"></aside>'],
    [
      '<form action="/s"><h3>The news in your inbox</h3><input type="email" name="email"><button>Sign up</button></form>',
    ],
    ['<div class="abo-box"><p>Jetzt Abonnent werden</p></div>'],
    ['<p>This article is for subscribers only.</p>'],
    ['<p>Article réservé aux abonnés</p>'],
  ])('%s', (box) => {
    const article = read(box);
    expect(article.text).toBe(`${prose}\n\n${prose}`);
    expect(article.cut).not.toEqual([]);
    expect(new Set(article.cut.map(({ reason }) => reason))).toEqual(new Set(['subscription box']));
  });

  test.each([
    [
      'a story about subscribers',
      `<div class="subscriber-content"><p>${prose} ${prose.repeat(20)} The paper has more subscribers than ever.</p></div>`,
    ],
    ['a sentence', '<p>Readers can subscribe to the newsletter of the harbour, the keeper said on Monday.</p>'],
  ])('but not %s', (_, html) => {
    expect(read(html).text.split('\n\n')).toHaveLength(3);
  });
});

test('code is kept as written, without line numbers and buttons', () => {
  const { html } = readHtmlSeed(
    `<h1>Harbour code</h1><p>${prose}</p>
    <figure class="highlight sh"><table><tr><td class="gutter"><pre><span class="line">1</span><br><span class="line">2</span></pre></td><td class="code"><pre><span class="line">open <b>-f</b></span><br><span class="line">  close</span></pre></td></tr></table></figure>
    <div class="code-block"><div class="code-header"><span>js</span><button>Copy</button></div><pre><code><div>let a;</div><div>let b;</div></code></pre></div>
    <pre class="shiki"><code><span class="line">one</span>\n<span class="line">two</span></code></pre><p>${prose}</p>`,
  );
  expect(html.match(/<pre><code>[^<]*<\/code><\/pre>/g)).toEqual([
    '<pre><code>open -f\n  close</code></pre>',
    '<pre><code>let a;\nlet b;</code></pre>',
    '<pre><code>one\ntwo</code></pre>',
  ]);
  expect(html).not.toMatch(/Copy|js</);
});

describe('the story is told from what else has prose', () => {
  const remark = 'I was there with my children, and we saw it all from the wall, which was cold but well worth it.';
  const comments = Array.from(
    { length: 12 },
    (_, index) => `<li class="comment"><cite>Reader ${index}</cite><p>${remark} ${remark}</p></li>`,
  ).join('');

  test.each([
    ['comments', `<div id="comments"><h3>12 comments</h3><ol class="commentlist">${comments}</ol></div>`],
    [
      'a side column',
      `<aside class="sidebar widget-area"><h4>Our columnists</h4><p>${remark} <a href="/c">More</a></p><p>${remark} <a href="/d">More</a></p></aside>`,
    ],
  ])('%s longer than a short story', (_, other) => {
    const article = readHtmlSeed(
      `<html lang="en"><head><title>Harbour open | The Quay</title></head><body><ul class="menu"><li><a href="/">Home</a></li></ul><div class="post"><h1>Harbour open</h1><div class="entry">${story}</div></div>${other}</body></html>`,
    );
    expect(article.text).toBe(`${prose}\n\n${prose}`);
    expect(article.cut.map(({ text }) => text).join('\n')).toContain(remark);
  });
});

describe('the story is told from what is in the same element', () => {
  const paragraphs = [
    'The harbour reopened on Monday after three days of storm, and the first ferry left with every seat taken.',
    'The keeper said that the lamps had been lit all night, and that no boat was lost, though two came in late.',
    'The council will meet on Thursday, she said, to ask who pays for the wall, which has a hole in it.',
    'Until then, boats of more than ten metres have to wait outside, and a pilot brings the smaller ones in.',
  ];
  const read = (inside: string, after = '') =>
    readHtmlSeed(
      `<html lang="en"><head><title>Harbour open | The Quay</title></head><body><ul class="menu"><li><a href="/">Home</a></li><li><a href="/news">News</a></li></ul><div id="column"><h1>Harbour open</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('')}${inside}</div>${after}<div class="foot">© The Quay. All rights reserved.</div></body></html>`,
    );

  test('comments below it, without any markup', () => {
    const remarks = [
      'I was there with my children and we saw it all from the wall which was cold but well worth it.',
      'Who pays for this? We do, as ever, and nobody asks us. I say let the boats pay for the wall.',
      'All sounds good, but think about what the money is really for. The lamps are from last century.',
    ];
    const comments = Array.from({ length: 9 }, (_, index) => `Reader ${index}<br>${remarks[index % 3]}<br><br>`);
    const article = read(`<b>Comments are now closed for this story</b><br><br>${comments.join('')}`);
    expect(article.text).toBe(paragraphs.join('\n\n'));
  });

  test('a second copy of it, for small screens', () => {
    const copy = paragraphs.map((text) => `<p>${text}</p>`).join('');
    const article = read('', `<div class="small-screens"><h2>Harbour open</h2>${copy}</div>`);
    expect(article.text).toBe(paragraphs.join('\n\n'));
  });

  test('summaries of other stories', () => {
    const others = ['Ferry tickets', 'A new pilot', 'Lamps of the north'].map(
      (title, index) =>
        `<div class="item"><h3><a href="/${index}">${title}</a></h3><p>The keeper of the harbour tells what happened in the north, and why it matters to everybody who sails …</p></div>`,
    );
    const article = read('', `<div class="row">${others.join('')}</div>`);
    expect(article.text).toBe(paragraphs.join('\n\n'));
  });
});

test('an author is a person before the site itself', () => {
  const head = `<meta property="og:site_name" content="The Quay"><script type="application/ld+json">${JSON.stringify({ '@type': 'Article', headline: 'Harbour open', author: { '@type': 'Organization', name: 'The Quay' } })}</script>`;
  const read = (byline: string) => readHtmlSeed(`${head}<h1>Harbour open</h1>${byline}${story}`).authors;
  expect(read('<p>By Ann Lee</p>')).toEqual(['Ann Lee']);
  expect(read('')).toEqual(['The Quay']);
});

test('escapes in JSON-LD are read', () => {
  const linked = { '@type': 'Article', headline: 'Ann &amp; Bo&#8217;s harbour', author: 'Ann &amp; Bo' };
  const article = readHtmlSeed(`<script type="application/ld+json">${JSON.stringify(linked)}</script>${story}`);
  expect(article.title).toBe('Ann & Bo’s harbour');
});
