import { useCallback } from 'react';
import { z } from 'zod';
import { categoryId, type CategoryId } from '../../../shared/model/index.ts';
import { errorDataOf, useAsk } from '../../api/index.ts';
import { notifyError } from '../notices/notices.ts';
import { useKeepView, useViewState } from '../workbench/view-state.ts';

export const PIN_COUNT = 9;
const RECENT_KEPT = 20;
const pinsSchema = z.array(categoryId.nullable()).max(PIN_COUNT);
const usedSchema = z.object({
  /** The recent category on each key that is not pinned. */
  slots: z.array(categoryId.nullable()).max(PIN_COUNT),
  /** Newest first. */
  order: z.array(categoryId).max(RECENT_KEPT),
});
export type Used = z.infer<typeof usedSchema>;
const NEVER: Used = { slots: [], order: [] };

/** The category of a number key: pinned by the person, or recently used. */
export interface NumberKey {
  readonly key: number;
  readonly category: CategoryId;
  readonly isPinned: boolean;
}

export interface Pins {
  /** Index 0 is key 1. Always nine long. */
  readonly pins: readonly (CategoryId | null)[];
  /** All keys in use, pinned or recent. */
  readonly keys: readonly NumberKey[];
  /** Categories, most recently used first. */
  readonly recent: readonly CategoryId[];
  /** Puts a category on a key (1–9), and takes it from the key it was on. null frees the key. */
  readonly pin: (key: number, category: CategoryId | null) => void;
  /** The key (1–9) that a category is pinned to, or null. */
  readonly keyOf: (category: CategoryId) => number | null;
}

/** Pins a category to a key. Pure, so that it can be tested. */
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

/**
 * Notes that a category was used. It keeps its key, since keys that change after each tag could not be learned. Without a key it gets a
 * free one, else that of the least recently used category.
 */
export function withUse(used: Used, pins: readonly (CategoryId | null)[], category: CategoryId): Used {
  const order = [category, ...used.order.filter((one) => one !== category)].slice(0, RECENT_KEPT);
  const slots = Array.from({ length: PIN_COUNT }, (_, index) => used.slots[index] ?? null);
  const open = slots.flatMap((_, index) => ((pins[index] ?? null) === null ? [index] : []));
  if (pins.includes(category) || open.some((index) => slots[index] === category)) return { slots, order };
  const age = (index: number): number => {
    const there = slots[index] ?? null;
    const at = there === null ? -1 : order.indexOf(there);
    return there === null || pins.includes(there) || at < 0 ? Infinity : at;
  };
  const [oldest] = [...open].sort((a, b) => (age(a) === age(b) ? a - b : age(b) - age(a)));
  return oldest === undefined ? { slots, order } : { slots: slots.with(oldest, category), order };
}

/** The category of each key: pins first, and no category twice. */
export function numberKeys(pins: readonly (CategoryId | null)[], { slots }: Used): NumberKey[] {
  return Array.from({ length: PIN_COUNT }, (_, index) => {
    const pinned = pins[index] ?? null;
    const lent = slots[index] ?? null;
    if (pinned !== null) return { key: index + 1, category: pinned, isPinned: true };
    return lent === null || pins.includes(lent) ? null : { key: index + 1, category: lent, isPinned: false };
  }).filter((key) => key !== null);
}

/** The categories on the keys 1–9 in this project. */
export function usePins(): Pins {
  const { value, set } = useViewState('pins', pinsSchema, []);
  const used = useViewState('used', usedSchema, NEVER).value;
  const pins = Array.from({ length: PIN_COUNT }, (_, index) => value[index] ?? null);
  return {
    pins,
    keys: numberKeys(pins, used),
    recent: used.order,
    pin: (key, category) => set(withPin(pins, key, category)),
    keyOf: (category) => {
      const index = pins.indexOf(category);
      return index < 0 ? null : index + 1;
    },
  };
}

/** Notes which categories were used; called wherever tags are added. */
export function useNoteUse(): (categories: readonly CategoryId[]) => void {
  const ask = useAsk();
  const keep = useKeepView();
  return useCallback(
    (categories) => {
      const note = async (): Promise<void> => {
        const [pinned, before] = await Promise.all([
          ask('view.get', { key: 'pins' }),
          ask('view.get', { key: 'used' }),
        ]);
        const pins = pinsSchema.safeParse(pinned.value).data ?? [];
        const used = usedSchema.safeParse(before.value).data ?? NEVER;
        // Same category as last time: nothing to store.
        if (categories.length === 1 && used.order[0] === categories[0]) return;
        keep(
          'used',
          categories.reduce((so, category) => withUse(so, pins, category), used),
        );
      };
      if (categories.length > 0) note().catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
    },
    [ask, keep],
  );
}
