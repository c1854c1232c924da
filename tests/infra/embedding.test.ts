import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** The app of the manual, with npm's links to its imports, and checked by cdk-nag. */
const runForeignApp = () => {
  const folder = mkdtempSync(join(tmpdir(), 'seedpress-embedded-'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules/seedpress'));
  for (const name of ['aws-cdk-lib', 'constructs', 'cdk-nag'])
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  const manual = readFileSync(join(root, 'docs/embedding.md'), 'utf8');
  const [, example = ''] = /```ts\n(.*?)```/s.exec(manual) ?? [];
  const judged = `
    import { Validations } from 'aws-cdk-lib';
    import { AwsSolutionsChecks } from 'cdk-nag';
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));`;
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  writeFileSync(join(folder, 'app.ts'), example + judged);
  const context = {
    '@aws-cdk/core:validateAgainstDefaultRules': true,
    '@aws-cdk/aws-iam:minimizePolicies': true,
    'aws:cdk:bundling-stacks': [],
  };
  const outdir = join(folder, 'cdk.out');
  const { PATH, HOME } = process.env;
  const env = { PATH, HOME, CDK_OUTDIR: outdir, CDK_CONTEXT_JSON: JSON.stringify(context) };
  return {
    folder,
    outdir,
    ...spawnSync(process.execPath, ['app.ts'], { cwd: folder, encoding: 'utf8', env }),
  };
};

describe('a CDK app of another project with two publications in one stack', () => {
  const app = runForeignApp();
  afterAll(() => rmSync(app.folder, { recursive: true }));
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
    expect(named('AWS::Lambda::Function')).toHaveLength(10);
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
