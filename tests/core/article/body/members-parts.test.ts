import { describe, expect, test } from 'vitest';
import { parseTestSeed } from '../parse-test-seed.ts';

const open = 'The ferry sails again after two years in dock, the keeper said on Monday.';

describe('what is for members alone is not published, and listed as cut', () => {
  test.each([
    ['Ghost', '<!--members-only--><p>Hidden words.</p><ul><li>Hidden, too.</li></ul>'],
    [
      'Ghost, within a card',
      '<div><div><span hidden><!--members-only--></span></div><p>Hidden words.</p></div><p>Hidden, too.</p>',
    ],
    [
      'Substack',
      '<div class="paywall-jump" data-component-name="PaywallToDOM"></div><p>Hidden words.</p><p>Hidden, too.</p>',
    ],
    ['Jetpack', '<!-- wp:jetpack/paywall /--><p>Hidden words.</p><p>Hidden, too.</p>'],
  ])('below a mark of %s', (_, rest) => {
    for (const article of [
      parseTestSeed('a.html', `<h1>The ferry</h1><p>${open}</p>${rest}`),
      parseTestSeed('a.md', `# The ferry\n\n${open}\n\n${rest}\n\nHidden, too.`),
    ]) {
      expect(article.text).toBe(open);
      expect(JSON.stringify({ ...article, cut: [] })).not.toContain('idden');
      expect(article.cut).toContainEqual({
        text: expect.stringMatching(/^Hidden words\. Hidden, too\./),
        reason: 'for members alone',
      });
    }
  });

  test.each([
    ['wp:premium-content/container', '/wp:premium-content/container'],
    ['kg-gated-block:begin nonMember:false memberSegment:"status:paid"', 'kg-gated-block:end'],
  ])('between the marks %s', (begin, end) => {
    const { text } = parseTestSeed(
      'a.html',
      `<h1>The ferry</h1><p>${open}</p><!-- ${begin} --><p>Hidden words.</p><!-- ${end} --><p>${open}</p>`,
    );
    expect(text).toBe(`${open}\n\n${open}`);
  });
});
