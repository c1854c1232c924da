import { z } from 'zod';
import { region } from '../base/aws-account.ts';
import { ServiceError } from '../base/service-error.ts';
import type { MailHeader } from './mail-store.ts';

/** With the limits of https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageHeader.html */
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
      // SES's own tags, such as `ses:feedback-id-a`, have a colon.
      Name: z.string().regex(/^[\w:-]{1,256}$/),
      Value: z.string().regex(/^[\w.@-]{1,256}$/),
    }),
  )
  .default([])
  .transform((tags) => Object.fromEntries(tags.map(({ Name, Value }) => [Name, Value])));

const isSameHeader = (a: MailHeader, b: MailHeader): boolean => a.name.toLowerCase() === b.name.toLowerCase();

export const mergeHeaders = (common: readonly MailHeader[], own: readonly MailHeader[]): MailHeader[] => [
  ...common.filter((header) => !own.some((other) => isSameHeader(header, other))),
  ...own,
];

const singletonHeaders =
  /^(from|to|subject|date|message-id|mime-version|content-type|list-(id|unsubscribe|unsubscribe-post|archive|post|help|owner|subscribe)|precedence|auto-submitted|reply-to|feedback-id)$/i;

/** @throws {ServiceError} when a header occurs twice that may occur once */
export const checkDuplicateHeaders = (headers: readonly MailHeader[]): void => {
  const duplicate = headers.find(
    (header, index) =>
      singletonHeaders.test(header.name) && headers.findIndex((other) => isSameHeader(header, other)) < index,
  );
  if (duplicate) throw new ServiceError(400, 'BadRequestException', `Duplicate header '${duplicate.name}'.`);
};

/** SES writes this header itself, with the values of two tags. */
export const formatFeedbackId = (tags: Readonly<Record<string, string>>): string =>
  `${tags['ses:feedback-id-a'] ?? ''}:${tags['ses:feedback-id-b'] ?? ''}:1.${region}.local:AmazonSES`;
