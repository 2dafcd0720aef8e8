import { useEffect, useState, type RefObject } from 'react';

const OF = { width: 'clientWidth', height: 'clientHeight' } as const;

/** Width or height of an element inside its borders, in CSS pixels, updated when it changes; null until it is measured. */
export function useLength(element: RefObject<HTMLElement | null>, length: keyof typeof OF): number | null {
  const [pixels, setPixels] = useState<number | null>(null);
  useEffect(() => {
    const measured = element.current;
    if (measured === null) return undefined;
    const observer = new ResizeObserver(() => setPixels(measured[OF[length]]));
    observer.observe(measured);
    return () => observer.disconnect();
  }, [element, length]);
  return pixels;
}
