import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { limitedThread } from '../../../renderer/viewer/pdf/thread.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const worker = readFileSync(resolve(ROOT, 'node_modules/pdfjs-dist/build/pdf.worker.min.mjs'), 'utf8');

it('pdf.js asks before it unpacks an image, and a version that makes images elsewhere stops the build', () => {
  const limited = limitedThread('/* limits */', worker);
  expect(limited).toMatch(/^\/\* limits \*\/\n/);
  expect(limited).toMatch(/globalThis\.takeImage\((\w+),(\w+)\);this\.width=\1;this\.height=\2;/);
  expect(() => limitedThread('', worker.replace('this.interpolate=', 'this.smooth='))).toThrow('in 0 places');
});
