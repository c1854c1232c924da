import { Stack } from 'aws-cdk-lib';
import { type IPublicHostedZone, PublicHostedZone, TxtRecord } from 'aws-cdk-lib/aws-route53';
import { EmailIdentity, Identity } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { Publication } from '../../functions/core/publication.ts';

export interface MailIdentityProps {
  readonly sender: Publication['sender'];
  /** Where the sender's domain has its records, if we may write them. */
  readonly domain: Publication['domain'];
}

/**
 * Whom mails come from. With a hosted zone it is the whole domain, which signs them (DKIM), takes their bounces (MAIL
 * FROM, so that SPF speaks of the same domain) and tells receivers that it does so (DMARC). Without one it is the
 * address alone, which its owner has to confirm. A sender that SES knows already is left as it is.
 */
export class MailIdentity extends Construct {
  /** Names of the identities that SES may look up for the sender: it takes the most exact that the account has. */
  readonly arns: readonly string[];

  constructor(scope: Construct, id: string, { sender, domain }: MailIdentityProps) {
    super(scope, id);
    const formatIdentityArn = (resourceName: string): string =>
      Stack.of(this).formatArn({ service: 'ses', resource: 'identity', resourceName });
    const { email, verified = false } = sender;
    if (verified) {
      this.arns = [formatIdentityArn(email.split('@').at(-1) ?? ''), formatIdentityArn(email)];
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
      // Bounces and complaints come as events; SES need not mail them to the sender besides.
      feedbackForwarding: false,
      ...(mailFromDomain !== undefined && { mailFromDomain }),
    });
  }

  /** RFC 7489: the least that large receivers ask of those who mail to many. */
  private addDmarcRecord(zone: IPublicHostedZone): void {
    new TxtRecord(this, 'Dmarc', { zone, recordName: '_dmarc', values: ['v=DMARC1; p=none'] });
  }
}
