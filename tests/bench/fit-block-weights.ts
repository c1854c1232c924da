/**
 * Fits the weights of the HTML reader's features to pages whose correct body is known, and writes block-weights.json:
 *
 *     node tests/bench/fit-block-weights.ts [FOLDER]
 *
 * Run it after a change to the features. FOLDER (`../shared/extraction` by default) holds html/ID.html.gz and
 * gold/ID.txt.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parseHtml } from '../../functions/core/article/body/parse-html.ts';
import { findElement } from '../../functions/core/article/body/tree.ts';
import { decodeText } from '../../functions/core/article/decode-text.ts';
import { readExportedDocument } from '../../functions/core/article/exported/read-exported-document.ts';
import { extractBlockFeatures } from '../../functions/core/article/html/block-features.ts';
import { cutSubscriptionBoxes } from '../../functions/core/article/html/cut-subscription-boxes.ts';
import { extractMetadata } from '../../functions/core/article/html/extract-metadata.ts';
import { normalizeCode } from '../../functions/core/article/html/normalize-code.ts';
import { type PageBlock, splitPageBlocks } from '../../functions/core/article/html/page-blocks.ts';
import { removeInvisible, unwrapLayoutTables } from '../../functions/core/article/html/remove-invisible.ts';
import { resolveLazyImages } from '../../functions/core/article/html/resolve-lazy-images.ts';
import { splitWords } from '../../functions/core/article/html/split-words.ts';

interface Example {
  readonly features: readonly string[];
  /** Whether the correct body has the block. */
  readonly kept: boolean;
  readonly weight: number;
}

/** A feature of fewer pages says more about those pages than about pages in general. */
const minPages = 6;
/** A smaller weight changes no result. */
const minWeight = 0.05;
const trainingRounds = 150;
const decay = 0.3;

const toWordText = (text: string): string => ` ${splitWords(text).join(' ')} `;

/** Runs of four words, to recognize a paragraph that is not word for word the same. */
const toWordRuns = (words: readonly string[]): string[] =>
  words.slice(3).map((_, index) => words.slice(index, index + 4).join(' '));

/**
 * Whether each block is in the correct body: a long one by its words, a short one by its position between long ones.
 */
const labelBlocks = (blocks: readonly PageBlock[], gold: string): boolean[] => {
  const body = toWordText(gold);
  const runs = new Set(toWordRuns(splitWords(gold)));
  let reached = 0;
  return blocks.map(({ text, container }, index) => {
    const words = splitWords(text);
    const written = ` ${words.join(' ')} `;
    if (words.length < 6 || container.tagName === 'pre') {
      const next = blocks.slice(index + 1, index + 30).find((other) => splitWords(other.text).length >= 6);
      const until = next ? body.indexOf(toWordText(next.text), reached) : body.length;
      const at = body.indexOf(written, reached);
      return at >= 0 && at <= Math.max(until, reached);
    }
    const at = body.indexOf(written, reached);
    if (at >= 0) reached = at + written.length - 1;
    const own = toWordRuns(words);
    return at >= 0 || own.filter((run) => runs.has(run)).length * 2 >= own.length;
  });
};

const readExamples = (folder: string, name: string): Example[] => {
  const id = name.replace('.html.gz', '');
  const bytes = gunzipSync(readFileSync(join(folder, 'html', name)));
  const document = parseHtml(decodeText(bytes, 'html'));
  const file = {
    key: name,
    bytes,
    timeZone: 'UTC',
    uploadedAt: '2026-06-01T00:00:00Z',
    site: 'https://site.example',
  };
  const { canonical, description = '', declaredBody = '', ...metadata } = extractMetadata(document, file);
  const page = findElement(document, ({ tagName }) => tagName === 'body');
  if (!page) return [];
  normalizeCode(page);
  if (readExportedDocument(document, page)) return [];
  cutSubscriptionBoxes(page);
  resolveLazyImages(page);
  removeInvisible(document);
  unwrapLayoutTables(page);
  const blocks = splitPageBlocks(page);
  const host = canonical ? new URL(canonical).hostname : '';
  const features = extractBlockFeatures(blocks, { ...metadata, description, declaredBody, host });
  const kept = labelBlocks(blocks, readFileSync(join(folder, 'gold', `${id}.txt`), 'utf8'));
  const sizes = blocks.map(({ text }) => Math.sqrt(splitWords(text).length + 1));
  const all = sizes.reduce((sum, size) => sum + size, 0);
  return blocks.map((_, index) => ({
    features: [...new Set(features[index])],
    kept: kept[index] === true,
    weight: (20 * (sizes[index] ?? 0)) / all,
  }));
};

const selectCommonFeatures = (pages: readonly (readonly Example[])[]): string[] => {
  const counts = new Map<string, number>();
  for (const page of pages) {
    for (const feature of new Set(page.flatMap(({ features }) => features)))
      counts.set(feature, (counts.get(feature) ?? 0) + 1);
  }
  return [...counts].flatMap(([feature, count]) => (count >= minPages ? [feature] : [])).sort();
};

/** Logistic regression with a pull towards zero, by Adam's method over all examples at once. */
const fitWeights = (pages: readonly (readonly Example[])[]): Map<string, number> => {
  const weights = new Map(selectCommonFeatures(pages).map((feature) => [feature, 0]));
  const [means, squares] = [new Map<string, number>(), new Map<string, number>()];
  for (let round = 1; round <= trainingRounds; round += 1) {
    const slopes = new Map<string, number>();
    for (const { features, kept, weight } of pages.flat()) {
      const score = features.reduce((sum, feature) => sum + (weights.get(feature) ?? 0), 0);
      const miss = (Number(kept) - 1 / (1 + Math.exp(-score))) * weight;
      for (const feature of features) slopes.set(feature, (slopes.get(feature) ?? 0) + miss);
    }
    for (const [feature, weight] of weights) {
      const slope = (slopes.get(feature) ?? 0) - (decay * weight * pages.length) / 100;
      const mean = 0.9 * (means.get(feature) ?? 0) + 0.1 * slope;
      const square = 0.999 * (squares.get(feature) ?? 0) + 0.001 * slope ** 2;
      means.set(feature, mean);
      squares.set(feature, square);
      const stride = mean / (1 - 0.9 ** round) / (Math.sqrt(square / (1 - 0.999 ** round)) + 1e-8);
      weights.set(feature, weight + 0.3 * 0.985 ** round * stride);
    }
  }
  return weights;
};

const writeWeights = (weights: ReadonlyMap<string, number>): void => {
  const rounded = [...weights]
    .filter(([, weight]) => Math.abs(weight) >= minWeight)
    .map(([feature, weight]): [string, number] => [feature, Number(weight.toFixed(2))]);
  const target = new URL('../../functions/core/article/html/block-weights.json', import.meta.url);
  writeFileSync(target, `${JSON.stringify(Object.fromEntries(rounded), null, 2)}\n`);
  console.log(`${rounded.length} weights written.`);
};

const folder = resolve(process.argv[2] ?? '../shared/extraction');
const names = readdirSync(join(folder, 'html')).filter((name) => name.endsWith('.html.gz'));
writeWeights(fitWeights(names.map((name) => readExamples(folder, name))));
