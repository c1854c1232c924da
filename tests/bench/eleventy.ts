/**
 * Eleventy with its RSS plugin, for comparison: installed from npm into a temporary folder, since nothing else of the
 * project needs it. Its site is kept small on purpose: a page for each article in one layout, an index, the newest of
 * each topic, and one RSS feed; no Atom, JSON, archives, authors, sitemap or digest.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const packageSpecs = ['@11ty/eleventy@3.1.8', '@11ty/eleventy-plugin-rss@3.0.0'];
const installArguments = ['install', '--no-fund', '--no-audit', '--prefer-offline', '--fetch-retries=0'];
const run = promisify(execFile);

export interface ComparedSite {
  /** Puts an article beside the others. */
  add(name: string, markdown: string): void;
  remove(name: string): void;
  /** Builds the whole site in a new process, as its command does. */
  build(): Promise<void>;
  stop(): void;
}

/** Installs Eleventy and lays out its site, or says why it is left out. */
export const installEleventy = async (): Promise<ComparedSite | undefined> => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-eleventy-'));
  const stop = (): void => rmSync(folder, { recursive: true, force: true });
  write(folder, 'package.json', '{ "private": true, "type": "module" }');
  try {
    await run('npm', [...installArguments, ...packageSpecs], { cwd: folder });
  } catch (error) {
    stop();
    const [reason = 'npm failed'] = /npm error .*/.exec(String(error)) ?? [];
    console.log(`Eleventy is skipped, since it could not be installed: ${reason}`);
    return undefined;
  }
  for (const [name, text] of Object.entries(siteFiles)) write(folder, name, text);
  const articleFile = (name: string): string => join('site', 'articles', `${name}.md`);
  return {
    add: (name, markdown) => write(folder, articleFile(name), markdown),
    remove: (name) => rmSync(join(folder, articleFile(name))),
    build: async () => {
      const command = ['node_modules/@11ty/eleventy/cmd.cjs', '--input=site', '--quiet'];
      await run(process.execPath, command, { cwd: folder, maxBuffer: 64 * 1024 * 1024 });
    },
    stop,
  };
};

const write = (folder: string, name: string, text: string): void => {
  mkdirSync(join(folder, name, '..'), { recursive: true });
  writeFileSync(join(folder, name), text);
};

const renderList = (articles: string): string => `<ul>
{% for article in ${articles} %}
<li><a href="{{ article.url }}">{{ article.data.title }}</a> {{ article.date.toISOString() }}</li>
{% endfor %}
</ul>
`;

const siteFiles = {
  'eleventy.config.js': `
import { feedPlugin } from '@11ty/eleventy-plugin-rss';
export default (config) => {
  config.addFilter('newest', (articles, count) => articles.slice(-count).reverse());
  config.addPlugin(feedPlugin, {
    type: 'rss',
    outputPath: '/feed.xml',
    collection: { name: 'articles', limit: 20 },
    metadata: { language: 'en', title: 'News', subtitle: 'News.', base: 'https://news.example/', author: { name: 'The editors' } },
  });
};
`,
  'site/_includes/layout.njk': `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>{{ title }}</title><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head>
<body>
<h1>{{ title }}</h1>
{{ content | safe }}
</body>
</html>
`,
  'site/articles/articles.json': JSON.stringify({
    layout: 'layout.njk',
    tags: ['articles'],
    permalink: '/articles/{{ page.fileSlug }}/',
  }),
  'site/index.njk': `---\nlayout: layout.njk\ntitle: News\n---\n${renderList('collections.articles | newest(30)')}`,
  'site/topics.njk': `---
layout: layout.njk
pagination: { data: collections, size: 1, alias: topic, filter: [all, articles] }
permalink: "/topics/{{ topic | slugify }}/"
eleventyComputed: { title: "{{ topic }}" }
---
${renderList('collections[topic] | newest(50)')}`,
};
