import { formatArn } from '../base/aws-account.ts';
import type { CallerAccess } from '../iam/create-access-control.ts';
import type { SesContext } from './accept-mail.ts';
import { findIdentity } from './find-identity.ts';
import { isSimulatorAddress } from './mailbox-simulator.ts';
import { parseMailbox } from './parse-mailbox.ts';

export interface SendingCall {
  readonly actions: readonly string[];
  readonly from: string;
  readonly recipients: readonly string[];
  readonly configurationSet: string | undefined;
  /** IAM's reference requires one of bulk mails, even if the mail brings its own. */
  readonly usesTemplate: boolean;
}

export const formatSesArn = (kind: 'identity' | 'configuration-set' | 'template', name: string): string =>
  formatArn('ses', `${kind}/${name}`);

/**
 * SES asks for leave for each thing that a mail uses, and in the sandbox for the identities of the recipients, too.
 * @throws {AccessDeniedError}
 */
export const requireSending = ({ identities, account }: SesContext, access: CallerAccess, call: SendingCall): void => {
  const sender = parseMailbox(call.from).address;
  const recipients = account.sandbox ? call.recipients.filter((email) => !isSimulatorAddress(email)) : [];
  const used = new Set([sender, ...recipients].map((email) => findIdentity(email, identities) ?? email));
  const resources = [
    ...[...used].map((name) => formatSesArn('identity', name)),
    ...(call.configurationSet === undefined ? [] : [formatSesArn('configuration-set', call.configurationSet)]),
    ...(call.usesTemplate ? [formatSesArn('template', 'inline')] : []),
  ];
  for (const action of call.actions) for (const resource of resources) access.require(action, resource);
};
