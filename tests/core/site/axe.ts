import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { z } from 'zod';

/** Minified, which a browser parses in half the time. */
const axeScript = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** axe's tags for the rules of WCAG 2.2 AA. */
export const wcagTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export interface PageLook {
  readonly colorScheme: 'light' | 'dark';
  readonly width: number;
}

/** Resizes and recolours a loaded page: its style sheets answer as if it were loaded so. */
export const setPageLook = async (page: Page, { colorScheme, width }: PageLook): Promise<void> => {
  await page.setViewportSize({ width, height: 800 });
  await page.emulateMedia({ colorScheme });
};

/** Once for each load of a page, before `findAxeViolations`. */
export const injectAxe = (page: Page): Promise<unknown> => page.evaluate(axeScript);

const violationsSchema = z.array(
  z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string(), failureSummary: z.string() })) }),
);

/**
 * What breaks a rule of these tags in a page as it looks now, each as `rule: element, explanation`.
 * @param enabledRules rules that are off unless named
 */
export const findAxeViolations = async (
  page: Page,
  tags: readonly string[] = wcagTags,
  enabledRules: readonly string[] = [],
): Promise<string[]> => {
  const options = {
    runOnly: { type: 'tag', values: tags },
    rules: Object.fromEntries(enabledRules.map((rule) => [rule, { enabled: true }])),
    resultTypes: ['violations'],
  };
  const found = await page.evaluate(`axe.run(${JSON.stringify(options)}).then(({ violations }) => violations)`);
  return violationsSchema
    .parse(found)
    .flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`));
};
