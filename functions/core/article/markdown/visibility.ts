import { type FieldName, findField, normalizeFieldName } from './field-table.ts';

/** Why something is not for readers, as the end of a sentence that starts with "This" or "It". */
interface Withholding {
  readonly predicate: string;
  /** The field that says so, as it is spelled in the seed. */
  readonly field?: string;
}

/** A boolean in any of the usual spellings; undefined for other words. */
export const parseSwitch = (written: string): boolean | undefined => {
  const word = written.trim();
  if (/^(?:true|yes|y|on|1|ja|oui|sí|si|sim|tak|да|evet|是|はい|예|نعم)$/i.test(word)) return true;
  return /^(?:false|no|n|off|0|none|never|nein|nee|nej|nei|non|não|nao|nie|нет|hayır|否|いいえ|아니요|لا)$/i.test(word)
    ? false
    : undefined;
};

/** True: withheld. A value that is not clearly "no" counts, as nothing private may get out. */
const withholdingSwitches: ReadonlyMap<FieldName, string> = new Map([
  ['draft', 'is a draft'],
  ['private', 'is private'],
  ['membersOnly', 'is for members alone'],
  ['hidden', 'is hidden'],
  ['unlisted', 'is unlisted'],
  ['deleted', 'is deleted or archived'],
  ['headless', 'has no page of its own'],
  ['excluded', 'is excluded from all collections'],
]);

/** `published` and `publish` are a date or a switch. */
const isPublishingSwitch = (name: string): boolean =>
  findField(name) === 'public' || /^publish(?:ed)?$/.test(normalizeFieldName(name));

const publicStates = new Set(
  'published publish public live final done complete completed finished erledigt fertig terminé hecho feito fatto posted released active online visible listed open everyone all featured veröffentlicht öffentlich publié publiée publicado publicada público pública pubblicato pubblicata pubblico gepubliceerd publicerad udgivet publisert opublikowane opublikowany опубликовано опубликована 公開 公開済み 公开 已发布 발행 منشور'.split(
    ' ',
  ),
);
/** These wait for a date; without one they are withheld. */
const scheduledStates = new Set(['scheduled', 'schedule', 'future']);
const statePredicates: ReadonlyMap<string, string> = new Map([
  ...'draft|drafts|drafting|auto-draft|in draft|work in progress|wip|in progress|entwurf|in arbeit|brouillon|borrador|bozza|rascunho|concept|utkast|kladde|luonnos|szkic|черновик|taslak|草稿|下書き|초안|مسودة'
    .split('|')
    .map((word): [string, string] => [word, 'is a draft']),
  ['review', 'waits for a review'],
  ['in review', 'waits for a review'],
  ['pending', 'waits for a review'],
  ['trash', 'is in the trash'],
  ['soft_trashed', 'is in the trash'],
  ['sent', 'was mailed, and never published'],
  ['members', 'is for members alone'],
  ['paid', 'is for members alone'],
  ...'tiers premium subscribers paid-members restricted protected'
    .split(' ')
    .map((word): [string, string] => [word, 'is for members alone']),
  ['internal', 'is private'],
  ['confidential', 'is private'],
  ['unpublished', 'is not published'],
  ['archived', 'is archived'],
  ['only_paid', 'is for members alone'],
  ['only_free', 'is for members alone'],
  ['founding', 'is for members alone'],
  ['private', 'is private'],
  ['hidden', 'is hidden'],
  ['unlisted', 'is unlisted'],
]);

const toWord = (value: unknown): string | undefined => {
  const isScalar = typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number';
  return (isScalar ? String(value).trim().toLowerCase() : '') || undefined;
};

/** Numbers enough for a year; what it is exactly is checked where it is read. */
export const looksLikeDate = (word: string): boolean => /\d{4}/.test(word);

/** Notion and others put a sign before the word. */
const removeSigns = (written: string): string => written.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '');

const isPublicState = (word: string, isDated: boolean): boolean =>
  publicStates.has(word) || (isDated && scheduledStates.has(word));

/** Publii has several in one line, such as `published,featured`. */
const checkState = (written: string, name: string, isDated: boolean): string | undefined => {
  const words = written.split(',').map(removeSigns);
  const withheld = words.find((word) => statePredicates.has(word));
  if (withheld === undefined && words.some((word) => isPublicState(word, isDated))) return undefined;
  return statePredicates.get(withheld ?? '') ?? `has the ${name} “${written}”`;
};

/** Fields that may be about something else: only words that say that nobody is to read this count. */
const ambiguousStates = new Set<FieldName>(['stage', 'audience']);

/** As YAML and Ghost write that there is nothing. */
export const isNull = (word: string): boolean => /^(?:null|~)$/i.test(word.trim());

/**
 * Hugo's `build: { render: never }`, `render: link`, which makes no page either, and `list: never`, and Eleventy's
 * `permalink: { build: false }`.
 */
const isNeverBuilt = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).some(([name, each]) => {
    const word = toWord(each) ?? '';
    return (
      (/^(?:render|list|build)$/i.test(name) && /^(?:never|false)$/.test(word)) ||
      (/^render$/i.test(name) && word === 'link')
    );
  });

/** Why a field with this value withholds its page. `isDated`: the page has a date that it may wait for. */
export const checkVisibility = (name: string, value: unknown, isDated: boolean): string | undefined => {
  const field = findField(name);
  if ((field === 'build' || field === 'permalink') && isNeverBuilt(value)) return 'is not built for readers';
  const word = toWord(Array.isArray(value) && value.length === 1 ? value[0] : value);
  if (field === undefined || word === undefined) return undefined;
  const withheld = withholdingSwitches.get(field);
  if (withheld !== undefined) return parseSwitch(word) === false ? undefined : withheld;
  // A value that is not clearly "yes" counts.
  if (isPublishingSwitch(name))
    return parseSwitch(word) || looksLikeDate(word) || publicStates.has(word) ? undefined : 'is not published';
  if (field === 'status' || field === 'visibility') return checkState(word, field, isDated);
  if (ambiguousStates.has(field)) return statePredicates.get(removeSigns(word));
  if (field === 'shown') return parseSwitch(word) === false ? 'is switched off' : undefined;
  if (field === 'publishDate' && isNull(word)) return 'has no date of publication yet';
  if (field === 'permalink' && parseSwitch(word) === false) return 'has no address of its own';
  return field === 'password' ? 'is protected by a password' : undefined;
};

/** Whether a page states a date that it may wait for. */
export const isDated = (fields: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(fields).some(([name, value]) => {
    const field = findField(name);
    return (field === 'date' || field === 'publishDate') && looksLikeDate(toWord(value) ?? '');
  });

/** Whether the fields of a page keep it from readers, as static site generators, note takers and blogs write it. */
export const findWithholdingField = (fields: Readonly<Record<string, unknown>>): Withholding | undefined => {
  const dated = isDated(fields);
  for (const [field, value] of Object.entries(fields)) {
    const predicate = checkVisibility(field, value, dated);
    if (predicate !== undefined) return { predicate, field };
  }
  return undefined;
};

const isStatedPublic = (fields: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(fields).some(([name, value]) => {
    const [field, word] = [findField(name), toWord(value)];
    if (word === undefined || checkVisibility(name, value, isDated(fields)) !== undefined) return false;
    return field === 'draft' || field === 'status' || field === 'visibility' || isPublishingSwitch(name);
  });

const tagPredicates = new Set(['is a draft', 'is private', 'is not published']);
/** Of Obsidian and others, which have tags within tags. */
const stateTag = /^(?:status|state|stage|visibility|publish|workflow)[/:](.+)$/;

/** Why a tag withholds its page, as note programs and Nikola have it, which know no other way. */
export const checkTag = (written: string): string | undefined => {
  const tag = written.trim().replace(/^#/, '').toLowerCase();
  const [, state] = stateTag.exec(tag) ?? [];
  if (state !== undefined) return statePredicates.get(state.replaceAll('-', ' ')) ?? statePredicates.get(state);
  const predicate = statePredicates.get(tag);
  return predicate !== undefined && tagPredicates.has(predicate) ? predicate : undefined;
};

const listTags = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return value.split(/[,;\s]+/);
  return Array.isArray(value) ? value.filter((tag) => typeof tag === 'string') : [];
};

/** The tag that withholds a page whose other fields do not say that it is public. */
export const findWithholdingTag = (
  fields: Readonly<Record<string, unknown>>,
  others: readonly string[] = [],
): { readonly tag: string; readonly predicate: string } | undefined => {
  const stated = Object.entries(fields).flatMap(([name, value]) => (findField(name) === 'tags' ? listTags(value) : []));
  for (const tag of [...stated, ...others]) {
    const predicate = checkTag(tag);
    if (predicate !== undefined && !isStatedPublic(fields)) return { tag, predicate };
  }
  return undefined;
};
