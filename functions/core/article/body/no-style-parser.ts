/**
 * Stands in for PostCSS in the bundles of the Lambdas. sanitize-html loads it to parse `style` attributes, which are
 * allowed in no document.
 */
export const parse = (): never => {
  throw new Error('there is no parser of style attributes');
};
