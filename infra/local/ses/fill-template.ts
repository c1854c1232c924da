export type TemplateData = Readonly<Record<string, string>>;

/**
 * Fills `{{name}}` as SES fills templates that come with the request: simple substitution, nothing escaped.
 * @returns the text, and the names for which there is no value: SES does not send such a mail
 */
export const fillTemplate = (
  template: string,
  data: TemplateData | undefined,
): { text: string; missing: string[] } => {
  if (data === undefined) return { text: template, missing: [] };
  const missing: string[] = [];
  const text = template.replace(/\{\{\s*([^{}]*?)\s*\}\}/g, (found, name: string) => {
    const value = Object.hasOwn(data, name) ? data[name] : undefined;
    if (value === undefined) missing.push(name);
    return value ?? found;
  });
  return { text, missing };
};
