import fc from 'fast-check';
import { expect, test } from 'vitest';
import { signToken, verifyToken } from '../../../../functions/core/newsletter/subscriber/token.ts';
import {
  findTopicsOfLink,
  hasOnlyFormerTopics,
  listOfferedTopics,
  listTopicOptions,
  listWantedSlugs,
  nameTopicInLink,
  parseTopicChoice,
} from '../../../../functions/core/newsletter/subscriber/topic-choice.ts';
import { parsePublication } from '../../../../functions/core/publication.ts';
import { baseSettings } from '../../../publish/publish-fixture.ts';

const withTopics = (topics: readonly unknown[]) => parsePublication({ ...baseSettings, newsletter: { topics } });
const settings = withTopics(['Harbour', { name: 'Port & trade', topics: ['Port', 'Trade'] }, 'Kultur']);

test('a topic has the slug of the topic of articles, and one may stand for several', () => {
  expect(listOfferedTopics(settings)).toEqual([
    { name: 'Harbour', slugs: ['harbour'] },
    { name: 'Port & trade', slugs: ['port', 'trade'] },
    { name: 'Kultur', slugs: ['kultur'] },
  ]);
  expect(listWantedSlugs(settings, ['port', 'harbour'])).toEqual(['harbour', 'port', 'trade']);
  expect(listWantedSlugs(settings, undefined)).toBeUndefined();
});

test('settings that were parsed before are parsed to the same', () => {
  expect(parsePublication(JSON.parse(JSON.stringify(settings)))).toEqual(settings);
});

test.each([
  ['the same topic twice', ['Harbour', 'harbour']],
  ['a topic that two names stand for', ['Harbour', { name: 'Port', topics: ['Port', 'Harbour'] }]],
  ['a name without words', ['  ']],
  ['a name that is too long', ['x'.repeat(61)]],
  ['a name that stands for nothing', [{ name: 'Port', topics: [] }]],
  ['too many', Array.from({ length: 31 }, (_, index) => `Topic ${index}`)],
])('settings with %s are refused', (_, topics) => {
  expect(() => withTopics(topics)).toThrow(/publication\.newsletter\.topics/);
});

test('none and all mean all articles; a topic that is not offered is unknown', () => {
  expect(parseTopicChoice([], settings)).toEqual({});
  expect(parseTopicChoice(['kultur', 'port', 'harbour'], settings)).toEqual({});
  expect(parseTopicChoice(['kultur', 'harbour', 'kultur'], settings)).toEqual({ topics: ['harbour', 'kultur'] });
  expect(parseTopicChoice(['harbour', 'books'], settings)).toBe('unknown');
  expect(parseTopicChoice(['harbour', 'books'], settings, ['books'])).toEqual({ topics: ['harbour', 'books'] });
});

test('a renamed topic stays the choice of its readers, and a removed one is shown and kept until they choose', () => {
  const renamed = withTopics([{ name: 'Waterfront', topics: ['Waterfront', 'Harbour'] }, 'Kultur']);
  expect(listWantedSlugs(renamed, ['harbour'])).toEqual(['harbour', 'waterfront']);
  expect(hasOnlyFormerTopics(renamed, ['harbour'])).toBe(false);
  expect(listTopicOptions(renamed, ['harbour'])[0]).toMatchObject({ name: 'Waterfront', chosen: true });
  expect(parseTopicChoice(['harbour'], renamed, ['harbour'])).toEqual({ topics: ['waterfront'] });
  const removed = withTopics(['Kultur', 'Port']);
  expect(hasOnlyFormerTopics(removed, ['harbour'])).toBe(true);
  expect(hasOnlyFormerTopics(removed, ['harbour', 'port'])).toBe(false);
  expect(listWantedSlugs(removed, ['harbour'])).toEqual(['harbour']);
  expect(listTopicOptions(removed, ['harbour']).at(-1)).toEqual({
    slug: 'harbour',
    name: 'harbour',
    chosen: true,
    isFormer: true,
  });
});

test('what any reader chose comes back from the link that confirms it', () => {
  const many = withTopics(Array.from({ length: 30 }, (_, index) => `Topic ${index}`));
  const keys = [{ id: '01234567', secret: 'secret', createdAt: '2026-11-01T00:00:00.000Z' }];
  const now = new Date('2026-11-23T07:00:00.000Z');
  const slugs = listOfferedTopics(many).map(({ slugs: [first] }) => first);
  fc.assert(
    fc.property(fc.subarray(slugs), fc.string({ unit: 'binary-ascii', maxLength: 254 }), (chosen, email) => {
      const topics = chosen.map(nameTopicInLink);
      const token = signToken(
        { purpose: 'return', key: '0'.repeat(32), since: now.toISOString(), cadence: 'weekly', email, topics },
        keys,
      );
      const claim = verifyToken(token, 'return', { keys, now });
      if (typeof claim === 'string') throw new Error(claim);
      expect(claim).toMatchObject({ cadence: 'weekly', email });
      expect(claim.topics && findTopicsOfLink(many, claim.topics)).toEqual(chosen.length === 0 ? undefined : chosen);
    }),
  );
});
