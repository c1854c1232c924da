import { maxArrival } from '../core/lifecycle/list-positions.ts';
import { buildDigest } from '../core/newsletter/digest/build-digest.ts';
import type { Cadence } from '../core/publication.ts';
import { sitePaths, toSiteUrl } from '../core/site-paths.ts';
import { memoize } from '../core/text/memoize.ts';
import { type BuildContext, omitBodyKeys, readFullEntries } from './build-context.ts';
import { type PlannedDocument, planDocument } from './write-documents.ts';

export const planNextDigest = async (context: BuildContext, cadence: Cadence): Promise<PlannedDocument[]> => {
  const { publication, site, render, cadenceStates, sentArticles } = context.services;
  const { arrival } = await cadenceStates.get(cadence);
  const pending = await sentArticles.listPending(cadence, { after: arrival, upTo: maxArrival });
  const { entries, hasMore, corrections } = pending;
  const subscribe = toSiteUrl(site, sitePaths.subscribe);
  const buildOnce = memoize(async () =>
    buildDigest({
      publication,
      site,
      render,
      cadence,
      hasMore,
      corrections,
      entries: await readFullEntries(context, entries),
      links: {
        view: toSiteUrl(site, sitePaths.nextDigest(cadence, 'html')),
        unsubscribe: subscribe,
        preferences: subscribe,
      },
    }),
  );
  const inputs = { entries: omitBodyKeys(entries), hasMore, corrections: omitBodyKeys(corrections) };
  const plan = (format: 'html' | 'txt' | 'json', part: 'html' | 'text' | 'json'): PlannedDocument =>
    planDocument(sitePaths.nextDigest(cadence, format), inputs, async () => (await buildOnce())[part]);
  return [plan('html', 'html'), plan('txt', 'text'), plan('json', 'json')];
};
