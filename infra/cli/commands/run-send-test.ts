import { type Cadence, isScheduled, selectCadences } from '../../../functions/core/publication.ts';
import { connect } from '../connection/connect.ts';
import { type CliServices, createCliServices } from '../connection/create-cli-services.ts';
import { createPreviewServices } from '../newsletter/create-preview-services.ts';
import { findNextIssue, formatNothingPending, requireCadence } from '../newsletter/find-next-issue.ts';
import { buildNextEmail, readIssueEmail, sendTestEmail } from '../newsletter/send-test-email.ts';
import { CliError, exitCodes } from '../output/cli-error.ts';
import { type GlobalOptions, type Io, printResult } from '../output/io.ts';

interface Options extends GlobalOptions {
  readonly issue?: string;
  readonly cadence?: Cadence;
}

export const runSendTest = async (to: string, options: Options, io: Io): Promise<void> => {
  const connection = await connect(options, io);
  const stores = createCliServices(connection);
  const services = await createPreviewServices(connection);
  const email =
    options.issue === undefined
      ? await buildNextEmail(services, await requireNextIssue(stores, options.cadence))
      : await readIssueEmail(stores, options.issue);
  const messageId = await sendTestEmail(stores, services, { to, email }).finally(() => services.mailer.close?.());
  printResult(io, options, { messageId, subject: email.subject }, [`Sent: ${email.subject}`]);
};

/** Without a cadence, the next issue that has something to say: of those that come by a schedule, if there is one. */
const requireNextIssue = async (stores: CliServices, wanted: Cadence | undefined) => {
  if (wanted !== undefined) requireCadence(stores.publication, wanted);
  const offered = selectCadences(stores.publication);
  const candidates = wanted === undefined ? [...offered.filter(isScheduled), ...offered] : [wanted];
  for (const cadence of candidates) {
    const next = await findNextIssue(stores, cadence);
    if (next) return next;
  }
  const nothing = wanted === undefined ? 'Nothing is waiting for a next issue.' : formatNothingPending(wanted);
  throw new CliError(`${nothing} Name an issue with --issue.`, exitCodes.notFound);
};
