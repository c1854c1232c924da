import MarkdownIt from 'markdown-it';
import footnotes from 'markdown-it-footnote';
import { cleanLine } from '../../text/clean-text.ts';
import { toPlainText } from '../body/plain-text.ts';
import { limitMarkdown } from './limit-markdown.ts';
import { readNamesWithBlanks } from './read-names-with-blanks.ts';

const markdown = new MarkdownIt({ html: true, linkify: true, typographer: false })
  .use(footnotes)
  .use(limitMarkdown)
  .use(readNamesWithBlanks);

/** Without a scheme, `notes.md` would become a link to a site in Moldova. */
markdown.linkify.set({ fuzzyLink: false });

type Tokens = ReturnType<typeof markdown.parse>;

const isTitleHeading = (tokens: Tokens, index: number): boolean =>
  tokens[index]?.type === 'heading_open' && tokens[index].tag === 'h1';

export interface RenderedMarkdown {
  /** The first `<h1>`, as plain text. */
  readonly headline: string | undefined;
  readonly html: string;
}

/**
 * Renders CommonMark with tables, strikethrough and footnotes. The first `<h1>` is the headline and is removed from the
 * body; where the front matter has a title, only an `<h1>` at the very top that repeats it is removed.
 * @param name distinguishes the ids of this text's footnotes from those of others on the same page
 */
export const renderMarkdown = (text: string, name: string, title: string | undefined): RenderedMarkdown => {
  const env = { docId: name };
  const tokens = markdown.parse(text, env);
  const index = tokens.findIndex((_, position) => isTitleHeading(tokens, position));
  const inline = tokens.slice(index + 1, index + 2);
  const headline =
    index < 0 ? undefined : cleanLine(toPlainText(markdown.renderer.render(inline, markdown.options, env)));
  const repeatsTitle = index === 0 && headline?.toLowerCase() === title?.toLowerCase();
  if (index >= 0 && (title === undefined || repeatsTitle)) tokens.splice(index, 3);
  return { headline, html: markdown.renderer.render(tokens, markdown.options, env) };
};
