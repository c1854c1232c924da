import { spawnSync } from 'node:child_process';
import * as z from 'zod';

/**
 * Audits the production dependencies: `npm run audit`. Advisories of high or critical severity fail it. Where the
 * registry gives no answer, nothing is known, and the audit counts as skipped. The last line has the counts.
 */

const reportSchema = z.object({
  vulnerabilities: z.record(
    z.string(),
    z.object({
      severity: z.string(),
      via: z.array(z.union([z.string(), z.object({ title: z.string(), url: z.string() })])),
    }),
  ),
});
type Vulnerability = z.infer<typeof reportSchema>['vulnerabilities'][string];

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const formatFinding = ([name, { severity, via }]: [string, Vulnerability]): string => {
  const causes = via.map((cause) => (typeof cause === 'string' ? `by ${cause}` : `${cause.title} ${cause.url}`));
  return `${severity}: ${name}: ${causes.join('; ')}`;
};

const args = ['audit', '--omit=dev', '--json', '--fetch-retries=1', '--fetch-timeout=20000'];
const { stdout } = spawnSync('npm', args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
const report = reportSchema.safeParse(parseJson(stdout));
if (report.success) {
  const findings = Object.entries(report.data.vulnerabilities).filter(([, { severity }]) =>
    ['high', 'critical'].includes(severity),
  );
  for (const finding of findings) console.log(formatFinding(finding));
  console.log(findings.length === 0 ? '1 passed, 0 failed, 0 skipped' : '0 passed, 1 failed, 0 skipped');
  process.exitCode = findings.length === 0 ? 0 : 1;
} else {
  console.log('The dependencies were not audited: the registry did not answer.');
  console.log('0 passed, 0 failed, 1 skipped');
}
