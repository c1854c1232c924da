import {
  GetAccountCommand,
  GetConfigurationSetEventDestinationsCommand,
  GetEmailIdentityCommand,
  NotFoundException,
  SESv2Client,
} from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type RunningSes, startSes } from '../../../../infra/local/ses/start-ses.ts';

let withoutIdentities: RunningSes;
let withIdentities: RunningSes;

beforeAll(async () => {
  withoutIdentities = await startSes();
  withIdentities = await startSes({
    account: { sandbox: true, identities: { 'gazette.example': { IdentityType: 'DOMAIN' } } },
  });
});
afterAll(() => Promise.all([withoutIdentities.close(), withIdentities.close()]));

const createSesClient = ({ endpoint }: RunningSes) =>
  new SESv2Client({
    endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
const identity = (ses: RunningSes, EmailIdentity: string) =>
  createSesClient(ses).send(new GetEmailIdentityCommand({ EmailIdentity }));

test('every address is a verified identity, and no domain is one', async () => {
  const { IdentityType, VerifiedForSendingStatus, DkimAttributes } = await identity(
    withoutIdentities,
    'editor+1@gazette.example',
  );
  expect({ IdentityType, VerifiedForSendingStatus }).toEqual({
    IdentityType: 'EMAIL_ADDRESS',
    VerifiedForSendingStatus: true,
  });
  expect(DkimAttributes?.Status).toBe('NOT_STARTED');
  await expect(identity(withoutIdentities, 'gazette.example')).rejects.toThrow(NotFoundException);
});

test('an account with configured identities has no others, and may be in the sandbox', async () => {
  expect((await identity(withIdentities, 'gazette.example')).IdentityType).toBe('DOMAIN');
  await expect(identity(withIdentities, 'editor@gazette.example')).rejects.toThrow(NotFoundException);
  expect((await createSesClient(withIdentities).send(new GetAccountCommand({}))).ProductionAccessEnabled).toBe(false);
  expect((await createSesClient(withoutIdentities).send(new GetAccountCommand({}))).ProductionAccessEnabled).toBe(true);
});

test('configuration sets send the events of the newsletter to EventBridge', async () => {
  const { EventDestinations = [] } = await createSesClient(withoutIdentities).send(
    new GetConfigurationSetEventDestinationsCommand({ ConfigurationSetName: 'any-set' }),
  );
  expect(EventDestinations.map(({ Enabled, MatchingEventTypes }) => ({ Enabled, MatchingEventTypes }))).toEqual([
    { Enabled: true, MatchingEventTypes: ['BOUNCE', 'COMPLAINT', 'REJECT', 'RENDERING_FAILURE'] },
  ]);
});
