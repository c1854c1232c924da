import { cleanLine } from '../../text/clean-text.ts';
import { seedIdPrefix } from '../../text/heading-id.ts';

/** The prefix keeps ids of seeds apart from those of the page itself. */
export const toSeedElementId = (written: string): string => {
  const plain = cleanLine(written).replace(/[^\p{L}\p{N}\p{M}_.:-]+/gu, '-');
  return plain.startsWith(seedIdPrefix) ? plain : `${seedIdPrefix}${plain}`;
};

export const decodeFragment = (href: string): string => {
  try {
    return decodeURIComponent(href.slice(1));
  } catch {
    return href.slice(1);
  }
};
