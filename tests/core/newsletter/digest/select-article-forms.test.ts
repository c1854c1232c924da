import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ArticleForm,
  selectArticleForms,
} from '../../../../functions/core/newsletter/digest/select-article-forms.ts';

type Sizes = Readonly<Record<ArticleForm, number>>;

const choose = (sizes: readonly Sizes[], room: number): ArticleForm[] =>
  selectArticleForms({
    count: sizes.length,
    availableBytes: room,
    countBytes: (position, form) => sizes[position]?.[form] ?? Number.POSITIVE_INFINITY,
  });

const article: Sizes = { title: 10, excerpt: 30, full: 100 };

describe('the forms of articles', () => {
  it('are all full where there is space', () => {
    expect(choose([article, article, article], 300)).toEqual(['full', 'full', 'full']);
  });

  it('step down from the oldest: first to summaries, then to titles, then they are left out', () => {
    const three = [article, article, article];
    expect(choose(three, 299)).toEqual(['full', 'full', 'excerpt']);
    expect(choose(three, 230)).toEqual(['full', 'full', 'excerpt']);
    expect(choose(three, 229)).toEqual(['full', 'excerpt', 'excerpt']);
    expect(choose(three, 90)).toEqual(['excerpt', 'excerpt', 'excerpt']);
    expect(choose(three, 89)).toEqual(['excerpt', 'excerpt', 'title']);
    expect(choose(three, 30)).toEqual(['title', 'title', 'title']);
    expect(choose(three, 29)).toEqual(['title', 'title']);
    expect(choose(three, 9)).toEqual([]);
  });

  it('let a short older article be whole beside a new one that is too long', () => {
    expect(choose([{ ...article, full: 5_000 }, article], 200)).toEqual(['excerpt', 'full']);
  });

  it('take a whole text that is shorter than its summary', () => {
    expect(choose([{ title: 10, excerpt: 40, full: 25 }, article], 140)).toEqual(['full', 'full']);
  });

  const anySizes = fc
    .record({ title: fc.nat(400), excerpt: fc.nat(900), full: fc.nat(9_000) })
    .map(({ title, excerpt, full }) => ({ title, excerpt: title + excerpt, full: title + full }));

  it('never need more space than there is, and leave out only the oldest, and only without space for a title', () => {
    fc.assert(
      fc.property(fc.array(anySizes, { maxLength: 100, size: 'max' }), fc.nat(90_000), (sizes, room) => {
        const chosen = choose(sizes, room);
        const used = chosen.reduce((sum, form, position) => sum + (sizes[position]?.[form] ?? 0), 0);
        expect(used).toBeLessThanOrEqual(room);
        const missing = sizes[chosen.length];
        if (missing) {
          const titles = sizes.slice(0, chosen.length).reduce((sum, { title }) => sum + title, 0);
          expect(titles + missing.title).toBeGreaterThan(room);
        }
        const firstTitle = chosen.indexOf('title');
        if (firstTitle >= 0) expect(chosen.slice(firstTitle).every((form) => form === 'title')).toBe(true);
      }),
    );
  });
});
