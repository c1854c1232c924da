import { expect, test } from 'vitest';
import { handleUploadMessage } from '../../functions/publish/handle-upload-message.ts';
import { createInMemoryPublishFixture } from './in-memory-publish-fixture.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html */
test('sequencers of different lengths are compared with zeros added on the right of the shorter one', async () => {
  const { services } = await createInMemoryPublishFixture();
  const handle = async (sequencer: string) => {
    const message = { source: 'aws.s3', detail: { object: { key: 'a.md', sequencer } } };
    const { trigger } = await handleUploadMessage(services, message, () => 60_000);
    return trigger;
  };
  expect(await handle('0055AED6DCD90281E4FF')).toBe('request');
  expect(await handle('0055AED6DCD90281E5'), 'shorter and newer').toBe('request');
  expect(await handle('0055AED6DCD90281E4FF'), 'longer and older').toBe('none');
  expect(await handle('0055AED6DCD90281E5'), 'the same again').toBe('request');
  expect(await handle('0055aed6dcd90281e501'), 'longer, newer, in lower case').toBe('request');
  expect(await handle('0055AED6DCD90281E5'), 'shorter and older').toBe('none');
});
