import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createUrlResolver } from '../../../../functions/core/article/body/url-resolver.ts';

const resolve = createUrlResolver({ key: '2024/ha rbour.md', site: 'https://news.example' });

describe('resolveUrl', () => {
  test.each([
    ['https://a.example/c d', 'https://a.example/c%20d'],
    ['//a.example/x', 'https://a.example/x'],
    ['mailto:editor@a.example', 'mailto:editor@a.example'],
    ['/subscribe', 'https://news.example/subscribe'],
    ['../topics/trade', 'https://news.example/topics/trade'],
    ['another-story', 'https://news.example/articles/another-story'],
    ['chart.PNG', 'https://news.example/images/2024/chart.PNG'],
  ])('a link to %s leads to %s', (url, address) => {
    expect(resolve(url, 'link')).toBe(address);
  });

  test.each([
    ['https://www.google.com/url?q=https://a.example/x?y%3D1%26z%3D2&sa=D&usg=abc', 'https://a.example/x?y=1&z=2'],
    ['https://www.google.com/url?sa=t&url=https%3A%2F%2Fa.example%2Fx', 'https://a.example/x'],
    ['https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.example%2Fx&data=05', 'https://a.example/x'],
    ['https://l.facebook.com/l.php?u=https%3A%2F%2Fa.example%2Fx&h=AT0', 'https://a.example/x'],
    ['https://www.google.com/url?q=javascript:alert(1)&sa=D', 'https://www.google.com/url?q=javascript:alert(1)&sa=D'],
    ['https://www.google.com/search?q=https://a.example/', 'https://www.google.com/search?q=https://a.example/'],
  ])('a link through %s leads to %s', (url, address) => {
    expect(resolve(url, 'link')).toBe(address);
  });

  test.each([
    ['boat.jpg', 'https://news.example/images/2024/boat.jpg'],
    ['../boat.jpg', 'https://news.example/images/boat.jpg'],
    ['../../../../boat.jpg', 'https://news.example/images/boat.jpg'],
    ['pics/my%20boat ä+1.png?w=300#x', 'https://news.example/images/2024/pics/my%20boat%20%C3%A4%2B1.png'],
    ['/pics/boat.png', 'https://news.example/images/pics/boat.png'],
    ['/images/pics/boat.png', 'https://news.example/images/pics/boat.png'],
    ['https://a.example/picture', 'https://a.example/picture'],
    ['boat #1.jpg', 'https://news.example/images/2024/boat%20%231.jpg'],
    ['what?.jpg', 'https://news.example/images/2024/what%3F.jpg'],
    ['pics\\boat.png', 'https://news.example/images/2024/pics/boat.png'],
    ['Gro\u0308ße.jpg', 'https://news.example/images/2024/Gr%C3%B6%C3%9Fe.jpg'],
  ])('the image %s is at %s', (url, address) => {
    expect(resolve(url, 'image')).toBe(address);
  });

  test.each([
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    'data:image/png;base64,AA',
    'data:text/html,x',
    'vbscript:x',
    'file:///etc/passwd',
    'blob:https://a.example/x',
    'C:\\boat.png',
    '#part',
    '',
    'http://',
  ])('%s leads nowhere', (url) => {
    expect(resolve(url, 'link')).toBeUndefined();
    expect(resolve(url, 'image')).toBeUndefined();
  });

  test.each(['mailto:a@a.example', 'drawing.svg', 'notes', '..%2f..%2fboat.png', '%2e%2e%2fboat.png', '%E0%A4%A.png'])(
    '%s is no image',
    (url) => {
      expect(resolve(url, 'image')).toBeUndefined();
    },
  );

  test('an image of any name beside a seed in any folder has the address under which it is published', () => {
    const name = fc
      .string({ unit: 'binary', minLength: 1 })
      .filter((s) => !/^\.{1,2}$|[/\p{Cc}]/u.test(s) && s.trim() === s);
    fc.assert(
      fc.property(fc.array(name), name, (folders, file) => {
        const folder = folders.map((part) => `${part}/`).join('');
        const address = createUrlResolver({ key: `${folder}seed.md`, site: 'https://news.example' })(
          `${encodeURIComponent(file)}.png`,
          'image',
        );
        const expected = `${folder}${file}.png`.normalize('NFC').split('/').map(encodeURIComponent).join('/');
        expect(address).toBe(`https://news.example/images/${expected}`);
      }),
    );
  });

  test('gives an http(s) or mailto address, or none, for any text; resolving it again changes nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.string({ unit: 'binary' })), (url) => {
        const address = resolve(url, 'link');
        if (address === undefined) return;
        expect(address).toMatch(/^(?:https?:\/\/|mailto:)/);
        expect(resolve(address, 'link')).toBe(address);
      }),
    );
  });
});
