/** Why something is not for readers, as the end of a sentence that starts with "This" or "It". */
interface Withholding {
  readonly predicate: string;
  /** The field that says so, as it is spelled in the seed. */
  readonly field?: string;
}

/** Tools spell one field as `publishDate`, `publish_date` or `publish-date`. */
export const normalizeFieldName = (name: string): string => name.toLowerCase().replace(/[\s_-]/g, '');

/** A boolean in any of the usual spellings; undefined for other words. */
export const parseSwitch = (written: string): boolean | undefined => {
  const word = written.trim();
  if (/^(?:true|yes|y|on|1)$/i.test(word)) return true;
  return /^(?:false|no|n|off|0|none|never)$/i.test(word) ? false : undefined;
};

/** True: withheld. A value that is not clearly "no" counts, as nothing private may get out. */
const withholdingSwitches: ReadonlyMap<string, string> = new Map([
  ['draft', 'is a draft'],
  ['isdraft', 'is a draft'],
  ['private', 'is private'],
  ['hidden', 'is hidden'],
  ['unlisted', 'is unlisted'],
  ['headless', 'has no page of its own'],
  ['eleventyexcludefromcollections', 'is excluded from all collections'],
]);

/** False: withheld. A value that is not clearly "yes" counts, except a date. */
const publishingSwitches = ['published', 'publish', 'dgpublish', 'public', 'listed'];

const publicStates = new Set(
  'published publish public live final posted released active online visible listed open everyone all'.split(' '),
);
/** These wait for a date; without one they are withheld. */
const scheduledStates = new Set(['scheduled', 'schedule', 'future']);
const statePredicates: ReadonlyMap<string, string> = new Map([
  ['draft', 'is a draft'],
  ['pending', 'waits for a review'],
  ['private', 'is private'],
  ['hidden', 'is hidden'],
  ['unlisted', 'is unlisted'],
]);

export const publishDateNames = [
  'publishdate',
  'publishedat',
  'publishat',
  'publishon',
  'publishedon',
  'scheduledat',
  'scheduledfor',
  'published',
  'publish',
];
export const dateNames = [
  'date',
  'pubdate',
  'datepublished',
  'publisheddate',
  'publicationdate',
  'created',
  'createdat',
];

const toWord = (value: unknown): string | undefined => {
  const isScalar = typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number';
  return (isScalar ? String(value).trim().toLowerCase() : '') || undefined;
};

/** Numbers enough for a year; what it is exactly is checked where it is read. */
export const looksLikeDate = (word: string): boolean => /\d{4}/.test(word);

const checkState = (word: string, name: string, isDated: boolean): string | undefined => {
  if (publicStates.has(word) || (isDated && scheduledStates.has(word))) return undefined;
  return statePredicates.get(word) ?? `has the ${name} “${word}”`;
};

/** Hugo's `build: { render: never }` and `list: never`. */
const isNeverBuilt = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).some(
    ([name, each]) => /^(?:render|list)$/i.test(name) && /^(?:never|false)$/i.test(toWord(each) ?? ''),
  );

const checkField = (name: string, value: unknown, isDated: boolean): string | undefined => {
  if (name === 'build' && isNeverBuilt(value)) return 'is not built for readers';
  const word = toWord(value);
  if (word === undefined) return undefined;
  const withheld = withholdingSwitches.get(name);
  if (withheld !== undefined) return parseSwitch(word) === false ? undefined : withheld;
  if (publishingSwitches.includes(name))
    return parseSwitch(word) || looksLikeDate(word) || publicStates.has(word) ? undefined : 'is not published';
  if (name === 'status' || name === 'visibility' || name === 'poststatus') return checkState(word, name, isDated);
  if (name === 'permalink' && parseSwitch(word) === false) return 'has no address of its own';
  return name === 'password' ? 'is protected by a password' : undefined;
};

/** Whether the fields of a page keep it from readers, as static site generators, note takers and blogs write it. */
export const findWithholdingField = (fields: Readonly<Record<string, unknown>>): Withholding | undefined => {
  const named = Object.entries(fields).map(([field, value]) => ({ field, name: normalizeFieldName(field), value }));
  const isDated = named.some(
    ({ name, value }) => [...dateNames, ...publishDateNames].includes(name) && looksLikeDate(toWord(value) ?? ''),
  );
  for (const { field, name, value } of named) {
    const predicate = checkField(name, value, isDated);
    if (predicate !== undefined) return { predicate, field };
  }
  return undefined;
};

/** Whether a file is in a folder of drafts. */
export const isInDraftsFolder = (key: string): boolean => /(?:^|\/)_?drafts\//i.test(key);

const projectDocument =
  /^(?:readme|license|licence|changelog|contributing|code[-_]of[-_]conduct|security|_?index)\.\w+$/i;

/** Files that explain or list a folder. They are articles only where they state a date. */
export const isFolderDocument = (key: string): boolean => projectDocument.test(key.split('/').at(-1) ?? '');
