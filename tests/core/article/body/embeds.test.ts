import { describe, expect, test } from 'vitest';
import { sanitizeBody } from '../../../../functions/core/article/body/sanitize-body.ts';
import { createUrlResolver } from '../../../../functions/core/article/body/url-resolver.ts';
import { parseTestSeed } from '../parse-test-seed.ts';

const resolve = createUrlResolver({ key: '2026/harbour.md', site: 'https://news.example' });
const sanitize = (html: string, language = 'en') => sanitizeBody(html, resolve, { language });

/** The links of a body, as `label → address`. */
const listLinks = (html: string): string[] =>
  Array.from(html.matchAll(/<a href="([^"]*)"[^>]*>([^<]*)<\/a>/g), ([, url, label]) => `${label} → ${url}`);

const read = parseTestSeed;

describe('a film, sound, frame or post becomes a link', () => {
  test.each([
    [
      '<iframe src="https://www.youtube-nocookie.com/embed/AbCdEf12345?start=90" title="The launch"></iframe>',
      'Video on YouTube: The launch → https://www.youtube.com/watch?v=AbCdEf12345&amp;t=90',
    ],
    [
      '<iframe src="//www.youtube.com/embed/AbCdEf12345" title="YouTube video player"></iframe>',
      'Video on YouTube → https://www.youtube.com/watch?v=AbCdEf12345',
    ],
    [
      '<iframe data-src="https://www.youtube.com/embed/videoseries?list=PL0123"></iframe>',
      'Video on YouTube → https://www.youtube.com/playlist?list=PL0123',
    ],
    [
      '<iframe src="https://player.vimeo.com/video/76979871?h=8272103f6e"></iframe>',
      'Video on Vimeo → https://vimeo.com/76979871/8272103f6e',
    ],
    [
      '<iframe title="Spotify Embed: Tide tables" src="https://open.spotify.com/embed/episode/4rOoJ6?utm_source=generator"></iframe>',
      'Audio on Spotify: Tide tables → https://open.spotify.com/episode/4rOoJ6',
    ],
    [
      '<iframe src="https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/gull/horn&color=%23ff5500"></iframe>',
      'Audio on SoundCloud → https://soundcloud.com/gull/horn',
    ],
    [
      '<iframe src="https://embed.podcasts.apple.com/pt/podcast/tides/id1234567890?i=1000"></iframe>',
      'Audio on Apple Podcasts → https://podcasts.apple.com/pt/podcast/tides/id1234567890?i=1000',
    ],
    [
      '<iframe src="https://social.example/@gull/112233445566/embed"></iframe>',
      'Post on Mastodon → https://social.example/@gull/112233445566',
    ],
    [
      '<iframe src="https://embed.bsky.app/embed/did:plc:abc123/app.bsky.feed.post/3kxyz"></iframe>',
      'Post on Bluesky → https://bsky.app/profile/did:plc:abc123/post/3kxyz',
    ],
    [
      '<iframe src="https://cdn.embedly.com/widgets/media.html?src=https%3A%2F%2Fwww.youtube.com%2Fembed%2FAbCdEf12345&url=https%3A%2F%2Fwww.youtube.com%2Fwatch%3Fv%3DAbCdEf12345"></iframe>',
      'Video on YouTube → https://www.youtube.com/watch?v=AbCdEf12345',
    ],
    [
      '<iframe src="https://tides.example/chart/7" title="Tides of today"></iframe>',
      'Embedded page: Tides of today → https://tides.example/chart/7',
    ],
    [
      '<iframe src="https://www.tides.example/chart/7"></iframe>',
      'Embedded page: tides.example → https://www.tides.example/chart/7',
    ],
    [
      '<iframe src="https://band.example/player/1"><a href="https://band.example/album/1">Songs of the sea</a></iframe>',
      'Embedded page: Songs of the sea → https://band.example/album/1',
    ],
    [
      '<object data="https://a.example/plan.pdf" type="application/pdf"></object>',
      'plan.pdf → https://a.example/plan.pdf',
    ],
    ['<embed src="https://a.example/launch.mp4">', 'Video: launch.mp4 → https://a.example/launch.mp4'],
    [
      '<audio src="https://a.example/horn.mp3">Listen to the horn.</audio>',
      'Audio: Listen to the horn. → https://a.example/horn.mp3',
    ],
    [
      '<video title="The launch"><source src="https://a.example/l.mp4">Your browser cannot play this.</video>',
      'Video: The launch → https://a.example/l.mp4',
    ],
    [
      '<amp-youtube data-videoid="AbCdEf12345"></amp-youtube>',
      'Video on YouTube → https://www.youtube.com/watch?v=AbCdEf12345',
    ],
    [
      '<lite-youtube videoid="AbCdEf12345" playlabel="The launch"></lite-youtube>',
      'Video on YouTube: The launch → https://www.youtube.com/watch?v=AbCdEf12345',
    ],
    [
      '<blockquote class="twitter-tweet"><a href="https://twitter.com/gull/status/123"></a></blockquote><script src="x.js"></script>',
      'Post on X → https://twitter.com/gull/status/123',
    ],
    [
      '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/CxYz/?utm_source=ig_embed">A gull</blockquote>',
      'Post on Instagram → https://www.instagram.com/p/CxYz/',
    ],
    [
      '<div class="fb-post" data-href="https://www.facebook.com/gull/posts/123"></div>',
      'Post on Facebook → https://www.facebook.com/gull/posts/123',
    ],
    [
      `<div class="digest-post-embed" data-attrs='{"title":"The gull","canonical_url":"https://gull.example/p/1"}'></div>`,
      'Post: The gull → https://gull.example/p/1',
    ],
    [
      '<script src="https://gist.github.com/gull/0123abcd.js"></script>',
      'Embedded page on GitHub Gist → https://gist.github.com/gull/0123abcd',
    ],
    [
      '<figure class="wp-block-embed"><div class="wp-block-embed__wrapper">\nhttps://youtu.be/AbCdEf12345\n</div></figure>',
      'Video on YouTube → https://www.youtube.com/watch?v=AbCdEf12345',
    ],
    [
      '<p><a href="https://vimeo.com/76979871">https://vimeo.com/76979871</a></p>',
      'Video on Vimeo → https://vimeo.com/76979871',
    ],
    ['<img src="https://a.example/horn.mp3" alt="The horn">', 'Audio: The horn → https://a.example/horn.mp3'],
    [
      '<img src="https://www.youtube.com/watch?v=AbCdEf12345" alt="">',
      'Video on YouTube → https://www.youtube.com/watch?v=AbCdEf12345',
    ],
  ])('%s', (html, link) => {
    expect(listLinks(sanitize(`<div>${html}</div>`).html)).toEqual([link]);
  });

  test('with its still, in a figure with its caption', () => {
    const video =
      '<video poster="https://a.example/l.jpg" src="https://a.example/l.mp4" aria-label="The launch"></video>';
    expect(sanitize(`<figure>${video}<figcaption>At noon</figcaption></figure>`).html).toBe(
      '<figure><a href="https://a.example/l.mp4" rel="noopener"><img src="https://a.example/l.jpg" alt="Video: The launch" /></a>' +
        '<p><a href="https://a.example/l.mp4" rel="noopener">Video: The launch</a></p><figcaption>At noon</figcaption></figure>',
    );
  });

  test('within a sentence, the link stays in the sentence', () => {
    expect(sanitize('<p>Hear <audio src="https://a.example/horn.mp3"></audio> the horn.</p>').html).toMatch(
      /^<p>Hear\s+<a [^>]*>Audio: horn\.mp3<\/a>\s+the horn\.<\/p>$/,
    );
  });

  test.each([
    ['pt-PT', 'Vídeo em YouTube'],
    ['de', 'Video auf YouTube'],
    ['sw', 'Video on YouTube'],
  ])('its words are in the language of the article: %s', (language, label) => {
    expect(sanitize('<iframe src="https://www.youtube.com/embed/AbCdEf12345"></iframe>', language).html).toContain(
      `>${label}</a>`,
    );
  });

  test('of a text in no stated language, they are in the one that is detected, else in the publication’s', () => {
    const frame = '<iframe src="https://www.youtube.com/embed/AbCdEf12345"></iframe>';
    const german =
      'Die Fähre fährt wieder, und die Leute am Kai sind froh, denn sie hatten zwei Jahre auf das Schiff gewartet. '.repeat(
        5,
      );
    expect(sanitizeBody(`<p>${german}</p>${frame}`, resolve, { defaultLanguage: 'fr' }).html).toContain('auf YouTube');
    expect(sanitizeBody(`<p>Ja.</p>${frame}`, resolve, { defaultLanguage: 'fr' }).html).toContain('Vidéo sur YouTube');
  });

  test('invisible frames, players without an address and other forms of a film are listed as cut', () => {
    expect(
      sanitize(
        '<iframe src="https://www.googletagmanager.com/ns.html?id=1" width="0" height="0"></iframe>' +
          '<video></video><p>x</p><video src="https://a.example/l.mp4"><source src="https://a.example/l.webm"><track src="l.vtt"></video>',
      ).cut.map(({ text }) => text),
    ).toEqual(['https://www.googletagmanager.com/ns.html?id=1', 'video', 'https://a.example/l.webm', 'l.vtt']);
  });
});

describe('an article with a film', () => {
  test('in Markdown, in its text and not in its summary', () => {
    const article = read(
      'launch.md',
      '---\ntitle: A launch\n---\n<iframe src="https://www.youtube.com/embed/AbCdEf12345"></iframe>\n\nThe ship went in at noon.\n',
    );
    expect(article.text).toBe('Video on YouTube\n\nThe ship went in at noon.');
    expect(article.summary).toBe('The ship went in at noon.');
  });

  test('in a page, within the story and beside its first paragraph', () => {
    const story = Array.from(
      { length: 6 },
      (_, at) => `<p>Paragraph ${at} of a story about the launch of a ship, which went in at noon.</p>`,
    );
    const frame =
      '<div class="player"><iframe src="https://www.youtube.com/embed/AbCdEf12345" title="The launch"></iframe></div>';
    const page = `<html lang="en"><head><title>A launch</title></head><body>
      <nav><a href="/">Home</a> <a href="/news">News</a> <a href="/sport">Sport</a></nav>
      <div class="ad"><iframe src="https://ads.example/banner"></iframe></div>
      <article><h1>A launch</h1>${frame}${story.slice(0, 3).join('')}
      <p><iframe src="https://tides.example/chart"></iframe></p>${story.slice(3).join('')}</article>
      <footer>All rights reserved. <a href="/imprint">Imprint</a></footer></body></html>`;
    expect(listLinks(read('launch.html', page).html)).toEqual([
      'Video on YouTube: The launch → https://www.youtube.com/watch?v=AbCdEf12345',
      'Embedded page: tides.example → https://tides.example/chart',
    ]);
  });
});
