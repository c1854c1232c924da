/** A text with no address in it: mailers name the recipient in their complaints, which logs and the ledger keep. */
export const redactEmailAddresses = (text: string): string =>
  text.replace(/[^\s<>"'(),:;[\]]+@[^\s<>"'(),:;[\]]+/g, '(an address)');
