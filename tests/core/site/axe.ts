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

interface AxeOptions {
  readonly tags?: readonly string[];
  /** Rules that are off unless named. */
  readonly enabledRules?: readonly string[];
}

/** The rules that look at colors. They have tags of WCAG. */
const colorRules = ['color-contrast', 'link-in-text-block'];

const violationsSchema = z.array(
  z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string(), failureSummary: z.string() })) }),
);

const runAxe = async (page: Page, runOnly: object, enabledRules: readonly string[] = []) => {
  const rules = Object.fromEntries(enabledRules.map((rule) => [rule, { enabled: true }]));
  const options = JSON.stringify({ runOnly, rules, resultTypes: ['violations'] });
  return violationsSchema.parse(await page.evaluate(`axe.run(${options}).then(({ violations }) => violations)`));
};

/** Everything but colors that a rule looks at: which elements are shown, where, how large and in which letters. */
const layoutScript = `JSON.stringify(Array.from(document.querySelectorAll('*'), (element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  const { display, visibility, opacity, overflow, position, clip, clipPath, content, fontSize, fontWeight, textDecorationLine } =
    getComputedStyle(element);
  return [x, y, width, height, display, visibility, opacity, overflow, position, clip, clipPath, content, fontSize,
    fontWeight, textDecorationLine].join();
}))`;

export interface LookReport {
  readonly look: PageLook;
  /** Each as `rule: element, explanation`. */
  readonly violations: readonly string[];
  /** Of the whole page, in pixels. */
  readonly width: unknown;
}

/**
 * Looks at a loaded page in several ways. In a look that differs from an earlier one in nothing but colors, only the
 * rules about colors are run again.
 */
export const findAxeViolations = async (
  page: Page,
  looks: readonly PageLook[],
  { tags = wcagTags, enabledRules = [] }: AxeOptions = {},
): Promise<LookReport[]> => {
  await page.evaluate(axeScript);
  const found = new Map<unknown, z.infer<typeof violationsSchema>>();
  const reports: LookReport[] = [];
  for (const look of looks) {
    await setPageLook(page, look);
    const layout = await page.evaluate(layoutScript);
    const known = found.get(layout)?.filter(({ id }) => !colorRules.includes(id));
    const all = known
      ? [...known, ...(await runAxe(page, { type: 'rule', values: colorRules }))]
      : await runAxe(page, { type: 'tag', values: tags }, enabledRules);
    found.set(layout, all);
    const violations = all.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`),
    );
    reports.push({ look, violations, width: await page.evaluate('document.documentElement.scrollWidth') });
  }
  return reports;
};
