import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseSeed } from '../../../functions/core/article/parse-seed.ts';
import { SeedWithheld } from '../../../functions/core/article.ts';
import { createPublicationFiles, type NewPublication } from '../../../infra/cli/init/create-publication-files.ts';
import { listPageWarnings } from '../../../infra/publication-folder/list-page-warnings.ts';
import pageMessages from '../../../templates/page/messages.json' with { type: 'json' };

const wanted: NewPublication = {
  folder: '/my-paper',
  name: 'my-paper',
  timeZone: 'Europe/Lisbon',
  publisher: 'Cais & Filhos',
  address: '1 Quay Street, Porto',
  email: 'editor@cais.example',
};

const parse = (key: string, text: string) =>
  parseSeed({
    key,
    bytes: new TextEncoder().encode(text),
    timeZone: 'UTC',
    uploadedAt: '2026-11-28T00:00:00Z',
    site: 'https://news.example',
  });

const readSettings = async (of: NewPublication) =>
  JSON.parse((await createPublicationFiles(of)).get('publication.json') ?? '');

const readDrafts = async (changes: Partial<NewPublication>) => {
  const files = await createPublicationFiles({ ...wanted, ...changes });
  return ['seeds/pages/imprint.md', 'seeds/pages/privacy.md'].map((path) => ({
    key: path.slice('seeds/'.length),
    text: files.get(path) ?? '',
  }));
};

test.each(Object.keys(pageMessages))(
  'a new publication in %s has drafts of imprint and privacy page in its language',
  async (language) => {
    const titles = new Set<string>();
    for (const { key, text } of await readDrafts({ language })) {
      expect(() => parse(key, text)).toThrow(SeedWithheld);
      const page = parse(key, text.replace('draft: true\n', ''));
      expect(page).toMatchObject({ page: { menu: 'footer' }, warnings: [], cut: [] });
      for (const fact of ['Cais & Filhos', '1 Quay Street, Porto', 'editor@cais.example'])
        expect(page.text).toContain(fact);
      expect(page.text).not.toMatch(/[{}]/);
      titles.add(page.title);
      if (!key.includes('privacy')) continue;
      expect(page.language).toBe(language);
      for (const days of ['400', '35']) expect(page.text).toContain(days);
    }
    expect(titles.size).toBe(2);
    const { description } = await readSettings({ ...wanted, language });
    expect(description).toMatch(/^My Paper ?: \S/);
    const english = await readDrafts({ language: 'en' });
    if (language === 'en') return;
    expect(await readDrafts({ language })).not.toEqual(english);
    expect(description).not.toBe((await readSettings({ ...wanted, language: 'en' })).description);
  },
);

test('what a new publication does not know is a blank in its drafts, and the publisher is in its settings where it is known', async () => {
  const { publisher, address, email, ...unknown } = wanted;
  expect((await createPublicationFiles(unknown)).get('seeds/pages/imprint.md')).toContain('[…]\\\n[…]');
  expect(await readSettings(unknown)).not.toHaveProperty('publisher');
  expect(await readSettings(wanted)).toMatchObject({
    publisher: { name: publisher, address, email },
    sender: { email },
    postalAddress: 'Cais & Filhos, 1 Quay Street, Porto',
  });
});

test('a sign-up form without a privacy page, one that is a draft, and blanks in a page are warned of', () => {
  const seeds = mkdtempSync(join(tmpdir(), 'seedpress-pages-'));
  onTestFinished(() => rmSync(seeds, { recursive: true }));
  const page = (name: string) => join(seeds, 'pages', name);
  expect(listPageWarnings(seeds)).toEqual([expect.stringMatching(/has no privacy page: write .*pages\/privacy\.md/)]);
  mkdirSync(join(seeds, 'pages'));
  writeFileSync(page('Privacy.md'), '---\ntitle: Datenschutz\ndraft: true\n---\n\nText […].\n');
  expect(listPageWarnings(seeds)).toEqual([expect.stringContaining('Privacy.md is a draft')]);
  writeFileSync(page('Privacy.md'), '---\ntitle: Datenschutz\n---\n\nText.\n');
  expect(listPageWarnings(seeds)).toEqual([]);
  writeFileSync(page('imprint.md'), '---\ntitle: Imprint\n---\n\nResponsible: […]\n');
  expect(listPageWarnings(seeds)).toEqual([`${page('imprint.md')} has blanks to fill in: […]`]);
});
