import type { Entry } from '../entry.ts';
import { directionOf } from '../language.ts';
import { leaveHeaders, listHeaders } from '../newsletter/list-headers.ts';
import { fillPhrase, readWords } from '../page/words.ts';
import type { Cadence } from '../publication.ts';
import { addressOf, sitePaths } from '../site-paths.ts';
import { readMailWords } from './mail-words.ts';
import { type MailDesk, type Note, writeNote } from './write-note.ts';

export interface Welcome {
  readonly cadence: Cadence;
  /** The latest articles, newest first. */
  readonly entries: readonly Entry[];
  readonly links: { readonly unsubscribe: string; readonly preferences: string };
}

/** The first mail of a confirmed subscription: it is one of the list, and can be left from. */
export const writeWelcomeMail = (desk: MailDesk, { cadence, entries, links }: Welcome): Note => {
  const { publication, site } = desk;
  const words = readMailWords(desk);
  const names = { publication: publication.title };
  return writeNote(
    {
      subject: fillPhrase(words.welcomeSubject, names),
      before: [
        fillPhrase(words.welcome, { digest: readWords(desk)[cadence] }),
        ...(entries.length > 0 ? [words.welcomeNext] : []),
      ],
      after: [],
      articles: entries.map((entry) => {
        const language = entry.language ?? publication.language;
        return {
          title: entry.title,
          summary: entry.summary,
          address: addressOf(site, sitePaths.article(entry)),
          language,
          direction: directionOf(language),
        };
      }),
      why: fillPhrase(words.whyWelcome, names),
      links,
      headers: {
        ...listHeaders(publication, site),
        ...leaveHeaders(links.unsubscribe),
        'Auto-Submitted': 'auto-generated',
      },
    },
    desk,
  );
};
