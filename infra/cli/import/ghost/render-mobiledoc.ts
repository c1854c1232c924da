import * as z from 'zod';
import { SeedRejected } from '../../../../functions/core/article.ts';
import { escapeAttribute, escapeText } from '../../../../functions/core/text/escape-markup.ts';
import { renderGhostCard } from './render-ghost-card.ts';

/** Text or an atom, the markups that it opens, how many it closes, and what it is. */
const markerSchema = z.tuple([z.number(), z.array(z.number()), z.number(), z.union([z.string(), z.number()])]);

/** https://github.com/bustle/mobiledoc-kit/blob/master/MOBILEDOC.md */
const documentSchema = z.object({
  atoms: z.array(z.tuple([z.string(), z.string()], z.unknown())).default([]),
  cards: z.array(z.tuple([z.string(), z.unknown()])).default([]),
  markups: z.array(z.union([z.tuple([z.string()]), z.tuple([z.string(), z.array(z.string())])])).default([]),
  sections: z.array(
    z.union([
      z.tuple([z.literal(1), z.string(), z.array(markerSchema)], z.unknown()),
      z.tuple([z.literal(2), z.string()]),
      z.tuple([z.literal(3), z.string(), z.array(z.array(markerSchema))], z.unknown()),
      z.tuple([z.literal(10), z.number()]),
    ]),
  ),
});
type Mobiledoc = z.infer<typeof documentSchema>;
type Marker = z.infer<typeof markerSchema>;

const tagPattern = /^(?:a|b|strong|i|em|u|s|del|code|sub|sup|mark|p|h[1-6]|blockquote|aside|ul|ol|pull-quote)$/;
const sectionTags: Readonly<Record<string, string>> = { aside: 'blockquote', 'pull-quote': 'blockquote' };

const toTag = (written: string): string => {
  const tag = written.toLowerCase();
  return tagPattern.test(tag) ? (sectionTags[tag] ?? tag) : 'p';
};

const openMarkup = ([tag, attributes = []]: Mobiledoc['markups'][number]): { open: string; close: string } => {
  const name = tag.toLowerCase();
  if (!tagPattern.test(name)) return { open: '', close: '' };
  const at = attributes.indexOf('href');
  const href = at < 0 ? '' : ` href="${escapeAttribute(attributes[at + 1] ?? '')}"`;
  return { open: `<${name}${href}>`, close: `</${name}>` };
};

const renderMarkers = (markers: readonly Marker[], { markups, atoms }: Mobiledoc): string => {
  const open: string[] = [];
  let html = '';
  for (const [kind, opened, closed, value] of markers) {
    for (const index of opened) {
      const markup = markups[index];
      const { open: start, close } = markup ? openMarkup(markup) : { open: '', close: '' };
      html += start;
      open.push(close);
    }
    const [name, text = ''] = kind === 1 ? (atoms[Number(value)] ?? []) : [];
    if (kind === 0) html += escapeText(String(value));
    else html += name === 'soft-return' ? '<br>' : escapeText(text);
    for (let count = 0; count < closed && open.length > 0; count += 1) html += open.pop() ?? '';
  }
  return html + open.toReversed().join('');
};

/** The document of Ghost's editor before 2023 as HTML. @throws {SeedRejected} where it is none */
export const renderMobiledoc = (json: string, remarks: Set<string>): string => {
  const read = documentSchema.safeParse(JSON.parse(json));
  if (!read.success) throw new SeedRejected('its text (mobiledoc) cannot be read');
  const document = read.data;
  return document.sections
    .map((section) => {
      if (section[0] === 2) return `<img src="${escapeAttribute(section[1])}" alt="">`;
      if (section[0] === 10) {
        const [type = '', payload] = document.cards[section[1]] ?? [];
        return renderGhostCard(type, payload, remarks);
      }
      const tag = toTag(section[1]);
      if (section[0] === 1) return `<${tag}>${renderMarkers(section[2], document)}</${tag}>`;
      return `<${tag}>${section[2].map((item) => `<li>${renderMarkers(item, document)}</li>`).join('')}</${tag}>`;
    })
    .join('\n');
};
