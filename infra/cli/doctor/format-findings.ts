import { formatCount } from '../output/format-count.ts';
import type { DoctorFinding } from './doctor-finding.ts';

export const formatFindings = (findings: readonly DoctorFinding[]): string => {
  const levels = Math.max(...findings.map(({ level }) => level.length));
  const checks = Math.max(...findings.map(({ check }) => check.length));
  const lines = findings.flatMap(({ level, check, message, action }) => [
    `${level.padEnd(levels)}  ${check.padEnd(checks)}  ${message}`,
    ...(action === undefined ? [] : [`${' '.repeat(levels + checks + 4)}→ ${action}`]),
  ]);
  const count = (wanted: DoctorFinding['level']): number => findings.filter(({ level }) => level === wanted).length;
  const problems = formatCount(count('problem'), 'problem');
  const warnings = formatCount(count('warning'), 'warning');
  const sum = `${problems}, ${warnings}, ${count('ok')} ok, ${count('not checked')} not checked`;
  return [...lines, '', sum, ''].join('\n');
};
