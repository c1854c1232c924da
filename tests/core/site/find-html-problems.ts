import { HtmlValidate, StaticConfigLoader } from 'html-validate';

const loader = new StaticConfigLoader({
  extends: ['html-validate:standard', 'html-validate:recommended', 'html-validate:a11y', 'html-validate:document'],
  rules: {
    // Only what comes from elsewhere needs a checksum, and nothing does.
    'require-sri': ['error', { target: 'crossorigin' }],
    // Checkboxes of one name are one choice of several values.
    'form-dup-name': ['error', { shared: ['radio', 'checkbox', 'button', 'reset', 'submit'] }],
    // How authors write: `<br />`, tables without a body, headlines as long as they like.
    'void-style': 'off',
    'prefer-tbody': 'off',
    'long-title': 'off',
  },
});
const validator = new HtmlValidate(loader);

/**
 * What is wrong with a page by HTML's rules and by those of accessibility that need no browser; empty if nothing is.
 */
export const findHtmlProblems = async (html: string): Promise<string[]> => {
  const report = await validator.validateString(html, 'page.html');
  const lines = html.split('\n');
  return report.results.flatMap(({ messages }) =>
    messages.map(({ ruleId, message, line }) => `${ruleId}: ${message} in ${lines[line - 1]?.slice(0, 300)}`),
  );
};
