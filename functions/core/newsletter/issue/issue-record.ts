import { DateTime } from 'luxon';
import * as z from 'zod';
import { cadences } from '../../publication.ts';

const cadence = z.enum(cadences);
const instant = z.string();

/** What an editor chose while the issue was held. Absent: as composed. */
const issueEditsSchema = z.object({
  chosenSubject: z.string().exactOptional(),
  /** Markdown. */
  introduction: z.string().exactOptional(),
  /** Ids of the articles that come first, in this order. */
  order: z.array(z.string()).exactOptional(),
  /** Ids of the articles that wait for the next issue. */
  leftOut: z.array(z.string()).exactOptional(),
});
export type IssueEdits = z.infer<typeof issueEditsSchema>;

/** One edition of the digest. The numbers of a cadence have no gaps. */
export const issueSchema = issueEditsSchema.extend({
  cadence,
  number: z.number(),
  /** The scheduled instant, not the time of composition. */
  at: instant,
  /** It covers the arrivals after `after`, up to and including `upTo`: once frozen, those that it has space for. */
  after: z.number(),
  upTo: z.number(),
  articles: z.number(),
  subject: z.string(),
  /**
   * `composing`: its content may still change; `held`: waits for the operator, then `approved` or `discarded`;
   * `frozen`: its content is final, its documents are written; `addressing`: batches are made; `queueing`: batches are
   * queued; `sending`: the rest is up to delivery.
   */
  state: z.enum(['composing', 'held', 'approved', 'discarded', 'frozen', 'addressing', 'queueing', 'sending']),
  /** Counts the edits, so that none overwrites another unseen. */
  revision: z.number().default(0),
  /** The revision of which a preview was made last. */
  previewed: z.number().exactOptional(),
  /** Once frozen: how many of its letters, besides the first, are written. */
  lettersWritten: z.number().exactOptional(),
  /** Once frozen: which draft in the internal bucket is sent. */
  draft: z.string().exactOptional(),
  /** Batches so far; final from the state `queueing` on. */
  batches: z.number(),
  planned: z.number(),
  /** While `queueing`: how many batches are queued for certain. */
  queued: z.number().default(0),
});
export type Issue = z.infer<typeof issueSchema>;

/** An issue in progress: its number and the arrivals it covers. */
const openIssueSchema = issueSchema.pick({ number: true, at: true, after: true, upTo: true });
export type OpenIssue = z.infer<typeof openIssueSchema>;

/** How far a cadence has come. An absent record is one of zeros. */
export const cadenceStateSchema = z.object({
  arrival: z.number().default(0),
  /** After a restore: readers who are before it are taken to be here. */
  floor: z.number().exactOptional(),
  number: z.number().default(0),
  /** The scheduled instant of the last issue: a repeated call for the same instant opens no other. */
  at: instant.exactOptional(),
  /** Announcements up to here do not lead to an issue any more: one covers them, or there was nothing to send. */
  consideredUpTo: z.number().exactOptional(),
  /** The last scheduled instant at which nothing, or too little, was waiting. */
  consideredAt: instant.exactOptional(),
  open: openIssueSchema.exactOptional(),
});
export type CadenceState = z.infer<typeof cadenceStateSchema>;

export const issueSummarySchema = issueSchema.pick({
  cadence: true,
  number: true,
  at: true,
  subject: true,
  articles: true,
});
export type IssueSummary = z.infer<typeof issueSummarySchema>;

/** Names an issue in keys, messages and addresses: `daily-12`. */
export const formatIssueName = ({ cadence, number }: Pick<Issue, 'cadence' | 'number'>): string =>
  `${cadence}-${number}`;

const issueNamePattern = new RegExp(`^(${cadences.join('|')})-(\\d+)$`);

/** Undefined for what is not the name of an issue. */
export const splitIssueName = (name: string): Pick<Issue, 'cadence' | 'number'> | undefined => {
  const [, named, number] = issueNamePattern.exec(name) ?? [];
  return named === undefined ? undefined : { cadence: cadence.parse(named), number: Number(number) };
};

/** @throws for what is not the name of an issue */
export const toCadenceAndNumber = (name: string): Pick<Issue, 'cadence' | 'number'> => {
  const found = splitIssueName(name);
  if (!found) throw new Error(`${name} is not the name of an issue`);
  return found;
};

export const findPreviousIssueName = (name: string): string | undefined => {
  const { cadence: named, number } = toCadenceAndNumber(name);
  return number > 1 ? formatIssueName({ cadence: named, number: number - 1 }) : undefined;
};

/** Sort key of an issue in the list of issues: by its time in the publication's zone, the year first. */
export const formatIssueSortKey = (issue: Pick<Issue, 'cadence' | 'number' | 'at'>, timeZone: string): string =>
  `${DateTime.fromISO(issue.at, { zone: timeZone }).toFormat("yyyy-MM-dd'T'HH:mm:ss.SSS")}#${formatIssueName(issue)}`;
