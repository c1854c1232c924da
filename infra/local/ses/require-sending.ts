import { formatArn } from '../base/aws-account.ts';
import type { CallerAccess } from '../iam/create-access-control.ts';
import type { SesContext } from './accept-mail.ts';
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

/** The identity that SES uses for an address: the most specific one of the account. */
const findIdentity = (email: string, identities: ReadonlySet<string>): string | undefined => {
  const labels = (email.split('@').at(-1) ?? '').split('.');
  const domains = labels.map((_label, index) => labels.slice(index).join('.'));
  return [email, ...domains].find((name) => identities.has(name));
};

/**
 * SES asks for leave for each thing that a mail uses, and in the sandbox for the identities of the recipients, too.
 * @throws {AccessDeniedError}
 */
export const requireSending = ({ identities, account }: SesContext, access: CallerAccess, call: SendingCall): void => {
  const sender = parseMailbox(call.from).address;
  const addresses = account.sandbox ? [sender, ...call.recipients] : [sender];
  const used = new Set(addresses.map((email) => findIdentity(email, identities) ?? email));
  const resources = [
    ...[...used].map((name) => formatSesArn('identity', name)),
    ...(call.configurationSet === undefined ? [] : [formatSesArn('configuration-set', call.configurationSet)]),
    ...(call.usesTemplate ? [formatSesArn('template', 'inline')] : []),
  ];
  for (const action of call.actions) for (const resource of resources) access.require(action, resource);
};
