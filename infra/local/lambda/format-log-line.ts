import { z } from 'zod';

const jsonLineSchema = z.record(z.string(), z.unknown());

/** Fields that every structured line has and that are of no use on a terminal. */
const hiddenFields = new Set([
  'level',
  'message',
  'timestamp',
  'service',
  'environment',
  'cold_start',
  'function_arn',
  'function_memory_size',
  'function_name',
  'function_request_id',
  'sampling_rate',
  'xray_trace_id',
  'correlation_id',
]);

/** Steps before `published`, which is shown. */
const hiddenMessages = new Set(['recorded', 'documents written']);

const formatValue = (value: unknown): string =>
  typeof value === 'string' && !/[\s"=]/.test(value) ? value : JSON.stringify(value);

const errorSchema = z.object({ name: z.string(), message: z.string() });

const formatField = ([name, value]: [string, unknown]): string => {
  const error = errorSchema.safeParse(value);
  return error.success ? `${name}: ${error.data.name}: ${error.data.message}` : `${name}=${formatValue(value)}`;
};

const parseJsonLine = (line: string): Record<string, unknown> | undefined => {
  if (!line.startsWith('{')) return undefined;
  try {
    return jsonLineSchema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
};

/**
 * Formats a log line of a Lambda for a terminal: level, message and the useful fields. Metrics in the embedded format
 * (`_aws`) and intermediate steps give undefined. A line that is not JSON stays as it is.
 */
export const formatLogLine = (functionName: string, line: string): string | undefined => {
  if (line.trim() === '') return undefined;
  const fields = parseJsonLine(line);
  if (!fields) return `${functionName}: ${line}`;
  if ('_aws' in fields) return undefined;
  if (hiddenMessages.has(String(fields.message))) return undefined;
  const level = String(fields.level ?? 'info').toLowerCase();
  const rest = Object.entries(fields)
    .filter(([name, value]) => !hiddenFields.has(name) && value !== undefined)
    .map(formatField);
  const shownLevel = level === 'info' ? '' : ` ${level}:`;
  return `${functionName}:${shownLevel} ${[String(fields.message ?? ''), ...rest].filter(Boolean).join('  ')}`;
};
