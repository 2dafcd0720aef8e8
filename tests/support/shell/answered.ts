import { expect, vi } from 'vitest';
import { act } from 'react';
import type { QueryClient } from '@tanstack/react-query';

/**
 * Turns of the event loop from an answer to its drawing: the query client notifies in one, and its listeners make calls in
 * the next.
 */
const TURNS = 3;

/** Resolves once no query is running and the last answer is drawn. */
export async function answered(client: QueryClient): Promise<void> {
  for (let quiet = 0; quiet < TURNS; quiet = client.isFetching() + client.isMutating() === 0 ? quiet + 1 : 0)
    await act(() => new Promise<void>((done) => void setTimeout(done)));
}

/** Resolves when the passage in review was on screen long enough to be vouched for. */
export const untilSeen = (place: HTMLElement): Promise<void> =>
  vi.waitFor(async () => {
    await act(async () => undefined);
    expect(place.querySelector('[data-looked="in full"]')).not.toBeNull();
  }, 5000);
