import { ServiceError } from '../base/service-error.ts';

export const createNoSuchBucketError = (): ServiceError =>
  new ServiceError(404, 'NoSuchBucket', 'There is no such bucket.');
export const createNoSuchKeyError = (): ServiceError => new ServiceError(404, 'NoSuchKey', 'There is no such key.');
export const createNoSuchUploadError = (): ServiceError =>
  new ServiceError(404, 'NoSuchUpload', 'There is no such multipart upload; it may have been completed or aborted.');
export const createPreconditionFailedError = (): ServiceError =>
  new ServiceError(412, 'PreconditionFailed', 'At least one of the preconditions did not hold.');
export const createNotImplementedError = (what: string): ServiceError =>
  new ServiceError(501, 'NotImplemented', `The local S3 does not know ${what}.`);
export const createInvalidArgumentError = (message: string): ServiceError =>
  new ServiceError(400, 'InvalidArgument', message);
export const createMalformedXmlError = (): ServiceError =>
  new ServiceError(400, 'MalformedXML', 'The XML could not be understood.');
