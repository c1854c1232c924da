/** Fields that begin a header without fences: no sentence of a text begins with one of them alone. */
const headerNames = new Set(
  'title date author authors draft published publish publishdate publish_date pubdate tags topics categories category slug layout permalink status lang language modified lastmod updated updated_at created created_at expirydate'.split(
    ' ',
  ),
);

/** Names of fields that other tools write, too; in a text each may also begin a sentence. */
const otherNames = new Set(
  'subtitle summary description excerpt image cover hero thumbnail keywords editor editors email id aliases canonical correction corrected announced source place agency private hidden unlisted visibility type weight toc comments publisher published_at'.split(
    ' ',
  ),
);

/** "Publish Date" (MultiMarkdown) is `publish_date`. */
const normalizeFieldName = (written: string): string => written.trim().toLowerCase().replace(/\s+/g, '_');

export const isHeaderName = (name: string): boolean => headerNames.has(normalizeFieldName(name));

export const isKnownFieldName = (name: string): boolean => {
  const normalized = normalizeFieldName(name);
  return headerNames.has(normalized) || otherNames.has(normalized);
};

/** One letter added, left out or replaced, or two neighbours exchanged. */
const isOneSlipAway = (a: string, b: string): boolean => {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA.slice(2) === restB.slice(2) && restA[0] === restB[1] && restA[1] === restB[0])
  );
};

const minMisspeltLength = 4;
const misspeltNames = [...headerNames, ...otherNames].filter(({ length }) => length > minMisspeltLength - 1);

/** The known field that an unknown one is a slip of, such as `title` of `tilte`. */
export const findNearFieldName = (written: string): string | undefined => {
  const name = normalizeFieldName(written);
  if (name.length < minMisspeltLength || isKnownFieldName(name)) return undefined;
  return misspeltNames.find((known) => isOneSlipAway(name, known));
};
