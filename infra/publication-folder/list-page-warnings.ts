import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the drafts of `seedpress init` have where something is not known. */
export const blank = '[…]';

/** As the drafts of `seedpress init` say it. The reader of seeds, which knows other ways, belongs to the functions. */
const draftLine = /^draft\s*[:=]\s*(?:true|yes)\s*$/im;

const pageFile = /^(.+)\.(?:md|markdown|txt|text|html?)$/i;

/** What is missing in the pages among the seeds of a publication. */
export const listPageWarnings = (seeds: string): string[] => {
  const folder = join(seeds, 'pages');
  const pages = (existsSync(folder) ? readdirSync(folder) : []).flatMap((fileName) => {
    const [, name = ''] = pageFile.exec(fileName) ?? [];
    if (name === '') return [];
    const file = join(folder, fileName);
    const text = readFileSync(file, 'utf8');
    return [{ name: name.toLowerCase(), file, text, isDraft: draftLine.test(text) }];
  });
  const privacy = pages.find(({ name }) => name === 'privacy');
  const withBlanks = pages.filter((page) => !page.isDraft && page.text.includes(blank));
  return [
    ...(privacy?.isDraft
      ? [
          `The sign-up form has no privacy page: ${privacy.file} is a draft. Read it, correct it, and remove “draft: true”.`,
        ]
      : []),
    ...(privacy
      ? []
      : [
          `The sign-up form has no privacy page: write ${join(folder, 'privacy.md')}, or upload it to pages/ as you upload seeds.`,
        ]),
    ...withBlanks.map(({ file }) => `${file} has blanks to fill in: ${blank}`),
  ];
};
