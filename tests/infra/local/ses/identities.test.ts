import {
  GetAccountCommand,
  GetConfigurationSetEventDestinationsCommand,
  GetEmailIdentityCommand,
  NotFoundException,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningSes, startSes } from '../../../../infra/local/ses/start-ses.ts';

let plain: RunningSes;
let told: RunningSes;

beforeAll(async () => {
  plain = await startSes();
  told = await startSes({
    account: { sandbox: true, identities: { 'gazette.example': { IdentityType: 'DOMAIN' } } },
  });
});
afterAll(() => Promise.all([plain.close(), told.close()]));

const clientOf = ({ endpoint }: RunningSes) =>
  new SESv2Client({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
const identity = (ses: RunningSes, EmailIdentity: string) =>
  clientOf(ses).send(new GetEmailIdentityCommand({ EmailIdentity }));

test('every address is a verified identity, and no domain is one', async () => {
  const { IdentityType, VerifiedForSendingStatus, DkimAttributes } = await identity(
    plain,
    'editor+1@gazette.example',
  );
  expect({ IdentityType, VerifiedForSendingStatus }).toEqual({
    IdentityType: 'EMAIL_ADDRESS',
    VerifiedForSendingStatus: true,
  });
  expect(DkimAttributes?.Status).toBe('NOT_STARTED');
  await expect(identity(plain, 'gazette.example')).rejects.toThrow(NotFoundException);
});

test('an account that is told of identities has no others, and may be in the sandbox', async () => {
  expect((await identity(told, 'gazette.example')).IdentityType).toBe('DOMAIN');
  await expect(identity(told, 'editor@gazette.example')).rejects.toThrow(NotFoundException);
  expect((await clientOf(told).send(new GetAccountCommand({}))).ProductionAccessEnabled).toBe(false);
  expect((await clientOf(plain).send(new GetAccountCommand({}))).ProductionAccessEnabled).toBe(true);
});

test('configuration sets tell EventBridge of what the newsletter hears of', async () => {
  const { EventDestinations = [] } = await clientOf(plain).send(
    new GetConfigurationSetEventDestinationsCommand({ ConfigurationSetName: 'any-set' }),
  );
  expect(
    EventDestinations.map(({ Enabled, MatchingEventTypes }) => ({ Enabled, MatchingEventTypes })),
  ).toEqual([{ Enabled: true, MatchingEventTypes: ['BOUNCE', 'COMPLAINT', 'REJECT', 'RENDERING_FAILURE'] }]);
});
