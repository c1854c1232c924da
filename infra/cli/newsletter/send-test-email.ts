import { toSubscriberKey } from '../../../functions/adapters/table/subscribers.ts';
import { buildIssueDraft } from '../../../functions/compose-issue/build-issue-draft.ts';
import type { ComposeIssueServices } from '../../../functions/compose-issue/services.ts';
import { buildIssueHeaders, buildUnsubscribeHeaders } from '../../../functions/core/newsletter/email/email-headers.ts';
import { fillPlaceholders } from '../../../functions/core/newsletter/email/placeholders.ts';
import type { Issue } from '../../../functions/core/newsletter/issue/issue-record.ts';
import { buildReaderLinks } from '../../../functions/core/newsletter/subscriber/token-links.ts';
import { createIssueMailReader } from '../../../functions/deliver/issue-mail-reader.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';

/** No subscriber has this key: links that are signed for it work and change nothing. */
const testSubscriberKey = '0'.repeat(32);

interface IssueEmail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

export const readIssueEmail = async (
  { buckets, issues }: Pick<CliServices, 'buckets' | 'issues'>,
  name: string,
): Promise<IssueEmail> => {
  const issue = await issues.get(name);
  const isWritten = issue && ['addressing', 'queueing', 'sending'].includes(issue.state);
  if (!isWritten) throw new CliError(`${name} is not composed yet.`, exitCodes.notFound);
  return createIssueMailReader(buckets.internal).read(name);
};

export const buildNextEmail = async (services: ComposeIssueServices, issue: Issue): Promise<IssueEmail> => {
  const built = await buildIssueDraft(services, issue);
  if (built) return built.draft;
  throw new CliError('All waiting articles were withdrawn.', exitCodes.notFound);
};

/** @throws {CliError} for an address that left the list: not even a test may be mailed there */
const requireMailable = async (
  { subscribers, tokenKeys }: Pick<CliServices, 'subscribers' | 'tokenKeys'>,
  address: string,
): Promise<void> => {
  const known = await subscribers.get(toSubscriberKey(address, await tokenKeys.getOrCreate()));
  if (known && known.state !== 'active' && known.state !== 'pending')
    throw new CliError(`The address is ${known.state}: no issue may be mailed there, not even a test.`);
};

/** The headers are those of an issue's copy; the links are valid but belong to no subscriber. */
export const sendTestEmail = async (
  stores: Pick<CliServices, 'subscribers' | 'tokenKeys'>,
  { mailer, publication, site }: Pick<ComposeIssueServices, 'mailer' | 'publication' | 'site'>,
  { to, email }: { readonly to: string; readonly email: IssueEmail },
): Promise<string> => {
  await requireMailable(stores, to);
  const { keys } = await stores.tokenKeys.getOrCreate();
  const links = buildReaderLinks(site, testSubscriberKey, keys);
  const { messageId } = await mailer.sendOne({
    to,
    subject: `Test: ${email.subject}`,
    html: fillPlaceholders(email.html, links),
    text: fillPlaceholders(email.text, links),
    headers: {
      ...buildIssueHeaders(publication, site, 'test'),
      ...buildUnsubscribeHeaders(publication, links.unsubscribe),
    },
  });
  return messageId;
};
