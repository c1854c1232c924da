import { truncate } from '../../../../functions/core/text/truncate.ts';

const maxTitleLength = 70;

export const toTitle = (text: string): string => truncate(text, maxTitleLength);
