import { z } from 'zod';
import { inTransaction } from '../database.ts';
import { acceptMail, type Ses } from './accept-mail.ts';
import { headersSchema, mergeHeaders, requireOnce, tagsSchema } from './headers.ts';

const data = z
  .string()
  .max(262144)
  .default('{}')
  .transform((text) => z.record(z.string(), z.string()).parse(JSON.parse(text)));

const entrySchema = z.object({
  Destination: z.object({ ToAddresses: z.array(z.string()).length(1) }),
  ReplacementEmailContent: z
    .object({ ReplacementTemplate: z.object({ ReplacementTemplateData: data }) })
    .optional(),
  ReplacementHeaders: headersSchema,
  ReplacementTags: tagsSchema,
});

const requestSchema = z.object({
  FromEmailAddress: z.string(),
  DefaultContent: z.object({
    Template: z.object({
      TemplateContent: z.object({ Subject: z.string(), Html: z.string(), Text: z.string() }),
      TemplateData: data,
      Headers: headersSchema,
    }),
  }),
  DefaultEmailTags: tagsSchema,
  BulkEmailEntries: z.array(entrySchema).min(1).max(50),
  ConfigurationSetName: z.string().optional(),
});

/** `SendBulkEmail` with a template in the request: a result for each recipient. @throws {SesError} */
export const sendBulkEmail = (ses: Ses, input: unknown): object => {
  const request = requestSchema.parse(input);
  const { TemplateContent, TemplateData, Headers } = request.DefaultContent.Template;
  requireOnce(Headers);
  const letter = { subject: TemplateContent.Subject, html: TemplateContent.Html, text: TemplateContent.Text };
  const entries = request.BulkEmailEntries.map((entry) => {
    requireOnce(entry.ReplacementHeaders);
    return { ...entry, headers: mergeHeaders(Headers, entry.ReplacementHeaders) };
  });
  const results = inTransaction(ses.database, () =>
    entries.map(({ Destination, ReplacementEmailContent, ReplacementTags, headers }) => {
      const accepted = acceptMail(ses, {
        from: request.FromEmailAddress,
        to: Destination.ToAddresses[0] ?? '',
        letter,
        data: {
          ...TemplateData,
          ...ReplacementEmailContent?.ReplacementTemplate.ReplacementTemplateData,
        },
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
