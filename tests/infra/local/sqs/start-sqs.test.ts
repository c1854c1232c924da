import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '../../../../infra/local/base/database.ts';
import { openQueues } from '../../../../infra/local/sqs/queues.ts';
import { startSqs } from '../../../../infra/local/sqs/start-sqs.ts';

const start = async () => {
  const queues = openQueues(openDatabase(':memory:'));
  queues.add({ name: 'work' });
  const sqs = await startSqs(queues);
  const client = new SQSClient({
    endpoint: sqs.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    useQueueUrlAsEndpoint: false,
    maxAttempts: 1,
  });
  onTestFinished(async () => {
    client.destroy();
    await sqs.close();
  });
  return { client, QueueUrl: sqs.toQueueUrl('work') };
};

test('messages are sent, received, rescheduled and deleted', async () => {
  const { client, QueueUrl } = await start();
  const body = 'Grüße & <more>';
  const attributes = { kind: { DataType: 'String', StringValue: 'note' } };
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: body, MessageAttributes: attributes }));
  const receive = async () => (await client.send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.[0];
  const first = await receive();
  expect(first).toMatchObject({ Body: body, MessageAttributes: attributes });
  const { ReceiptHandle } = first ?? {};
  await client.send(new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 }));
  const again = await receive();
  expect(again?.Attributes).toMatchObject({ ApproximateReceiveCount: '2' });
  await client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: again?.ReceiptHandle }));
  const { Attributes } = await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  expect(Attributes).toEqual({
    ApproximateNumberOfMessages: '0',
    ApproximateNumberOfMessagesNotVisible: '0',
  });
});

test('a batch has a result for each entry', async () => {
  const { client, QueueUrl } = await start();
  const { Successful, Failed } = await client.send(
    new SendMessageBatchCommand({
      QueueUrl,
      Entries: [
        { Id: 'a', MessageBody: 'fine' },
        { Id: 'b', MessageBody: 'x'.repeat(2 << 20) },
      ],
    }),
  );
  expect([Successful?.map(({ Id }) => Id), Failed?.map(({ Id }) => Id)]).toEqual([['a'], ['b']]);
});

test('a receiver waits for a message', async () => {
  const { client, QueueUrl } = await start();
  const waiting = client.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'late' }));
  expect((await waiting).Messages).toMatchObject([{ Body: 'late' }]);
});

test('a queue is found by name and purged, and an unknown one is refused', async () => {
  const { client, QueueUrl } = await start();
  expect(await client.send(new GetQueueUrlCommand({ QueueName: 'work' }))).toMatchObject({ QueueUrl });
  await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
  await client.send(new PurgeQueueCommand({ QueueUrl }));
  expect((await client.send(new ReceiveMessageCommand({ QueueUrl }))).Messages ?? []).toEqual([]);
  await expect(client.send(new GetQueueUrlCommand({ QueueName: 'none' }))).rejects.toMatchObject({
    name: 'QueueDoesNotExist',
  });
  await expect(
    client.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { DelaySeconds: '1' } })),
  ).rejects.toThrow('does not know SetQueueAttributes');
});
