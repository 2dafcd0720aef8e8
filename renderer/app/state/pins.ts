import { z } from 'zod';
import { categoryId, type CategoryId } from '../../../shared/model/index.ts';
import { useViewState } from './view-state.ts';

export const PIN_COUNT = 9;
const schema = z.array(categoryId.nullable()).max(PIN_COUNT);

export interface Pins {
  /** Index 0 is key 1. Always nine long. */
  readonly pins: readonly (CategoryId | null)[];
  /** Puts a category on a key (1–9), and takes it from the key it was on. null frees the key. */
  readonly pin: (key: number, category: CategoryId | null) => void;
  /** The key (1–9) a category is on, or null. */
  readonly keyOf: (category: CategoryId) => number | null;
}

/** A category on a key: pure, so that it can be tested. */
export function withPin(
  pins: readonly (CategoryId | null)[],
  key: number,
  category: CategoryId | null,
): (CategoryId | null)[] {
  return Array.from({ length: PIN_COUNT }, (_, index) => {
    if (index === key - 1) return category;
    const there = pins[index] ?? null;
    return there === category ? null : there;
  });
}

/** The categories pinned to the keys 1–9 in this project. */
export function usePins(): Pins {
  const { value, set } = useViewState('pins', schema, []);
  const pins = Array.from({ length: PIN_COUNT }, (_, index) => value[index] ?? null);
  return {
    pins,
    pin: (key, category) => set(withPin(pins, key, category)),
    keyOf: (category) => {
      const index = pins.indexOf(category);
      return index < 0 ? null : index + 1;
    },
  };
}
