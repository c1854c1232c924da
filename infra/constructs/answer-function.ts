import { answerMetadata } from '../../functions/platform/contract.ts';

/**
 * Builds a CloudFront Function that answers 301 or 410 where the metadata of an object says so. S3 itself redirects on
 * website endpoints alone, which have no access control. CloudFront runs the function on answers of the origin and of
 * the cache below 400, and takes its status code. It leads to articles of the site only, whatever the metadata says,
 * and removes the validators, so that no browser asks whether a redirect has changed and is told 304.
 */
export const buildAnswerFunction = (): string => `function handler(event) {
  const response = event.response;
  const headers = response.headers;
  const redirect = headers['x-amz-meta-${answerMetadata.redirect}'];
  const isGone = Boolean(headers['x-amz-meta-${answerMetadata.gone}']);
  const isRedirect = Boolean(redirect) && /^\\/articles\\/[\\w.~%-]+$/.test(redirect.value);
  delete headers['x-amz-meta-${answerMetadata.redirect}'];
  delete headers['x-amz-meta-${answerMetadata.gone}'];
  if (!isGone && !isRedirect) return response;
  delete headers['etag'];
  delete headers['last-modified'];
  headers['x-robots-tag'] = { value: 'noindex' };
  if (isRedirect) headers['location'] = { value: redirect.value };
  response.statusCode = isRedirect ? 301 : 410;
  response.statusDescription = isRedirect ? 'Moved Permanently' : 'Gone';
  return response;
}
`;
