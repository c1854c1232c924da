import type { MarkdownIt } from 'markdown-it';
import { SeedRejected } from '../../article.ts';

/** A paragraph has three, a list item five, a link or a mark of emphasis one or two. Long articles have 5,000. */
const maxTokens = 100_000;
/** Quotes and lists within each other. The library would leave out what is deeper. */
const maxNestingLevels = 99;
const maxFootnoteDepth = 10;
/** Each reference leads back from its footnote, too, by an address that contains the key of the seed. */
const maxFootnoteReferences = 3000;
/** The library tries each as the start of a link, an image, a footnote or a tag. */
const maxOpeningBrackets = 100_000;
/** Where the library looks for an address that is not marked as a link. */
const maxBareAddresses = 50_000;
/** The address of a definition is written out for each of its references. What the text itself has is added. */
const maxAddressesLength = 1_000_000;

const checkLimit = (count: number, max: number, counted: string): void => {
  if (count > max)
    throw new SeedRejected(`The Markdown has more than ${max} ${counted}; that is more than can be published.`);
};

const countMatches = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/**
 * Makes the library refuse texts on which it would take long, need much memory or leave something out.
 * Its own states count the tokens while they are made, as there may be no memory for all of them.
 */
export const limitMarkdown = (markdown: MarkdownIt): void => {
  const counts = new WeakMap<object, { tokens: number; footnotes: number }>();
  const countToken = (env: object, type: string): void => {
    const count = counts.get(env) ?? { tokens: 0, footnotes: 0 };
    counts.set(env, count);
    count.tokens += 1;
    checkLimit(count.tokens, maxTokens, 'paragraphs, list items, links, marks of emphasis and other parts');
    if (type === 'footnote_ref') count.footnotes += 1;
    checkLimit(count.footnotes, maxFootnoteReferences, 'references to footnotes');
  };

  const { block, inline, core } = markdown;
  block.State = class extends block.State {
    override push(...token: Parameters<InstanceType<typeof block.State>['push']>) {
      countToken(this.env, token[0]);
      return super.push(...token);
    }
  };
  inline.State = class extends inline.State {
    override push(...token: Parameters<InstanceType<typeof inline.State>['push']>) {
      countToken(this.env, token[0]);
      return super.push(...token);
    }
  };
  const parseInline = inline.parse.bind(inline);
  let footnoteDepth = -1;
  inline.parse = (...text) => {
    footnoteDepth += 1;
    try {
      checkLimit(footnoteDepth, maxFootnoteDepth, 'footnotes within each other');
      parseInline(...text);
    } finally {
      footnoteDepth -= 1;
    }
  };
  const tokenizeBlocks = block.tokenize.bind(block);
  block.tokenize = (state, ...lines) => {
    checkLimit(state.level, maxNestingLevels, 'levels of quotes and lists within each other');
    tokenizeBlocks(state, ...lines);
  };
  core.ruler.before('inline', 'limit_text', ({ tokens }) => {
    let brackets = 0;
    let addresses = 0;
    for (const { content } of tokens.filter(({ type }) => type === 'inline')) {
      brackets += countMatches(content, /[[<]/g);
      addresses += countMatches(content, /:\/\/|mailto:|@/gi);
    }
    checkLimit(brackets, maxOpeningBrackets, 'opening brackets');
    checkLimit(addresses, maxBareAddresses, 'addresses');
  });
  core.ruler.push('limit_addresses', ({ src, tokens }) => {
    let length = 0;
    for (const { children } of tokens)
      for (const { attrs } of children ?? []) for (const [, value] of attrs ?? []) length += String(value).length;
    checkLimit(length, 2 * src.length + maxAddressesLength, 'characters in the addresses of its links');
  });
};
