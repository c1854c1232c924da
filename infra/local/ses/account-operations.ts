import { z } from 'zod';
import { accountId, region } from '../base/aws-account.ts';
import { ServiceError } from '../base/service-error.ts';
import type { SesContext } from './accept-mail.ts';

export const handleGetAccount = ({ quota, account }: SesContext): object => ({
  DedicatedIpAutoWarmupEnabled: false,
  EnforcementStatus: 'HEALTHY',
  ProductionAccessEnabled: !account.sandbox,
  SendingEnabled: true,
  SendQuota: { Max24HourSend: quota.perDay, MaxSendRate: quota.perSecond, SentLast24Hours: quota.countSentLastDay() },
});

/**
 * `GetEmailIdentity`: an identity of the account's settings. In an account without such settings every address is a
 * verified identity, without DKIM and without a MAIL FROM domain, and no domain is one.
 */
export const handleGetEmailIdentity = ({ account: { identities } }: SesContext, name: string): object => {
  const identity = identities?.[name];
  if (identity) return identity;
  if (identities || !name.includes('@'))
    throw new ServiceError(404, 'NotFoundException', `Email identity ${name} does not exist.`);
  return {
    IdentityType: 'EMAIL_ADDRESS',
    FeedbackForwardingStatus: false,
    VerifiedForSendingStatus: true,
    VerificationStatus: 'SUCCESS',
    DkimAttributes: { SigningEnabled: false, Status: 'NOT_STARTED', SigningAttributesOrigin: 'AWS_SES' },
    MailFromAttributes: { BehaviorOnMxFailure: 'USE_DEFAULT_VALUE' },
    Policies: {},
    Tags: [],
  };
};

/** `DeleteSuppressedDestination` */
export const handleDeleteSuppressedDestination = ({ suppressions }: SesContext, email: string): object => {
  if (suppressions.remove(email)) return {};
  throw new ServiceError(404, 'NotFoundException', 'The address is not on the suppression list of this account.');
};

const listQuerySchema = z.object({
  /** Seconds since 1970, or ISO 8601. */
  StartDate: z.coerce.date().default(new Date(0)),
  PageSize: z.coerce.number().int().min(1).max(1000).default(1000),
  NextToken: z.string().default(''),
});

/** `ListSuppressedDestinations` */
export const handleListSuppressedDestinations = ({ suppressions }: SesContext, query: URLSearchParams): object => {
  const { StartDate, PageSize, NextToken } = listQuerySchema.parse(Object.fromEntries(query));
  const found = suppressions.list(StartDate.getTime(), NextToken, PageSize);
  return {
    SuppressedDestinationSummaries: found.map(({ email, reason, at }) => ({
      EmailAddress: email,
      Reason: reason,
      LastUpdateTime: at / 1000,
    })),
    ...(found.length === PageSize && { NextToken: found.at(-1)?.email }),
  };
};

/** `GetConfigurationSetEventDestinations`: every set sends the events that a deployed one sends. */
export const handleGetEventDestinations = (): object => ({
  EventDestinations: [
    {
      Name: 'local',
      Enabled: true,
      MatchingEventTypes: ['BOUNCE', 'COMPLAINT', 'REJECT', 'RENDERING_FAILURE'],
      EventBridgeDestination: { EventBusArn: `arn:aws:events:${region}:${accountId}:event-bus/default` },
    },
  ],
});
