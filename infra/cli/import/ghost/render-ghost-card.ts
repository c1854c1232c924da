import * as z from 'zod';
import { renderMarkdown } from '../../../../functions/core/article/markdown/render-markdown.ts';
import { escapeAttribute, escapeText } from '../../../../functions/core/text/escape-markup.ts';

const text = z
  .string()
  .nullish()
  .catch('')
  .transform((value) => value ?? '');

/** What the cards of Ghost's editors have: of the one of today as nodes, of the one before as payloads. */
const cardSchema = z.looseObject({
  type: text,
  src: text,
  url: text,
  alt: text,
  title: text,
  caption: text,
  html: text,
  markdown: text,
  code: text,
  language: text,
  heading: text,
  subheading: text,
  content: text,
  calloutText: text,
  textValue: text,
  buttonText: text,
  buttonUrl: text,
  fileTitle: text,
  fileName: text,
  productTitle: text,
  productDescription: text,
  productUrl: text,
  images: z
    .array(z.looseObject({ src: text, alt: text }))
    .nullish()
    .catch([]),
  metadata: z.looseObject({ title: text }).nullish().catch(undefined),
});
type Card = z.infer<typeof cardSchema>;

const renderFigure = (content: string, caption: string): string =>
  `<figure>${content}${caption === '' ? '' : `<figcaption>${caption}</figcaption>`}</figure>`;

const renderImage = ({ src, alt }: Pick<Card, 'src' | 'alt'>): string =>
  `<img src="${escapeAttribute(src)}" alt="${escapeAttribute(alt)}">`;

const renderLink = (address: string, words: string): string =>
  address === '' ? '' : `<p><a href="${escapeAttribute(address)}">${escapeText(words || address)}</a></p>`;

const renderers: Readonly<Record<string, (card: Card) => string>> = {
  image: (card) => renderFigure(renderImage(card), card.caption),
  gallery: ({ images, caption }) => renderFigure((images ?? []).map(renderImage).join('\n'), caption),
  markdown: ({ markdown }) => renderMarkdown(markdown, { name: 'card', title: '' }).html,
  html: ({ html }) => html,
  code: ({ code }) => `<pre><code>${escapeText(code)}</code></pre>`,
  embed: ({ url, html, caption }) => (html === '' ? renderLink(url, '') : renderFigure(html, caption)),
  bookmark: ({ url, title, metadata }) => renderLink(url, title || (metadata?.title ?? '')),
  hr: () => '<hr>',
  callout: ({ calloutText }) => `<blockquote>${calloutText}</blockquote>`,
  toggle: ({ heading, content }) => `<details><summary>${heading}</summary>${content}</details>`,
  button: ({ buttonUrl, buttonText }) => renderLink(buttonUrl, buttonText),
  header: ({ heading, subheading }) => `<h2>${heading}</h2>${subheading === '' ? '' : `<p>${subheading}</p>`}`,
  video: ({ src, title, caption }) => renderLink(src, title || caption),
  audio: ({ src, title }) => renderLink(src, title),
  file: ({ src, fileTitle, fileName }) => renderLink(src, fileTitle || fileName),
  product: ({ productTitle, productDescription, productUrl }) =>
    `<h4>${productTitle}</h4>${productDescription}${renderLink(productUrl, productTitle)}`,
  'call-to-action': ({ textValue, buttonUrl, buttonText }) => textValue + renderLink(buttonUrl, buttonText),
  paywall: () => '',
};

const sameCards: Readonly<Record<string, string>> = {
  'card-markdown': 'markdown',
  codeblock: 'code',
  horizontalrule: 'hr',
};

/** Readers of the site never saw these. */
const cardsForMail = new Set(['email', 'email-cta', 'signup']);

/** @param remarks takes what is to be told of cards that are left out */
export const renderGhostCard = (type: string, written: unknown, remarks: Set<string>): string => {
  const name = sameCards[type] ?? type;
  const render = Object.hasOwn(renderers, name) ? renderers[name] : undefined;
  const card = cardSchema.safeParse(written);
  if (render && card.success) return render(card.data);
  if (!cardsForMail.has(name)) remarks.add(`a card was left out: ${type}`);
  return '';
};
