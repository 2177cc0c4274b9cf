// `npm run picture`: docs/images/first-lab.png, an animated picture of the end-to-end run, made from the screenshots that
// `npm run test:e2e` leaves in .artifacts. Chromium makes them smaller, upng-js makes one animation of them.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';
import UPNG from 'upng-js';
import { fail, root } from './setup.mjs';

/** Screenshots in the order of the story, and how long each is looked at, in ms. */
const story = [
  ['map-live-preview-light', 2200],
  ['path-light', 2200],
  ['path-card-light', 1800],
  ['create-planned-note-light', 2200],
  ['first-run-light', 2400],
  ['lab-live-preview-light', 2400],
  ['placeholder-light', 1800],
  ['failing-check-light', 2200],
  ['running-light', 2200],
];
const width = 960;
const height = 600;
const colours = 96;
const mostBytes = 1_500_000;

const files = story.map(([name]) => path.join(root, '.artifacts', 'screenshots', `${name}.png`));
const missing = files.filter((file) => !existsSync(file));
if (missing.length > 0)
  fail(`Screenshots are missing: ${missing.join(', ')}.`, 'npm run test:e2e makes them.');

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage({ viewport: { width, height } });
const frames = [];
for (const file of files) {
  const url = `data:image/png;base64,${readFileSync(file).toString('base64')}`;
  await page.setContent(`<img src="${url}" style="position:fixed;inset:0;width:100%;height:100%">`);
  await page.locator('img').evaluate((image) => image.decode());
  frames.push(UPNG.toRGBA8(UPNG.decode(await page.screenshot()))[0]);
}
await browser.close();

const delays = story.map(([, ms]) => ms);
const picture = Buffer.from(UPNG.encode(frames, width, height, colours, delays));
if (picture.length > mostBytes) fail(`The picture has ${picture.length} bytes; ${mostBytes} are allowed.`);
writeFileSync(path.join(root, 'docs', 'images', 'first-lab.png'), picture);
process.stdout.write(
  `docs/images/first-lab.png: ${frames.length} frames, ${Math.round(picture.length / 1000)} kB\n`,
);
