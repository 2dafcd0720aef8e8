import { useEffect, useState, type RefObject } from 'react';

const OF = { width: 'clientWidth', height: 'clientHeight' } as const;

/** How wide or high an element is inside its borders, in CSS pixels, now and whenever that changes; null until it is measured. */
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
