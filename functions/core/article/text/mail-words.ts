/** Decodes "=?utf-8?Q?In=C3=AAs?=" (RFC 2047) in a header. */
export const decodeEncodedWords = (value: string): string =>
  value
    .replace(/(\?=)\s+(?==\?)/gu, '$1')
    .replace(
      /=\?([\w.-]{1,40})(?:\*[\w-]*)?\?([bq])\?([^?\s]{0,500})\?=/giu,
      (all, charset: string, form: string, data: string) => {
        const bytes =
          form.toLowerCase() === 'b' ? decodeBase64(data) : decodeQuotedPrintable(data.replaceAll('_', ' '));
        return decodeBytes(bytes, charset) ?? all;
      },
    );

export const decodeBytes = (bytes: Uint8Array, charset: string): string | undefined => {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
};

export const decodeBase64 = (data: string): Uint8Array => Buffer.from(data.replace(/\s+/gu, ''), 'base64');

/** RFC 2045 §6.7: "=3D" is a byte, and "=" at the end of a row joins it to the next. */
export const decodeQuotedPrintable = (data: string): Uint8Array => {
  const joined = data.replace(/=[ \t]*\n/gu, '');
  return Buffer.concat(
    joined
      .split(/(=[\da-f]{2})/iu)
      .map((part) => (/^=[\da-f]{2}$/iu.test(part) ? Buffer.from(part.slice(1), 'hex') : Buffer.from(part, 'utf8'))),
  );
};

const address = /<?[^\s<>()[\]]{1,300}@[^\s<>()[\]]{1,300}>?/gu;

/** Addresses are never published, nor kept in the list of what was cut. */
export const hideAddresses = (text: string): string => text.replace(address, '…');

/** The names in a "From" header: `"Prata, Ines" <ines@…>`, `ines@… (Ines Prata)`. */
export const parseSenderNames = (value: string): string[] => {
  const decoded = decodeEncodedWords(value).replace(/\[mailto:[^\]]*\]/giu, '');
  const named = decoded.replace(/^\s*\S+@\S+\s+\((.+)\)\s*$/u, '$1');
  return named
    .split(/[;]|(?<=>)\s*,/u)
    .map(parseSenderName)
    .filter((name) => /\p{L}/u.test(name));
};

const parseSenderName = (written: string): string => {
  const bare = written
    .replace(address, ' ')
    .replace(/["“”*]|^\s*'|'\s*$/gu, '')
    .replace(/'?\s+via\s.*$/u, '')
    .replace(/\s+/gu, ' ')
    .trim();
  const [, family, given] = /^([^,]{2,40}), ([^,]{2,40})$/u.exec(bare) ?? [];
  return family !== undefined && given !== undefined ? `${given} ${family}` : bare;
};

const replyPrefix =
  /^(?:(?:re|aw|antw|sv|vs|fw|fwd|wg|tr|rv|enc|res|rif|odp|atb|ynt|ilt|vl|doorst|回复|答复|转发|回覆|轉寄|返信|転送|답장|전달|ответ|пересл|رد|إعادة توجيه)(?:\[\d+\]|\(\d+\))?\s?[:：]|\[[^\]]{1,40}\])\s*/iu;

/** The subject without "Re:", "Fwd:" and the tag of a mailing list. */
export const parseSubject = (value: string): string => {
  let subject = decodeEncodedWords(value).trim();
  for (
    let rest = subject.replace(replyPrefix, '');
    rest !== subject && rest !== '';
    rest = subject.replace(replyPrefix, '')
  )
    subject = rest;
  return /^\(?(?:no subject|kein betreff|sans objet|sin asunto|sem assunto|nessun oggetto)\)?$/iu.test(subject)
    ? ''
    : subject;
};
