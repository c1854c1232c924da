import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { accountId } from '../../infra/local/base/aws-account.ts';
import { adaptTemplateToMiniStack } from './adapt-template-to-ministack.ts';
import { runProcess } from './run-process.ts';
import type { MiniStack } from './start-ministack.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

const cdkJsonSchema = z.looseObject({
  app: z.string(),
  context: z.looseObject({ publication: z.record(z.string(), z.unknown()) }),
});

const templateSchema = z.object({ Resources: z.record(z.string(), z.object({ Type: z.string() })) });

const outputsSchema = z.object({
  SiteAddress: z.url(),
  SeedsBucket: z.string(),
  SiteBucket: z.string(),
  InternalBucket: z.string(),
  Table: z.string(),
  IssuesQueue: z.url(),
  DistributionId: z.string(),
});
/** The stack's name, and what the deployment prints at its end. */
export type StackOutputs = z.infer<typeof outputsSchema> & { readonly stackName: string };

type PublicationSettings = Readonly<Record<string, unknown>>;

export interface CdkAppOptions {
  readonly aws: MiniStack;
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** The project's own app, under the real `cdk` command, with settings of a publication of its own. */
export const createCdkApp = ({ aws, folder, signal }: CdkAppOptions) => {
  const appFolder = join(folder, 'app');
  const assembly = join(appFolder, 'cdk.out');
  const outputsFile = join(appFolder, 'outputs.json');
  const env = { ...aws.environment, CI: 'true', CDK_DISABLE_CLI_TELEMETRY: 'true' };
  const cdk = (args: readonly string[]): Promise<string> =>
    runProcess(join(root, 'node_modules/.bin/cdk'), [...args, '--no-notices'], {
      cwd: appFolder,
      env,
      timeoutSeconds: 180,
      signal,
    });

  /** The project's cdk.json with changed settings: `cdk` takes the one of the folder that it is called in. */
  const writeCdkJson = async (changes: PublicationSettings): Promise<void> => {
    const { app, context, ...rest } = cdkJsonSchema.parse(JSON.parse(await readFile(join(root, 'cdk.json'), 'utf8')));
    const publication = { ...context.publication, ...changes };
    const changed = { ...rest, app: `cd "${root}" && ${app}`, context: { ...context, publication } };
    await mkdir(appFolder, { recursive: true });
    await writeFile(join(appFolder, 'cdk.json'), JSON.stringify(changed));
  };

  return {
    bootstrap: async (regions: readonly string[]): Promise<void> => {
      await mkdir(appFolder, { recursive: true });
      await cdk(['bootstrap', ...regions.map((region) => `aws://${accountId}/${region}`)]);
    },
    deploy: async (settings: PublicationSettings): Promise<StackOutputs> => {
      await writeCdkJson(settings);
      await cdk(['synth', '--quiet', '--output', assembly]);
      for (const file of await readdir(assembly))
        if (file.endsWith('.template.json')) await adaptTemplateToMiniStack(join(assembly, file), aws.region);
      await cdk(['deploy', '--app', assembly, '--require-approval', 'never', '--outputs-file', outputsFile]);
      const [printed] = Object.entries(
        z.record(z.string(), outputsSchema).parse(JSON.parse(await readFile(outputsFile, 'utf8'))),
      );
      if (!printed) throw new Error('the deployment printed nothing');
      const [stackName, outputs] = printed;
      return { stackName, ...outputs };
    },
    /**
     * Makes a stack of buckets and a table that another one has left, by their names: the last deployment's template
     * has them.
     */
    adopt: async ({ SeedsBucket, SiteBucket, InternalBucket, Table }: StackOutputs): Promise<void> => {
      const [file = ''] = (await readdir(assembly)).filter((name) => name.endsWith('.template.json'));
      const { Resources } = templateSchema.parse(JSON.parse(await readFile(join(assembly, file), 'utf8')));
      const findId = (start: string, type: string): string =>
        Object.entries(Resources).find(([id, { Type }]) => id.startsWith(start) && Type === type)?.[0] ?? start;
      const mapping = {
        [findId('PublishingSeeds', 'AWS::S3::Bucket')]: { BucketName: SeedsBucket },
        [findId('PublishingInternal', 'AWS::S3::Bucket')]: { BucketName: InternalBucket },
        [findId('Site', 'AWS::S3::Bucket')]: { BucketName: SiteBucket },
        [findId('PublishingTable', 'AWS::DynamoDB::Table')]: { TableName: Table },
      };
      const mappingFile = join(appFolder, 'adopted.json');
      await writeFile(mappingFile, JSON.stringify(mapping));
      await cdk(['import', '--app', assembly, '--resource-mapping', mappingFile, '--force']);
    },
    destroy: async (): Promise<void> => {
      await cdk(['destroy', '--app', assembly, '--force']);
    },
  };
};

export type CdkApp = ReturnType<typeof createCdkApp>;
