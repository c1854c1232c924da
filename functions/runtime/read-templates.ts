import { readFileSync } from 'node:fs';
import * as z from 'zod';
import type { PrecompiledTemplates } from '../core/render.ts';
import { templatesFile, themeFilesFile } from '../platform/contract.ts';

const textsSchema = z.record(z.string(), z.string());

/** @param bundle URL of the bundled function, beside which its precompiled templates are */
export const readTemplates = (bundle: string): PrecompiledTemplates => readTexts(templatesFile, bundle);

/**
 * Files of the site that belong to the publication's theme, by their paths, in Base64.
 * @param bundle URL of the bundled function, beside which they are
 */
export const readThemeFiles = (bundle: string): Readonly<Record<string, string>> => readTexts(themeFilesFile, bundle);

const readTexts = (file: string, bundle: string): Readonly<Record<string, string>> =>
  textsSchema.parse(JSON.parse(readFileSync(new URL(file, bundle), 'utf8')));
