/**
 * Draws the program's icon from electron/package/icon.svg in the formats of the three systems (run it when the drawing
 * changes: `node tests/support/icon.ts` with the packaged Node). ICO and ICNS are containers of PNGs, and
 * electron-builder would download a tool to write them.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { launchChromium } from './browser.ts';

const FOLDER = join(import.meta.dirname, '../../electron/package');

const LINUX = [16, 32, 48, 64, 128, 256, 512] as const;
const ICO = [16, 32, 48, 256] as const;

/** Apple's four-letter types of PNG entries, by their size in pixels. */
const ICNS = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
] as const;

async function draw(sizes: readonly number[]): Promise<Map<number, Buffer>> {
  const svg = readFileSync(join(FOLDER, 'icon.svg'), 'utf8');
  const browser = await launchChromium();
  try {
    const drawn = new Map<number, Buffer>();
    for (const size of sizes) {
      const page = await browser.newPage({ viewport: { width: size, height: size } });
      await page.setContent(`<style>body{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${svg}`);
      drawn.set(size, await page.screenshot({ omitBackground: true }));
      await page.close();
    }
    return drawn;
  } finally {
    await browser.close();
  }
}

function ico(images: readonly { readonly size: number; readonly png: Buffer }[]): Buffer {
  const header = Buffer.alloc(6 + 16 * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  images.forEach(({ size, png }, index) => {
    const at = 6 + 16 * index;
    // One byte holds a size: 0 stands for 256.
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(png.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += png.length;
  });
  return Buffer.concat([header, ...images.map(({ png }) => png)]);
}

function icns(images: readonly { readonly type: string; readonly png: Buffer }[]): Buffer {
  const entries = images.map(({ type, png }) => Buffer.concat([tag(type, png.length + 8), png]));
  const length = entries.reduce((sum, entry) => sum + entry.length, 8);
  return Buffer.concat([tag('icns', length), ...entries]);
}

function tag(type: string, length: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.write(type, 'latin1');
  bytes.writeUInt32BE(length, 4);
  return bytes;
}

const drawn = await draw([...new Set([...LINUX, ...ICO, ...ICNS.map(([, size]) => size)])]);
const at = (size: number): Buffer => {
  const png = drawn.get(size);
  if (png === undefined) throw new Error(`The icon was not drawn at ${size} pixels`);
  return png;
};
for (const size of LINUX) writeFileSync(join(FOLDER, `icons/${size}x${size}.png`), at(size));
writeFileSync(join(FOLDER, 'icon.ico'), ico(ICO.map((size) => ({ size, png: at(size) }))));
writeFileSync(join(FOLDER, 'icon.icns'), icns(ICNS.map(([type, size]) => ({ type, png: at(size) }))));
