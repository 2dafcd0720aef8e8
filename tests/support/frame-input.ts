import type { CDPSession, Page } from 'playwright-core';
import type {} from './in-page/reader.ts';

export const SHIFT = 8;
export const CONTROL = 2;

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Mouse, touch and keys sent directly to Chromium: playwright's own wait for a script in the frame, and there are none. */
export class FrameHands {
  readonly #page: Page;
  readonly #devtools: CDPSession;

  constructor(page: Page, devtools: CDPSession) {
    this.#page = page;
    this.#devtools = devtools;
  }

  async mouse(type: 'mouseMoved' | 'mousePressed' | 'mouseReleased', { x, y }: Point, clickCount = 1): Promise<void> {
    const isMove = type === 'mouseMoved';
    const buttons = this.#isDown || type === 'mousePressed' ? 1 : 0;
    this.#isDown = type === 'mousePressed' || (isMove && this.#isDown);
    const button = isMove && buttons === 0 ? 'none' : 'left';
    await this.#devtools.send('Input.dispatchMouseEvent', { type, x, y, button, buttons, clickCount });
  }
  #isDown = false;

  async click(at: Point, times = 1): Promise<void> {
    await this.mouse('mouseMoved', at);
    for (let count = 1; count <= times; count++) {
      await this.mouse('mousePressed', at, count);
      await this.mouse('mouseReleased', at, count);
    }
    await this.drawn();
  }

  /** Presses at one place and moves to another without releasing. */
  async pull(from: Point, to: Point): Promise<void> {
    await this.mouse('mouseMoved', from);
    await this.mouse('mousePressed', from);
    for (let step = 1; step <= 5; step++) {
      await this.mouse('mouseMoved', {
        x: from.x + ((to.x - from.x) * step) / 5,
        y: from.y + ((to.y - from.y) * step) / 5,
      });
    }
    await this.drawn();
  }

  async drag(from: Point, to: Point): Promise<void> {
    await this.pull(from, to);
    await this.mouse('mouseReleased', to);
    await this.drawn();
  }

  async longPress(at: Point, to: Point): Promise<void> {
    await this.#devtools.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
    // The press counts as long once the view has selected the word under it.
    await this.#page.waitForFunction(() => window.reader.theView().selection() !== null);
    await this.#devtools.send('Input.dispatchTouchEvent', { type: 'touchMove', touchPoints: [to] });
    await this.drawn();
    await this.#devtools.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    await this.drawn();
  }

  /** `commands`: what Chromium's own shortcuts would do, which DevTools does not work out itself. */
  async press(key: string, keyCode: number, modifiers = 0, commands: string[] = []): Promise<void> {
    const code = /^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : key;
    const event = { key, code, windowsVirtualKeyCode: keyCode, modifiers };
    await this.#devtools.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', ...event, commands });
    await this.#devtools.send('Input.dispatchKeyEvent', { type: 'keyUp', ...event });
    await this.drawn();
  }

  drawn(): Promise<void> {
    return this.#page.evaluate(() => window.reader.drawn());
  }
}
