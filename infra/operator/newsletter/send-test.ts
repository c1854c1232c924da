import { keyOf } from '../../../functions/adapters/table/subscribers.ts';
import { draftIssue } from '../../../functions/composing/draft-issue.ts';
import type { ComposingServices } from '../../../functions/composing/services.ts';
import { putReaderLinks } from '../../../functions/core/newsletter/issue-draft.ts';
import { issueHeaders } from '../../../functions/core/newsletter/issue-headers.ts';
import { readerLinks } from '../../../functions/core/newsletter/links.ts';
import { leaveHeaders } from '../../../functions/core/newsletter/list-headers.ts';
import type { Issue } from '../../../functions/core/newsletter/records.ts';
import { createLetterReader } from '../../../functions/delivering/letter-reader.ts';
import { exitCodes, OperatorError } from '../failures.ts';
import type { Ledger } from './open-ledger.ts';

/** The key of nobody: links that are signed for it work, and change nothing, whoever follows them. */
const nobody = '0'.repeat(32);

type Letter = { readonly subject: string; readonly html: string; readonly text: string };

/** The letter of an issue that was composed. @throws {OperatorError} where it has none */
export const readLetter = async (
  { desk, issues }: Pick<Ledger, 'desk' | 'issues'>,
  name: string,
): Promise<Letter> => {
  const issue = await issues.get(name);
  const isWritten = issue && ['addressing', 'queueing', 'sending'].includes(issue.state);
  if (!isWritten) throw new OperatorError(`There is no letter of ${name} yet.`, exitCodes.notFound);
  return createLetterReader(desk).read(name);
};

/** The letter of an issue as it would be now. @throws {OperatorError} where every article of it was withdrawn */
export const draftLetter = async (services: ComposingServices, issue: Issue): Promise<Letter> => {
  const draft = await draftIssue(services, issue);
  if (draft) return draft;
  throw new OperatorError('Every article that waited was withdrawn.', exitCodes.notFound);
};

/** @throws {OperatorError} for who has left: nothing of the list may be mailed there, not even a test */
const demandWilling = async (
  { subscribers, tokenKeys }: Pick<Ledger, 'subscribers' | 'tokenKeys'>,
  address: string,
): Promise<void> => {
  const known = await subscribers.get(keyOf(address, await tokenKeys.get()));
  if (known && known.state !== 'active' && known.state !== 'pending')
    throw new OperatorError(`The address is ${known.state}: nothing of the list is mailed there any more.`);
};

/**
 * Mails a letter to one address, marked as a test. It has the headers of an issue's copy, with links that are valid and
 * nobody's; the ledger does not know of it.
 * @returns the message's id, as the mailer gives it
 */
export const sendTest = async (
  ledger: Pick<Ledger, 'subscribers' | 'tokenKeys'>,
  { mailer, publication, site }: Pick<ComposingServices, 'mailer' | 'publication' | 'site'>,
  { to, letter }: { readonly to: string; readonly letter: Letter },
): Promise<string> => {
  await demandWilling(ledger, to);
  const { keys } = await ledger.tokenKeys.get();
  const links = readerLinks(site, nobody, keys);
  const { messageId } = await mailer.sendOne({
    to,
    subject: `Test: ${letter.subject}`,
    html: putReaderLinks(letter.html, links),
    text: putReaderLinks(letter.text, links),
    headers: { ...issueHeaders(publication, site, 'test'), ...leaveHeaders(links.unsubscribe) },
  });
  return messageId;
};
