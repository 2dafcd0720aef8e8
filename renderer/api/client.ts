import { z } from 'zod';
import {
  contract,
  events,
  type CallInput,
  type CallOutput,
  type EventName,
  type EventPayload,
  type RendererCallName,
} from '../../shared/contract/index.ts';
import { offer, type Offer } from '../../shared/contract/app.ts';
import { ApiError } from './api-error.ts';
import { isStale } from './dependencies.ts';
import { httpTransport } from './http.ts';
import { type Transport, asResult } from './transport.ts';
import type { Bridge } from '../../shared/contract/bridge.ts';

/** The contract as the renderer uses it. */
export interface Api {
  /** The call's output; rejects with an {@link ApiError}. */
  call<N extends RendererCallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /**
   * As `call`, for reads: repeated if a commit happened meanwhile. Otherwise its answer would be older than the
   * `project.changed` event that makes it stale, and would stay.
   */
  read<N extends RendererCallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>>;
  /** Listens to one event; returns a function that stops listening. */
  on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void;
  /** Files the person dropped or chose, as tokens for `app.importSources` and `app.importProjectFile`. */
  offer(files: readonly File[]): Promise<Offer[]>;
}

const isEventName = (name: string): name is EventName => Object.hasOwn(events, name);

/** The api over a transport. With `check`, outputs are parsed by the contract too: in development and in tests. */
export function createApi(transport: Transport, check: boolean): Api {
  const listeners = new Map<EventName, Set<(payload: unknown) => void>>();
  /** For each read in flight: the entities that commits have changed since it was sent. */
  const reading = new Set<string[]>();
  let stop: (() => void) | null = null;
  const shown = whatIsShown();

  const dispatch = (event: EventName, payload: unknown): void => {
    for (const listener of listeners.get(event) ?? []) listener(payload);
  };
  const onEvent = ({ event, payload }: { event: string; payload?: unknown }): void => {
    if (!isEventName(event)) return;
    const parsed = events[event].safeParse(payload);
    if (!parsed.success) return;
    if (event === 'project.changed') {
      const { entities } = events['project.changed'].parse(payload);
      for (const touched of reading) touched.push(...entities);
    }
    if (isShowing(event) && !shown.isNews(payload)) return;
    dispatch(event, parsed.data);
  };

  const api: Api = {
    async read<N extends RendererCallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
      const touched: string[] = [];
      reading.add(touched);
      try {
        const found = await api.call(name, input);
        if (touched.length === 0 || !isStale(name, touched)) return found;
      } finally {
        reading.delete(touched);
      }
      return api.read(name, input);
    },

    async call<N extends RendererCallName>(name: N, input: CallInput<N>): Promise<CallOutput<N>> {
      const answer = await transport.call(name, input);
      if (!answer.ok) throw new ApiError(answer.error);
      if (name === 'app.state') {
        const late = shown.lateEvent(answer.value);
        if (late !== null) dispatch(late.event, late.payload);
      }
      return output(name, answer.value, check);
    },

    on<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): () => void {
      stop ??= transport.listen(onEvent);
      // The listener parses the payload by the event’s own schema.
      const typed = (payload: unknown): void => listener(payload as EventPayload<E>);
      const own = listeners.get(event) ?? new Set();
      listeners.set(event, own.add(typed));
      return () => {
        own.delete(typed);
        if ([...listeners.values()].every((set) => set.size === 0)) {
          stop?.();
          stop = null;
        }
      };
    },

    async offer(files) {
      const answer = await transport.offer(files);
      if (!answer.ok) throw new ApiError(answer.error);
      return z.array(offer).parse(answer.value);
    },
  };
  return api;
}

const isShowing = (event: EventName): boolean => event === 'project.opened' || event === 'project.closed';
const showingIn = events['project.closed'];
const stateOfWindow = z.object({
  locked: z.boolean(),
  showing: z.number(),
  project: z.object({ title: z.string() }).nullable(),
});

/**
 * Tracks which opened project the page shows. Opening a project is announced both by an event and by `app.state`, in either order. The
 * first of the two resets the page; the second is ignored, since a late event would close a project that was opened after it.
 */
function whatIsShown() {
  let known: number | null = null;
  return {
    /** Whether an event says what the page doesn't know yet. */
    isNews(payload: unknown): boolean {
      const { showing } = showingIn.parse(payload);
      if (showing === undefined) return true;
      if (known !== null && showing <= known) return false;
      known = showing;
      return true;
    },
    /** The event that an answer of `app.state` makes unnecessary, or null. The page's first answer resets nothing. */
    lateEvent(state: unknown): { readonly event: EventName; readonly payload: unknown } | null {
      const { success, data } = stateOfWindow.safeParse(state);
      // A locked window shows no project: which one is open means nothing for it.
      if (!success || data.locked || (known !== null && data.showing <= known)) return null;
      const isFirst = known === null;
      known = data.showing;
      if (isFirst) return null;
      const { showing, project } = data;
      return project === null
        ? { event: 'project.closed', payload: { showing } }
        : { event: 'project.opened', payload: { title: project.title, showing } };
    },
  };
}

/**
 * Parsing a list of a thousand sources takes 20 ms, and the output was made by our own code: so it is parsed only in
 * development.
 */
function output<N extends RendererCallName>(name: N, value: unknown, check: boolean): CallOutput<N> {
  if (!check) return value as CallOutput<N>;
  const parsed = contract[name].output.safeParse(value);
  if (parsed.success) return parsed.data as CallOutput<N>;
  throw new ApiError({
    code: 'INTERNAL',
    message: `The answer of ${name} breaks the contract: ${z.prettifyError(parsed.error)}`,
  });
}

/** The transport this page has: the preload's bridge, else the HTTP gate it was loaded from. */
export const chooseTransport = (): Transport =>
  window.sourcebook === undefined ? httpTransport() : bridgeTransport(window.sourcebook);

declare global {
  interface Window {
    readonly sourcebook?: Bridge;
  }
}

/** Calls through `window.sourcebook`, which the preload puts there under Electron. */
export function bridgeTransport(bridge: Bridge): Transport {
  return {
    call: async (name, input) => asResult(await bridge.call(name, input)),
    offer: async (files) => asResult(await bridge.offer(files)),
    listen: (listener) => bridge.on(listener),
  };
}
