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

const requireNextIssue = async (stores: CliServices, wanted: Cadence | undefined) => {
  // An immediate issue is there for some minutes only.
  const offered = selectCadences(stores.publication);
  const cadence = wanted ?? offered.find(isScheduled) ?? 'immediately';
  requireCadence(stores.publication, cadence);
  const next = await findNextIssue(stores, cadence);
  if (next) return next;
  throw new CliError(`${formatNothingPending(cadence)} Name an issue with --issue.`, exitCodes.notFound);
};
