import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import type { Command } from '../../infra/local/control/command.ts';
import { sendCommand } from '../../infra/local/control/send-command.ts';
import type { Mail, MailHead } from '../../infra/local/ses/mail-store.ts';
import { startLocal } from '../../infra/local/start-local.ts';
import { synthesizeApp } from '../../infra/local/synthesize-app.ts';
import { clientFor } from '../infra/local/s3/s3-client.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const soon = { timeout: 20_000, interval: 50 };

const confirmation = /http\S+\/confirm\?\S+/;
const headerOf = ({ headers }: Mail, wanted: string): string[] =>
  headers.filter(({ name }) => name.toLowerCase() === wanted).map(({ value }) => value);

/** The one-click address of a mail, which has exactly one. */
export const oneClickOf = (mail: Mail): string => {
  expect(headerOf(mail, 'list-unsubscribe-post')).toEqual(['List-Unsubscribe=One-Click']);
  const [header = '', ...more] = headerOf(mail, 'list-unsubscribe');
  expect(more).toEqual([]);
  return /<(http[^>]+)>/.exec(header)?.[1] ?? '';
};

/** The whole app as `npm start` runs it, on ports and in folders of its own, with what journeys do with it. */
export const startRun = async () => {
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
    retryAfter: 0.5,
    synthesize: (outdir) => synthesizeApp(root, outdir),
    print: (text) => printed.push(text),
  });
  const { site, seedsBucket, servers } = local;
  const client = clientFor(servers.s3.endpoint);
  const { mails } = servers.ses;

  /** The mails to an address, oldest first. */
  const mailsTo = (to: string): MailHead[] => mails.list({ to }).toReversed();
  const lastMailTo = (to: string): Mail => {
    const mail = mails.get(mails.list({ to, limit: 1 })[0]?.id ?? '');
    if (!mail) throw new Error(`there is no mail to ${to}`);
    return mail;
  };
  const post = (address: string, form: Record<string, string>): Promise<Response> =>
    fetch(address, { method: 'POST', body: new URLSearchParams(form) });

  return {
    ...local,
    data,
    printed,
    inbox: servers.ses.endpoint,
    mailsTo,
    lastMailTo,
    post,
    /** Waits until a page is there. */
    untilPublished: (path: string) =>
      expect.poll(async () => (await fetch(site + path)).status, soon).toBe(200),
    /** Uploads a seed and waits until the feed has it. */
    publish: async (title: string, text: string, frontMatter = ''): Promise<void> => {
      const Body = `---\ntitle: ${title}\n${frontMatter}---\n\n${text}\n`;
      const Key = `${title.toLowerCase().replaceAll(' ', '-')}.md`;
      await client.send(new PutObjectCommand({ Bucket: seedsBucket, Key, Body }));
      if (frontMatter !== '') return;
      await expect.poll(async () => (await fetch(`${site}/feed.json`)).text(), soon).toContain(title);
    },
    /** Signs up and confirms, by the requests that the pages make. */
    subscribe: async (email: string, cadence = 'daily'): Promise<void> => {
      expect((await post(`${site}/subscriptions`, { email, cadence })).status).toBe(200);
      const link = new URL(confirmation.exec(lastMailTo(email).text)?.[0] ?? '');
      const token = link.searchParams.get('token') ?? '';
      expect((await post(link.origin + link.pathname, { token })).status).toBe(200);
      expect(mailsTo(email)).toHaveLength(2);
    },
    /** What `npm run local` does: gives what it said. */
    command: async (command: Command): Promise<string> => {
      const said: string[] = [];
      const exitCode = await sendCommand(data, command, (text) => said.push(text));
      expect(exitCode, said.join('\n')).toBe(0);
      return said.join('\n');
    },
    close: async (): Promise<void> => {
      client.destroy();
      await local.close();
      rmSync(folder, { recursive: true });
    },
  };
};

export type JourneyRun = Awaited<ReturnType<typeof startRun>>;
