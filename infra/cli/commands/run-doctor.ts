import { connect } from '../connection/connect.ts';
import { createDnsResolver, type DnsResolver } from '../doctor/dns-resolver.ts';
import { readDoctorInput } from '../doctor/read-doctor-input.ts';
import { formatFindings, runChecks } from '../doctor/run-checks.ts';
import { CliError } from '../output/cli-error.ts';
import { type GlobalOptions, type Io, printResult } from '../output/io.ts';

interface Options extends GlobalOptions {
  readonly dns?: DnsResolver;
}

export const runDoctor = async (options: Options, io: Io): Promise<void> => {
  const connection = await connect(options, io);
  const resolver = options.dns ?? createDnsResolver();
  const findings = await runChecks(await readDoctorInput(connection, { resolver, fetch }));
  printResult(io, options, findings, formatFindings(findings));
  const failedChecks = findings.filter(({ level }) => level === 'problem').map(({ check }) => check);
  if (failedChecks.length > 0) throw new CliError(`Something is wrong: ${[...new Set(failedChecks)].join(', ')}.`);
};
