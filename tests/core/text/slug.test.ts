import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fingerprint } from '../../../functions/core/identity.ts';
import { toNameSlug, toSlug } from '../../../functions/core/text/slug.ts';

const toTopicSlug = (name: string): string => toNameSlug(name, fingerprint);

describe('the slug of a title', () => {
  test.each([
    ['The night ferry', 'the-night-ferry'],
    ['Straße nach Łódź', 'strasse-nach-lodz'],
    ['Người Việt ở Hà Nội', 'nguoi-viet-o-ha-noi'],
    ['ISPARTA’DA kış', 'isparta-da-kis'],
    ['Объект на причале', 'obyekt-na-prichale'],
    ['C++ and C#', 'c-plus-plus-and-c-sharp'],
    ['Route #1 and #٢', 'route-1-and-2'],
    ['Issue #12', 'issue-12'],
    ['🚢 Ferry 🌊', 'ferry'],
    ['ﬁnal', 'final'],
    // A title with one letter that cannot be transliterated keeps its own letters, all of them.
    ['เปิดตัว iPhone ในกรุงเทพ', 'เปิดตัว-iphone-ในกรุงเทพ'],
    ['iPhone 发布会', 'iphone-发布会'],
    ['हिन्दी में Google', 'हिन्दी-में-google'],
    ['שלום Tel Aviv', 'שלום-tel-aviv'],
    ['한국 K-pop', '한국-k-pop'],
    ['東京でCOP開催', '東京でcop開催'],
    ['ἄνθρωπος', 'ἄνθρωπος'],
    ['می\u200cخواهم Google', 'my-khwahm-google'],
    ['क्\u200dष Google', 'क्\u200dष-google'],
    ['ქართული Ⴆ', 'ქართული-ⴆ'],
    ['\u0301\u200d', 'fallback'],
    ['🚢', 'fallback'],
    ['', 'fallback'],
  ])('%s', (title, slug) => {
    expect(toSlug(title, 'fallback')).toBe(slug);
  });

  test('a long one is cut at a word where there is one, never within a letter and its marks', () => {
    expect(toSlug(`${'harbour '.repeat(12)}`, '')).toBe(`${'harbour-'.repeat(9)}harbour`);
    expect(toSlug('漢'.repeat(500), '')).toBe('漢'.repeat(80));
    expect(toSlug('สำ'.repeat(200), '')).toMatch(/^(สำ)+$/);
  });

  test('no letter of any script is lost', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (title) => {
        const slug = toSlug(title, '');
        expect(Buffer.byteLength(slug)).toBeLessThanOrEqual(240);
        expect(slug).toBe(slug.normalize('NFC'));
        expect(slug).not.toMatch(/^-|-$|--|[\s/?#%]/);
        const isAscii = /^[a-z0-9-]*$/.test(slug);
        const letters = title.normalize('NFC').toLowerCase().normalize('NFC').match(/\p{L}/gu) ?? [];
        if (!isAscii && slug.length < 60) for (const letter of letters) expect(slug).toContain(letter);
      }),
    );
  });
});

describe('the slug of a topic or author', () => {
  test.each([
    ['Night ferries', 'night-ferries'],
    ['Ana Reis', 'ana-reis'],
    ['Müller', 'müller'],
    ['北京', '北京'],
    ['J. R. O’Neil', 'j-r-o-neil'],
    ['Hip-hop', 'hip-hop'],
  ])('%s', (name, slug) => {
    expect(toTopicSlug(name)).toBe(slug);
  });

  test('different names have different ones', () => {
    const names = [
      ...[
        'C',
        'C++',
        'C#',
        'C*',
        '.NET',
        'NET',
        'Müller',
        'Muller',
        'Mueller',
        '北京',
        '南京',
        'São',
        'Sao',
        'ß',
        'ss',
      ],
      ...['Погода', 'Pogoda', 'ё', 'е', '🚢', '🛥', 'Ferries 🚢', 'Ferries', 'ı', 'i', 'R&D', 'RD', 'x²', 'x2'],
      ...['a'.repeat(120), 'a'.repeat(121), '漢'.repeat(120), '漢'.repeat(121), 'क', 'कि', 'شعر', 'شِعر', '50%', '50'],
    ];
    expect(new Set(names.map(toTopicSlug)).size).toBe(names.length);
  });

  test('a name in another case or normalization has the same one', () => {
    for (const name of ['Müller', 'Ångström', 'Ελλάδα', 'Việt Nam', 'İstanbul', 'C++', 'Ferries 🚢'])
      for (const other of [name.toUpperCase(), name.toLowerCase(), name.normalize('NFD')])
        expect(toTopicSlug(other), other).toBe(toTopicSlug(name));
  });

  test('whatever two names differ in besides case, blanks, hyphens and joiners that join nothing, their slugs do', () => {
    const name = fc.string({
      unit: fc.oneof(
        fc.constantFrom(...'aAbé漢क\u0301-+#&/% 🚢\u200c'),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
      ),
      minLength: 1,
      maxLength: 6,
    });
    const simplify = (text: string) =>
      text
        .normalize('NFC')
        .toLowerCase()
        .normalize('NFC')
        .replace(/[+#&]/g, ' $& ')
        .replace(/(?<![\p{L}\p{M}])[\u200c\u200d]+/gu, '-')
        .replace(/[\u200c\u200d]+(?![\p{L}\p{M}\p{N}])/gu, '')
        .replace(/[\s\p{Pd}_.'’]+/gu, '-')
        .replace(/^-|-$/g, '');
    fc.assert(
      fc.property(name, name, (a, b) => {
        fc.pre(simplify(a) !== simplify(b));
        expect(toTopicSlug(a)).not.toBe(toTopicSlug(b));
      }),
      { numRuns: 3000 },
    );
  });
});
