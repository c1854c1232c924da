/** A feed that is stored under one type and served under another; `file` is the last part of its path. */
export interface ContentTypeOverride {
  readonly file: string;
  readonly served: string;
}

/**
 * The code of a CloudFront Function that gives feeds their own content type as they leave.
 * CloudFront has compressed them by then, by the type they are stored with; it runs no function on an error, so
 * a page that says "not found" keeps its own type. Written for the edge's own runtime, which knows JavaScript up to
 * the year 2021.
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
