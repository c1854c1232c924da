import type { SesContext } from './accept-mail.ts';
import { SesError } from './ses-error.ts';

/**
 * `GetEmailIdentity`: an identity that the run was told of, or else any address, verified, without a signature or a
 * MAIL FROM domain of its own. Domains are none unless it was told of them.
 */
export const handleGetEmailIdentity = ({ account: { identities } }: SesContext, name: string): object => {
  const known = identities?.[name];
  if (known) return known;
  if (identities || !name.includes('@'))
    throw new SesError(404, 'NotFoundException', `Email identity ${name} does not exist.`);
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
