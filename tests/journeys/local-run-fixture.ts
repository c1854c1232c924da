import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, NoSuchKey, PutObjectCommand } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { z } from 'zod';
import type { Publication } from '../../functions/core/publication.ts';
import type { MailSummary, StoredMail } from '../../infra/local/ses/mail-store.ts';
import { startLocal } from '../../infra/local/start-local.ts';
import { runSeedpress } from '../infra/cli/run-seedpress.ts';
import { createTestS3Client } from '../infra/local/s3/s3-fixture.ts';
import { buildContext } from '../infra/run-cdk-app.ts';
import { requestBuild } from '../request-build.ts';

const confirmationLink = /http\S+\/confirm\?\S+/;
const findHeaders = ({ headers }: StoredMail, wanted: string): string[] =>
  headers.filter(({ name }) => name.toLowerCase() === wanted).map(({ value }) => value);

/** The one-click address of a mail, which has exactly one. */
export const findOneClickUrl = (mail: StoredMail): string => {
  expect(findHeaders(mail, 'list-unsubscribe-post')).toEqual(['List-Unsubscribe=One-Click']);
  const [header = '', ...more] = findHeaders(mail, 'list-unsubscribe');
  expect(more).toEqual([]);
  return /<(http[^>]+)>/.exec(header)?.[1] ?? '';
};

const resourceSchema = z.looseObject({ Properties: z.looseObject({ Code: z.unknown().optional() }).optional() });
const templateSchema = z.looseObject({ Resources: z.record(z.string(), resourceSchema) });
const readTemplate = async (assembly: string): Promise<z.infer<typeof templateSchema>> =>
  templateSchema.parse(JSON.parse(await readFile(join(assembly, templateFile), 'utf8')));
const templateFile = 'Seedpress.template.json';

/** The template of other cadences, with the bundles of the project, which do not depend on settings. */
const readTemplateOfDigest = async (assembly: string, digest: Publication['digest']) => {
  const template = await readTemplate(await requestBuild('assembly', JSON.stringify(buildContext({ digest }))));
  for (const [name, { Properties }] of Object.entries((await readTemplate(assembly)).Resources)) {
    const changed = template.Resources[name]?.Properties;
    if (changed && Properties?.Code !== undefined) changed.Code = Properties.Code;
  }
  return template;
};

/** The project's assembly with other settings of the publication, which takes less time than another synthesis. */
const writeAssembly = async (outdir: string, settings: object, digest?: Publication['digest']): Promise<void> => {
  const built = await requestBuild('assembly');
  await mkdir(outdir);
  for (const name of await readdir(built)) {
    // Bundles of one path are compiled once for all runs.
    if (name.startsWith('asset.')) await symlink(join(built, name), join(outdir, name));
    else await cp(join(built, name), join(outdir, name));
  }
  const template = await (digest ? readTemplateOfDigest(built, digest) : readTemplate(built));
  const changed = JSON.stringify(template, (key, value: unknown) =>
    key === 'PUBLICATION' && typeof value === 'string' ? JSON.stringify({ ...JSON.parse(value), ...settings }) : value,
  );
  await writeFile(join(outdir, templateFile), changed);
};

/** The whole app as `npm start` runs it, on ports and in folders of its own, with what journeys do with it. */
export const startLocalRunFixture = async (settings: object = {}, digest?: Publication['digest']) => {
  const folder = mkdtempSync(join(tmpdir(), 'seedpress-journey-'));
  const [data, seeds] = [join(folder, 'data'), join(folder, 'seeds')];
  mkdirSync(seeds);
  const printed: string[] = [];
  const local = await startLocal({
    data,
    seeds,
    sitePort: 0,
    s3Port: 0,
    inboxPort: 0,
    retryDelaySeconds: 0.5,
    synthesize: (outdir) => writeAssembly(outdir, settings, digest),
    print: (text) => printed.push(text),
  });
  const { site, seedsBucket, servers } = local;
  const siteBucket = 'site-bucket';
  const client = createTestS3Client(servers.s3.endpoint);
  const { mails } = servers.ses;

  /** The mails to an address, oldest first. */
  const listMails = (to: string): MailSummary[] => mails.list({ to }).toReversed();
  const findLastMail = (to: string): StoredMail => {
    const mail = mails.get(mails.list({ to, limit: 1 })[0]?.id ?? '');
    if (!mail) throw new Error(`there is no mail to ${to}`);
    return mail;
  };
  const post = (address: string, form: Record<string, string>): Promise<Response> =>
    fetch(address, { method: 'POST', body: new URLSearchParams(form) });

  /** The text behind a path of the site. CloudFront would repeat for a while that a page is missing. */
  const readPage = async (path: string): Promise<string | undefined> => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: siteBucket, Key: path.slice(1) }));
      return await Body?.transformToString();
    } catch (error) {
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  };
  /** Waits until a page is there. */
  const waitUntilPublished = (path: string) => expect.poll(() => readPage(path)).toBeDefined();

  return {
    ...local,
    data,
    printed,
    inbox: servers.ses.endpoint,
    listMailsTo: listMails,
    findLastMailTo: findLastMail,
    post,
    waitUntilPublished,
    /** Uploads a seed and waits until the feed has it. */
    publish: async (title: string, text: string, frontMatter = ''): Promise<void> => {
      const Body = `---\ntitle: ${title}\n${frontMatter}---\n\n${text}\n`;
      const Key = `${title.toLowerCase().replaceAll(' ', '-')}.md`;
      await client.send(new PutObjectCommand({ Bucket: seedsBucket, Key, Body }));
      if (frontMatter !== '') return;
      await expect.poll(async () => (await readPage('/feed.json')) ?? '').toContain(title);
    },
    uploadFile: async (Key: string, Body: Uint8Array): Promise<void> => {
      await client.send(new PutObjectCommand({ Bucket: seedsBucket, Key, Body }));
    },
    /** Signs up and confirms, by the requests that the pages make, once the site is there. */
    subscribe: async (email: string, cadence = 'daily'): Promise<void> => {
      await waitUntilPublished('/subscribe');
      expect((await post(`${site}/subscriptions`, { email, cadence })).status).toBe(200);
      const link = new URL(confirmationLink.exec(findLastMail(email).text)?.[0] ?? '');
      const token = link.searchParams.get('token') ?? '';
      expect((await post(link.origin + link.pathname, { token })).status).toBe(200);
      expect(listMails(email)).toHaveLength(2);
    },
    /** Runs `npx seedpress` on it, and gives what it printed. */
    seedpress: async (...args: readonly string[]): Promise<string> => {
      const { exitCode, out, err } = await runSeedpress([...args, '--data', data]);
      expect(exitCode, err).toBe(0);
      return out;
    },
    close: async (): Promise<void> => {
      client.destroy();
      await local.close();
      rmSync(folder, { recursive: true });
    },
  };
};

export type LocalRunFixture = Awaited<ReturnType<typeof startLocalRunFixture>>;
