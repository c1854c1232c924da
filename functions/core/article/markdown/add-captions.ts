import type { MarkdownIt } from 'markdown-it';

type Tokens = ReturnType<MarkdownIt['parse']>;

const isCaptionable = ({ type, content }: Tokens[number]): boolean =>
  /^(?:image|link_open|link_close|softbreak|hardbreak)$/.test(type) || (type === 'text' && content.trim() === '');

const sizeInText = /\|\s*(\d{1,4})(?:x(\d{1,4}))?\s*$/;

/** Obsidian writes the width of a picture behind its text: `![A boat|300](boat.jpg)`. */
const applySize = (image: Tokens[number]): void => {
  const text = image.children?.at(-1);
  const [mark, width, height] = sizeInText.exec(text?.content ?? '') ?? [];
  if (!text || mark === undefined || text.type !== 'text') return;
  text.content = text.content.slice(0, -mark.length);
  if (width) image.attrSet('width', width);
  if (height) image.attrSet('height', height);
};

/** Pictures that fill a paragraph are figures, with their titles as captions, where one has a title. */
export const addCaptions = (markdown: MarkdownIt): void => {
  markdown.core.ruler.push('captions', (state) => {
    const addHtml = (content: string) => {
      const token = new state.Token('html_inline', '', 0);
      token.content = content;
      return token;
    };
    for (const [index, inline] of state.tokens.entries()) {
      const { type, children } = inline;
      if (type !== 'inline' || !children) continue;
      const images = children.filter((each) => each.type === 'image');
      for (const image of images) applySize(image);
      const [before, after] = [state.tokens[index - 1], state.tokens[index + 1]];
      const fills = before?.type === 'paragraph_open' && children.every(isCaptionable);
      if (!before || !after || !fills || !images.some((image) => image.attrGet('title'))) continue;
      [before.tag, after.tag] = ['figure', 'figure'];
      const parts: Tokens = [];
      let [caption, count] = ['', 0];
      const endFigure = () => {
        if (caption === '') return;
        const text = new state.Token('text', '', 0);
        text.content = caption;
        parts.push(addHtml('<figcaption>'), text, addHtml('</figcaption>'));
        caption = '';
      };
      let isInLink = false;
      for (const child of children) {
        if (/break|text/.test(child.type)) continue;
        const begins = child.type === 'link_open' || (child.type === 'image' && !isInLink);
        if (begins && count > 0) {
          endFigure();
          parts.push(addHtml('</figure>\n<figure>'));
        }
        if (begins) count += 1;
        isInLink = child.type === 'link_open' || (isInLink && child.type !== 'link_close');
        parts.push(child);
        if (child.type !== 'image') continue;
        caption = String(child.attrGet('title') ?? '');
        child.attrs = (child.attrs ?? []).filter(([name]) => name !== 'title');
      }
      endFigure();
      inline.children = parts;
    }
  });
};
