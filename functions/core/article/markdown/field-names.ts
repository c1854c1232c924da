import { dateNames, looksLikeDate, normalizeFieldName, publishDateNames } from './visibility.ts';

/** Our names, and those of other tools for the same: the first that is filled counts. Without capitals, blanks, - and _. */
const knownNames: ReadonlyMap<string, readonly string[]> = new Map([
  ['date', dateNames],
  ['publishDate', publishDateNames],
  [
    'expires',
    ['expires', 'expirydate', 'expiry', 'expiresat', 'expirationdate', 'unpublishdate', 'unpublishedat', 'unpublishat'],
  ],
  [
    'updated',
    [
      ...['updated', 'lastmod', 'lastmodified', 'lastmodifiedat', 'modified', 'modifieddate', 'datemodified'],
      ...['updatedat', 'updateddate', 'updatedon', 'lastupdated', 'lastupdate'],
    ],
  ],
  ['authors', ['authors', 'author', 'byline', 'primaryauthor']],
  ['editors', ['editors', 'editor']],
  ['tags', ['tags', 'tag']],
  ['categories', ['categories', 'category']],
  ['summary', ['summary', 'description', 'excerpt', 'customexcerpt', 'subtitle', 'abstract', 'dek']],
  [
    'image',
    [
      ...['image', 'cover', 'coverimage', 'hero', 'heroimage', 'featuredimage', 'featureimage', 'images', 'thumbnail'],
      ...['banner', 'ogimage', 'socialimage'],
    ],
  ],
  ['imageAlt', ['imagealt', 'coveralt', 'coverimagealt', 'heroalt', 'heroimagealt', 'featureimagealt']],
  ['lang', ['lang', 'language', 'locale']],
  ['canonical', ['canonical', 'canonicalurl']],
  ...[
    ...['title', 'announced', 'topics', 'keywords', 'slug', 'id', 'correction', 'corrected', 'email', 'source'],
    ...['place', 'agency'],
  ].map((name): [string, readonly string[]] => [name, [name]]),
]);

const isFilled = (value: unknown): boolean =>
  typeof value === 'string' ? value.trim() !== '' : value !== null && value !== undefined;

/** `published: true` is no date. */
const isSwitch = (name: string, value: unknown): boolean =>
  (name === 'published' || name === 'publish') && !looksLikeDate(String(value));

interface KnownFields {
  readonly values: Readonly<Record<string, unknown>>;
  /** How each is spelled in the seed. */
  readonly spellings: ReadonlyMap<string, string>;
}

/** The fields that mean something here, under our names. */
export const selectKnownFields = (fields: Readonly<Record<string, unknown>>): KnownFields => {
  const written = new Map(
    Object.entries(fields)
      .filter(([spelling, value]) => isFilled(value) && !isSwitch(normalizeFieldName(spelling), value))
      .map(([spelling, value]) => [normalizeFieldName(spelling), { spelling, value }]),
  );
  const found = [...knownNames].flatMap(([name, names]) => {
    const each = names.map((one) => written.get(one)).find((field) => field !== undefined);
    return each ? [{ name, ...each }] : [];
  });
  return {
    values: Object.fromEntries(found.map(({ name, value }) => [name, value])),
    spellings: new Map(found.map(({ name, spelling }) => [name, spelling])),
  };
};

/** Jekyll parts a line of tags at its blanks; for others it is one tag. */
export const isJekyllPage = (fields: Readonly<Record<string, unknown>>, key: string): boolean => {
  const names = new Set(Object.keys(fields).map(normalizeFieldName));
  return (
    ['layout', 'permalink', 'redirectfrom', 'lastmodifiedat'].some((name) => names.has(name)) ||
    (names.has('tags') && names.has('categories')) ||
    /(?:^|\/)(?:_posts\/|\d{4}-\d{2}-\d{2}-[^/]*$)/.test(key)
  );
};
