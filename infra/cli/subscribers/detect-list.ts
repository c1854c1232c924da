import { columnHeadings, normalizeHeading } from './find-columns.ts';
import { findLeftBeginning, findLeftItem, type LeftState, type StatusWords, toWords } from './status-words.ts';

/** What a file is taken for, by its headings and its name. */
export interface ListKind {
  /** Such as `Ghost`; undefined for a file of no known system. */
  readonly system?: string;
  /** What the headings or the name say of everybody in the file. */
  readonly status?: { readonly state: 'active' | LeftState; readonly because: string };
  /** The system writes times without a zone in this one. */
  readonly timeZone?: string;
  readonly statusWords?: StatusWords;
  /** A heading that is one of a status in this system alone. */
  readonly statusHeading?: string;
  /** What the file cannot say. */
  readonly note?: string;
}

interface KnownSystem {
  readonly name: string;
  /** Each group of headings has one in the file. */
  readonly headings: readonly (readonly string[])[];
  readonly timeZone?: string;
  readonly note?: string;
  /** Headings that only a file of one kind has. */
  readonly kinds?: readonly { readonly heading: string; readonly state: LeftState }[];
  readonly statusWords?: StatusWords;
  readonly statusHeading?: string;
  /** The system writes only those who are subscribed into such a file. */
  readonly isActive?: boolean;
}

const address = columnHeadings.email;

/** Buttondown's kinds of readers who get letters, paid or not. */
const buttondownWords: StatusWords = new Map(
  ['regular', 'premium', 'trialed', 'gifted', 'unpaid', 'churning', 'paused', 'past due', 'upcoming'].map((word) => [
    word,
    'active',
  ]),
);

/** The letters of the plugin's table. */
const newsletterWords: StatusWords = new Map([
  ['c', 'active'],
  ['s', 'pending'],
  ['u', 'unsubscribed'],
  ['b', 'bounced'],
  ['p', 'complained'],
]);

/** The more particular headings come first. */
const systems: readonly KnownSystem[] = [
  {
    name: 'Mailchimp',
    headings: [address, ['leid', 'euid', 'member rating', 'optin time', 'unsub time', 'clean time']],
    timeZone: 'utc',
    kinds: [
      { heading: 'unsub time', state: 'unsubscribed' },
      { heading: 'clean time', state: 'bounced' },
    ],
  },
  { name: 'Ghost', headings: [address, ['subscribed to emails']], timeZone: 'utc' },
  {
    name: 'Substack',
    headings: [address, ['active subscription', 'stripe plan'], ['email disabled', 'expiry', 'start date']],
    timeZone: 'utc',
  },
  {
    name: 'listmonk',
    headings: [['uuid'], address, ['attributes'], ['status']],
    timeZone: 'utc',
    note: 'listmonk writes who is blocked, not who left a list: import the list\'s unsubscribed subscribers first, with "--status unsubscribed".',
  },
  {
    name: 'beehiiv',
    headings: [
      address,
      ['status'],
      ['tier', 'subscription tier', 'premium tiers', 'referral code', 'acquisition source'],
    ],
    timeZone: 'utc',
  },
  {
    name: 'Buttondown',
    headings: [
      address,
      ['subscriber type', 'creation date', 'secondary id'],
      ['secondary id', 'metadata', 'notes', 'referrer url', 'unsubscription date'],
    ],
    timeZone: 'utc',
    statusHeading: 'type',
    statusWords: buttondownWords,
  },
  {
    name: 'Constant Contact',
    headings: [address, ['email permission status']],
    statusWords: new Map([
      ['express', 'active'],
      ['implied', 'active'],
    ]),
  },
  { name: 'MailPoet', headings: [address, ['global status', 'list status', 'subscription ip', 'confirmation ip']] },
  {
    name: 'Newsletter',
    headings: [['email'], ['surname'], ['gender', 'sex'], ['token']],
    statusWords: newsletterWords,
  },
  {
    name: 'MailerLite',
    headings: [
      ['email', 'subscriber', 'email address'],
      ['opt in ip', 'optin ip', 'opted in at', 'opens', 'opened', 'opens count', 'subscribed'],
      ['subscribed', 'subscribed at', 'status', 'unsubscribed', 'unsubscribed at'],
      ['clicks', 'clicked', 'clicks count', 'optin ip', 'opt in ip', 'ip address', 'location'],
    ],
    timeZone: 'utc',
  },
  {
    name: 'Kit',
    headings: [address, ['first name'], ['state', 'status'], ['created at', 'subscribed at']],
    timeZone: 'utc',
  },
  {
    name: 'Keila',
    headings: [address, ['first name'], ['last name'], ['status', 'external id'], ['status', 'data']],
    timeZone: 'utc',
  },
  {
    name: 'Curated',
    headings: [['email address'], ['subscribed at'], ['utm source']],
    timeZone: 'utc',
    isActive: true,
  },
];

const people = '(?:subscribers?|readers?|members?|contacts?|people|addresses|e?mails?|list|accounts)';

/** What the file's name says of all who are in it, in words that are no sign in a heading. */
const leftNames: readonly { readonly state: LeftState; readonly pattern: RegExp }[] = [
  { state: 'bounced', pattern: new RegExp(String.raw`\b(?:cleaned|invalid)\b|\b(?:dead|lost) ${people}\b|^dead$`) },
  {
    state: 'unsubscribed',
    pattern: new RegExp(
      String.raw`\b(?:not subscribed|(?:black|block)list\w*|suppression|inactive|cancellations|churn|exclude|exclusions?|transactional|resilie\w{0,2}|bajas?|baixas?|dnc)\b|` +
        String.raw`\b(?:former|ex|left|gone|quit|stop|remove) ${people}\b|(?:^|\bwho |\bhave )(?:former|left|gone|quit|stop|remove)(?: \d+)*$`,
    ),
  },
];

const activeName =
  /^(?!.*\b(?:not|non|no|never|be|without)\b).*\b(?:subscribed|confirmed|active (?:subscribers?|readers?|members?|contacts?|list)|(?:subscribers?|readers?|members?|contacts?|list) active)\b/;

/** @param name with folders, which say it in plain words alone: they may be named after a publication */
const readNameStatus = (name: string): ListKind['status'] => {
  const parts = name.split(/[\\/]/).map((part) => part.replace(/(?<=\p{L})(?=\d)/gu, ' '));
  const file = (parts.at(-1) ?? '').replace(/\.\w+$/, '');
  const words = toWords(file);
  const joined = words.join(' ');
  const left =
    findLeftBeginning(words) ??
    leftNames.find(({ pattern }) => pattern.test(joined))?.state ??
    parts.slice(0, -1).map(findLeftItem).find(Boolean);
  const isActive = activeName.test(joined);
  const state = left ?? (isActive ? 'active' : undefined);
  return state && { state, because: 'the name of the file' };
};

export const detectList = (headings: readonly string[], name: string): ListKind => {
  const written = new Set(headings.map((heading) => normalizeHeading(heading)));
  const system = systems.find((each) => each.headings.every((group) => group.some((heading) => written.has(heading))));
  const named = readNameStatus(name);
  const kind = system?.kinds?.find(({ heading }) => written.has(heading));
  const byKind = kind && {
    state: kind.state,
    because: `${system?.name}'s file of those who ${describeState(kind.state)}`,
  };
  const byActive: ListKind['status'] = system?.isActive
    ? { state: 'active', because: `what ${system.name} exports` }
    : undefined;
  const status = named && named.state !== 'active' ? named : (byKind ?? named ?? byActive);
  return {
    ...(system && { system: system.name }),
    ...(system?.timeZone !== undefined && { timeZone: system.timeZone }),
    ...(system?.statusWords && { statusWords: system.statusWords }),
    ...(system?.statusHeading !== undefined && { statusHeading: system.statusHeading }),
    ...(system?.note !== undefined && { note: system.note }),
    ...(status && { status }),
  };
};

export const describeState = (state: 'active' | LeftState): string =>
  ({
    active: 'are subscribed',
    unsubscribed: 'unsubscribed',
    bounced: 'bounced',
    complained: 'complained',
  })[state];
