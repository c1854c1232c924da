/** The test of a behaviour's path pattern: `*` is any text, slashes too, `?` one character; case counts. */
export const compilePathPattern = (pattern: string): ((path: string) => boolean) => {
  const rooted = /^[/*]/.test(pattern) ? pattern : `/${pattern}`;
  const source = rooted
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  const test = new RegExp(`^${source}$`, 's');
  return (path) => test.test(path);
};
