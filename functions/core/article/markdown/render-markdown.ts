import MarkdownIt from 'markdown-it';
import footnotes from 'markdown-it-footnote';
import { cleanLine } from '../../text/clean-text.ts';
import { toPlainText } from '../body/plain-text.ts';

const markdown = new MarkdownIt({ html: true, linkify: true, typographer: false }).use(footnotes);

/** Only what is written as an address becomes a link: `notes.md` is a file, not a site in Moldova. */
markdown.linkify.set({ fuzzyLink: false });

type Tokens = ReturnType<typeof markdown.parse>;

const isTitleHeading = (tokens: Tokens, index: number): boolean =>
  tokens[index]?.type === 'heading_open' && tokens[index].tag === 'h1';

/** A Markdown text as HTML that is not sanitized yet, without its headline. */
export interface RenderedMarkdown {
  /** The first heading of the first level, as plain text. */
  readonly headline: string | undefined;
  readonly html: string;
}

/**
 * Renders CommonMark with tables, strikethrough and footnotes. The first heading of the first level is the headline and
 * leaves the body; where the front matter has a title, only one that says the same, at the very top, does.
 * @param name parts this text's footnotes from those of others on the same page
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
