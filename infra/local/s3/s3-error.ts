/** An error response of S3. */
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

export const createNoSuchBucketError = (): S3Error => new S3Error(404, 'NoSuchBucket', 'There is no such bucket.');
export const createNoSuchKeyError = (): S3Error => new S3Error(404, 'NoSuchKey', 'There is no such key.');
export const createNoSuchUploadError = (): S3Error =>
  new S3Error(404, 'NoSuchUpload', 'There is no such multipart upload; it may have been completed or aborted.');
export const createPreconditionFailedError = (): S3Error =>
  new S3Error(412, 'PreconditionFailed', 'At least one of the preconditions did not hold.');
export const createNotImplementedError = (what: string): S3Error =>
  new S3Error(501, 'NotImplemented', `The local S3 does not know ${what}.`);
export const createInvalidArgumentError = (message: string): S3Error => new S3Error(400, 'InvalidArgument', message);
export const createMalformedXmlError = (): S3Error =>
  new S3Error(400, 'MalformedXML', 'The XML could not be understood.');
