import { z } from 'zod';
import { region } from '../base/aws-account.ts';
import type { MailHeader } from './mail-store.ts';
import { badRequest } from './ses-error.ts';

/** Headers as requests have them. Names and values as https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageHeader.html limits them. */
export const headersSchema = z
  .array(
    z
      .object({
        Name: z.string().regex(/^[\x21-\x39\x3b-\x7e]{1,126}$/),
        Value: z.string().regex(/^[\x20-\x7e]{1,995}$/),
      })
      .transform(({ Name, Value }): MailHeader => ({ name: Name, value: Value })),
  )
  .max(15)
  .default([]);

export const tagsSchema = z
  .array(
    z.object({
      // Tags with names of SES's own, such as `ses:feedback-id-a`, may have a colon.
      Name: z.string().regex(/^[\w:-]{1,256}$/),
      Value: z.string().regex(/^[\w.@-]{1,256}$/),
    }),
  )
  .default([])
  .transform((tags) => Object.fromEntries(tags.map(({ Name, Value }) => [Name, Value])));

const isSameHeader = (a: MailHeader, b: MailHeader): boolean => a.name.toLowerCase() === b.name.toLowerCase();

/** A recipient's own headers in the place of the letter's, where they have the same name. */
export const mergeHeaders = (common: readonly MailHeader[], own: readonly MailHeader[]): MailHeader[] => [
  ...common.filter((header) => !own.some((other) => isSameHeader(header, other))),
  ...own,
];

const singletonHeaders =
  /^(from|to|subject|date|message-id|mime-version|content-type|list-(id|unsubscribe|unsubscribe-post|archive|post|help|owner|subscribe)|precedence|auto-submitted|reply-to|feedback-id)$/i;

/** @throws {SesError} when a header stands twice that may stand once */
export const checkDuplicateHeaders = (headers: readonly MailHeader[]): void => {
  const twice = headers.find(
    (header, index) =>
      singletonHeaders.test(header.name) && headers.findIndex((other) => isSameHeader(header, other)) < index,
  );
  if (twice) throw badRequest(`Duplicate header '${twice.name}'.`);
};

/** SES writes this header itself; two tags fill its first two parts. */
export const formatFeedbackId = (tags: Readonly<Record<string, string>>): string =>
  `${tags['ses:feedback-id-a'] ?? ''}:${tags['ses:feedback-id-b'] ?? ''}:1.${region}.local:AmazonSES`;
