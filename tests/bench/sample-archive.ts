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
const authors = ['Ana Reis', 'Tom Bell', 'Inês Mota', 'Karl Brandt', 'Lucy Hale', 'Rui Pinto', 'Mia Sand', 'Jo Marsh'];
const words =
  'the harbour a ferry council tide market vessel of quay crew grain winter storm repair permit minister price cargo dock light signal said that from Monday will again two hundred tonnes before their old new north bridge with every late boat'.split(
    ' ',
  );

const paragraphsPerArticle = 8;
const sentencesPerParagraph = 4;

/** A seed in Markdown: the nth article of the archive, of about 400 words, with two topics and an author. */
export const buildArchiveSeed = (
  index: number,
  { title = `Article ${index}`, date = toPublicationDate(index) } = {},
): string => {
  const pickBelow = createRandom(index);
  const topic = (place: number): string => topics[place % topics.length] ?? '';
  const body = Array.from({ length: paragraphsPerArticle }, () =>
    Array.from({ length: sentencesPerParagraph }, () => buildSentence(pickBelow)).join(' '),
  );
  return `---
title: "${title}: ${buildSentence(pickBelow)}"
date: ${date.toISOString()}
author: ${authors[Math.floor(index / topics.length) % authors.length]}
tags: [${topic(index)}, ${topic(3 * index + 5)}]
---

${body.join('\n\n')}
`;
};

/** Articles a month. */
const articlesPerMonth = 100;
const dayMs = 24 * 60 * 60 * 1000;

/**
 * When the nth article is published: a hundred a month from mid-June 2018 on, evenly over 28 days, so that any
 * multiple of a hundred articles leaves the newest month half full.
 */
export const toPublicationDate = (index: number): Date => {
  const place = index + articlesPerMonth / 2;
  const month = Date.UTC(2018, 5 + Math.floor(place / articlesPerMonth), 1);
  return new Date(month + ((place % articlesPerMonth) / articlesPerMonth) * 28 * dayMs);
};

/** Up to which article the month of the nth goes. */
export const findMonthEnd = (index: number): number =>
  index + articlesPerMonth - ((index + articlesPerMonth / 2) % articlesPerMonth);

const buildSentence = (pick: (below: number) => number): string => {
  const text = Array.from({ length: 10 + pick(6) }, () => words[pick(words.length)]).join(' ');
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
};

/** Numbers that look random and follow from the first alone (a linear congruential generator). */
const createRandom = (first: number): ((below: number) => number) => {
  let state = (first + 1) * 2_654_435_761;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};
