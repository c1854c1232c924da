/** An answer of SES that is an error: its name and HTTP status are those of the SES v2 API. */
export class SesError extends Error {
  override readonly name = 'SesError';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const badRequest = (message: string): SesError => new SesError(400, 'BadRequestException', message);
export const tooManyRequests = (message: string): SesError =>
  new SesError(429, 'TooManyRequestsException', message);
