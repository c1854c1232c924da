import { type Entry, putFeaturedFirst } from '../core/entry.ts';
import { buildDigest } from '../core/newsletter/digest/build-digest.ts';
import { fitPendingEntries, selectEntriesToRead } from '../core/newsletter/digest/fit-pending-entries.ts';
import { fillPlaceholders } from '../core/newsletter/email/placeholders.ts';
import type { PendingEntries } from '../core/newsletter/issue/pending-entries.ts';
import type { ScheduledCadence } from '../core/publication.ts';
import { sitePaths, toSiteUrl } from '../core/site-paths.ts';
import { memoize } from '../core/text/memoize.ts';
import { type BuildContext, omitBodyKeys } from './build-context.ts';
import { mapSeparately } from './isolate-failures.ts';
import { type PlannedDocument, planListDocument } from './write-documents.ts';

export const planNextDigest = async (
  context: BuildContext,
  cadence: ScheduledCadence,
  pending: PendingEntries,
): Promise<PlannedDocument[]> => {
  const { publication, site, render } = context.services;
  const subscribe = toSiteUrl(site, sitePaths.subscribe);
  const view = toSiteUrl(site, sitePaths.nextDigest(cadence, 'html'));
  const digest = {
    publication,
    site,
    render,
    cadence,
    links: { view, subscribe },
  };
  const { entries: fitting, hasMore, corrections } = await fitSoundEntries(context, pending, digest);
  const entries = putFeaturedFirst(fitting);
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
      // A page is no template.
      return part === 'text' ? fillPlaceholders(digest.text, {}) : digest[part];
    });
  return [plan('html', 'html'), plan('txt', 'text'), plan('json', 'json')];
};

/** Fitting renders titles. Articles that fail even alone are left out. */
const fitSoundEntries = async (
  { failures }: BuildContext,
  pending: PendingEntries,
  digest: Parameters<typeof fitPendingEntries>[1],
): Promise<ReturnType<typeof fitPendingEntries>> => {
  try {
    return fitPendingEntries(pending, digest);
  } catch {
    const sound = await mapSeparately(
      [...pending.entries, ...pending.corrections],
      async (entry) => {
        fitPendingEntries({ ...pending, entries: [entry], corrections: [] }, digest);
        return entry;
      },
      ({ id }, error) => failures.articles.set(id, error),
    );
    const isSound = (entry: Entry): boolean => sound.includes(entry);
    const rest = { entries: pending.entries.filter(isSound), corrections: pending.corrections.filter(isSound) };
    return fitPendingEntries({ ...pending, ...rest }, digest);
  }
};
