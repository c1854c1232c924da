import type { Finding } from './finding.ts';

/** A line for each finding, what to do under those that ask for it, and the sum. */
export const formatFindings = (findings: readonly Finding[]): string => {
  const levels = Math.max(...findings.map(({ level }) => level.length));
  const checks = Math.max(...findings.map(({ check }) => check.length));
  const lines = findings.flatMap(({ level, check, says, todo }) => [
    `${level.padEnd(levels)}  ${check.padEnd(checks)}  ${says}`,
    ...(todo === undefined ? [] : [`${' '.repeat(levels + checks + 4)}→ ${todo}`]),
  ]);
  const count = (wanted: Finding['level']): number => findings.filter(({ level }) => level === wanted).length;
  const problems = plural(count('problem'), 'problem');
  const warnings = plural(count('warning'), 'warning');
  const sum = `${problems}, ${warnings}, ${count('ok')} ok, ${count('not checked')} not checked`;
  return [...lines, '', sum, ''].join('\n');
};

const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
