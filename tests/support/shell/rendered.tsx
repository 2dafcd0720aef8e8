import { act, type ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { afterEach, beforeEach, vi } from 'vitest';
import { type Api, ApiProvider, makeQueryClient } from '../../../renderer/api/index.ts';
import { startI18n } from '../../../renderer/shell/strings.ts';

class NoObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

export interface Rendered {
  /** The element that the screen is rendered into. */
  readonly place: () => HTMLElement;
  /** Unmounts what was rendered, so that the next `render` begins with a new root. */
  readonly unmount: () => Promise<void>;
  readonly render: (api: Api, children: ReactNode, client?: ReturnType<typeof makeQueryClient>) => Promise<void>;
}

/**
 * A React root in the document for each test of the file, and what jsdom lacks of a browser. Called at the top level of a test
 * file: its own `beforeEach` below, an `afterEach` that has to run after unmounting above.
 */
export function renderedInJsdom(): Rendered {
  let root: Root;
  let place: HTMLElement;
  beforeEach(() => {
    startI18n();
    vi.stubGlobal('IS_REACT_ACT_ENVIRONMENT', true);
    vi.stubGlobal('ResizeObserver', NoObserver);
    vi.stubGlobal('IntersectionObserver', NoObserver);
    vi.stubGlobal('matchMedia', () => ({ matches: false, addEventListener() {}, removeEventListener() {} }));
    place = document.body.appendChild(document.createElement('div'));
    root = createRoot(place);
  });
  afterEach(async () => {
    await act(async () => root.unmount());
    place.remove();
    vi.unstubAllGlobals();
  });
  return {
    place: () => place,
    unmount: async () => {
      await act(async () => root.unmount());
      root = createRoot(place);
    },
    render: (api, children, client = makeQueryClient()) =>
      act(async () =>
        root.render(
          <ApiProvider api={api} client={client}>
            {children}
          </ApiProvider>,
        ),
      ),
  };
}
