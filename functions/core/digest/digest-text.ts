import type { Form } from './choose-forms.ts';
import type { DigestWords } from './digest-words.ts';
import type { Draft } from './draft-article.ts';
import { columns, wrapText } from './wrap-text.ts';

const linksOf = (draft: Draft, words: DigestWords): string => {
  const links = draft.links();
  if (links.length === 0) return '';
  const listed = links.map(({ text, url }) => (text && text !== url ? `- ${text}:\n  ${url}` : `- ${url}`));
  return [words.links, ...listed].map(wrapText).join('\n');
};

const bodyOf = ({ entry, address }: Draft, form: Form, words: DigestWords): string => {
  if (form === 'full') return wrapText(entry.text);
  return form === 'excerpt' ? `${wrapText(entry.summary)}\n\n${words.rest}:\n${address}` : address;
};

/** An article in plain text, broken into lines: what `digest.txt` asks for. */
export const writeTextArticle = (draft: Draft, form: Form, words: DigestWords) => {
  const title = wrapText(draft.entry.title);
  const longest = Math.max(...title.split('\n').map((line) => line.length));
  return {
    title,
    underline: '-'.repeat(Math.min(longest, columns)),
    byline: form === 'title' ? '' : wrapText(draft.byline),
    body: bodyOf(draft, form, words),
    address: form === 'full' ? draft.address : '',
    links: form === 'full' ? linksOf(draft, words) : '',
  };
};
