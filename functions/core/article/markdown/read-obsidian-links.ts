import type { MarkdownIt } from 'markdown-it';
import { findImageType } from '../../seed-kind.ts';
import { escapeAttribute } from '../../text/escape-markup.ts';
import { toHeadingId } from '../../text/heading-id.ts';
import { findEmbeddedFileKind } from '../body/embed-sites.ts';

/** A link of Obsidian: `[[target#part|text]]`; with `!` before it, what it leads to is shown. */
interface ObsidianLink {
  readonly length: number;
  readonly isEmbed: boolean;
  readonly target: string;
  readonly part: string;
  readonly texts: readonly string[];
}

const obsidianLink = /(!?)\[\[([^[\]|#\n]{0,400})(?:#([^[\]|\n]{0,300}))?((?:\\?\|[^[\]|\n]{0,300}){0,3})\]\](?![([])/y;

const parseObsidianLink = (text: string, position: number): ObsidianLink | undefined => {
  obsidianLink.lastIndex = position;
  const [whole, mark, written = '', part = '', rest = ''] = obsidianLink.exec(text) ?? [];
  const target = written.replace(/\\$/, '').trim();
  if (whole === undefined || (target === '' && part === '') || target.startsWith('^')) return undefined;
  const texts = rest
    .split(/\\?\|/)
    .slice(1)
    .map((each) => each.trim());
  return { length: whole.length, isEmbed: mark === '!', target, part: part.trim(), texts };
};

/** What a link by name leads to: a file that is sought when all are known. The address is resolved with the others. */
export const toNameAddress = (target: string, part = ''): string => {
  const path = target.split('/').map(encodeURIComponent).join('/');
  return `seed-name:${path}${part === '' ? '' : `#${encodeURIComponent(part)}`}`;
};

const toAddress = ({ target, part }: ObsidianLink): string => {
  if (/^https?:\/\//.test(target)) return part === '' ? target : `${target}#${part}`;
  const id = toHeadingId(part.replace(/^.*#/, ''));
  return target === '' ? `#${id}` : toNameAddress(target, id);
};

const size = /^(\d{1,4})(?:x(\d{1,4}))?$/;

const renderEmbed = (link: ObsidianLink): string => {
  const address = escapeAttribute(toAddress(link));
  const [, width, height] = link.texts.map((text) => size.exec(text)).find((found) => found !== null) ?? [];
  const words = link.texts.filter((text) => !size.test(text));
  const name = link.target.replace(/^.*\//, '');
  const kind = findEmbeddedFileKind(link.target);
  const title = escapeAttribute(words.join(' '));
  if (findImageType(link.target)) {
    const sizes = `${width ? ` width="${width}"` : ''}${height ? ` height="${height}"` : ''}`;
    return `<img src="${address}" alt="${title}"${sizes}>`;
  }
  if (kind === 'video' || kind === 'audio') return `<${kind} src="${address}" title="${title}"></${kind}>`;
  return `<a href="${address}">${title || escapeAttribute(name || link.part)}</a>`;
};

const formatText = ({ target, part, texts }: ObsidianLink): string => {
  const words = texts.join(' ').trim();
  if (words !== '') return words;
  const isBlock = target !== '' && part.startsWith('^');
  return [target, isBlock ? '' : part].filter(Boolean).join(' > ');
};

const blockName = /(?<![ \t])[ \t]+\^([A-Za-z\d-]{4,80})$/;

/** Reads links and embeds of Obsidian, and the names that it gives to paragraphs. */
export const readObsidianLinks = (markdown: MarkdownIt): void => {
  markdown.inline.ruler.before('link', 'obsidian_link', (state, silent) => {
    const { src, pos, posMax, env } = state;
    if (!src.startsWith('[[', pos) && !src.startsWith('![[', pos)) return false;
    const link = parseObsidianLink(src, pos);
    const isReference = link !== undefined && env.references?.[markdown.utils.normalizeReference(link.target)];
    if (!link || pos + link.length > posMax || isReference) return false;
    if (!silent && link.isEmbed) state.push('html_inline', '', 0).content = renderEmbed(link);
    else if (!silent) {
      state.push('link_open', 'a', 1).attrs = [['href', toAddress(link)]];
      state.push('text', '', 0).content = formatText(link);
      state.push('link_close', 'a', -1);
    }
    state.pos += link.length;
    return true;
  });
  markdown.core.ruler.before('inline', 'obsidian_block_name', ({ tokens }) => {
    for (const [index, token] of tokens.entries()) {
      if (token.type !== 'inline') continue;
      const [mark, name] = blockName.exec(token.content.slice(-100)) ?? [];
      if (mark === undefined || name === undefined) continue;
      token.content = token.content.slice(0, -mark.length);
      tokens[index - 1]?.attrSet('id', name.toLowerCase());
    }
  });
};
