import MarkdownParser, { type MarkdownIt } from 'markdown-it';
import definitionLists from 'markdown-it-deflist';
import footnotes from 'markdown-it-footnote';
import marks from 'markdown-it-mark';
import type { CutText } from '../../article.ts';
import { cleanLine } from '../../text/clean-text.ts';
import { memoize } from '../../text/memoize.ts';
import { toPlainText } from '../body/plain-text.ts';
import { addCaptions } from './add-captions.ts';
import { removeEmptyHeaders } from './convert-tables.ts';
import { addHeadingIds } from './heading-ids.ts';
import { keepVerbatim } from './keep-verbatim.ts';
import { limitMarkdown } from './limit-markdown.ts';
import { listUnshownMarkdown } from './list-unshown-markdown.ts';
import { markTaskLists } from './mark-task-lists.ts';
import { listMarkdownCut } from './markdown-cut.ts';
import { findQuotationMarks } from './quotation-marks.ts';
import { readAttributeLists } from './read-attribute-lists.ts';
import { readNamesWithBlanks } from './read-names-with-blanks.ts';
import { readNoteMarks } from './read-note-marks.ts';
import { readObsidianLinks } from './read-obsidian-links.ts';
import { readPandocMarks } from './read-pandoc-marks.ts';
import { readShortcodes } from './read-shortcodes.ts';
import { renderCallouts } from './render-callouts.ts';
import { readTemplateTags } from './template-tags.ts';

/** @param language of the quotation marks; empty: they stay straight */
const createMarkdown = memoize((language: string): MarkdownIt => {
  const quotes = findQuotationMarks(language);
  const markdown = new MarkdownParser({
    html: true,
    linkify: true,
    typographer: quotes !== undefined,
    ...(quotes && { quotes: [...quotes] }),
  });
  // Without a scheme, `notes.md` would become a link to a site in Moldova.
  markdown.linkify.set({ fuzzyLink: false });
  // It also makes signs of letters in brackets: (c) is often the third of a list.
  markdown.disable('replacements');
  markdown.use(footnotes);
  // A second reference to a note has the number of the first.
  markdown.renderer.rules.footnote_caption = (tokens, index) => `[${Number(tokens[index]?.meta?.id) + 1}]`;
  return markdown
    .use(limitMarkdown)
    .use(readNamesWithBlanks)
    .use(readTemplateTags)
    .use(readAttributeLists)
    .use(keepVerbatim)
    .use(readObsidianLinks)
    .use(readNoteMarks)
    .use(readPandocMarks)
    .use(readShortcodes)
    .use(marks)
    .use(definitionLists)
    .use(markTaskLists)
    .use(renderCallouts)
    .use(listUnshownMarkdown)
    .use(removeEmptyHeaders)
    .use(addCaptions)
    .use(addHeadingIds);
});

type Tokens = ReturnType<MarkdownIt['parse']>;

const isTitleHeading = (tokens: Tokens, index: number): boolean =>
  tokens[index]?.type === 'heading_open' && tokens[index].tag === 'h1';

/** As it is typed: quotation marks are straight. */
const toComparable = (title: string | undefined): string | undefined =>
  title
    ?.toLowerCase()
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’‚‹›]/g, "'")
    .replace(/\s+/g, '');

export interface RenderedMarkdown {
  /** The first `<h1>`, as plain text. */
  readonly headline: string | undefined;
  readonly html: string;
  /** What other tools do not show, either. */
  readonly cut: readonly CutText[];
}

interface MarkdownContext {
  /** Distinguishes the ids of this text's footnotes from those of others on the same page. */
  readonly name: string;
  readonly title?: string | undefined;
  /** Of quotation marks and of titles of callouts. */
  readonly language?: string | undefined;
}

/**
 * Renders CommonMark with tables, strikethrough and footnotes, and what other tools add to it. The first `<h1>` is the
 * headline and is removed from the body; where the front matter has a title, only an `<h1>` at the very top that
 * repeats it is removed.
 */
export const renderMarkdown = (text: string, { name, title, language }: MarkdownContext): RenderedMarkdown => {
  const markdown = createMarkdown(language ?? '');
  const env = { docId: name, language };
  const tokens = markdown.parse(text, env);
  const index = tokens.findIndex((_, position) => isTitleHeading(tokens, position));
  const inline = tokens.slice(index + 1, index + 2);
  const headline =
    index < 0 ? undefined : cleanLine(toPlainText(markdown.renderer.render(inline, markdown.options, env)));
  const repeatsTitle = index === 0 && toComparable(headline) === toComparable(title);
  if (index >= 0 && (title === undefined || repeatsTitle)) tokens.splice(index, 3);
  return {
    headline,
    html: markdown.renderer.render(tokens, markdown.options, env),
    cut: listMarkdownCut(env),
  };
};
