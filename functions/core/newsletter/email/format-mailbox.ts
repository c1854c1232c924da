/** RFC 5322's atext and spaces: such a name needs no quotes. */
const unquotedName = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+$/;
const printableAscii = /^[\x20-\x7e]*$/;

/** Bytes of UTF-8 in one encoded-word: RFC 2047 allows 75 characters, 12 of which surround the base64. */
const maxEncodedWordBytes = 45;

const splitName = (name: string): string[] => {
  const parts = [''];
  for (const character of name) {
    const longer = `${parts.at(-1) ?? ''}${character}`;
    if (Buffer.byteLength(longer) > maxEncodedWordBytes) parts.push(character);
    else parts[parts.length - 1] = longer;
  }
  return parts;
};

/**
 * Formats a sender for the `From` header, in ASCII: `Gazette <editor@news.example>`.
 * Control characters in the name are removed, so that it stays one header.
 */
export const formatMailbox = ({ name, email }: { readonly name: string; readonly email: string }): string => {
  const clean = name.replace(/\p{Cc}+/gu, ' ').trim();
  if (clean === '') return email;
  if (unquotedName.test(clean)) return `${clean} <${email}>`;
  if (printableAscii.test(clean)) return `"${clean.replace(/["\\]/g, '\\$&')}" <${email}>`;
  const encodedWords = splitName(clean).map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`);
  return `${encodedWords.join(' ')} <${email}>`;
};
