import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { TemplateSources } from '../core/render.ts';
import { templatesFile } from '../platform/contract.ts';

/** @param bundle URL of the bundled function, beside which its compiled templates are */
export const readTemplates = (bundle: string): TemplateSources =>
  z.record(z.string(), z.string()).parse(JSON.parse(readFileSync(new URL(templatesFile, bundle), 'utf8')));
