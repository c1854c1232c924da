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

const checkState = (written: string, name: string, isDated: boolean): string | undefined => {
  const word = removeSigns(written);
  if (publicStates.has(word) || (isDated && scheduledStates.has(word))) return undefined;
  return statePredicates.get(word) ?? `has the ${name} “${written}”`;
};

/** Fields that may be about something else: only words that say that nobody is to read this count. */
const ambiguousStates = new Set<FieldName>(['stage', 'audience']);

/** As YAML and Ghost write that there is nothing. */
export const isNull = (word: string): boolean => /^(?:null|~)$/i.test(word.trim());

/** Hugo's `build: { render: never }` and `list: never`, and Eleventy's `permalink: { build: false }`. */
const isNeverBuilt = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.entries(value).some(
    ([name, each]) => /^(?:render|list|build)$/i.test(name) && /^(?:never|false)$/i.test(toWord(each) ?? ''),
  );

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

export const draftsFolderReason = 'This is in a folder of drafts.';

const draftsFolder =
  /^(?:drafts?|unpublished|private|entw(?:ü|ue)rfe?|brouillons?|borrador(?:es)?|bozz[ae]|rascunhos?|utkast|kladder?|luonnokset|szkice|черновики|taslaklar|草稿|下書き|초안|مسودات)$/;

/** Whether a file is in a folder of drafts, also where a number or sign sorts the folder: `_drafts`, `00 Drafts`. */
export const isInDraftsFolder = (key: string): boolean =>
  key
    .normalize('NFC')
    .toLowerCase()
    .split('/')
    .slice(0, -1)
    .some((folder) => draftsFolder.test(folder.replace(/^[\d\s._-]+/, '')));

const projectDocument =
  /^(?:readme|license|licence|changelog|contributing|code[-_]of[-_]conduct|security|_?index)\.\w+$/i;

/** Files that explain or list a folder. They are articles only where they state a date. */
export const isFolderDocument = (key: string): boolean => projectDocument.test(key.split('/').at(-1) ?? '');
