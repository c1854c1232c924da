import { selectDigestMessages } from '../../messages.ts';
import { escapeHtmlBraces, fillHtmlLinks, fillTextLinks } from '../email/placeholders.ts';
import { buildDigestArticle, type DigestArticle } from './digest-article.ts';
import type { DigestInput } from './digest-input.ts';
import { buildDigestJson } from './digest-json.ts';
import { buildTextArticle } from './digest-text.ts';
import {
  buildDigestView,
  formatOmissionNotes,
  formatSubject,
  type OmissionNotes,
  wrapDigestView,
} from './digest-view.ts';
import { type ArticleForm, selectArticleForms } from './select-article-forms.ts';

/** Bytes of UTF-8. Gmail cuts a letter off near 102 KB; what the mail service puts in for each reader comes on top. */
export const maxDigestBytes = 90_000;

export interface Digest {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly json: string;
}

/** An article in the form that it got. */
interface PlacedArticle {
  readonly draft: DigestArticle;
  readonly form: ArticleForm;
}

/**
 * Builds an issue of the digest, or the one that comes next: a letter in HTML of at most 90 KB and in plain text,
 * and the same for programs. Articles that would make it longer are stepped down, see `chooseForms`.
 */
export const buildDigest = (input: DigestInput): Digest => {
  const { publication, site, render, entries, links } = input;
  const messages = selectDigestMessages(input);
  const subject = formatSubject(entries, messages, publication);
  const frame = buildDigestView(input, messages, subject);
  const fill = (notes: OmissionNotes, articles: string, titles: string): string =>
    fillHtmlLinks(render('digest/digest.html', { ...frame, ...notes, articles, titles }), links);

  const longestNotes = formatOmissionNotes(
    { shortened: entries.length, left: entries.length },
    input,
    messages,
  );
  const room = maxDigestBytes - Buffer.byteLength(fill(longestNotes, '', ' '));
  const drafts = entries.map((entry, position) =>
    buildDigestArticle(entry, { publication, site, render, messages }, position === 0),
  );
  const placed = selectPlacedArticles(drafts, room);
  const shortened = placed.filter(({ form }) => form !== 'full').length;
  const notes = formatOmissionNotes({ shortened, left: entries.length - placed.length }, input, messages);
  return {
    subject: fillTextLinks(subject, links),
    html: fill(notes, joinHtml(placed, false), joinHtml(placed, true)),
    text: fillTextLinks(
      render('digest/digest.txt', {
        ...wrapDigestView({ ...frame, ...notes }),
        articles: placed.map(({ draft, form }) => buildTextArticle(draft, form, messages)),
      }),
      links,
    ),
    json: buildDigestJson(input),
  };
};

const selectPlacedArticles = (drafts: readonly DigestArticle[], room: number): readonly PlacedArticle[] => {
  const chosen = selectArticleForms({
    count: drafts.length,
    availableBytes: room,
    countBytes: (position, form, left) => {
      const draft = drafts[position];
      // A body longer than the room, before it is styled, is not worth styling.
      if (!draft || (form === 'full' && draft.entry.html.length > left)) return Number.POSITIVE_INFINITY;
      return Buffer.byteLength(escapeHtmlBraces(draft.html(form)));
    },
  });
  return drafts.flatMap((draft, position) => {
    const form = chosen[position];
    return form ? [{ draft, form }] : [];
  });
};

/** The articles of which there is more than the title, or those of which there is only that. */
const joinHtml = (placed: readonly PlacedArticle[], titles: boolean): string =>
  placed.flatMap(({ draft, form }) => ((form === 'title') === titles ? [draft.html(form)] : [])).join('');
