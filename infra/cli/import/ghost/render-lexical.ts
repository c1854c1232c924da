import * as z from 'zod';
import { SeedRejected } from '../../../../functions/core/article.ts';
import { escapeAttribute, escapeText } from '../../../../functions/core/text/escape-markup.ts';
import { renderGhostCard } from './render-ghost-card.ts';

const nodeSchema = z.looseObject({
  type: z.string(),
  text: z.string().optional().catch(undefined),
  format: z.union([z.number(), z.string()]).optional().catch(undefined),
  tag: z.string().optional().catch(undefined),
  listType: z.string().optional().catch(undefined),
  url: z.string().optional().catch(undefined),
  children: z.array(z.unknown()).optional().catch(undefined),
});
type LexicalNode = z.infer<typeof nodeSchema>;

const documentSchema = z.object({ root: z.object({ children: z.array(z.unknown()) }) });

/** The bits of a text's format: https://lexical.dev/docs/api/modules/lexical */
const formats: readonly (readonly [number, string])[] = [
  [1, 'strong'],
  [2, 'em'],
  [4, 's'],
  [8, 'u'],
  [16, 'code'],
  [32, 'sub'],
  [64, 'sup'],
  [128, 'mark'],
];

const renderText = ({ text = '', format }: LexicalNode): string =>
  formats.reduce(
    (html, [bit, tag]) => (typeof format === 'number' && (format & bit) !== 0 ? `<${tag}>${html}</${tag}>` : html),
    escapeText(text),
  );

const blockTags: Readonly<Record<string, string>> = {
  paragraph: 'p',
  quote: 'blockquote',
  'extended-quote': 'blockquote',
  aside: 'blockquote',
  listitem: 'li',
};

const isHeading = (type: string): boolean => type === 'heading' || type === 'extended-heading';

const maxDepth = 100;

const renderNode = (written: unknown, remarks: Set<string>, depth: number): string => {
  if (depth > maxDepth) throw new SeedRejected(`it has more than ${maxDepth} levels within each other`);
  const read = nodeSchema.safeParse(written);
  if (!read.success) return '';
  const node = read.data;
  const { type, children } = node;
  const renderChildren = () => (children ?? []).map((child) => renderNode(child, remarks, depth + 1)).join('');
  if (node.text !== undefined && children === undefined && /text$|^tk$|zwnj/.test(type)) return renderText(node);
  if (type === 'linebreak') return '<br>';
  if (type === 'link' || type === 'autolink' || type === 'at-link')
    return `<a href="${escapeAttribute(node.url ?? '')}">${renderChildren()}</a>`;
  if (type === 'list') {
    const tag = node.listType === 'number' ? 'ol' : 'ul';
    return `<${tag}>${renderChildren()}</${tag}>`;
  }
  const tag = isHeading(type) ? (/^h[1-6]$/.exec(node.tag ?? '')?.[0] ?? 'h2') : blockTags[type];
  if (tag !== undefined) return `<${tag}>${renderChildren()}</${tag}>`;
  return children === undefined ? renderGhostCard(type, written, remarks) : renderChildren();
};

/** The document of Ghost's editor of today as HTML. @throws {SeedRejected} where it is none */
export const renderLexical = (json: string, remarks: Set<string>): string => {
  const document = documentSchema.safeParse(JSON.parse(json));
  if (!document.success) throw new SeedRejected('its text (lexical) cannot be read');
  return document.data.root.children.map((node) => renderNode(node, remarks, 0)).join('\n');
};
