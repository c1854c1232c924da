/** The identity that SES uses for an address: the most specific one of the account. */
export const findIdentity = (email: string, identities: ReadonlySet<string>): string | undefined => {
  const labels = (email.split('@').at(-1) ?? '').split('.');
  const domains = labels.map((_label, index) => labels.slice(index).join('.'));
  return [email, ...domains].find((name) => identities.has(name));
};
