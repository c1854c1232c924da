import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { findTemplateMistake } from '../../infra/check-template.ts';
import { compileTemplates, templatesFolder } from '../../infra/templates.ts';

const known = {
  sources: [
    '<h1>{{title}}</h1>\n{{#if lead}}{{> story lead}}{{/if}}\n{{#each rest}}<li>{{lookup ../names @index}}</li>{{/each}}',
    '<h2>{{title}}</h2>{{#each authors}}{{name}}{{/each}}{{this}}',
  ],
  partials: ['story', 'mine'],
};

describe('a mistake in a template of a publication', () => {
  test.each([
    ['an unknown value', '<p>\n{{titel}}', 2, 'there is no value {{titel}} here'],
    ['an unclosed block', '{{#if lead}}\n<p>', 2, /./],
    ['a block that another closes', '{{#if lead}}\n{{/each}}', 1, "if doesn't match each"],
    ['an unknown helper', '\n\n{{upper title}}', 3, /^there is no helper {{upper}}\. Helpers are if, .*log$/],
    ['an unknown helper of a block', '{{#repeat rest}}{{/repeat}}', 1, /no helper {{repeat}}/],
    ['an unknown helper within another', '{{#if (not lead)}}{{/if}}', 1, /no helper {{not}}/],
    ['a value that is called', '{{title lead}}', 1, /no helper {{title}}/],
    ['a condition without a value', '{{#if}}{{/if}}', 1, '{{#if}} needs one value'],
    ['a condition of two values', '\n{{#unless lead title}}{{/unless}}', 2, '{{#unless}} needs one value'],
    [
      'a missing partial',
      '{{title}}\n{{> storey lead}}',
      2,
      'there is no partial {{> storey}}. Partials are story, mine',
    ],
    ['a missing partial around a block', '{{#> frame}}{{title}}{{/frame}}', 1, /no partial {{> frame}}/],
    [
      'a loop over a text',
      '{{#each title}}{{this}}{{/each}}',
      1,
      '{{#each title}} goes through a list, and {{title}} is a text',
    ],
  ])('%s is told with its line', (_, source, line, message) => {
    const mistake = findTemplateMistake(source, known);
    expect(mistake?.line).toBe(line);
    expect(mistake?.message).toMatch(message);
  });

  test('the first of several is told', () => {
    expect(findTemplateMistake('{{> a}}\n{{#if}}{{/if}}\n{{b}}', known)).toMatchObject({ line: 1 });
  });

  test.each([
    '{{#each rest}}{{@index}}{{> story}}{{/each}}',
    '{{> mine}}{{> story lead}}{{#if lead}}{{lead.title}}{{else if rest}}{{title}}{{/if}}',
    '{{#with lead}}{{title}}{{#each authors}}{{name}}{{#each this}}{{this}}{{/each}}{{/each}}{{/with}}',
    '{{#unless lead}}{{{title}}}{{/unless}}{{!-- {{titel}} --}}{{lookup rest 0}}',
  ])('there is none in %s', (source) => {
    expect(findTemplateMistake(source, known)).toBeUndefined();
  });
});

describe('templates of a publication', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'templates-own-'));
  afterAll(() => rm(folder, { recursive: true }));
  const compile = async (files: Record<string, string>) => {
    const own = await mkdtemp(join(folder, 'paper-'));
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(own, name)), { recursive: true });
      await writeFile(join(own, name), content);
    }
    return compileTemplates(templatesFolder, own);
  };

  test('may have partials of their own, which may have the values of any template', async () => {
    const files = { 'page/not-found.html': '{{> motto}}', 'page/partials/motto.html': '<p>{{strapline}}</p>' };
    expect(await compile(files)).toMatchObject(files);
    await expect(compile({ 'page/partials/motto.html': '<p>{{straplin}}</p>' })).rejects.toThrow(
      /partials\/motto\.html:1: there is no value {{straplin}} here/,
    );
  });

  test('may be all those of this project', async () => {
    const own = fileURLToPath(templatesFolder);
    expect(await compileTemplates(templatesFolder, own)).toEqual(await compileTemplates(templatesFolder));
  });

  test('are refused with file and line where a partial is missing', async () => {
    await expect(compile({ 'page/home.html': '<p>\n{{> moto}}' })).rejects.toThrow(
      /page\/home\.html:2: there is no partial {{> moto}}/,
    );
  });
});
