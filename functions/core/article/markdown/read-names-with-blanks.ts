import type { MarkdownIt } from 'markdown-it';

/**
 * The name of a file up to the end of a link, with blanks and with pairs of parentheses, such as `my photo (2).jpg`.
 * CommonMark takes no blanks, and what many programs write is then no picture.
 */
const nameWithBlanks =
  /(?:[^\n()<>"']|\([^\n()<>]{0,100}\)|'(?!\s*\))){1,400}?\.[a-z][a-z\d]{1,7}(?:#[^\s()]{0,200})?(?=\s{0,20}\)|\s{1,20}["'])/iy;

/** What may follow a whole destination: the end of the link, or a title. */
const destinationEnd = /[)\n]|\s{1,20}(?:["']|\([^()\n]{0,300}\)\s{0,20}\))/y;

const maxLinkLength = 1_000;

const startsWithScheme = /^\s*[a-z][a-z\d+.-]*:/i;

/** Links and pictures lead to files with blanks in their names, as in `![](my photo.jpg "A title")`. */
export const readNamesWithBlanks = (markdown: MarkdownIt): void => {
  const { helpers } = markdown;
  const parseStrictly = helpers.parseLinkDestination;
  helpers.parseLinkDestination = (text, start, max) => {
    const strict = parseStrictly(text, start, max);
    destinationEnd.lastIndex = strict.pos;
    if (!strict.ok || destinationEnd.test(text) || text.startsWith('<', start)) return strict;
    nameWithBlanks.lastIndex = 0;
    const [name] = nameWithBlanks.exec(text.slice(start, Math.min(max, start + maxLinkLength))) ?? [];
    if (name === undefined || startsWithScheme.test(name)) return strict;
    return { ...strict, pos: start + name.length, str: name };
  };
};
