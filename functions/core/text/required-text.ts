import * as z from 'zod';

/** @param what as in "must be a name" */
export const requiredText = (what: string) =>
  z
    .string({ error: `must be ${what}` })
    .trim()
    .min(1, `must be ${what}`);
