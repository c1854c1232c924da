/** RFC 5322's atext and blanks: such a name needs no quotes. */
const unquotedName = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~ -]+$/;
const printableAscii = /^[\x20-\x7e]*$/;

/** Bytes of UTF-8 in one encoded-word: RFC 2047 lets it have 75 characters, 12 of them around the base64. */
const maxEncodedWordBytes = 45;

/** Splits a name so that no character is cut in two. */
const splitName = (name: string): string[] => {
  const portions = [''];
  for (const character of name) {
    const longer = `${portions.at(-1) ?? ''}${character}`;
    if (Buffer.byteLength(longer) > maxEncodedWordBytes) portions.push(character);
    else portions[portions.length - 1] = longer;
  }
  return portions;
};

/**
 * A sender as `From` has it, in ASCII: `Gazette <editor@news.example>`.
 * Control characters of the name are left out, so that it stays one header.
 */
export const formatMailbox = ({ name, email }: { readonly name: string; readonly email: string }): string => {
  const clean = name.replace(/\p{Cc}+/gu, ' ').trim();
  if (clean === '') return email;
  if (unquotedName.test(clean)) return `${clean} <${email}>`;
  if (printableAscii.test(clean)) return `"${clean.replace(/["\\]/g, '\\$&')}" <${email}>`;
  const words = splitName(clean).map((part) => `=?UTF-8?B?${Buffer.from(part).toString('base64')}?=`);
  return `${words.join(' ')} <${email}>`;
};
