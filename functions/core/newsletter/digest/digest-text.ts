import type { DigestMessages } from '../../messages.ts';
import { maxLineColumns, wrapText } from '../../text/wrap-text.ts';
import type { DigestArticle } from './digest-article.ts';
import type { ArticleForm } from './select-article-forms.ts';

const formatLinks = (draft: DigestArticle, messages: DigestMessages): string => {
  const links = draft.links();
  if (links.length === 0) return '';
  const listed = links.map(({ text, url }) => (text && text !== url ? `- ${text}:\n  ${url}` : `- ${url}`));
  return [messages.links, ...listed].map(wrapText).join('\n');
};

const formatBody = (
  { entry, address }: DigestArticle,
  form: ArticleForm,
  messages: DigestMessages,
): string => {
  if (form === 'full') return wrapText(entry.text);
  return form === 'excerpt' ? `${wrapText(entry.summary)}\n\n${messages.rest}:\n${address}` : address;
};

/** An article in plain text, broken into lines: what `digest.txt` asks for. */
export const buildTextArticle = (draft: DigestArticle, form: ArticleForm, messages: DigestMessages) => {
  const title = wrapText(draft.entry.title);
  const longest = Math.max(...title.split('\n').map((line) => line.length));
  return {
    title,
    underline: '-'.repeat(Math.min(longest, maxLineColumns)),
    byline: form === 'title' ? '' : wrapText(draft.byline),
    body: formatBody(draft, form, messages),
    address: form === 'full' ? draft.address : '',
    links: form === 'full' ? formatLinks(draft, messages) : '',
  };
};
