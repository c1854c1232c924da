import { formatCount, formatTable } from '../output/format-values.ts';
import { describeState } from './detect-list.ts';
import { listTopicLikeHeadings, listUnreadHeadings } from './find-columns.ts';
import type { SubscriberImportCounts, SubscriberImportObserver } from './import-subscribers.ts';
import type { SubscriberList, SubscriberLists } from './open-subscriber-lists.ts';

type Outcome = 'kept off' | 'refused' | 'unstated' | 'imported';

/** Reasons that differ only in what they quote are one. */
const maxReasons = 20;

export const createImportObserver = () => {
  let found: Pick<SubscriberLists, 'lists' | 'leftOut'> = { lists: [], leftOut: [] };
  const reasons = new Map<string, { outcome: Outcome; reason: string; rows: number }>();
  const observer: SubscriberImportObserver = {
    takeLists: (lists) => {
      found = lists;
    },
    takeReason: ({ outcome, reason }) => {
      const general = reason.replace(/".*"/, '"…"');
      const name = reasons.size < maxReasons || reasons.has(outcome + general) ? general : 'other reasons';
      const rows = (reasons.get(outcome + name)?.rows ?? 0) + 1;
      reasons.set(outcome + name, { outcome, reason: name, rows });
    },
  };
  return {
    observer,
    listLists: () => found.lists,
    listLeftOut: () => found.leftOut,
    listReasons: (outcome: Outcome) => [...reasons.values()].filter((each) => each.outcome === outcome),
  };
};

export type ImportObservation = ReturnType<typeof createImportObserver>;

const formatList = ({ source, kind, settings }: SubscriberList): string[] => {
  const { status, timeZone } = settings;
  const system = kind.system === undefined ? 'a list of no known system' : `a list from ${kind.system}`;
  const all = status ? ` All of them ${describeState(status.state)}: ${status.because}.` : '';
  return [
    `${source.name} is taken for ${system}.${all} Times without a zone are in ${timeZone === 'utc' ? 'UTC' : timeZone}.`,
    ...(kind.note === undefined ? [] : [kind.note]),
    ...(kind.system === undefined && !status ? formatUnread(listUnreadHeadings(settings.columns)) : []),
    ...formatTopicLike(listTopicLikeHeadings(settings.columns, settings.isOfOtherSystem)),
  ];
};

const maxUnreadHeadings = 20;

const formatUnread = (headings: readonly string[]): string[] =>
  headings.length === 0
    ? []
    : [
        `These columns are not read: ${headings.slice(0, maxUnreadHeadings).join(', ')}${headings.length > maxUnreadHeadings ? ' …' : ''}. If one of them says who left, name it "unsubscribed at".`,
      ];

const formatTopicLike = (headings: readonly string[]): string[] =>
  headings.length === 0
    ? []
    : [
        `These columns are not taken for topics: ${headings.join(', ')}. Its readers get all articles, unless a list of your own has a column "topics".`,
      ];

/** What each file is taken for. */
export const formatLists = ({ listLists, listLeftOut }: ImportObservation): string[] => [
  ...listLists().flatMap(formatList),
  ...listLeftOut().map((name) => `${name} is left out: it does not say who is subscribed.`),
];

/** What the operator can say for rows that do not. */
const hints: ReadonlyMap<string, string> = new Map([
  ['it does not say when they consented', ' (--confirmed-at says it for such rows)'],
  ['it does not say how they consented', ' (--consent says it for such rows)'],
]);

/** Why rows are kept off, and why they are refused. */
export const formatReasons = ({ listReasons }: ImportObservation): string[] =>
  (['kept off', 'refused', 'imported'] as const).flatMap((outcome) =>
    listReasons(outcome).map(
      ({ reason, rows }) =>
        `${formatCount(rows, 'row')} ${rows === 1 ? 'is' : 'are'} ${outcome}: ${reason}${hints.get(reason) ?? ''}`,
    ),
  );

export const formatCounts = (counts: SubscriberImportCounts): string[] =>
  formatTable([
    ['Rows', String(counts.rows)],
    ['New subscribers', String(counts.added)],
    ['New, but left elsewhere', String(counts.addedAsLeft)],
    ['Left elsewhere', String(counts.takenOff)],
    ['Unchanged', String(counts.unchanged)],
    ['Refused', String(counts.refused)],
  ]);
