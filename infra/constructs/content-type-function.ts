/** A feed that is stored with one content type and served with another; `file` is the last part of its path. */
export interface ContentTypeOverride {
  readonly file: string;
  readonly served: string;
}

/**
 * Builds a CloudFront Function that sets the content types of feeds in responses. CloudFront compresses by the stored
 * type, before the function runs. It runs no function on errors, so the error page keeps its type. The runtime supports
 * JavaScript up to ES2021.
 */
export const buildContentTypeFunction = (feeds: readonly ContentTypeOverride[]): string => {
  const types = Object.fromEntries(feeds.map(({ file, served }) => [file, served]));
  return `const types = ${JSON.stringify(types)};
function handler(event) {
  const response = event.response;
  const file = event.request.uri.split('/').pop();
  if (types.hasOwnProperty(file)) response.headers['content-type'] = { value: types[file] };
  return response;
}
`;
};
