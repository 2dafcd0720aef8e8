import type { Area } from '../../../shared/model/index.ts';
import type { ScreenBox } from '../types.ts';
import type { PageBox } from './page-box.ts';

const short = (value: number): number => Math.round(value * 100) / 100;

/** What a box on the screen is on a page, in its user space: points to a hundredth, of a picture whole pixels. */
export function areaOn(page: PageBox, { left, top, right, bottom }: ScreenBox): Area {
  const [x1, y1] = page.fromScreen(left, top);
  const [x2, y2] = page.fromScreen(right, bottom);
  if (page.isWhole) {
    const [[left, right], [bottom, top]] = [wholePixels(x1, x2), wholePixels(y1, y2)];
    return [left, bottom, right, top];
  }
  return [short(Math.min(x1, x2)), short(Math.min(y1, y2)), short(Math.max(x1, x2)), short(Math.max(y1, y2))];
}

/** The nearest borders between pixels, at least one pixel apart. */
export function wholePixels(a: number, b: number): readonly [from: number, to: number] {
  const [from, to] = [Math.round(Math.min(a, b)), Math.round(Math.max(a, b))];
  if (to > from) return [from, to];
  const pixel = Math.max(0, Math.ceil((a + b) / 2) - 1);
  return [pixel, pixel + 1];
}

/** A box put right side up and cut to the page. */
export function cutTo(page: ScreenBox, { left, top, right, bottom }: ScreenBox): ScreenBox {
  const across = (x: number): number => Math.min(Math.max(x, page.left), page.right);
  const down = (y: number): number => Math.min(Math.max(y, page.top), page.bottom);
  return {
    left: across(Math.min(left, right)),
    right: across(Math.max(left, right)),
    top: down(Math.min(top, bottom)),
    bottom: down(Math.max(top, bottom)),
  };
}

/** A box moved as little as it takes to lie on the page, whole as far as the page is large enough. */
export function movedInto(page: ScreenBox, { left, top, right, bottom }: ScreenBox): ScreenBox {
  const by = (low: number, high: number, from: number, to: number): number =>
    from < low ? low - from : to > high ? Math.max(high - to, low - from) : 0;
  const across = by(page.left, page.right, left, right);
  const down = by(page.top, page.bottom, top, bottom);
  return cutTo(page, { left: left + across, right: right + across, top: top + down, bottom: bottom + down });
}
