import { describe, expect, it } from 'vitest';
import { parseStage } from '../../infra/stage.ts';
import { buildContext, runRefusedCdkApp } from './run-cdk-app.ts';
import { synthesizeStack } from './synthesize-stack.ts';

const own = {
  site: 'https://news.gazette.example',
  sender: { name: 'The Gazette', email: 'editor@gazette.example' },
  domain: { hostedZoneId: 'Z1', zoneName: 'gazette.example' },
};

describe('a stage', () => {
  it('is prod by default, with the settings as they are', () => {
    const { stackName, publication, keepData } = parseStage(buildContext(own));
    expect({ stackName, keepData }).toEqual({ stackName: 'Seedpress', keepData: true });
    expect(publication).toMatchObject(own);
    expect(parseStage(buildContext(own, { stage: 'prod' }))).toEqual({ stackName, publication, keepData });
  });

  it('has its own name, and not the site, certificate or zone of prod', () => {
    const stages = { dev: { title: 'The Gazette (dev)' } };
    const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/1-2';
    const dev = parseStage(buildContext({ ...own, certificate }, { stage: 'dev', stages }));
    expect(dev.stackName).toBe('Seedpress-dev');
    expect(dev.publication).toMatchObject({ title: 'The Gazette (dev)', sender: own.sender });
    for (const name of ['site', 'certificate', 'domain']) expect(dev.publication).not.toHaveProperty(name);
  });

  it('may have a site and a zone', () => {
    const stages = { dev: { site: 'dev.gazette.example', domain: own.domain } };
    const { publication } = parseStage(buildContext(own, { stage: 'dev', stages }));
    expect(publication).toMatchObject({ site: 'https://dev.gazette.example', domain: own.domain });
  });

  it.each([
    ['Dev_1', 'A stage has a short name of lower-case letters, digits and hyphens, such as "dev", not "Dev_1".'],
    ['', 'A stage has a short name'],
    [7, 'A stage has a short name'],
    ['prd', 'There is no stage "prd". There are prod, dev; add others under "stages" in the settings.'],
  ])('that is named %j is refused with a message', (stage, words) => {
    expect(() => parseStage(buildContext({}, { stage, stages: { dev: {} } }))).toThrow(words);
  });

  it.each([
    [{ dev: { feedsize: 3 } }, '  stages.dev: Unrecognized key: "feedsize"'],
    [{ dev: { feedSize: 0 } }, '  stages.dev.feedSize: must be a whole number from 1 to 100'],
    [{ dev: { keepData: 'no' } }, '  stages.dev.keepData: must be true or false'],
    [{ dev: true }, '  stages.dev: must be settings'],
    ['dev', '  stages: must be settings by the names of stages'],
  ])('with a mistake in its settings is told where: %j', (stages, line) => {
    expect(() => parseStage(buildContext({}, { stage: 'dev', stages }))).toThrow(line);
  });

  it('that does not exist ends the app with a message only', async () => {
    const { status, stderr } = await runRefusedCdkApp(buildContext({}, { stage: 'prd' }));
    expect(status).toBe(1);
    expect(stderr).toMatch(/^There is no stage "prd"\. [^\n]+\n$/);
  });
});

const dev = await synthesizeStack({}, { stage: 'dev', stages: { dev: { keepData: false } } });

describe('a stage that keeps no data', () => {
  it('is a stack of its own', () => {
    expect(dev.stackName).toBe('Seedpress-dev');
  });

  it('deletes buckets and table with it, and keeps no old versions', () => {
    for (const type of ['AWS::S3::Bucket', 'AWS::DynamoDB::Table']) {
      const names = dev.listByType(type).map(([name]) => name);
      expect(names).not.toEqual([]);
      for (const name of names) expect(dev.resources.get(name)?.DeletionPolicy, name).toBe('Delete');
    }
    for (const [, { VersioningConfiguration }] of dev.listByType('AWS::S3::Bucket'))
      expect(VersioningConfiguration).toBeUndefined();
    for (const [, { DeletionProtectionEnabled }] of dev.listByType('AWS::DynamoDB::Table'))
      expect(DeletionProtectionEnabled).toBe(false);
  });
});
