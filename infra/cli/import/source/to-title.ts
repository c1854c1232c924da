import { truncate } from '../../../../functions/core/text/truncate.ts';

const maxTitleLength = 70;

/** A headline for a text that has none: its first words. */
export const toTitle = (text: string): string => truncate(text, maxTitleLength);
