/** Parses a `From` header; decodes the encoded words of RFC 2047 in UTF-8 and removes quotes. */
export const parseMailbox = (mailbox: string): { name: string; address: string } => {
  const [, name = '', address = mailbox] = /^(.*)<([^<>]+)>\s*$/.exec(mailbox) ?? [];
  const decoded = name
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?B\?([^?]*)\?=/gi, (_, word: string) => Buffer.from(word, 'base64').toString());
  return { name: decoded.trim().replace(/^"(.*)"$/, (_, quoted: string) => quoted.replace(/\\(.)/g, '$1')), address };
};
