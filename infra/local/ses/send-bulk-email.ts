import { z } from 'zod';
import { runInTransaction } from '../base/database.ts';
import type { CallerAccess } from '../iam/create-access-control.ts';
import { acceptMail, type SesContext } from './accept-mail.ts';
import { checkDuplicateHeaders, headersSchema, mergeHeaders, tagsSchema } from './mail-headers.ts';
import { requireSending } from './require-sending.ts';

const dataSchema = z
  .string()
  .max(262144)
  .default('{}')
  .transform((text) => z.record(z.string(), z.string()).parse(JSON.parse(text)));

const entrySchema = z.object({
  Destination: z.object({ ToAddresses: z.array(z.string()).length(1) }),
  ReplacementEmailContent: z
    .object({ ReplacementTemplate: z.object({ ReplacementTemplateData: dataSchema }) })
    .optional(),
  ReplacementHeaders: headersSchema,
  ReplacementTags: tagsSchema,
});

const requestSchema = z.object({
  FromEmailAddress: z.string(),
  DefaultContent: z.object({
    Template: z.object({
      TemplateContent: z.object({ Subject: z.string(), Html: z.string(), Text: z.string() }),
      TemplateData: dataSchema,
      Headers: headersSchema,
    }),
  }),
  DefaultEmailTags: tagsSchema,
  BulkEmailEntries: z.array(entrySchema).min(1).max(50),
  ConfigurationSetName: z.string().optional(),
});

/** `SendBulkEmail` with the template in the request; each recipient has a result. @throws {ServiceError} */
export const handleSendBulkEmail = (ses: SesContext, input: unknown, access: CallerAccess): object => {
  const request = requestSchema.parse(input);
  requireSending(ses, access, {
    // SES asks under the name of version 1 of its API, too.
    actions: ['ses:SendBulkEmail', 'ses:SendBulkTemplatedEmail'],
    from: request.FromEmailAddress,
    recipients: request.BulkEmailEntries.flatMap(({ Destination }) => Destination.ToAddresses),
    configurationSet: request.ConfigurationSetName,
    usesTemplate: true,
  });
  const { TemplateContent, TemplateData, Headers } = request.DefaultContent.Template;
  checkDuplicateHeaders(Headers);
  const template = { subject: TemplateContent.Subject, html: TemplateContent.Html, text: TemplateContent.Text };
  const entries = request.BulkEmailEntries.map((entry) => {
    checkDuplicateHeaders(entry.ReplacementHeaders);
    return { ...entry, headers: mergeHeaders(Headers, entry.ReplacementHeaders) };
  });
  const results = runInTransaction(ses.database, () =>
    entries.map(({ Destination, ReplacementEmailContent, ReplacementTags, headers }) => {
      const accepted = acceptMail(ses, {
        from: request.FromEmailAddress,
        to: Destination.ToAddresses[0] ?? '',
        template,
        data: { ...TemplateData, ...ReplacementEmailContent?.ReplacementTemplate.ReplacementTemplateData },
        headers,
        tags: { ...request.DefaultEmailTags, ...ReplacementTags },
        ...(request.ConfigurationSetName !== undefined && { configurationSet: request.ConfigurationSetName }),
      });
      return 'id' in accepted
        ? { Status: 'SUCCESS', MessageId: accepted.id }
        : { Status: accepted.refusal, Error: accepted.reason };
    }),
  );
  return { BulkEmailEntryResults: results };
};
