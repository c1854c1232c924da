import { chooseForms, type Form } from './choose-forms.ts';
import { frameDigest, type Notes, wrapLines, writeNotes, writeSubject } from './digest-frame.ts';
import type { DigestInput } from './digest-input.ts';
import { writeDigestJson } from './digest-json.ts';
import { writeTextArticle } from './digest-text.ts';
import { readDigestWords } from './digest-words.ts';
import { type Draft, draftArticle } from './draft-article.ts';
import { finishHtml, finishText, shieldHtml } from './placeholders.ts';

/** Bytes of UTF-8. Gmail cuts a letter off near 102 KB; what the mail service puts in for each reader comes on top. */
export const digestLimit = 90_000;

export interface Digest {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly json: string;
}

/** An article in the form that it got. */
interface Placed {
  readonly draft: Draft;
  readonly form: Form;
}

/**
 * Builds an issue of the digest, or the one that comes next: a letter in HTML of at most 90 KB and in plain text,
 * and the same for programs. Articles that would make it longer are stepped down, see `chooseForms`.
 */
export const buildDigest = (input: DigestInput): Digest => {
  const { publication, site, render, entries, links } = input;
  const words = readDigestWords(render, publication);
  const subject = writeSubject(entries, words, publication);
  const frame = frameDigest(input, words, subject);
  const fill = (notes: Notes, articles: string, titles: string): string =>
    finishHtml(render('digest/digest.html', { ...frame, ...notes, articles, titles }), links);

  const longestNotes = writeNotes({ shortened: entries.length, left: entries.length }, input, words);
  const room = digestLimit - Buffer.byteLength(fill(longestNotes, '', ' '));
  const drafts = entries.map((entry, position) =>
    draftArticle(entry, { publication, site, render, words }, position === 0),
  );
  const placed = placeArticles(drafts, room);
  const shortened = placed.filter(({ form }) => form !== 'full').length;
  const notes = writeNotes({ shortened, left: entries.length - placed.length }, input, words);
  return {
    subject: finishText(subject, links),
    html: fill(notes, joinHtml(placed, false), joinHtml(placed, true)),
    text: finishText(
      render('digest/digest.txt', {
        ...wrapLines({ ...frame, ...notes }),
        articles: placed.map(({ draft, form }) => writeTextArticle(draft, form, words)),
      }),
      links,
    ),
    json: writeDigestJson(input),
  };
};

const placeArticles = (drafts: readonly Draft[], room: number): readonly Placed[] => {
  const chosen = chooseForms({
    count: drafts.length,
    room,
    size: (position, form, left) => {
      const draft = drafts[position];
      // A body longer than the room, before it is styled, is not worth styling.
      if (!draft || (form === 'full' && draft.entry.html.length > left)) return Number.POSITIVE_INFINITY;
      return Buffer.byteLength(shieldHtml(draft.html(form)));
    },
  });
  return drafts.flatMap((draft, position) => {
    const form = chosen[position];
    return form ? [{ draft, form }] : [];
  });
};

/** The articles of which there is more than the title, or those of which there is only that. */
const joinHtml = (placed: readonly Placed[], titles: boolean): string =>
  placed.flatMap(({ draft, form }) => ((form === 'title') === titles ? [draft.html(form)] : [])).join('');
