/** How a mail provider maps addresses to mailboxes. */
interface MailboxRules {
  /** All domains of the provider at which a user has the same mailbox; the first stands for them. */
  readonly domains: readonly string[];
  /** Characters that make no difference in a local part. */
  readonly ignored?: RegExp;
  /** Where a tag begins, besides at `+`. */
  readonly tagSeparator?: string;
  /** Mail to `tag@user.domain` arrives in the mailbox of `user@domain`. */
  readonly hasSubdomainTags?: boolean;
}

/** Every rule as its provider documents it; the sources are in docs/decisions/0018-the-readers-door.md. */
const providers: readonly MailboxRules[] = [
  { domains: ['gmail.com', 'googlemail.com'], ignored: /\./g },
  { domains: ['proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me'], ignored: /[._-]/g },
  { domains: ['icloud.com', 'me.com', 'mac.com'] },
  {
    domains: ['yandex.com', 'yandex.ru', 'ya.ru', 'yandex.by', 'yandex.kz', 'yandex.ua'],
    ignored: /[.-]/g,
  },
  { domains: ['fastmail.com'], hasSubdomainTags: true },
  { domains: ['fastmail.fm'], hasSubdomainTags: true },
  { domains: ['ymail.com'], tagSeparator: '-' },
  { domains: ['rocketmail.com'], tagSeparator: '-' },
];

const yahooDomain = /^yahoo\.(?:[a-z]{2,3}|com?\.[a-z]{2})$/;

/** The local part before its tag. A tag needs something before it. */
const removeTag = (local: string, separator: string): string => {
  const end = local.indexOf(separator, 1);
  return end < 0 ? local : local.slice(0, end);
};

const findRules = (domain: string): MailboxRules => {
  if (yahooDomain.test(domain)) return { domains: [domain], tagSeparator: '-' };
  return providers.find(({ domains }) => domains.includes(domain)) ?? { domains: [domain] };
};

/**
 * The mailbox in which mail to an address arrives, written as an address: for counting, never for sending. `+tag` is
 * left out everywhere; dots and other domains only where the provider is known to ignore them.
 * @param address from `parseEmailAddress`
 */
export const toMailbox = (address: string): string => {
  const [written = '', domain = ''] = address.toLowerCase().split('@');
  const [user = '', ...parent] = domain.split('.');
  if (findRules(parent.join('.')).hasSubdomainTags) return toMailbox(`${user}@${parent.join('.')}`);
  const { domains, ignored, tagSeparator } = findRules(domain);
  const untagged = removeTag(written, '+');
  const local = tagSeparator === undefined ? untagged : removeTag(untagged, tagSeparator);
  return `${(ignored && local.replace(ignored, '')) || local}@${domains[0] ?? domain}`;
};
