/** An error response of SES, with the code and the HTTP status of its v2 API. */
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

export const createBadRequestError = (message: string): SesError => new SesError(400, 'BadRequestException', message);
export const createTooManyRequestsError = (message: string): SesError =>
  new SesError(429, 'TooManyRequestsException', message);
