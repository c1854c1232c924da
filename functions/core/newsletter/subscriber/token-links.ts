import { sitePaths, toSiteUrl } from '../../site-paths.ts';
import { signToken, type TokenKey } from './token.ts';

export const buildTokenLink = (site: string, path: string, token: string): string =>
  `${toSiteUrl(site, path)}?token=${token}`;

/** The two links of a reader in every issue. They do not expire. */
export const buildReaderLinks = (
  site: string,
  key: string,
  keys: readonly TokenKey[],
): { readonly unsubscribe: string; readonly preferences: string } => ({
  unsubscribe: buildTokenLink(
    site,
    sitePaths.subscriptions.unsubscribe,
    signToken({ purpose: 'unsubscribe', key }, keys),
  ),
  preferences: buildTokenLink(
    site,
    sitePaths.subscriptions.preferences,
    signToken({ purpose: 'preferences', key }, keys),
  ),
});
