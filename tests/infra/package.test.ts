import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { waitForSite } from '../wait-for-site.ts';

/** The package as npm makes it, and folders that have it installed. None of this needs a network. */

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'seedpress-package-'));
afterAll(() => rmSync(folder, { recursive: true }));
const { PATH, HOME, NODE_COMPILE_CACHE } = process.env;
const environment = { PATH, HOME, NODE_COMPILE_CACHE, NO_COLOR: '1' };

execFileSync('npm', ['pack', '--silent', '--pack-destination', folder], { cwd: root, env: environment });
const [tarball = ''] = readdirSync(folder);
const unpacked = join(folder, 'package');
execFileSync('tar', ['xzf', join(folder, tarball), '-C', folder]);
const { dependencies } = z
  .object({ dependencies: z.record(z.string(), z.string()) })
  .parse(JSON.parse(readFileSync(join(unpacked, 'package.json'), 'utf8')));

/** Installs the package as npm does, with its dependencies and no others. */
const install = (into: string): void => {
  const modules = join(into, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  execFileSync('cp', ['-r', unpacked, join(modules, 'seedpress')]);
  for (const name of Object.keys(dependencies)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(modules, name));
  }
  const bin = join(modules, 'seedpress/infra/cli/seedpress.js');
  chmodSync(bin, 0o755);
  symlinkSync(bin, join(modules, '.bin/seedpress'));
};

const runSeedpressIn = (cwd: string, ...args: string[]) =>
  spawnSync(join(cwd, 'node_modules/.bin/seedpress'), args, { cwd, encoding: 'utf8', env: environment });

/** The app of the manual, checked by cdk-nag. */
const runForeignApp = () => {
  const appFolder = mkdtempSync(join(folder, 'embedded-'));
  install(appFolder);
  const manual = readFileSync(join(root, 'docs/embedding.md'), 'utf8');
  const [, example = ''] = /```ts\n(.*?)```/s.exec(manual) ?? [];
  const judged = `
    import { Validations } from 'aws-cdk-lib';
    import { AwsSolutionsChecks } from 'cdk-nag';
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));`;
  writeFileSync(join(appFolder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(appFolder, 'app.ts'), example + judged);
  const context = {
    '@aws-cdk/core:validateAgainstDefaultRules': true,
    '@aws-cdk/aws-iam:minimizePolicies': true,
    'aws:cdk:bundling-stacks': [],
  };
  const outdir = join(appFolder, 'cdk.out');
  const env = { ...environment, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context) };
  return { outdir, ...spawnSync(process.execPath, ['app.ts'], { cwd: appFolder, encoding: 'utf8', env }) };
};

describe('a CDK app of another project with two publications in one stack', () => {
  const app = runForeignApp();
  const resources = () =>
    z
      .object({
        Resources: z.record(z.string(), z.looseObject({ Type: z.string(), DeletionPolicy: z.string().optional() })),
      })
      .parse(JSON.parse(readFileSync(join(app.outdir, 'Newspapers.template.json'), 'utf8'))).Resources;

  it('synthesizes, and breaks no rule of CloudFormation or cdk-nag', () => {
    expect(app.stderr).toBe('');
    expect(app.status).toBe(0);
  });

  it('has all resources of both, and one certificate', () => {
    const types = Object.entries(resources());
    const named = (type: string) => types.filter(([, { Type }]) => Type === type).map(([name]) => name);
    for (const type of ['AWS::DynamoDB::Table', 'AWS::CloudFront::Distribution', 'AWS::SES::EmailIdentity'])
      expect(named(type)).toEqual([expect.stringMatching(/^Gazette/), expect.stringMatching(/^Courier/)]);
    expect(named('AWS::Lambda::Function')).toHaveLength(12);
    expect(named('AWS::CertificateManager::Certificate')).toEqual([expect.stringMatching(/^Gazette/)]);
  });

  it('keeps the data of the one without the option', () => {
    const tables = Object.entries(resources()).filter(([, { Type }]) => Type === 'AWS::DynamoDB::Table');
    expect(tables.map(([name, { DeletionPolicy }]) => [/^[A-Z][a-z]+/.exec(name)?.[0], DeletionPolicy])).toEqual([
      ['Gazette', 'Retain'],
      ['Courier', 'Delete'],
    ]);
  });
});

describe('a publication in a folder of its own', () => {
  const tool = join(folder, 'tool');
  const paper = join(folder, 'my-paper');
  const settingsFile = join(paper, 'publication.json');
  const readSettings = (): Record<string, unknown> =>
    z.record(z.string(), z.unknown()).parse(JSON.parse(readFileSync(settingsFile, 'utf8')));
  const change = (settings: Readonly<Record<string, unknown>>): void =>
    writeFileSync(settingsFile, JSON.stringify({ ...readSettings(), ...settings }));

  beforeAll(() => {
    install(tool);
    const created = runSeedpressIn(
      tool,
      'init',
      paper,
      '--seedpress',
      join(folder, tarball),
      '--time-zone',
      'Asia/Tokyo',
    );
    expect(created).toMatchObject({ status: 0, stderr: '' });
    install(paper);
  });

  it('has settings that editors complete, articles, a place for a design, and a workflow', () => {
    const files = readdirSync(paper, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
      .map((entry) => relative(paper, join(entry.parentPath, entry.name)));
    expect(files.sort()).toEqual([
      '.github/workflows/deploy.yml',
      '.gitignore',
      'README.md',
      'cdk.json',
      'package.json',
      'publication.json',
      'seeds/first-letter.txt',
      'seeds/pages/imprint.md',
      'seeds/pages/privacy.md',
      'seeds/welcome.md',
      'theme/templates/.gitkeep',
    ]);
    const { $schema, ...settings } = readSettings();
    expect(settings).toMatchObject({ id: 'my-paper', title: 'My Paper', timeZone: 'Asia/Tokyo' });
    expect(JSON.parse(readFileSync(join(paper, String($schema)), 'utf8'))).toMatchObject({ type: 'object' });
    expect(readFileSync(join(paper, 'package.json'), 'utf8')).toContain(`"seedpress": "file:../${tarball}"`);
  });

  it('is not created over something else, nor with settings that are none', () => {
    expect(runSeedpressIn(tool, 'init', paper)).toMatchObject({
      status: 2,
      stderr: expect.stringContaining('not empty'),
    });
    const refused = runSeedpressIn(tool, 'init', join(folder, 'other'), '--language', 'e_n');
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('language: must be a language tag') });
    expect(readdirSync(folder)).not.toContain('other');
  });

  it('runs, with its own seeds and templates, and is found by the command', async () => {
    change({ title: 'The Paper' });
    mkdirSync(join(paper, 'theme/templates/page'), { recursive: true });
    writeFileSync(join(paper, 'theme/templates/page/style.css'), 'body { color: rebeccapurple }');
    const messages = { en: { latest: 'What is new' } };
    writeFileSync(join(paper, 'theme/templates/page/messages.json'), JSON.stringify(messages));
    const ports = ['--site-port', '0', '--s3-port', '0', '--inbox-port', '0'];
    const run = spawn(join(paper, 'node_modules/.bin/seedpress'), ['start', ...ports], {
      cwd: paper,
      env: environment,
    });
    const ended = new Promise((resolve) => run.on('exit', resolve));
    try {
      let printed = '';
      run.stdout.on('data', (text) => {
        printed += text;
      });
      const site = await waitForSite(run, 'A letter needs no markup');
      expect(printed).toContain('The sign-up form has no privacy page: ');
      const home = await (await fetch(site)).text();
      expect(home).toContain('The Paper');
      const [, style = ''] = /href="([^"]+\.css[^"]*)"/.exec(home) ?? [];
      expect(await (await fetch(new URL(style, site))).text()).toContain('rebeccapurple');
      expect(runSeedpressIn(join(paper), 'status').stdout).toMatch(/Publication +The Paper/);

      const told: string[] = [];
      run.stdout.on('data', (text: Buffer) => told.push(String(text)));
      const read = async (path: string): Promise<string> => (await fetch(new URL(path, site))).text();
      change({ title: 'The Evening Paper', theme: { accent: '#0b5c3b' } });
      await expect.poll(() => read('/'), { timeout: 30_000 }).toContain('The Evening Paper');
      await expect.poll(() => read('/assets/icon.svg'), { timeout: 30_000 }).toContain('#0b5c3b');
      const article = join(paper, 'theme/templates/page/article.html');
      writeFileSync(article, '<h1>{{titel}}</h1>');
      await expect
        .poll(() => told.join(''), { timeout: 30_000 })
        .toContain('article.html:1: there is no value {{titel}} here');
      rmSync(article);
      change({ timeZone: 'Europe/Lisbon' });
      await expect
        .poll(() => told.join(''), { timeout: 30_000 })
        .toContain('Stop and start again to use what has changed in the settings: timeZone');
      expect(await read('/')).toContain('The Evening Paper');
    } finally {
      run.kill('SIGINT');
    }
    expect(await ended).toBe(0);
  });

  it('tells a mistake in its settings or templates with the place, and builds nothing', () => {
    change({ timeZone: 'Lisbon' });
    const refused = runSeedpressIn(paper, 'synth');
    expect(refused).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('publication.timeZone: must be an IANA'),
    });
    change({ timeZone: 'Europe/Lisbon' });
    for (const [name, text, told] of [
      ['page/artcle.html', '<p>x</p>', 'page/artcle.html: there is no template of this name to replace'],
      ['page/article.html', '<h1>\n{{#if title}}', 'page/article.html:2'],
      ['page/article.html', '<h1>{{titel}}</h1>', 'page/article.html:1'],
    ] as const) {
      const file = join(paper, 'theme/templates', name);
      writeFileSync(file, text);
      expect(runSeedpressIn(paper, 'synth')).toMatchObject({ status: 1, stderr: expect.stringContaining(told) });
      rmSync(file);
    }
    writeFileSync(settingsFile, '{ "id": ');
    expect(runSeedpressIn(paper, 'synth').stderr).toContain('publication.json is not JSON');
  });

  it('is missing elsewhere, which is told with the way to create one', () => {
    const nowhere = runSeedpressIn(tool, 'synth');
    expect(nowhere).toMatchObject({ status: 1, stderr: expect.stringContaining('npx seedpress init my-paper') });
  });
});
