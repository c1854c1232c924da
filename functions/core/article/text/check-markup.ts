import { SeedRejected } from '../../article.ts';

interface Markup {
  readonly name: string;
  /** All of these are found in one that is certain. */
  readonly signs: readonly RegExp[];
}

const markups: readonly Markup[] = [
  { name: 'AsciiDoc', signs: [/^\s{0,10}= \S/, /^(?:={2,5} \S|:[\w-]{1,40}:|\[source|image::|\|===|(?:NOTE|TIP): )/m] },
  {
    name: 'reStructuredText',
    signs: [
      /^\.\. (?:[\w-]{1,40}::|_[^:\n]{1,60}:)/m,
      /^[=~^"'*+#-]{4,}[ \t]*$|^:[\w ]{1,40}: \S|:(?:ref|doc|term|math):`|`_{1,2}(?:\W|$)/m,
    ],
  },
  {
    name: 'wiki text',
    signs: [/^(={2,4}) [^=\n]{1,200} \1[ \t]*$/m, /'''[^'\n]{1,200}'''|\[\[[^[\]\n]{1,200}\]\]|<ref[ >]|^\{\|/m],
  },
  { name: 'LaTeX', signs: [/^\s{0,10}(?:%.{0,200}\n\s{0,10}){0,20}\\documentclass/, /\\begin\{document\}/] },
];

/** The marks of a text are at its beginning. */
const maxSampleLength = 20_000;

/** @throws {SeedRejected} for a text in a markup that would be published as it is typed */
export const checkMarkup = (text: string): void => {
  const sample = text.slice(0, maxSampleLength);
  const found = markups.find(({ signs }) => signs.every((sign) => sign.test(sample)));
  if (found)
    throw new SeedRejected(
      `This is ${found.name}, which is not read here: export it as HTML, or convert it to Markdown, for example with pandoc.`,
      'line 1',
    );
};
