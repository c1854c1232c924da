import { z } from 'zod';
import { ServiceError } from '../base/service-error.ts';
import type { CallerAccess } from '../iam/create-access-control.ts';
import { acceptMail, type SesContext } from './accept-mail.ts';
import { checkDuplicateHeaders, headersSchema, tagsSchema } from './mail-headers.ts';
import { requireSending } from './require-sending.ts';

const contentSchema = z.object({ Data: z.string() });

const requestSchema = z.object({
  FromEmailAddress: z.string(),
  Destination: z.object({ ToAddresses: z.array(z.string()).length(1) }),
  Content: z.object({
    Simple: z.object({
      Subject: contentSchema,
      Body: z.object({ Html: contentSchema.optional(), Text: contentSchema.optional() }),
      Headers: headersSchema,
    }),
  }),
  EmailTags: tagsSchema,
  ConfigurationSetName: z.string().optional(),
});

export const handleSendEmail = (ses: SesContext, input: unknown, access: CallerAccess): object => {
  const { FromEmailAddress, Destination, Content, EmailTags, ConfigurationSetName } = requestSchema.parse(input);
  const { Subject, Body, Headers } = Content.Simple;
  checkDuplicateHeaders(Headers);
  const [to = ''] = Destination.ToAddresses;
  requireSending(ses, access, {
    actions: ['ses:SendEmail'],
    from: FromEmailAddress,
    recipients: [to],
    configurationSet: ConfigurationSetName,
    usesTemplate: false,
  });
  const accepted = acceptMail(ses, {
    from: FromEmailAddress,
    to,
    template: { subject: Subject.Data, html: Body.Html?.Data ?? '', text: Body.Text?.Data ?? '' },
    headers: Headers,
    tags: EmailTags,
    ...(ConfigurationSetName !== undefined && { configurationSet: ConfigurationSetName }),
  });
  if ('id' in accepted) return { MessageId: accepted.id };
  const { refusal, reason } = accepted;
  if (refusal === 'INVALID_PARAMETER') throw new ServiceError(400, 'BadRequestException', reason);
  if (refusal === 'MESSAGE_REJECTED') throw new ServiceError(400, 'MessageRejected', reason);
  if (refusal === 'TRANSIENT_FAILURE') throw new ServiceError(500, 'InternalServiceErrorException', reason);
  throw new ServiceError(429, 'TooManyRequestsException', reason);
};
