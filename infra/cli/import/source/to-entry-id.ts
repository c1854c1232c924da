import { cleanText } from '../../../../functions/core/text/clean-text.ts';

const iri = /^[a-z][a-z\d+.-]*:[^\s"<>\\^`{|}]+$/i;
const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/i;
/** What no IRI has, and what publishing would take out of a text or change. */
const invalidInIri = /[\s"<>\\^`{|}]/g;
const nonAscii = /[^!-~]+/g;

const maxIdLength = 500;

/**
 * So that feed readers know it again: the old feed's own id if it is an IRI, as Atom wants; of a UUID its URN; else the
 * old site's address with `#` and the percent-encoded id.
 */
export const toEntryId = (written: string, site: string | undefined): string | undefined => {
  const id = written.trim();
  const made = toIri(id, site);
  return made === undefined || made.length > maxIdLength ? undefined : made;
};

const toIri = (id: string, site: string | undefined): string | undefined => {
  if (id === '') return undefined;
  if (uuid.test(id)) return `urn:uuid:${id.toLowerCase()}`;
  const whole = id.toWellFormed();
  const plain = cleanText(whole) === whole ? whole : whole.replace(nonAscii, encodeURIComponent);
  if (iri.test(plain)) return plain;
  if (/^(?:https?|tag|urn):[^\s]/i.test(plain)) return plain.replace(invalidInIri, encodeURIComponent);
  return site === undefined ? undefined : `${site}/#${encodeURIComponent(whole)}`;
};
