import type { DigestMessages } from '../../messages.ts';
import { countColumns, maxLineColumns, wrapText } from '../../text/wrap-text.ts';
import type { DigestArticle } from './digest-article.ts';
import type { BodyLink } from './render-email-body.ts';
import type { ArticleForm } from './select-article-forms.ts';

export const formatTextLinks = (links: readonly BodyLink[], { colon }: Pick<DigestMessages, 'colon'>): string =>
  links.map(({ text, url }) => wrapText(text && text !== url ? `- ${text}${colon}\n  ${url}` : `- ${url}`)).join('\n');

const formatArticleLinks = (article: DigestArticle, messages: DigestMessages): string => {
  const links = article.links();
  return links.length === 0 ? '' : `${wrapText(messages.links)}\n${formatTextLinks(links, messages)}`;
};

const formatBody = (
  { entry, address, summary }: DigestArticle,
  form: ArticleForm,
  messages: DigestMessages,
): string => {
  if (form === 'full') return wrapText(entry.mail?.text ?? entry.text);
  return form === 'excerpt' ? `${wrapText(summary)}\n\n${messages.rest}${messages.colon}\n${address}` : address;
};

export const buildTextArticle = (article: DigestArticle, form: ArticleForm, messages: DigestMessages) => {
  const title = wrapText(article.entry.title);
  const titleColumns = Math.max(...title.split('\n').map(countColumns));
  return {
    title,
    underline: '-'.repeat(Math.min(titleColumns, maxLineColumns)),
    byline: form === 'title' ? '' : wrapText(article.byline),
    body: formatBody(article, form, messages),
    address: form === 'full' ? article.address : '',
    links: form === 'full' ? formatArticleLinks(article, messages) : '',
  };
};
