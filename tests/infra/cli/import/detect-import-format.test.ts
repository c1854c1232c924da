import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { detectImportFormat } from '../../../../infra/cli/import/detect-import-format.ts';
import { detectSiteKind } from '../../../../infra/cli/import/markdown/detect-site-kind.ts';
import { toFixturePath } from './plan-source.ts';

test.each([
  ['rss.xml', 'feed'],
  ['atom.xml', 'feed'],
  ['feed.json', 'feed'],
  ['wordpress.xml', 'wordpress'],
  ['ghost.json', 'ghost'],
])('%s is known as %s by its beginning', (name, format) => {
  expect(detectImportFormat(readFileSync(toFixturePath(name), 'utf8').slice(0, 1_000))).toBe(format);
});

test.each([
  ['\ufeff<?xml version="1.0"?>\n<rdf:RDF xmlns="http://purl.org/rss/1.0/">', 'feed'],
  ['{"meta":{"exported_on":1},"data":{"posts":[]}}', 'ghost'],
  ['<!doctype html><title>RSS</title>', undefined],
  ['{"name":"a-package"}', undefined],
  ['', undefined],
])('%j is known as %s', (start, format) => {
  expect(detectImportFormat(start)).toBe(format);
});

test.each([
  [['hugo.toml', 'content/a.md'], 'hugo'],
  [['config.toml', 'content/a.md'], 'hugo'],
  [['config.toml', 'a.md'], 'plain'],
  [['_posts/2020-01-01-a.md'], 'jekyll'],
  [['eleventy.config.js', 'a.md'], 'eleventy'],
  [['a.md', 'README.md'], 'plain'],
])('a folder with %j is written for %s', (files, kind) => {
  expect(detectSiteKind(files)).toBe(kind);
});
