import { type Article, maxUrlLength } from '../../article.ts';

const unescapeHtml = (value: string): string =>
  value.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

/** The first picture of a sanitized body, whose markup is written in one way alone. */
export const findFirstImage = (html: string): Article['image'] => {
  const [, url = '', alt = ''] = /<img src="([^"]*)" alt="([^"]*)"/.exec(html) ?? [];
  const image = { url: unescapeHtml(url), alt: unescapeHtml(alt) };
  return image.url === '' || image.url.length > maxUrlLength ? undefined : image;
};
