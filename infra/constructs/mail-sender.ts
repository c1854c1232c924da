import { SecretValue, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { ConfigurationSet, EmailSendingEvent, EventDestination, SuppressionReasons } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { Publication } from '../../functions/core/publication.ts';
import { environmentVariables } from '../../functions/platform/contract.ts';
import { MailIdentity } from './mail-identity.ts';
import type { NodeLambda } from './node-lambda.ts';

export interface MailSenderProps {
  readonly publication: Publication;
}

export interface MailSender {
  readonly environment: Readonly<Record<string, string>>;
  allowSending(lambda: NodeLambda, purpose: MailPurpose): void;
}

/**
 * `requested`: mails that readers ask for; `composition`: an issue's preview, and whom to leave out of it; `delivery`:
 * issues.
 */
export type MailPurpose = keyof typeof actionsByPurpose;

const actionsByPurpose = {
  requested: { sending: ['ses:SendEmail'], account: ['ses:DeleteSuppressedDestination'], usesTemplates: false },
  composition: { sending: ['ses:SendEmail'], account: ['ses:ListSuppressedDestinations'], usesTemplates: false },
  // SES checks a bulk call of API version 2 under the action name of version 1, too. IAM's reference of both actions
  // requires a template as well as an identity:
  // https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsimpleemailservicev2.html
  delivery: {
    sending: ['ses:SendBulkEmail', 'ses:SendBulkTemplatedEmail'],
    account: ['ses:GetAccount'],
    usesTemplates: true,
  },
} as const;

export class SesSender extends Construct implements MailSender {
  readonly environment: Readonly<Record<string, string>>;
  /** The events of our emails have it in their resources. */
  readonly configurationSetArn: string;
  private readonly identity: MailIdentity;

  constructor(scope: Construct, id: string, { publication }: MailSenderProps) {
    super(scope, id);
    const { domain, sender } = publication;
    this.identity = new MailIdentity(this, 'Sender', { sender, domain });
    const configurationSet = new ConfigurationSet(this, 'ConfigurationSet', {
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
    });
    configurationSet.addEventDestination('Events', {
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'Bus', 'default')),
      // Neither opens nor clicks: for them SES would add a tracking pixel and rewrite all links.
      events: [
        EmailSendingEvent.BOUNCE,
        EmailSendingEvent.COMPLAINT,
        EmailSendingEvent.REJECT,
        EmailSendingEvent.RENDERING_FAILURE,
      ],
    });
    this.configurationSetArn = Stack.of(this).formatArn({
      service: 'ses',
      resource: 'configuration-set',
      resourceName: configurationSet.configurationSetName,
    });
    this.environment = { [environmentVariables.configurationSet]: configurationSet.configurationSetName };
  }

  allowSending(lambda: NodeLambda, purpose: MailPurpose): void {
    const { sending, account, usesTemplates } = actionsByPurpose[purpose];
    for (const resource of [...this.identity.arns, this.configurationSetArn]) lambda.allow(sending, resource);
    if (usesTemplates) lambda.allowTemplates(sending);
    lambda.allowOnAnyResource(account, 'Quota and suppression list belong to the account as a whole.');
  }
}

/** The secret with the URL of the SMTP server, unless the settings name another. */
const defaultSmtpSecretName = 'seedpress/smtp';

/** Sends with an SMTP server. Bounces are not reported; they arrive in the inbox of the sender. */
export class SmtpSender implements MailSender {
  readonly environment: Readonly<Record<string, string>>;

  constructor({ publication }: MailSenderProps) {
    // CloudFormation resolves the secret into the encrypted environment of the function when it deploys: no template
    // contains it, and no function fetches it at a cold start. A new password needs a new deployment.
    const address = SecretValue.secretsManager(publication.newsletter.smtpSecret ?? defaultSmtpSecretName);
    this.environment = { [environmentVariables.smtpAddress]: address.unsafeUnwrap() };
  }

  allowSending(): void {
    // The password in the URL is enough; no permission is needed.
  }
}
