/** An answer of S3 that is an error: its code, and the HTTP status it goes out with. */
export class S3Error extends Error {
  override readonly name = 'S3Error';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export const noSuchBucket = (): S3Error => new S3Error(404, 'NoSuchBucket', 'There is no such bucket.');
export const noSuchKey = (): S3Error => new S3Error(404, 'NoSuchKey', 'There is no such key.');
export const noSuchUpload = (): S3Error =>
  new S3Error(
    404,
    'NoSuchUpload',
    'There is no such multipart upload; it may have been completed or aborted.',
  );
export const preconditionFailed = (): S3Error =>
  new S3Error(412, 'PreconditionFailed', 'At least one of the preconditions did not hold.');
export const notImplemented = (what: string): S3Error =>
  new S3Error(501, 'NotImplemented', `The local S3 does not know ${what}.`);
export const invalidArgument = (message: string): S3Error => new S3Error(400, 'InvalidArgument', message);
export const malformedXml = (): S3Error =>
  new S3Error(400, 'MalformedXML', 'The XML could not be understood.');
