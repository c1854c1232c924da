import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { parsePublication, SettingsError } from '../../functions/core/publication.ts';
import { MailIdentity } from '../../infra/constructs/mail-identity.ts';
import { Site } from '../../infra/constructs/site.ts';
import { buildContext, runRefusedCdkApp } from './run-cdk-app.ts';

const domain = { hostedZoneId: 'Z0123456789', zoneName: 'gazette.example' };
const sender = { name: 'The Gazette', email: 'editor@gazette.example' };
const certificate = 'arn:aws:acm:us-east-1:123456789012:certificate/1234-abcd';

const publicationWith = (settings: Readonly<Record<string, unknown>>) =>
  parsePublication(buildContext({ sender, ...settings }).publication);

/** What is in the template of a site, by type. */
const siteWith = (settings: Readonly<Record<string, unknown>>, region?: string) => {
  const stack = new Stack(new App(), 'Stack', region === undefined ? {} : { env: { region } });
  new Site(stack, 'Site', { publication: publicationWith(settings), keepData: true });
  const template = Template.fromStack(stack);
  const propertiesOf = (type: string): Record<string, unknown>[] =>
    Object.values(template.findResources(type)).map(({ Properties }) => Properties);
  return {
    certificates: propertiesOf('AWS::CertificateManager::Certificate'),
    addresses: propertiesOf('AWS::Route53::RecordSet').map(({ Type, Name }) => `${Type} ${Name}`),
    distribution: propertiesOf('AWS::CloudFront::Distribution')[0]?.DistributionConfig,
  };
};

describe('a site', () => {
  it.each([
    ['the apex of the zone', 'gazette.example'],
    ['a name in the zone', 'www.gazette.example'],
  ])('at %s gets a certificate, TLS 1.2 and addresses, with nothing to do by hand', (_what, host) => {
    const { certificates, addresses, distribution } = siteWith({ site: host, domain }, 'us-east-1');
    expect(certificates).toEqual([
      expect.objectContaining({
        DomainName: host,
        DomainValidationOptions: [{ DomainName: host, HostedZoneId: domain.hostedZoneId }],
        ValidationMethod: 'DNS',
      }),
    ]);
    expect(distribution).toMatchObject({
      Aliases: [host],
      ViewerCertificate: {
        AcmCertificateArn: { Ref: expect.stringMatching(/^SiteDomainCertificate/) },
        MinimumProtocolVersion: 'TLSv1.2_2021',
        SslSupportMethod: 'sni-only',
      },
    });
    expect(addresses).toEqual([`A ${host}.`, `AAAA ${host}.`]);
  });

  it.each([
    ['without a name', { domain }],
    ['with a name outside the zone', { site: 'gazette.test', domain }],
    ['with a name that only ends like the zone', { site: 'the-gazette.example', domain }],
    ['with a name and no zone', { site: 'gazette.example' }],
  ])('%s answers under CloudFront’s own', (_what, settings) => {
    const { certificates, addresses, distribution } = siteWith(settings, 'eu-west-1');
    expect([...certificates, ...addresses]).toEqual([]);
    expect(distribution).not.toHaveProperty('Aliases');
    expect(distribution).not.toHaveProperty('ViewerCertificate');
  });

  it('with a given certificate uses it in any region, and has alias records only with a hosted zone', () => {
    const shown = { ViewerCertificate: { AcmCertificateArn: certificate } };
    const elsewhere = siteWith({ site: 'gazette.test', certificate }, 'eu-west-1');
    expect(elsewhere).toMatchObject({ certificates: [], addresses: [] });
    expect(elsewhere.distribution).toMatchObject({ Aliases: ['gazette.test'], ...shown });
    const ours = siteWith({ site: 'gazette.example', domain, certificate }, 'eu-west-1');
    expect(ours).toMatchObject({
      certificates: [],
      addresses: ['A gazette.example.', 'AAAA gazette.example.'],
    });
    expect(ours.distribution).toMatchObject(shown);
  });

  it('that needs a certificate is refused outside us-east-1 with a message that names both solutions', async () => {
    const context = buildContext({ sender, site: 'gazette.example', domain });
    const { status, stdout, stderr } = await runRefusedCdkApp(context, 'eu-west-1');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toBe(
      'A certificate for gazette.example has to be in us-east-1, where CloudFront looks for it, and this deployment is in eu-west-1.\n' +
        'Deploy in us-east-1, or make the certificate there yourself and give its ARN as "certificate" in the publication\'s settings.\n',
    );
  });

  it.each([
    ['arn:aws:acm:eu-west-1:123456789012:certificate/1-2', '  publication.certificate: must be the ARN of a'],
    [certificate, '  publication.site: must name the domain that the certificate is for'],
  ])('with the certificate %s and no name is refused', (given, words) => {
    expect(() => publicationWith({ certificate: given })).toThrow(SettingsError);
    expect(() => publicationWith({ certificate: given })).toThrow(words);
  });
});

it('a sender that is verified already gets no second identity, and may send', () => {
  const stack = new Stack(new App(), 'Stack');
  const settings = publicationWith({ sender: { ...sender, verified: true }, domain });
  const known = { sender: settings.sender, domain: settings.domain };
  const { arns, node } = new MailIdentity(stack, 'Sender', known);
  expect(node.findAll().map(({ node: { id } }) => id)).toEqual(['Sender']);
  expect(arns.map((arn) => arn.split('/').at(-1))).toEqual(['gazette.example', 'editor@gazette.example']);
});
