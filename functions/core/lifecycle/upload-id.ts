import type { SeedRecord } from './records.ts';

/**
 * Names one upload, from its event to the last document that shows it: by what the record of its seed keeps, so that
 * whoever reads the record knows it. S3 orders sequencers as if zeros stood on their right; those are left out.
 */
export const formatUploadId = ({ key, sequencer }: Pick<SeedRecord, 'key' | 'sequencer'>): string =>
  `${key}@${sequencer.replace(/0+$/, '')}`;
