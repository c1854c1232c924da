import { readCredentials } from './environment.ts';

/**
 * Stands in for the SDK's chain of credential providers in the bundles of the Lambdas. Lambda gives a function its
 * credentials in the environment, and 140 KB of other providers would be loaded for nothing.
 */
export const defaultProvider = () => async () => readCredentials();
