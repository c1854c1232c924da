import { Stack } from 'aws-cdk-lib';
import { type IPublicHostedZone, PublicHostedZone, TxtRecord } from 'aws-cdk-lib/aws-route53';
import { EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { Publication } from '../../functions/core/publication.ts';

export interface MailIdentityProps {
  readonly sender: Publication['sender'];
  /** The hosted zone of the sender's domain, if the stack may write records. */
  readonly domain: Publication['domain'];
}

/** A domain and those above it but the top-level one: SES verifies all subdomains of a domain with it. */
const listDomains = (domain: string): string[] => {
  const labels = domain.split('.');
  return labels.slice(0, -1).map((_label, index) => labels.slice(index).join('.'));
};

/**
 * The SES identity of the sender. With a hosted zone it is the domain, with DKIM, a MAIL FROM domain (so that SPF
 * passes for the same domain) and DMARC. Without one it is the address, which its owner has to confirm. An identity
 * that exists already is not created.
 */
export class MailIdentity extends Construct {
  /** The identities that SES may use for the sender: it takes the most specific one of the account. */
  readonly arns: readonly string[];

  constructor(scope: Construct, id: string, { sender, domain }: MailIdentityProps) {
    super(scope, id);
    const formatIdentityArn = (resourceName: string): string =>
      Stack.of(this).formatArn({ service: 'ses', resource: 'identity', resourceName });
    const { email, verified = false } = sender;
    if (verified) {
      this.arns = [...listDomains(email.split('@').at(-1) ?? ''), email].map(formatIdentityArn);
      return;
    }
    if (!domain) {
      this.arns = [formatIdentityArn(this.createIdentity(Identity.email(email)).emailIdentityName)];
      return;
    }
    const { hostedZoneId, zoneName, dmarc } = domain;
    const zone = PublicHostedZone.fromPublicHostedZoneAttributes(this, 'Zone', { hostedZoneId, zoneName });
    const identity = this.createIdentity(Identity.publicHostedZone(zone), `bounce.${zoneName}`);
    if (dmarc) this.addDmarcRecord(zone);
    this.arns = [formatIdentityArn(identity.emailIdentityName), formatIdentityArn(email)];
  }

  private createIdentity(identity: Identity, mailFromDomain?: string): EmailIdentity {
    return new EmailIdentity(this, 'Identity', {
      identity,
      // Bounces and complaints come as events, so SES need not forward them to the sender.
      feedbackForwarding: false,
      ...(mailFromDomain !== undefined && { mailFromDomain }),
    });
  }

  /** RFC 7489; large mailbox providers require at least this policy of bulk senders. */
  private addDmarcRecord(zone: IPublicHostedZone): void {
    new TxtRecord(this, 'Dmarc', { zone, recordName: '_dmarc', values: ['v=DMARC1; p=none'] });
  }
}
