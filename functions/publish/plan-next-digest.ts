import type { Entry } from '../core/entry.ts';
import { maxArrival } from '../core/lifecycle/list-positions.ts';
import { buildDigest } from '../core/newsletter/digest/build-digest.ts';
import { fitPendingEntries, selectEntriesToRead } from '../core/newsletter/digest/fit-pending-entries.ts';
import type { Cadence } from '../core/publication.ts';
import { sitePaths, toSiteUrl } from '../core/site-paths.ts';
import { memoize } from '../core/text/memoize.ts';
import { type BuildContext, omitBodyKeys } from './build-context.ts';
import { type PlannedDocument, planListDocument } from './write-documents.ts';

export const planNextDigest = async (context: BuildContext, cadence: Cadence): Promise<PlannedDocument[]> => {
  const { publication, site, render, cadenceStates, sentArticles } = context.services;
  const { arrival } = await cadenceStates.get(cadence);
  const subscribe = toSiteUrl(site, sitePaths.subscribe);
  const view = toSiteUrl(site, sitePaths.nextDigest(cadence, 'html'));
  const digest = {
    publication,
    site,
    render,
    cadence,
    links: { view, unsubscribe: subscribe, preferences: subscribe },
  };
  const pending = await sentArticles.listPending(cadence, { after: arrival, upTo: maxArrival });
  const { entries, hasMore, corrections } = fitPendingEntries(pending, digest);
  const items = [...entries, ...corrections];
  const needed = selectEntriesToRead(entries);
  const build = async (some: readonly Entry[]) =>
    buildDigest({
      ...digest,
      hasMore,
      corrections: corrections.filter((entry) => some.includes(entry)),
      entries: await context.bodies.readFullEntries(
        entries.filter((entry) => some.includes(entry)),
        (entry) => needed.has(entry),
      ),
    });
  const buildOnce = memoize(() => build(items));
  const inputs = { entries: omitBodyKeys(entries), hasMore, corrections: omitBodyKeys(corrections) };
  const list = { items, bodyLength: [...needed].reduce((length, { bodyLength }) => length + bodyLength, 0) };
  const plan = (format: 'html' | 'txt' | 'json', part: 'html' | 'text' | 'json'): PlannedDocument =>
    planListDocument(sitePaths.nextDigest(cadence, format), inputs, list, async (some) => {
      const digest = await (some.length === items.length ? buildOnce() : build(some));
      return digest[part];
    });
  return [plan('html', 'html'), plan('txt', 'text'), plan('json', 'json')];
};
