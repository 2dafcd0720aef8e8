import { z } from 'zod';

export const bounds = z.object({
  x: z.number().int(),
  y: z.number().int(),
  width: z.number().int(),
  height: z.number().int(),
});
/** A window's position and size, in device-independent pixels. */
export type Bounds = z.infer<typeof bounds>;

/** How much of a window must be on a screen, so that one can drag it. */
const REACHABLE = 120;

/**
 * Bounds for a window on the screens connected now: unchanged if enough of its top is on one of them, else moved into the
 * nearest, and made smaller if needed. `screens` are work areas, the main screen first.
 */
export function boundsWithin(wanted: Bounds, screens: readonly Bounds[]): Bounds {
  const isReachable = (screen: Bounds): boolean =>
    Math.min(wanted.x + wanted.width, screen.x + screen.width) - Math.max(wanted.x, screen.x) >= REACHABLE &&
    wanted.y >= screen.y &&
    wanted.y <= screen.y + screen.height - REACHABLE;
  if (screens.some(isReachable)) return wanted;
  const distance = (screen: Bounds): number =>
    Math.hypot(
      wanted.x + wanted.width / 2 - screen.x - screen.width / 2,
      wanted.y + wanted.height / 2 - screen.y - screen.height / 2,
    );
  const [nearest] = [...screens].sort((a, b) => distance(a) - distance(b));
  if (nearest === undefined) return wanted;
  const width = Math.min(wanted.width, nearest.width);
  const height = Math.min(wanted.height, nearest.height);
  return {
    x: Math.min(Math.max(wanted.x, nearest.x), nearest.x + nearest.width - width),
    y: Math.min(Math.max(wanted.y, nearest.y), nearest.y + nearest.height - height),
    width,
    height,
  };
}
