/**
 * Puts a reader's own values in the place of each `{{name}}`, once and without escaping, as SES does it.
 * @throws when there is no value for a name
 */
export const fillPlaceholders = (template: string, replacements: Readonly<Record<string, string>>): string =>
  template.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, name: string) => {
    const value = Object.hasOwn(replacements, name) ? replacements[name] : undefined;
    if (value === undefined) throw new Error(`the letter asks for {{${name}}}, which nobody gave`);
    return value;
  });
