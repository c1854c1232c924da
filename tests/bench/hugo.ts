/**
 * Hugo, for comparison, where its command is installed. Its site is as small as that of Eleventy beside it: a page for
 * each article in one layout, an index, the newest of each topic, and one RSS feed.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ComparedSite } from './eleventy.ts';

const run = promisify(execFile);

/** Lays out the site, or says why it is left out. */
export const findHugo = async (): Promise<ComparedSite | undefined> => {
  try {
    const { stdout } = await run('hugo', ['version']);
    console.log(stdout.trim());
  } catch {
    console.log('Hugo is skipped, since its command is not installed.');
    return undefined;
  }
  const folder = mkdtempSync(join(tmpdir(), 'bench-hugo-'));
  const write = (name: string, text: string): void => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  for (const [name, text] of Object.entries(siteFiles)) write(name, text);
  const articleFile = (name: string): string => join('content', 'articles', `${name}.md`);
  return {
    add: (name, markdown) => write(articleFile(name), markdown),
    remove: (name) => rmSync(join(folder, articleFile(name))),
    build: async () => {
      await run('hugo', ['--quiet', '--cleanDestinationDir'], { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
    },
    stop: () => rmSync(folder, { recursive: true, force: true }),
  };
};

const renderPage = (content: string): string => `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ .Title }}</title><link rel="alternate" type="application/rss+xml" href="/index.xml"></head>
<body>
<h1>{{ .Title }}</h1>
${content}
</body>
</html>
`;

const renderList = (articles: string): string => `<ul>
{{ range ${articles} }}
<li><a href="{{ .RelPermalink }}">{{ .Title }}</a> {{ .Date.Format "2006-01-02T15:04:05Z07:00" }}</li>
{{ end }}
</ul>
`;

const siteFiles = {
  'config.json': JSON.stringify({
    baseURL: 'https://news.example/',
    title: 'News',
    taxonomies: { tag: 'tags' },
    buildFuture: true,
    rssLimit: 20,
    disableKinds: ['sitemap', 'robotsTXT', '404'],
    outputs: { home: ['html', 'rss'], section: ['html'], taxonomy: ['html'], term: ['html'] },
  }),
  'layouts/_default/single.html': renderPage('{{ .Content }}'),
  'layouts/_default/list.html': renderPage(renderList('first 50 .Pages')),
  'layouts/index.html': renderPage(renderList('first 30 .Site.RegularPages')),
};
