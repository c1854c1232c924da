import { escapeAttribute } from '../text/escape-markup.ts';

/** What a browser shows where the answer is no redirect, such as on a copy of the site. */
export const renderRedirect = (href: string): string => {
  const address = escapeAttribute(href);
  return `<!doctype html>
<meta charset="utf-8">
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url=${address}">
<link rel="canonical" href="${address}">
<title>${address}</title>
<a href="${address}">${address}</a>
`;
};
