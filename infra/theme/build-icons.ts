import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describePublicationCard, fingerprintPublicationCard } from '../../functions/core/card/card.ts';
import { drawCard } from '../../functions/core/card/draw-card.ts';
import { drawLetter } from '../../functions/core/card/draw-letter.ts';
import { createPixels } from '../../functions/core/card/fill-shape.ts';
import { createLettering } from '../../functions/core/card/lettering.ts';
import { type Publication, SettingsError } from '../../functions/core/publication.ts';
import { sitePaths } from '../../functions/core/site-paths.ts';
import { memoize } from '../../functions/core/text/memoize.ts';
import { buildPalette } from '../../functions/core/theme/palette.ts';
import { selectIconLetter } from '../../functions/core/theme/select-icon-letter.ts';
import { fontFiles } from '../../functions/platform/contract.ts';
import { decodePng, encodeIco, encodePng, type Pixels, scaleDown } from './pixels.ts';
import { readThemeFile, type ThemeFile } from './read-theme-file.ts';

const { resolve } = createRequire(import.meta.url);

const largestIconSize = 512;
const appleIconSize = 180;
/** As wide as RSS allows. */
const rssImageSize = 144;
const faviconSizes = [16, 32, 48] as const;

const maxIconBytes = 2_000_000;

const decodeIcon = ({ bytes, name, setting }: ThemeFile): Pixels => {
  const wanted = `must be square, with at least ${largestIconSize} pixels`;
  const [width, height] = bytes.length < 24 ? [0, 0] : [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  if (width > 4096 || height > 4096) throw new SettingsError(`${setting}: ${name} ${wanted} and at most 4096`);
  try {
    const image = decodePng(bytes);
    if (image.width === image.height && image.width >= largestIconSize) return image;
  } catch (cause) {
    throw new SettingsError(`${setting}: ${name} is not a PNG picture that can be read`, { cause });
  }
  throw new SettingsError(`${setting}: ${name} has ${width} × ${height} pixels. It ${wanted}`);
};

const readLettering = memoize(() =>
  createLettering(Object.values(fontFiles).map((file) => readFileSync(resolve(file)))),
);

const drawLetterIcon = (publication: Publication): Pixels => {
  const { accent, paper } = buildPalette(publication.theme).light;
  const pixels = createPixels(largestIconSize, largestIconSize, accent);
  const letter = selectIconLetter(publication);
  drawLetter(pixels, readLettering(), { letter, color: paper, left: 0, top: 0, side: largestIconSize });
  return pixels;
};

/**
 * The icons that browsers, phones and feed readers ask for, by their paths: the publication's own, or the first letter
 * of its title in the colours of its theme. With them is the card that previews of links to its pages show.
 * @throws {SettingsError} when its own cannot be used
 */
export const buildIcons = (publication: Publication, folder: string): Map<string, Uint8Array> => {
  const { icon } = publication.theme;
  const drawn =
    icon === undefined
      ? drawLetterIcon(publication)
      : decodeIcon(readThemeFile(folder, icon, 'theme.icon', maxIconBytes));
  const encode = (size: number): Uint8Array => encodePng(scaleDown(drawn, size));
  return new Map([
    [sitePaths.favicon, encodeIco(faviconSizes.map((size) => scaleDown(drawn, size)))],
    [sitePaths.appleIcon, encode(appleIconSize)],
    [sitePaths.rssImage, encode(rssImageSize)],
    [sitePaths.largeIcon, encode(largestIconSize)],
    [
      sitePaths.publicationCard(fingerprintPublicationCard(publication)),
      encodePng(drawCard(describePublicationCard(publication), readLettering())),
    ],
  ]);
};
