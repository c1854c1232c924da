import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Handlebars from 'handlebars';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { compileTemplates, templatesFolder, writeTemplates } from '../../infra/templates.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'templates-'));
});
afterEach(() => rm(folder, { recursive: true }));

const write = async (name: string, content: string): Promise<void> => {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
};

const mail = (body: string): string =>
  `<mjml lang="{{language}}"><mj-body><mj-section><mj-column>\n${body}\n</mj-column></mj-section></mj-body></mjml>`;

describe('compiled templates', () => {
  it('are every file of the folder by its path, sorted, those of MJML as HTML', async () => {
    await write('page/partials/byline.html', '<p>\n  {{name}}\n</p>\n');
    await write('page/style.css', 'body { margin: 0 }\n');
    await write('digest/digest.mjml', mail('<mj-text>Hello</mj-text>'));
    await write('digest/digest.txt', 'Hello\n');
    await write('.DS_Store', 'no template');
    const templates = await compileTemplates(folder);
    expect(Object.keys(templates)).toEqual([
      'digest/digest.html',
      'digest/digest.txt',
      'page/partials/byline.html',
      'page/style.css',
    ]);
    expect(templates['page/partials/byline.html']).toBe('<p>\n  {{name}}\n</p>\n');
    expect(templates['digest/digest.html']).toMatch(/^<!doctype html>/i);
    expect(await compileTemplates(pathToFileURL(`${folder}/`))).toEqual(templates);
  });

  it('keep the places that Handlebars fills: in text, attributes, styles and around whole parts', async () => {
    await write(
      'digest.mjml',
      mail(
        '<mj-raw>{{#if shown}}</mj-raw><mj-text><a href="{{{url}}}" style="text-align:{{start}};color:red">{{title}}</a>' +
          '{{#each names}}<b lang="{{lang}}">{{name}}</b>{{/each}}</mj-text><mj-raw>{{else}}</mj-raw>' +
          '<mj-text>None</mj-text><mj-raw>{{/if}}</mj-raw>',
      ),
    );
    const template = Handlebars.compile((await compileTemplates(folder))['digest.html']);
    const url = 'https://news.example/?a=1&b={{reader}}';
    const names = [
      { lang: 'en', name: 'Ana & Bo' },
      { lang: 'ar', name: 'ليلى' },
    ];
    const filled = template({ language: 'pt', shown: true, url, start: 'right', title: '<T>', names });
    expect(filled).toContain(`<html lang="pt"`);
    expect(filled).toContain(
      `<a href="${url}" style="text-align:right;color:red">&lt;T&gt;</a><b lang="en">Ana &amp; Bo</b><b lang="ar">ليلى</b>`,
    );
    expect(filled).not.toContain('None');
    expect(template({ shown: false })).toContain('None');
  });

  it.each([
    ['an unknown attribute', '<mj-text colour="red">Hello</mj-text>', /digest\.mjml:2 <mj-text> .*colour/],
    ['an unknown element', '<mj-txt>Hello</mj-txt>', /digest\.mjml:2 <mj-txt> .*exist/],
    ['an element out of place', '<mj-section></mj-section>', /digest\.mjml:2 <mj-section> /],
  ])('are none where MJML has %s: the message has file and line', async (_, body, message) => {
    await write('digest/digest.mjml', mail(body));
    await expect(compileTemplates(folder)).rejects.toThrow(message);
  });

  it('are none where a file is no MJML at all, or two have the same name', async () => {
    await write('digest.mjml', 'Hello');
    await expect(compileTemplates(folder)).rejects.toThrow(/digest\.mjml: /);
    await write('digest.mjml', mail('<mj-text>Hello</mj-text>'));
    await write('digest.html', '<p>Hello</p>');
    await expect(compileTemplates(folder)).rejects.toThrow(/digest\.mjml: there is a digest\.html already/);
  });

  it.each([
    ['English', 'en', 'archive'],
    ['another language', 'de', 'archive'],
    ['all of English', 'en', 'skip'],
  ])('are none where %s lacks a message: it is named', async (_, language, message) => {
    const name = 'page/messages.json';
    const messages = JSON.parse(await readFile(new URL(name, templatesFolder), 'utf8'));
    if (message === 'skip') delete messages.en;
    else delete messages[language][message];
    await write(name, JSON.stringify(messages));
    await expect(compileTemplates(folder)).rejects.toThrow(
      `${join(folder, name)}: "${language}" has no message "${message}"`,
    );
  });

  it('may have messages of their own, in every language that they have', async () => {
    await write('page/my-messages.json', JSON.stringify({ en: { hello: 'Hello' }, de: {} }));
    await expect(compileTemplates(folder)).rejects.toThrow(/my-messages\.json: "de" has no message "hello"/);
    await write('page/my-messages.json', JSON.stringify({ en: { hello: 'Hello' }, de: { hello: '' } }));
    await expect(compileTemplates(folder)).rejects.toThrow(/my-messages\.json: .*de\.hello/s);
  });

  it('are refused for a publication in a language without words, with the way to add them', async () => {
    const out = join(folder, 'out.json');
    const ownDir = await mkdtemp(join(tmpdir(), 'templates-own-'));
    const names = [
      'digest/messages.json',
      'email/messages.json',
      'page/messages.json',
      'page/subscription-messages.json',
    ];
    for (const language of ['en-GB', 'pt-BR', 'ar']) await writeTemplates(templatesFolder, out, { language });
    await expect(writeTemplates(templatesFolder, out, { language: 'nl-BE', ownDir })).rejects.toThrow(
      `the publication's language, "nl-BE". Write all messages under "nl-BE" in:\n${names.map((name) => `  theme/templates/${name}\n`).join('')}`,
    );
    for (const name of names) {
      const { en } = JSON.parse(await readFile(new URL(name, templatesFolder), 'utf8'));
      await mkdir(join(ownDir, dirname(name)), { recursive: true });
      await writeFile(join(ownDir, name), JSON.stringify({ nl: en }));
    }
    await writeTemplates(templatesFolder, out, { language: 'nl-BE', ownDir });
    await rm(ownDir, { recursive: true });
  });

  it('are written as the same bytes each time', async () => {
    await write('b.txt', 'B');
    await write('a.mjml', mail('<mj-text>A</mj-text>'));
    const out = await mkdtemp(join(tmpdir(), 'templates-out-'));
    const files = [join(out, 'first.json'), join(out, 'second.json')];
    for (const file of files) await writeTemplates(folder, file);
    const [one, two] = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    await rm(out, { recursive: true });
    expect(one).toBe(two);
    expect(JSON.parse(one ?? '')).toEqual(await compileTemplates(folder));
  });
});

describe('the templates of this project', () => {
  it('compile without a mistake or a warning', async () => {
    const said = [vi.spyOn(console, 'warn'), vi.spyOn(console, 'error'), vi.spyOn(console, 'log')];
    const templates = await compileTemplates(new URL('../../templates/', import.meta.url));
    const spoken = said.flatMap((spy) => spy.mock.calls);
    vi.restoreAllMocks();
    expect(spoken).toEqual([]);
    expect(templates['digest/digest.html']).toContain('{{{articles}}}');
  });
});
