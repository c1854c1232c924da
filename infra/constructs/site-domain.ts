import { Stack, Token } from 'aws-cdk-lib';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import {
  type Distribution,
  type DistributionProps,
  SecurityPolicyProtocol,
} from 'aws-cdk-lib/aws-cloudfront';
import {
  AaaaRecord,
  ARecord,
  type IPublicHostedZone,
  PublicHostedZone,
  RecordTarget,
} from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { isWithinDomain, type Publication, SettingsError } from '../../functions/core/publication.ts';

export interface SiteDomainProps {
  readonly publication: Pick<Publication, 'site' | 'domain' | 'certificate'>;
}

/** Where CloudFront looks for certificates. */
const certificateRegion = 'us-east-1';

/**
 * The site under a name of the publication's own. A hosted zone that the name lies in gets a certificate and the
 * name's addresses; a certificate that is given is shown as it is. With neither, CloudFront answers under its own
 * name alone, and `site` is whatever stands before it.
 */
export class SiteDomain extends Construct {
  /** What the distribution needs to answer under the name; nothing where it has none. */
  readonly distributionProps: Pick<
    DistributionProps,
    'domainNames' | 'certificate' | 'minimumProtocolVersion'
  >;
  private readonly host: string | undefined;
  private readonly zone: IPublicHostedZone | undefined;

  constructor(scope: Construct, id: string, { publication: { site, domain, certificate } }: SiteDomainProps) {
    super(scope, id);
    this.host = site && new URL(site).hostname;
    if (this.host && domain && isWithinDomain(this.host, domain.zoneName)) {
      const { hostedZoneId, zoneName } = domain;
      this.zone = PublicHostedZone.fromPublicHostedZoneAttributes(this, 'Zone', { hostedZoneId, zoneName });
    }
    const attachedCertificate = certificate
      ? Certificate.fromCertificateArn(this, 'Certificate', certificate)
      : this.createCertificate();
    this.distributionProps =
      this.host && attachedCertificate
        ? {
            domainNames: [this.host],
            certificate: attachedCertificate,
            minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
          }
        : {};
  }

  /** Makes the name lead to the distribution, where the name's zone is ours to write. */
  addAliasRecords(distribution: Distribution): void {
    const { zone, host } = this;
    if (!zone || !host) return;
    const record = {
      zone,
      recordName: `${host}.`,
      target: RecordTarget.fromAlias(new CloudFrontTarget(distribution)),
    };
    new ARecord(this, 'Ipv4', record);
    new AaaaRecord(this, 'Ipv6', record);
  }

  private createCertificate(): Certificate | undefined {
    const { zone, host } = this;
    if (!zone || !host) return undefined;
    const { region } = Stack.of(this);
    if (!Token.isUnresolved(region) && region !== certificateRegion)
      throw new SettingsError(
        `A certificate for ${host} has to be in ${certificateRegion}, where CloudFront looks for it, and this deployment is in ${region}.\n` +
          `Deploy in ${certificateRegion}, or make the certificate there yourself and give its ARN as "certificate" in the publication's settings.`,
      );
    return new Certificate(this, 'Certificate', {
      domainName: host,
      validation: CertificateValidation.fromDns(zone),
    });
  }
}
