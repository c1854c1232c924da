import { formatWarning, type SeedWarning } from '../../../functions/core/article.ts';
import type { ArticleRecord } from '../../../functions/core/lifecycle/article-record.ts';
import { listSeedWarnings, type Rejection, type SeedRecord } from '../../../functions/core/lifecycle/seed-record.ts';
import { sitePaths, toSiteUrl } from '../../../functions/core/site-paths.ts';
import { formatTable, formatTime } from '../output/format-values.ts';

/** What of a seed is not in its article: `counts` by reason. */
interface CutOutcome {
  readonly cut?: Readonly<Record<string, number>>;
}

export type SeedChangeOutcome = (
  | { readonly state: 'published'; readonly address: string; readonly warnings?: readonly SeedWarning[] }
  | {
      readonly state: 'scheduled';
      readonly due: string;
      readonly preview?: string;
      readonly warnings?: readonly SeedWarning[];
    }
  | {
      readonly state: 'refused';
      readonly reason: string;
      readonly place?: string;
      readonly previousTitle?: string;
    }
  /** A draft: nothing is wrong, and nothing is published. */
  | {
      readonly state: 'draft';
      readonly reason: string;
      readonly place?: string;
      readonly preview?: string;
      /** Why there is no preview. */
      readonly problem?: Rejection;
    }
  /** `address`: where the article still is, because another seed is the same article. */
  | { readonly state: 'withdrawn'; readonly address?: string }
  /** Somebody else uploaded other content under the key, or deleted it. */
  | { readonly state: 'replaced' }
  | { readonly state: 'waiting' }
) &
  CutOutcome;

export const findUploadOutcome = (
  record: Pick<SeedRecord, 'rejection' | 'withheld' | 'version' | 'buildWarnings'>,
  article: ArticleRecord | undefined,
  { site, previewId }: { readonly site: string; readonly previewId?: string | undefined },
): SeedChangeOutcome | undefined => {
  const { rejection, withheld, version } = record;
  const preview = previewId === undefined ? {} : { preview: toSiteUrl(site, sitePaths.preview(previewId, 'page')) };
  if (withheld) return { state: 'draft', ...withheld, ...preview };
  if (rejection) {
    const { isFromBuild, ...refusal } = rejection;
    return { state: 'refused', ...refusal, ...(version && !isFromBuild && { previousTitle: version.title }) };
  }
  const found = listSeedWarnings(record);
  const warnings = found.length > 0 && { warnings: found };
  if (article?.state === 'scheduled' && article.dueAt)
    return { state: 'scheduled', due: article.dueAt, ...preview, ...warnings };
  if (article?.state !== 'published' || !article.entry) return undefined;
  // While a seed is renamed two seeds are the article, and the later one determines it.
  const isShown = article.entry.revision === version?.revision || article.seedKeys.length > 1;
  return isShown
    ? { state: 'published', address: toSiteUrl(site, sitePaths.article(article.entry)), ...warnings }
    : undefined;
};

export const findDeletionOutcome = (
  key: string,
  article: ArticleRecord | undefined,
  site: string,
): SeedChangeOutcome | undefined => {
  if (article?.seedKeys.includes(key)) return undefined;
  if (article?.state !== 'published' || !article.entry) return { state: 'withdrawn' };
  return { state: 'withdrawn', address: toSiteUrl(site, sitePaths.article(article.entry)) };
};

const formatReason = ({ reason, place }: { readonly reason: string; readonly place?: string | undefined }): string =>
  place === undefined ? reason : `${reason} (${place})`;

const formatPreview = (address: string | undefined): string => (address === undefined ? '' : `; preview: ${address}`);

const formatDetail = (outcome: SeedChangeOutcome, timeZone: string): string => {
  switch (outcome.state) {
    case 'published':
      return outcome.address;
    case 'scheduled':
      return `for ${formatTime(outcome.due, timeZone)}${formatPreview(outcome.preview)}`;
    case 'refused': {
      const previous =
        outcome.previousTitle === undefined ? '' : ` The previous version stays: “${outcome.previousTitle}”.`;
      return `${formatReason(outcome)}${previous}`;
    }
    case 'draft': {
      const { reason, place, preview, problem } = outcome;
      const missing = problem && `; no preview: ${formatReason(problem)}`;
      return `not published: ${formatReason({ reason, place })}${missing ?? formatPreview(preview)}`;
    }
    case 'withdrawn':
      return outcome.address ? `another seed keeps the article at ${outcome.address}` : '';
    case 'replaced':
      return 'somebody else has uploaded or deleted it since';
    case 'waiting':
      return 'not done yet: npx seedpress status shows what is waiting';
  }
};

export const formatSeedOutcomes = (outcomes: ReadonlyMap<string, SeedChangeOutcome>, timeZone: string): string[] =>
  formatTable(
    [...outcomes].flatMap(([key, outcome]) => [
      [outcome.state, key, formatDetail(outcome, timeZone)],
      ...listWarnings(outcome).map((warning) => ['warning', key, formatWarning(warning)]),
      ...(outcome.cut ? [['cut', key, formatCut(outcome.cut)]] : []),
    ]),
  );

const formatCut = (counts: Readonly<Record<string, number>>): string => {
  const parts = Object.entries(counts).map(([reason, count]) => (count === 1 ? reason : `${reason} (${count})`));
  return `${parts.join(', ')}: npx seedpress articles show lists what was left out`;
};

const listWarnings = (outcome: SeedChangeOutcome): readonly SeedWarning[] =>
  'warnings' in outcome ? (outcome.warnings ?? []) : [];
