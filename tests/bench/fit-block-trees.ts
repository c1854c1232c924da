/**
 * Fits the trees of the HTML reader to pages whose correct body is known, and writes block-trees.json:
 *
 *     node tests/bench/fit-block-trees.ts [FOLDER [QUARTER]]
 *
 * Run it after a change to the features. FOLDER (`../shared/extraction` by default) holds html/ID.html.gz and
 * gold/ID.txt. With a quarter from 0 to 3, it leaves out those pages that `bench:reading` with the same quarter reads.
 */
import { readdirSync, readFileSync } from 'node:fs';
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
import { splitPageBlocks } from '../../functions/core/article/html/page-blocks.ts';
import { removeInvisible, unwrapLayoutTables } from '../../functions/core/article/html/remove-invisible.ts';
import { resolveLazyImages } from '../../functions/core/article/html/resolve-lazy-images.ts';
import { splitWords } from '../../functions/core/article/html/split-words.ts';
import type { Example } from './boost-trees.ts';
import { isHeldBack } from './held-back.ts';
import { labelTexts } from './label-texts.ts';
import { weighLines, writeTrees } from './write-trees.ts';

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
  const kept = labelTexts(
    blocks.map(({ text }) => text),
    readFileSync(join(folder, 'gold', `${id}.txt`), 'utf8'),
  );
  const weights = weighLines(blocks.map(({ text }) => splitWords(text).length));
  return blocks.map((_, index) => ({
    features: [...new Set(features[index])],
    kept: kept[index] === true,
    weight: weights[index] ?? 0,
  }));
};

const trees = 390;
const folder = resolve(process.argv[2] ?? '../shared/extraction');
const names = readdirSync(join(folder, 'html')).filter((name) => !isHeldBack(name, process.argv[3]));
writeTrees(
  'html/block-trees.json',
  names.map((name) => readExamples(folder, name)),
  trees,
);
