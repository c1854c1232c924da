import { ServiceError } from '../base/service-error.ts';

export const createBadRequestError = (message: string): ServiceError =>
  new ServiceError(400, 'BadRequestException', message);
export const createTooManyRequestsError = (message: string): ServiceError =>
  new ServiceError(429, 'TooManyRequestsException', message);
