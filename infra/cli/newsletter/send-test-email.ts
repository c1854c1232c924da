import { toSubscriberKey } from '../../../functions/adapters/table/subscribers.ts';
import { buildIssueDraft } from '../../../functions/compose-issue/build-issue-draft.ts';
import type { ComposeIssueServices } from '../../../functions/compose-issue/services.ts';
import {
  buildIssueHeaders,
  buildUnsubscribeHeaders,
} from '../../../functions/core/newsletter/email/email-headers.ts';
import { fillPlaceholders } from '../../../functions/core/newsletter/email/placeholders.ts';
import type { Issue } from '../../../functions/core/newsletter/issue/issue-record.ts';
import { buildReaderLinks } from '../../../functions/core/newsletter/subscriber/token-links.ts';
import { createIssueMailReader } from '../../../functions/deliver/issue-mail-reader.ts';
import type { CliServices } from '../connection/create-cli-services.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';

/** The key of nobody: links that are signed for it work, and change nothing, whoever follows them. */
const testSubscriberKey = '0'.repeat(32);

type Letter = { readonly subject: string; readonly html: string; readonly text: string };

/** The letter of an issue that was composed. @throws {CliError} where it has none */
export const readLetter = async (
  { buckets, issues }: Pick<CliServices, 'buckets' | 'issues'>,
  name: string,
): Promise<Letter> => {
  const issue = await issues.get(name);
  const isWritten = issue && ['addressing', 'queueing', 'sending'].includes(issue.state);
  if (!isWritten) throw new CliError(`There is no letter of ${name} yet.`, exitCodes.notFound);
  return createIssueMailReader(buckets.internal).read(name);
};

/** The letter of an issue as it would be now. @throws {CliError} where every article of it was withdrawn */
export const draftLetter = async (services: ComposeIssueServices, issue: Issue): Promise<Letter> => {
  const draft = await buildIssueDraft(services, issue);
  if (draft) return draft;
  throw new CliError('Every article that waited was withdrawn.', exitCodes.notFound);
};

/** @throws {CliError} for who has left: nothing of the list may be mailed there, not even a test */
const requireMailable = async (
  { subscribers, tokenKeys }: Pick<CliServices, 'subscribers' | 'tokenKeys'>,
  address: string,
): Promise<void> => {
  const known = await subscribers.get(toSubscriberKey(address, await tokenKeys.getOrCreate()));
  if (known && known.state !== 'active' && known.state !== 'pending')
    throw new CliError(`The address is ${known.state}: nothing of the list is mailed there any more.`);
};

/**
 * Mails a letter to one address, marked as a test. It has the headers of an issue's copy, with links that are valid and
 * nobody's; the ledger does not know of it.
 * @returns the message's id, as the mailer gives it
 */
export const sendTestEmail = async (
  ledger: Pick<CliServices, 'subscribers' | 'tokenKeys'>,
  { mailer, publication, site }: Pick<ComposeIssueServices, 'mailer' | 'publication' | 'site'>,
  { to, letter }: { readonly to: string; readonly letter: Letter },
): Promise<string> => {
  await requireMailable(ledger, to);
  const { keys } = await ledger.tokenKeys.getOrCreate();
  const links = buildReaderLinks(site, testSubscriberKey, keys);
  const { messageId } = await mailer.sendOne({
    to,
    subject: `Test: ${letter.subject}`,
    html: fillPlaceholders(letter.html, links),
    text: fillPlaceholders(letter.text, links),
    headers: {
      ...buildIssueHeaders(publication, site, 'test'),
      ...buildUnsubscribeHeaders(links.unsubscribe),
    },
  });
  return messageId;
};
