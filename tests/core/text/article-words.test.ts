import { expect, test } from 'vitest';
import words from '../../../functions/core/text/article-words.json' with { type: 'json' };
import pageMessages from '../../../templates/page/messages.json' with { type: 'json' };

test('the words in articles are complete in every language that pages have words in', () => {
  expect(Object.keys(words).toSorted()).toEqual(Object.keys(pageMessages).toSorted());
  for (const [language, { embeds, callouts, ai }] of Object.entries(words)) {
    expect([Object.keys(embeds), Object.keys(callouts), Object.keys(ai)], language).toEqual([
      Object.keys(words.en.embeds),
      Object.keys(words.en.callouts),
      Object.keys(words.en.ai),
    ]);
    expect([...Object.values(embeds), ...Object.values(callouts), ...Object.values(ai)], language).not.toContain('');
    expect(embeds.on, language).toMatch(/\{kind\}.*\{site\}/);
  }
});
