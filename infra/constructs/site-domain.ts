import { Stack, Token } from 'aws-cdk-lib';
import { Certificate, CertificateValidation } from 'aws-cdk-lib/aws-certificatemanager';
import { type Distribution, type DistributionProps, SecurityPolicyProtocol } from 'aws-cdk-lib/aws-cloudfront';
import { AaaaRecord, ARecord, type IPublicHostedZone, PublicHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { isWithinDomain, type Publication, SettingsError } from '../../functions/core/publication.ts';

export interface SiteDomainProps {
  readonly publication: Pick<Publication, 'site' | 'domain' | 'certificate'>;
}

/** CloudFront uses certificates of this region only. */
const certificateRegion = 'us-east-1';

/**
 * The domain name of the site. With a hosted zone the stack creates a certificate and alias records; with a certificate
 * it uses that. With neither, CloudFront has its own domain name only, and `site` is the address of a proxy before it.
 */
export class SiteDomain extends Construct {
  /** Empty without a domain name. */
  readonly distributionProps: Pick<DistributionProps, 'domainNames' | 'certificate' | 'minimumProtocolVersion'>;
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

  /** Points the domain name to the distribution, if there is a hosted zone. */
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
    return new Certificate(this, 'Certificate', { domainName: host, validation: CertificateValidation.fromDns(zone) });
  }
}
