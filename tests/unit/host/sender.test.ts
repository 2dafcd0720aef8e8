import { expect, test } from 'vitest';
import { senderOf, type Sender } from '../../../electron/host/electron/channels.ts';

/** Pages by name: which they are is all that counts. */
const page = 'the page of main-1';
const stranger = 'the page of no window';
const windows = { of: (contents: string) => (contents === page ? 'main-1' : null) };
const frame = (url: string, parent: object | null = null): Sender<string>['senderFrame'] => ({ url, parent });

test.each<[string, Sender<string>, string | null]>([
  ['the page of a window', { sender: page, senderFrame: frame('app://main-1/') }, 'main-1'],
  ['that page at one of its views', { sender: page, senderFrame: frame('app://main-1/#read') }, 'main-1'],
  ['a frame in it', { sender: page, senderFrame: frame('app://main-1/frozen/x', {}) }, null],
  ['a page from elsewhere in it', { sender: page, senderFrame: frame('https://example.org/') }, null],
  ['a file in it', { sender: page, senderFrame: frame('file:///main-1/') }, null],
  ['the page of another window in it', { sender: page, senderFrame: frame('app://main-2/') }, null],
  ['a page of no window', { sender: stranger, senderFrame: frame('app://main-1/') }, null],
  ['a page that is gone', { sender: page, senderFrame: null }, null],
  ['a frame without an address', { sender: page, senderFrame: frame('') }, null],
  ['an address that is none', { sender: page, senderFrame: frame('main-1') }, null],
])('who asks: %s', (_who, sender, window) => {
  expect(senderOf(windows, sender)).toBe(window);
});
