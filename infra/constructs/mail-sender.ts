import { SecretValue, Stack } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import {
  ConfigurationSet,
  EmailSendingEvent,
  EventDestination,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { Publication } from '../../functions/core/publication.ts';
import { environmentVariables } from '../../functions/platform/contract.ts';
import { MailIdentity } from './mail-identity.ts';
import type { NodeLambda } from './node-lambda.ts';

export interface MailSenderProps {
  readonly publication: Publication;
}

/** The way out for mails. */
export interface MailSender {
  /** What a function must be told to send mails. */
  readonly environment: Readonly<Record<string, string>>;
  /** Allows a function to send single mails, or copies of a letter to many. */
  allowSending(lambda: NodeLambda, what: 'one' | 'many'): void;
}

/** What IAM calls the operations: SES checks a bulk call of its second version by the name of its first, too. */
const sendingActions = {
  one: ['ses:SendEmail'],
  many: ['ses:SendBulkEmail', 'ses:SendBulkTemplatedEmail'],
} as const;

/** Mails by SES, whose events tell what became of them. */
export class SesSender extends Construct implements MailSender {
  readonly environment: Readonly<Record<string, string>>;
  /** Events of our mails name it among their resources. */
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
      // Neither opens nor clicks: for them SES would put a pixel into every mail and lead every link through itself.
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
    this.environment = {
      [environmentVariables.configurationSet]: configurationSet.configurationSetName,
    };
  }

  allowSending(lambda: NodeLambda, what: 'one' | 'many'): void {
    for (const resource of [...this.identity.arns, this.configurationSetArn])
      lambda.allow(sendingActions[what], resource);
    if (what === 'many')
      lambda.allowOnAnyResource(
        ['ses:GetAccount'],
        'The send rate and the quota belong to the account as a whole.',
      );
  }
}

/** Where the address of an SMTP server is kept, unless the settings name another secret. */
const defaultSmtpSecretName = 'seedpress/smtp';

/** Mails by another provider. It tells us of no bounces; who wants them, reads the sender's own inbox. */
export class SmtpSender implements MailSender {
  readonly environment: Readonly<Record<string, string>>;

  constructor({ publication }: MailSenderProps) {
    // CloudFormation puts it into the function's encrypted environment when it deploys: no template shows it, no
    // function has to fetch it at every start. Another password takes another deployment.
    const address = SecretValue.secretsManager(publication.newsletter.smtpSecret ?? defaultSmtpSecretName);
    this.environment = { [environmentVariables.smtpAddress]: address.unsafeUnwrap() };
  }

  allowSending(): void {
    // The password in the address is all the leave that is needed.
  }
}
