import { IANAZone } from 'luxon';
import * as z from 'zod';
import { toTopicOrAuthor } from './identity.ts';
import { parseLanguageTag } from './text/language.ts';
import { requiredText } from './text/required-text.ts';
import { findContrastMistakes } from './theme/palette.ts';
import { linkSchema, themeSchema } from './theme/theme-settings.ts';

export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** The first of a weekday in a month: `first monday`. */
const firstWeekdays = weekdays.map((day) => `first ${day}` as const);
/** Every month has 28 days; `last` is the last one. */
const dayOfMonth = z.union(
  [z.int().min(1).max(28), z.enum(['last', ...firstWeekdays])],
  'must be a day from 1 to 28, "last", or the first of a weekday, such as "first monday"',
);

const hour = z.int('must be a whole hour from 0 to 23').min(0).max(23);

/** Underscores and blanks, which `parseLanguageTag` corrects in seeds, are mistakes in settings. */
const isLanguageTag = (tag: string): boolean => !/[\s_]/.test(tag) && parseLanguageTag(tag) !== undefined;

/**
 * A site address as people write it: `news.example`, `https://news.example/`. Gives the origin without a trailing
 * slash.
 */
const siteAddress = z
  .string()
  .transform((written) => (/^https?:\/\//.test(written) ? written : `https://${written}`))
  .refine((address) => URL.canParse(address) && new URL(address).pathname === '/', {
    error: 'must be a domain or an address without a path, such as "news.example" or "https://news.example"',
  })
  .transform((address) => new URL(address).origin);

const isEncodedPath = (path: string): boolean => /^\/[\w.~!$&'()*+,;=:@%/-]+$/.test(path);
const redirectTarget = z.union(
  [z.string().regex(/^\/(?!\/)[\w.~!$&'()*+,;=:@%/?#-]*$/), z.url({ protocol: /^https?$/ })],
  'must be a path of the site, such as "/articles/story", or the address of another site',
);
/** CloudFront takes 10 KB of a function, and its own code needs some. */
const isWithinFunctionSize = (redirects: object): boolean => JSON.stringify(redirects).length <= 8_000;
const redirectsSchema = z
  .record(z.string(), redirectTarget)
  .refine((redirects) => Object.keys(redirects).every(isEncodedPath), {
    error: 'must be from encoded paths without a query, such as "/old/story"',
  })
  .refine(isWithinFunctionSize, {
    error:
      'are too long together: CloudFront takes 8 KB of them. `aliases` in the front matter of articles have no limit',
  });

/** A topic that readers may choose, by its name, or by a name and the topics of articles that it stands for. */
const topicName = z
  .string()
  .trim()
  .regex(/^.{1,60}$/su, { error: 'must be the name of a topic, of up to 60 characters', abort: true });
const offeredTopic = z
  .union(
    [topicName, z.strictObject({ name: topicName, topics: z.array(topicName).min(1).max(20).optional() })],
    'must be the name of a topic, or { "name": …, "topics": […] }',
  )
  .transform((written) => (typeof written === 'string' ? { name: written } : written))
  .transform(({ name, topics = [name] }) => ({ name, topics }));
const hasDistinctTopics = (offered: readonly { readonly topics: readonly string[] }[]): boolean => {
  const slugs = offered.flatMap(({ topics }) => topics.map((name) => toTopicOrAuthor(name).slug));
  return new Set(slugs).size === slugs.length;
};
const offeredTopics = z
  .array(offeredTopic)
  .max(30, 'must be up to 30')
  .refine(hasDistinctTopics, 'must have each topic of the articles once');

/** The settings of one publication: all that differs between two Seedpress sites that run the same code. */
export const publicationSchema = z.strictObject({
  /** Names the publication in every article id; never change it once something is published. */
  id: z
    .string()
    .regex(
      /^[\p{L}\p{N}][\p{L}\p{N} _.:/=+@-]{0,127}$/u,
      'must be a short name that never changes, such as "harbour-gazette": letters, digits, blanks and _.:/=+-@ only',
    ),
  title: requiredText('the name of the publication'),
  description: requiredText('one sentence on what the publication is about'),
  language: z.string().refine(isLanguageTag, 'must be a language tag such as "en" or "pt-BR"'),
  timeZone: z
    .string()
    .refine((zone) => IANAZone.isValidZone(zone), 'must be an IANA time zone such as "Europe/Lisbon"'),
  author: z.strictObject({ name: requiredText('a name'), url: z.url().optional() }),
  sender: z.strictObject({
    name: requiredText('a name'),
    email: z.email('must be an e-mail address'),
    /** Whether SES knows the sender already, as where two stages share one: then the deployment adds no identity. */
    verified: z.boolean('must be true or false').optional(),
  }),
  /** Who is told of refused uploads, if not the sender. */
  editor: z.email('must be an e-mail address').optional(),
  /** Where alarms go, if not to the sender. */
  alerts: z
    .union(
      [
        z.strictObject({ email: z.email(), topic: z.undefined().optional() }),
        z.strictObject({
          topic: z.string().regex(/^arn:aws[\w-]*:sns:[\w-]+:\d{12}:[\w-]{1,256}$/),
          email: z.undefined().optional(),
        }),
      ],
      'must be { "email": "ops@news.example" }, or { "topic": … } with the ARN of an SNS topic in the same region',
    )
    .optional(),
  /** The KMS key that the publisher's tool encrypts uploads with. */
  uploadsKey: z
    .string()
    .regex(
      /^arn:aws[\w-]*:kms:[\w-]+:\d{12}:key\/[\w-]{1,64}$/,
      'must be the ARN of a KMS key in the same region: arn:aws:kms:…:key/…',
    )
    .optional(),
  postalAddress: requiredText('a postal address: law asks for one in every newsletter'),
  site: siteAddress.optional(),
  /** The certificate that CloudFront is to show for the site, where the deployment cannot make one. */
  certificate: z
    .string()
    .regex(/^arn:aws[\w-]*:acm:us-east-1:\d{12}:certificate\/[\w-]+$/, {
      error: 'must be the ARN of a certificate in us-east-1, the region where CloudFront looks for it',
    })
    .optional(),
  feedSize: z.int('must be a whole number from 1 to 100').min(1).max(100).default(20),
  hubs: z.array(z.url({ protocol: /^https?$/, error: 'must be the address of a WebSub hub' })).default([]),
  digest: z
    .strictObject({
      /** Each article as it is published, together with those that come within some minutes. */
      immediately: z
        .strictObject({
          // SQS holds a message back for a quarter of an hour at most.
          afterMinutes: z.int('must be a whole number of minutes from 1 to 15').min(1).max(15).default(5),
        })
        .optional(),
      daily: z.strictObject({ hour }).optional(),
      weekly: z.strictObject({ day: z.enum(weekdays), hour }).optional(),
      monthly: z.strictObject({ day: dayOfMonth, hour }).optional(),
    })
    .refine(
      (digest) => Object.values(digest).some((cadence) => cadence !== undefined),
      'must name at least one of immediately, daily, weekly and monthly',
    ),
  newsletter: z
    .strictObject({
      /** Where somebody reads mail: readers whose mail program unsubscribes by mail write there. */
      mailbox: z.email('must be an e-mail address that somebody reads').optional(),
      minimumArticles: z.int('must be a whole number from 1').min(1).default(1),
      hold: z.boolean('must be true or false').default(false),
      quietHours: z.strictObject({ from: hour, to: hour }).optional(),
      /** What readers may choose, in this order; without any, everybody gets all articles. */
      topics: offeredTopics.default([]),
      /** After these days, only a keyed hash of the address of a reader who left is kept. */
      addressRetentionDays: z.int('must be a whole number of days from 1 to 3650').min(1).max(3650).default(400),
      mailer: z.enum(['ses', 'smtp']).default('ses'),
      smtpSecret: requiredText('the name of a secret in Secrets Manager').optional(),
    })
    .prefault({}),
  /** The face of the publication, on pages, in mails and in its icon. */
  theme: themeSchema.prefault({}),
  /** Authors with a biography, a picture and feeds of their own. */
  authors: z
    .array(
      z.strictObject({
        name: requiredText('the name as in articles'),
        biography: requiredText('a few sentences about the author').max(2000).optional(),
        picture: z
          .union([z.string().regex(/^\/images\/[^\s?#]+$/), z.url({ protocol: /^https$/ })], {
            error: 'must be a picture among the seeds, such as "/images/ana.jpg", or an https address',
          })
          .optional(),
        url: z.url({ protocol: /^https?$/, error: 'must be an address such as "https://ana.example"' }).optional(),
      }),
    )
    .max(500)
    .default([]),
  /** Who is behind the publication, if not what it is called. */
  publisher: z
    .strictObject({
      name: requiredText('the name of a person or company'),
      url: z.url({ protocol: /^https?$/, error: 'must be an address such as "https://company.example"' }).optional(),
      address: requiredText('a postal address').optional(),
      email: z.email('must be an e-mail address').optional(),
      logo: z.url({ protocol: /^https$/, error: 'must be the https address of a picture' }).optional(),
    })
    .optional(),
  /** Former addresses: from a path to a path of the site, or to another site. */
  redirects: redirectsSchema.default({}),
  /** The licence of the texts. */
  license: linkSchema.optional(),
  /**
   * The zone in Route 53 of the sender's domain: with it, mails are signed by that domain, and a site in it has its
   * name.
   */
  domain: z
    .strictObject({
      hostedZoneId: requiredText('the id of a public hosted zone in Route 53, such as "Z0123456789ABCDEFGHIJ"'),
      zoneName: requiredText('the name of the hosted zone, such as "news.example"'),
      dmarc: z.boolean('must be true or false').default(true),
    })
    .optional(),
});

export type Publication = z.infer<typeof publicationSchema>;

/** Those whose issues come by a schedule, and gather what is new. */
export const scheduledCadences = ['daily', 'weekly', 'monthly'] as const;
export type ScheduledCadence = (typeof scheduledCadences)[number];
/** The most frequent first. */
export const cadences = ['immediately', ...scheduledCadences] as const;
export type Cadence = (typeof cadences)[number];
export const daysPerIssue = {
  immediately: 0,
  daily: 1,
  weekly: 7,
  monthly: 30,
} as const satisfies Readonly<Record<Cadence, number>>;

export const selectCadences = (publication: Pick<Publication, 'digest'>): Cadence[] =>
  cadences.filter((cadence) => publication.digest[cadence] !== undefined);

export const isScheduled = (cadence: Cadence): cadence is ScheduledCadence => cadence !== 'immediately';

export const selectScheduledCadences = (publication: Pick<Publication, 'digest'>): ScheduledCadence[] =>
  scheduledCadences.filter((cadence) => publication.digest[cadence] !== undefined);

/** What readers get who chose nothing: never more mail than they asked for. */
export const selectDefaultCadence = (publication: Pick<Publication, 'digest'>): Cadence =>
  selectCadences(publication).at(-1) ?? 'monthly';

/**
 * What readers get whose cadence is not offered: the next that comes less often, as nobody gets more mail than they
 * asked for. Undefined where there is none.
 */
export const findQuieterCadence = (publication: Pick<Publication, 'digest'>, cadence: Cadence): Cadence | undefined =>
  selectCadences(publication).find((offered) => cadences.indexOf(offered) > cadences.indexOf(cadence));

export const isWithinDomain = (host: string, domain: string): boolean =>
  `.${host.toLowerCase()}`.endsWith(`.${domain.toLowerCase()}`);

const settingsSchema = publicationSchema
  .superRefine(({ theme }, context) => {
    for (const { path, message } of findContrastMistakes(theme))
      context.addIssue({ code: 'custom', path: ['theme', ...path], message });
  })
  .refine(({ sender, domain }) => !domain || isWithinDomain(sender.email.split('@').at(-1) ?? '', domain.zoneName), {
    path: ['sender', 'email'],
    error: 'must be an address of the domain whose hosted zone is given',
  })
  .refine(({ site, certificate }) => certificate === undefined || site !== undefined, {
    path: ['site'],
    error: 'must name the domain that the certificate is for',
  });

/**
 * Parses the settings, and reports all mistakes at once.
 * @param name the settings' key in the file that has them
 * @throws {SettingsError} whose message has one line for each mistake
 */
export const parsePublication = (settings: unknown, name = 'publication'): Publication => {
  const parsed = settingsSchema.safeParse(settings);
  if (parsed.success) return parsed.data;
  throw toSettingsError(name, parsed.error);
};

export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

export const toSettingsError = (name: string, { issues }: z.ZodError): SettingsError => {
  const lines = issues.map(({ path, message }) => `  ${[name, ...path].join('.')}: ${message}`);
  return new SettingsError(`The settings of the publication have mistakes:\n${lines.join('\n')}`);
};
