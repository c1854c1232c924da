/**
 * Fits the trees of the reader of plain text to pages whose correct body is known, and writes line-trees.json:
 *
 *     node tests/bench/fit-line-trees.ts [FOLDER [QUARTER]]
 *
 * Run it after a change to the features. FOLDER (`../shared/extraction` by default) holds page-text/ID.txt,
 * article-text/ID.txt and gold/ID.txt. With a quarter from 0 to 3, it leaves out those pages that `bench:reading` with
 * the same quarter reads.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { decodeText } from '../../functions/core/article/decode-text.ts';
import { countChromeEvidence, minScrapedEvidence } from '../../functions/core/article/text/chrome-evidence.ts';
import { extractLineFeatures } from '../../functions/core/article/text/line-features.ts';
import { splitLines } from '../../functions/core/article/text/lines.ts';
import { extractStoryFeatures } from '../../functions/core/article/text/story-line-features.ts';
import { unwrapLines } from '../../functions/core/article/text/unwrap-lines.ts';
import { cleanText } from '../../functions/core/text/clean-text.ts';
import type { Example } from './boost-trees.ts';
import { isHeldBack } from './held-back.ts';
import { labelTexts } from './label-texts.ts';
import { weighLines, writeTrees } from './write-trees.ts';

const folder = resolve(process.argv[2] ?? '../shared/extraction');

/** Of a text that counts as a scraped page; others are kept whole. */
const readExamples = (texts: string, name: string): Example[] => {
  const text = cleanText(decodeText(readFileSync(join(folder, texts, name))));
  const lines = splitLines(unwrapLines(text).text).map((line) => ({ line, features: extractLineFeatures(line) }));
  if (countChromeEvidence(lines) < minScrapedEvidence) return [];
  const kept = labelTexts(
    lines.map(({ line }) => line.text),
    readFileSync(join(folder, 'gold', name), 'utf8'),
  );
  const weights = weighLines(lines.map(({ line }) => line.words));
  return extractStoryFeatures(lines).map((features, index) => ({
    features: [...new Set(features)],
    kept: kept[index] === true,
    weight: weights[index] ?? 0,
  }));
};

const trees = 120;
const examples = ['page-text', 'article-text'].flatMap((texts) =>
  readdirSync(join(folder, texts))
    .filter((name) => !isHeldBack(name, process.argv[3]))
    .map((name) => readExamples(texts, name)),
);
writeTrees('text/line-trees.json', examples, trees);
