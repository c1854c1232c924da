/**
 * How much memory the readers of an import take: reads a file of 100 MB of each format, in a process that may use 64 MB
 * of heap.
 *
 *     npm run bench:import [MEGABYTES]
 */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { type ImportFormat, importFormats } from '../../infra/cli/import/detect-import-format.ts';
import { openImportSource } from '../../infra/cli/import/open-import-source.ts';
import { readCsv } from '../../infra/cli/subscribers/read-csv.ts';

const heapMegabytes = 64;
const text =
  '<p>The tide came in at six and the boats went out at seven, as they have since the mole was built.</p>\n'.repeat(40);
const at = (index: number): string => new Date(Date.UTC(2010, 0, 1) + index * 3_600_000).toISOString();

interface SampleFile {
  readonly format: ImportFormat | 'csv';
  readonly head: string;
  readonly item: (index: number) => string;
  readonly tail: string;
}

const samples: Readonly<Record<string, SampleFile>> = {
  'subscribers (CSV)': {
    format: 'csv',
    head: 'email,confirmed at,consent\n',
    item: (index) => `reader.${index}@reader.example,${at(index)},"Signed up on the old site, page ${index}"\n`,
    tail: '',
  },
  'WordPress (WXR)': {
    format: 'wordpress',
    head: '<rss xmlns:content="c" xmlns:wp="http://wordpress.org/export/1.2/" xmlns:dc="d"><channel><link>https://old.example</link>\n',
    item: (index) =>
      index % 5 === 0
        ? `<item><title>P</title><wp:post_id>${index}</wp:post_id><wp:post_type>attachment</wp:post_type><wp:attachment_url>https://old.example/wp-content/uploads/picture-${index}.jpg</wp:attachment_url></item>\n`
        : `<item><title>Story ${index}</title><link>https://old.example/story-${index}/</link><guid>https://old.example/?p=${index}</guid><content:encoded><![CDATA[${text}]]></content:encoded><wp:post_id>${index}</wp:post_id><wp:post_date_gmt>${at(index).slice(0, 19).replace('T', ' ')}</wp:post_date_gmt><wp:post_name>story-${index}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>\n`,
    tail: '</channel></rss>',
  },
  'RSS feed': {
    format: 'feed',
    head: '<rss version="2.0"><channel><title>Old</title><link>https://old.example</link>\n',
    item: (index) =>
      `<item><title>Story ${index}</title><link>https://old.example/story-${index}/</link><pubDate>${new Date(at(index)).toUTCString()}</pubDate><description><![CDATA[${text}]]></description></item>\n`,
    tail: '</channel></rss>',
  },
  'Atom feed': {
    format: 'feed',
    head: '<feed xmlns="http://www.w3.org/2005/Atom"><title>Old</title>\n',
    item: (index) =>
      `<entry><id>urn:story:${index}</id><title>Story ${index}</title><updated>${at(index)}</updated><content type="html"><![CDATA[${text}]]></content></entry>\n`,
    tail: '</feed>',
  },
  'JSON Feed': {
    format: 'feed',
    head: '{"version":"https://jsonfeed.org/version/1.1","title":"Old","items":[',
    item: (index) =>
      `${index > 0 ? ',' : ''}${JSON.stringify({ id: `urn:story:${index}`, title: `Story ${index}`, date_published: at(index), content_html: text })}\n`,
    tail: ']}',
  },
  'Ghost (JSON)': {
    format: 'ghost',
    head: '{"db":[{"meta":{},"data":{"posts":[',
    item: (index) =>
      `${index > 0 ? ',' : ''}${JSON.stringify({ id: `${index}`, uuid: null, title: `Story ${index}`, slug: `story-${index}`, html: text, status: 'published', visibility: 'public', published_at: at(index) })}\n`,
    tail: '],"tags":[],"users":[]}}]}',
  },
};

const writeSample = async (path: string, { head, item, tail }: SampleFile, bytes: number): Promise<void> => {
  const file = createWriteStream(path);
  file.write(head);
  for (let index = 0; file.bytesWritten + file.writableLength < bytes; index += 1)
    if (!file.write(item(index))) await once(file, 'drain');
  file.end(tail);
  await once(file, 'close');
};

const countRows = async (path: string): Promise<number> => {
  let count = 0;
  for await (const _row of readCsv(path)) count += 1;
  return count;
};

const countArticles = async (path: string, format: ImportFormat): Promise<number> => {
  const source = await openImportSource(path, format);
  let count = 0;
  for await (const { kind } of source.read({ timeZone: 'UTC', prefix: 'imported/', base: 'https://old.example' }))
    if (kind === 'article') count += 1;
  return count;
};

const resultSchema = z.object({ count: z.number(), megabytes: z.number(), seconds: z.number() });

const readSample = async (path: string, format: string): Promise<void> => {
  const start = performance.now();
  const known = importFormats.find((each) => each === format);
  const count = known ? await countArticles(path, known) : await countRows(path);
  const seconds = (performance.now() - start) / 1000;
  console.log(JSON.stringify({ count, seconds, megabytes: process.resourceUsage().maxRSS / 1024 }));
};

const measureAll = async (megabytes: number): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'seedpress-import-'));
  console.log(`| ${megabytes} MB of | items | peak of memory (RSS) | time |\n|---|--:|--:|--:|`);
  try {
    for (const [name, sample] of Object.entries(samples)) {
      const path = join(folder, 'sample');
      await writeSample(path, sample, megabytes * 1024 * 1024);
      const script = fileURLToPath(import.meta.url);
      const args = [`--max-old-space-size=${heapMegabytes}`, script, 'read', path, sample.format];
      const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      const result = stdout === '' ? undefined : resultSchema.parse(JSON.parse(stdout));
      if (!result) process.exitCode = 1;
      console.log(
        result
          ? `| ${name} | ${result.count.toLocaleString('en')} | ${result.megabytes.toFixed(0)} MB | ${result.seconds.toFixed(0)} s |`
          : `| ${name} | failed: ${stderr.match(/.*(?:heap|Error).*/)?.[0] ?? stderr.slice(0, 200)} | | |`,
      );
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
};

const [command = '100', path = '', format = ''] = process.argv.slice(2);
if (command === 'read') await readSample(path, format);
else await measureAll(Number(command));
