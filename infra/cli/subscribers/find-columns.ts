/** Headings of each column, as several systems write them; where a file has two, the first one here counts. */
const columnHeadings = {
  email: ['email', 'e mail', 'email address', 'e mail address', 'e mail adresse', 'mail', 'subscriber email'],
  cadence: ['cadence', 'frequency', 'how often'],
  status: ['status', 'state', 'subscription status'],
  consentedAt: [
    'confirmed at',
    'confirm time',
    'confirmation time',
    'consent at',
    'consented at',
    'consent date',
    'opt in time',
    'optin time',
    'opt in date',
    'subscribed at',
    'since',
  ],
  consent: ['consent', 'consent text', 'consent source', 'opt in source', 'source'],
  paused: ['paused'],
} as const;

export type Column = keyof typeof columnHeadings;
export type Columns = Readonly<Record<Column, number>>;

const normalizeHeading = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

export const findColumns = (found: readonly string[]): Columns => {
  const written = found.map(normalizeHeading);
  const findColumnIndex = (column: Column): number =>
    columnHeadings[column].map((heading) => written.indexOf(heading)).find((place) => place >= 0) ?? -1;
  return {
    email: findColumnIndex('email'),
    cadence: findColumnIndex('cadence'),
    status: findColumnIndex('status'),
    consentedAt: findColumnIndex('consentedAt'),
    consent: findColumnIndex('consent'),
    paused: findColumnIndex('paused'),
  };
};
