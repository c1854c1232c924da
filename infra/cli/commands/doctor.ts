import type { Command } from 'commander';
import { type ConnectOptions, connect } from '../connection/connect.ts';
import { createDnsResolver, type DnsResolver } from '../doctor/dns-resolver.ts';
import { formatFindings } from '../doctor/format-findings.ts';
import { readDoctorInput } from '../doctor/read-doctor-input.ts';
import { runChecks } from '../doctor/run-checks.ts';
import { CliError } from '../output/cli-error.ts';
import type { Io } from '../output/io.ts';
import { parseDnsServer } from './arguments.ts';

type Options = ConnectOptions & { json?: boolean; dns?: DnsResolver };

/** `seedpress doctor`: what is wrong with a publication, and how to mend it. */
export const addDoctor = (program: Command, io: Io): void => {
  program
    .command('doctor')
    .description(
      'look at site, feeds, queues, schedules, mail and alarms, and tell what is wrong and how to mend it; a problem has code 1, a warning has not',
    )
    .option(
      '--dns <server>',
      "the DNS server to ask, such as your domain's own; absent: this machine's",
      parseDnsServer,
    )
    .addHelpText('after', '\nExample:\n  npx seedpress doctor')
    .action(async (_options: unknown, command: Command) => {
      const options = command.optsWithGlobals<Options>();
      const connection = await connect(options, io);
      const resolver = options.dns ?? createDnsResolver();
      const findings = await runChecks(await readDoctorInput(connection, { resolver, fetch }));
      io.out(options.json ? `${JSON.stringify(findings)}\n` : formatFindings(findings));
      const failedChecks = findings.filter(({ level }) => level === 'problem').map(({ check }) => check);
      if (failedChecks.length > 0)
        throw new CliError(`Something is wrong: ${[...new Set(failedChecks)].join(', ')}.`);
    });
};
