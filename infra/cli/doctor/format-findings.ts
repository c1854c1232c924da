import type { DoctorFinding } from './doctor-finding.ts';

/** A line for each finding, what to do under those that ask for it, and the sum. */
export const formatFindings = (findings: readonly DoctorFinding[]): string => {
  const levels = Math.max(...findings.map(({ level }) => level.length));
  const checks = Math.max(...findings.map(({ check }) => check.length));
  const lines = findings.flatMap(({ level, check, message: says, action: todo }) => [
    `${level.padEnd(levels)}  ${check.padEnd(checks)}  ${says}`,
    ...(todo === undefined ? [] : [`${' '.repeat(levels + checks + 4)}→ ${todo}`]),
  ]);
  const count = (wanted: DoctorFinding['level']): number =>
    findings.filter(({ level }) => level === wanted).length;
  const problems = formatPlural(count('problem'), 'problem');
  const warnings = formatPlural(count('warning'), 'warning');
  const sum = `${problems}, ${warnings}, ${count('ok')} ok, ${count('not checked')} not checked`;
  return [...lines, '', sum, ''].join('\n');
};

const formatPlural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
