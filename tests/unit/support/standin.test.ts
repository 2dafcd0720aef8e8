import { describe, expect, test } from 'vitest';
import { makeCodec } from '../../support/standin/page/codec.ts';
import { registerScheme, toChromium, toElectron } from '../../support/standin/schemes.ts';
import { KnownEvents, onlyKnown, preventable, strict } from '../../support/standin/strict.ts';

describe('the stand-in for Electron', () => {
  test('throws on everything it does not have', () => {
    const tray = strict('tray', { setTitle: () => 'set' });
    expect(tray.setTitle()).toBe('set');
    expect(() => Reflect.get(tray, 'setImage')).toThrow('does not implement tray.setImage');
    expect(() => onlyKnown('a window', { width: 1, kiosk: true }, ['width'])).toThrow('a window with kiosk');
  });

  test('rejects listeners for events it never emits', () => {
    const app = new KnownEvents('app', ['ready']);
    expect(() => app.on('ready', () => undefined)).not.toThrow();
    expect(() => app.once('login', () => undefined)).toThrow('the event app "login"');
    expect(() => app.addListener('login', () => undefined)).toThrow('the event app "login"');
  });

  test('supports preventing events', () => {
    const event = preventable({ url: 'a' });
    event.preventDefault();
    expect(event).toMatchObject({ url: 'a', defaultPrevented: true });
  });

  test('shows the program its own addresses, and Chromium ones it can load', () => {
    registerScheme('app');
    const pairs = [
      ['app://main-1/', 'https://main-1.app-scheme.invalid/'],
      ['app://main-2/frozen/a?b#c', 'https://main-2.app-scheme.invalid/frozen/a?b#c'],
    ];
    for (const [own = '', theirs = ''] of pairs) {
      expect([toChromium(own), toElectron(theirs)]).toEqual([theirs, own]);
    }
    for (const url of ['https://evil.example/', 'file:///etc/passwd', 'data:text/html,x']) {
      expect([toChromium(url), toElectron(url)]).toEqual([url, url]);
    }
  });

  test('passes what the contract passes, and rejects what Electron could not pass', () => {
    const codec = makeCodec();
    const value = { a: [1, -0, NaN, 'x', null, undefined], b: { c: true, u: undefined }, list: ['a', ['u']] };
    expect(codec.decode(JSON.parse(JSON.stringify(codec.encode(value))))).toEqual(value);
    for (const odd of [() => 1, Symbol('x'), new Map(), new Date(0), 1n])
      expect(() => codec.encode(odd)).toThrow(/could not be cloned/);
  });
});
