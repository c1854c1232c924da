import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatAlias, parseAliases } from '../../../../functions/core/article/markdown/parse-aliases.ts';
import { createSeedPlanner } from '../../../../infra/cli/import/plan-seed.ts';

const plan = createSeedPlanner({
  publicationId: 'harbour',
  timeZone: 'Europe/Lisbon',
  site: 'https://harbour.example',
  prefix: 'imported/',
  now: '2026-11-26T12:00:00.000Z',
  fallbackDate: '2026-11-01T12:00:00.000Z',
  keepsCanonical: false,
});

const planWith = (place: string, ...oldAddresses: string[]) => {
  const body = { kind: 'markdown', text: 'Text.' } as const;
  const date = { at: '2020-01-02T00:00:00.000Z', dateOnly: true };
  const article = {
    title: 'The ferry',
    slug: `ferry-${place}`,
    id: `tag:${place}`,
    authors: [],
    topics: [],
    date,
    body,
  };
  const planned = plan({ kind: 'article', place, article, oldAddresses, remarks: [] });
  if (planned.kind === 'left out') throw new Error(planned.reason);
  return { aliases: planned.text.match(/(?<=^ {2}- ).*$/gm) ?? [], remarks: planned.remarks };
};

test('the paths of old addresses lead to the article', () => {
  const { aliases, remarks } = planWith(
    'a',
    'https://old.example/2020/05/ferry/',
    '/%D1%81/100%25/',
    '/articles/ferry-a',
  );
  expect(aliases).toEqual(['/2020/05/ferry', '/%D1%81/100%25']);
  expect(remarks).toEqual([]);
});

test.each(['https://old.example/?p=12', '/feed.xml', '/archive/2020'])(
  '%s cannot redirect, which is told',
  (address) => {
    const { aliases, remarks } = planWith(address.replace(/\W/g, ''), address, '/kept');
    expect(aliases).toEqual(['/kept']);
    expect(remarks).toEqual([expect.stringContaining('cannot redirect here')]);
  },
);

test('the home page is no address of an article', () => {
  expect(planWith('b', 'https://old.example/')).toEqual({ aliases: [], remarks: [] });
});

test('every path is written so that it is read as the same', () => {
  const segment = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 8 }),
    fc.constantFrom('100%', '%41', 'a b', 'é', '#', '?'),
  );
  fc.assert(
    fc.property(fc.array(segment, { minLength: 1, maxLength: 3 }), (segments) => {
      const written = `/${segments.map((each) => encodeURIComponent(each.toWellFormed())).join('/')}`;
      for (const path of parseAliases([written], undefined).aliases)
        expect(parseAliases([formatAlias(path)], undefined).aliases).toEqual([path]);
    }),
  );
});
