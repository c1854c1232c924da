import { toSubscriberKey } from '../../functions/adapters/table/subscribers.ts';
import { signToken } from '../../functions/core/newsletter/subscriber/token.ts';
import { parsePublication } from '../../functions/core/publication.ts';
import { createRender } from '../../functions/core/render.ts';
import { createStores } from '../../functions/runtime/create-stores.ts';
import { createApp } from '../../functions/subscriptions/create-app.ts';
import { createInMemoryBuckets } from '../in-memory-buckets.ts';
import { createInMemoryMailer } from '../in-memory-mailer.ts';
import { createInMemoryTable } from '../in-memory-table.ts';
import { baseSettings } from '../publish/publish-fixture.ts';
import { readCompiledTemplates } from '../request-build.ts';

const site = 'https://news.example';
const render = createRender(await readCompiledTemplates());
const silent = () => undefined;

/**
 * A publication that takes sign-ups, without servers, for tests that start a thousand. Its writes fail when told to.
 */
export const createInMemorySubscriptions = async () => {
  const clock = { now: Date.parse('2026-11-23T07:00:00.000Z') };
  const now = () => new Date(clock.now);
  let writesLeft = Number.POSITIVE_INFINITY;
  const table = createInMemoryTable(async (name, request) => {
    if (name === 'Update' && writesLeft-- <= 0) throw new Error('the table is away');
    return request();
  });
  const { mailer, mails } = createInMemoryMailer();
  const services = {
    ...createStores(table, now),
    publication: parsePublication(baseSettings),
    render,
    readSite: async () => ({ site, pages: [] }),
    buckets: { internal: createInMemoryBuckets().bucket('internal') },
    issuesQueue: { send: async () => {} },
    mailer,
    now,
    log: { info: silent, warn: silent, error: silent, count: silent },
  };
  const app = createApp(services);
  const keyring = await services.tokenKeys.getOrCreate();
  const toKey = (email: string): string => toSubscriberKey(email, keyring);
  return {
    clock,
    table,
    mails,
    services,
    site,
    toKey,
    /** The answer's status. The networks differ, so that only the caps of mailboxes and readers count. */
    post: async (page: string, fields: Record<string, string>): Promise<number> => {
      const answered = await app.request(`${site}/subscriptions${page}`, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { 'cloudfront-viewer-address': `198.51.${Math.floor(clock.now / 256) % 256}.${clock.now % 256}:443` },
      });
      return answered.status;
    },
    /** The token of the newest link to a page that an address was sent after the first mails. */
    findToken: (page: string, to: string, after = 0): string | undefined =>
      mails
        .slice(after)
        .filter((mail) => mail.to === to)
        .flatMap(({ text }) => text.match(new RegExp(`(?<=/subscriptions/${page}\\?token=)\\S+`, 'g')) ?? [])
        .at(-1),
    signPreferences: (email: string): string => signToken({ purpose: 'preferences', key: toKey(email) }, keyring.keys),
    failAfterWrites: (writes: number): void => {
      writesLeft = writes;
    },
  };
};
