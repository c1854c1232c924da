import { z } from 'zod';

export interface ApiResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

const scalarSchema = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const responseSchema = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), scalarSchema).default({}),
  // Several would need several headers of one name, which the local CloudFront does not support.
  cookies: z.array(z.string()).max(1).default([]),
  body: z.string().default(''),
  isBase64Encoded: z.boolean().default(false),
});

/** An error response of the API itself, such as for a request without a route. */
export const buildErrorResponse = (status: number, message: string): ApiResponse => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: Buffer.from(JSON.stringify({ message })),
});

/** The result of a function is a response if it has a status code, and otherwise the body of one. */
export const parseApiResponse = (result: unknown): ApiResponse => {
  const hasStatus = typeof result === 'object' && result !== null && 'statusCode' in result;
  if (!hasStatus) {
    const body = typeof result === 'string' ? result : JSON.stringify(result);
    return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(body) };
  }
  const read = responseSchema.safeParse(result);
  if (!read.success) return buildErrorResponse(500, 'Internal Server Error');
  const { statusCode, headers, cookies, body, isBase64Encoded } = read.data;
  const lowered = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return {
    status: statusCode,
    headers: { ...Object.fromEntries(lowered), ...(cookies[0] !== undefined && { 'set-cookie': cookies[0] }) },
    body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8'),
  };
};
