/**
 * How well seeds are read: runs both readers over a folder of scraped pages with known bodies and prints the scores.
 *
 *     npm run bench:reading [FOLDER [QUARTER]]
 *
 * FOLDER (`../shared/extraction` by default) holds page-text/ID.txt, article-text/ID.txt, html/ID.html.gz, the right
 * bodies, and score.mjs, which takes a folder of ID.json and prints a table. It is not part of the project. With a
 * quarter from 0 to 3, it reads only the pages that fit-block-trees.ts with the same quarter leaves out.
 */
import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decodeText } from '../../functions/core/article/decode-text.ts';
import { parseHtmlSeed } from '../../functions/core/article/html/parse-html-seed.ts';
import { parsePlainTextSeed } from '../../functions/core/article/text/parse-plain-text-seed.ts';
import { type Article, type SeedInput, SeedRejected } from '../../functions/core/article.ts';
import { cleanText } from '../../functions/core/text/clean-text.ts';
import { isHeldBack } from './held-back.ts';

const pages = resolve(process.argv[2] ?? '../shared/extraction');
const quarter = process.argv[3];

const measureAll = (): void => {
  measure('page-text', '.txt', readText);
  measure('article-text', '.txt', readText);
  measure('html', '.html.gz', (file) => parseHtmlSeed(decodeText(gunzipSync(file.bytes)), file));
};

const readText = (file: SeedInput): Article => {
  return parsePlainTextSeed(cleanText(decodeText(file.bytes)), file);
};

/** Reads every page of a folder, scores the bodies found and prints the table. */
const measure = (folder: string, ending: string, read: (file: SeedInput) => Article): void => {
  const out = mkdtempSync(join(tmpdir(), 'reading-'));
  const names = readdirSync(join(pages, folder)).filter(
    (name) => name.endsWith(ending) && (quarter === undefined || isHeldBack(name, quarter)),
  );
  let [refused, spent] = [0, 0];
  for (const name of names) {
    const file = toSeedFile(name, readFileSync(join(pages, folder, name)));
    const start = performance.now();
    const article = tryRead(file, read);
    spent += performance.now() - start;
    if (!article) refused += 1;
    const found = { body: article?.text ?? '', title: article?.title ?? '', ...selectNamesAndDate(article) };
    writeFileSync(join(out, `${name.slice(0, -ending.length)}.json`), JSON.stringify(found));
  }
  console.log(`\n${folder}: ${names.length} pages, ${refused} refused, ${(spent / names.length).toFixed(1)} ms a page`);
  console.log(
    execFileSync(process.execPath, [join(prepareScoring(), 'score.mjs'), out, '--bootstrap', '100'], {
      encoding: 'utf8',
    }),
  );
  rmSync(out, { recursive: true });
};

/** The folder to score with: for a quarter, one that knows no other pages, as a page that was not read counts as lost. */
const prepareScoring = (): string => {
  if (quarter === undefined) return pages;
  const folder = mkdtempSync(join(tmpdir(), 'scoring-'));
  const known: unknown = JSON.parse(readFileSync(join(pages, 'meta.json'), 'utf8'));
  const held = Object.entries(known ?? {}).filter(([id]) => isHeldBack(id, quarter));
  writeFileSync(join(folder, 'meta.json'), JSON.stringify(Object.fromEntries(held)));
  copyFileSync(join(pages, 'score.mjs'), join(folder, 'score.mjs'));
  for (const each of ['gold', 'page-text']) symlinkSync(join(pages, each), join(folder, each));
  return folder;
};

const toSeedFile = (name: string, bytes: Uint8Array): SeedInput => {
  const site = 'https://example.org';
  return { key: name.replace(/\.gz$/, ''), bytes, site, timeZone: 'UTC', uploadedAt: '2026-06-01T00:00:00Z' };
};

const tryRead = (file: SeedInput, read: (file: SeedInput) => Article): Article | undefined => {
  try {
    return read(file);
  } catch (error) {
    if (error instanceof SeedRejected) return undefined;
    throw error;
  }
};

const selectNamesAndDate = (article: Article | undefined): { author: string; date: string } => {
  const date = article?.published ?? article?.dateline?.date ?? article?.printed;
  return { author: article?.authors.join(', ') ?? '', date: date?.at ?? '' };
};

if (existsSync(join(pages, 'score.mjs'))) measureAll();
else console.log(`Skipped: there are no pages to measure with in ${pages}.`);
