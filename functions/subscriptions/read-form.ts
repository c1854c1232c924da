/** The longest form of a reader has an address and a token. */
export const maxFormBytes = 8192;
/** An editor's form has an introduction, and three fields for each of up to 250 articles. */
export const maxEditFormBytes = 512 * 1024;

type FormErrorStatus = 413 | 415;

/**
 * The posted fields, URL-encoded or multipart: browsers send one, and mail programs either (RFC 8058). Files are left
 * out. An empty body is an empty form.
 */
export const readForm = async (request: Request, maxBytes: number): Promise<URLSearchParams | FormErrorStatus> => {
  if (Number(request.headers.get('content-length') ?? 0) > maxBytes) return 413;
  const body = await request.arrayBuffer();
  if (body.byteLength > maxBytes) return 413;
  if (body.byteLength === 0) return new URLSearchParams();
  const type = request.headers.get('content-type') ?? '';
  const [kind = ''] = type.split(';');
  switch (kind.trim().toLowerCase()) {
    case 'application/x-www-form-urlencoded':
      return new URLSearchParams(new TextDecoder().decode(body));
    case 'multipart/form-data':
      return readMultipart(body, type);
    default:
      return 415;
  }
};

const readMultipart = async (body: ArrayBuffer, type: string): Promise<URLSearchParams | FormErrorStatus> => {
  try {
    const data = await new Response(body, { headers: { 'content-type': type } }).formData();
    const fields = [...data].flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' ? [[name, value]] : [],
    );
    return new URLSearchParams(fields);
  } catch {
    return 415;
  }
};
