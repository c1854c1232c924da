/** Seeds of an imaginary archive: the same number always gives the same article. */

const topics = [
  'Harbour',
  'Weather',
  'Trade',
  'Council',
  'Fishing',
  'Ferries',
  'Culture',
  'Sport',
  'Letters',
  'Science',
];
const authors = [
  'Ana Reis',
  'Tom Bell',
  'Inês Mota',
  'Karl Brandt',
  'Lucy Hale',
  'Rui Pinto',
  'Mia Sand',
  'Jo Marsh',
];
const words =
  'the harbour a ferry council tide market vessel of quay crew grain winter storm repair permit minister price cargo dock light signal said that from Monday will again two hundred tonnes before their old new north bridge with every late boat'.split(
    ' ',
  );

const paragraphs = 8;
const sentences = 4;

/** A seed in Markdown: the nth article of the archive, of about 400 words, with two topics and an author. */
export const seedOf = (index: number, { title = `Article ${index}`, date = dateOf(index) } = {}): string => {
  const pick = picker(index);
  const topic = (place: number): string => topics[place % topics.length] ?? '';
  const body = Array.from({ length: paragraphs }, () =>
    Array.from({ length: sentences }, () => sentenceOf(pick)).join(' '),
  );
  return `---
title: "${title}: ${sentenceOf(pick)}"
date: ${date.toISOString()}
author: ${authors[Math.floor(index / topics.length) % authors.length]}
tags: [${topic(index)}, ${topic(3 * index + 5)}]
---

${body.join('\n\n')}
`;
};

/** Articles a month. */
const perMonth = 100;
const day = 24 * 60 * 60 * 1000;

/**
 * When the nth article is published: a hundred a month from mid-June 2018 on, evenly over 28 days, so that any
 * multiple of a hundred articles leaves the newest month half full.
 */
export const dateOf = (index: number): Date => {
  const place = index + perMonth / 2;
  const month = Date.UTC(2018, 5 + Math.floor(place / perMonth), 1);
  return new Date(month + ((place % perMonth) / perMonth) * 28 * day);
};

/** Up to which article the month of the nth goes. */
export const monthEnd = (index: number): number => index + perMonth - ((index + perMonth / 2) % perMonth);

const sentenceOf = (pick: (below: number) => number): string => {
  const text = Array.from({ length: 10 + pick(6) }, () => words[pick(words.length)]).join(' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
};

/** Numbers that look random and follow from the first alone (a linear congruential generator). */
const picker = (first: number): ((below: number) => number) => {
  let state = (first + 1) * 2_654_435_761;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};
