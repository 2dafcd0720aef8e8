import { createContext, use, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import {
  hashKey,
  notifyManager,
  QueryClient,
  QueryClientProvider,
  skipToken,
  useMutation,
  useQueries,
  useQuery,
  useQueryClient,
  type UseMutationResult,
  type UseQueryResult,
} from '@tanstack/react-query';
import type { CallInput, CallOutput, EventName, EventPayload, RendererCallName } from '../../shared/contract/index.ts';
import type { ApiError } from './api-error.ts';
import type { Api } from './client.ts';
import { keepFresh } from './freshness.ts';

const ApiContext = createContext<Api | null>(null);

/** The api of this page. */
export function useApi(): Api {
  const api = use(ApiContext);
  if (api === null) throw new Error('There is no ApiProvider around this component.');
  return api;
}

/**
 * There is no network between page and host, so an error is final: no retries, no refetch on focus, no waiting for a
 * connection.
 */
export function makeQueryClient(): QueryClient {
  // By default React Query notifies by a timer, which Chromium delays: 4 ms of the 20 from a key to its tag.
  notifyManager.setScheduler(queueMicrotask);
  return new QueryClient({
    defaultOptions: {
      queries: {
        retry: false,
        staleTime: Infinity,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}

export function ApiProvider({ api, client, children }: { api: Api; client: QueryClient; children: ReactNode }) {
  const fresh = useMemo(() => keepFresh(api, client), [api, client]);
  useEffect(() => {
    const stops = [
      api.on('project.changed', fresh.changed),
      // Another project was opened: forget the data of the earlier one.
      api.on('project.opened', () => {
        fresh.forget();
        void client.resetQueries();
      }),
      api.on('project.closed', () => {
        fresh.forget();
        void client.invalidateQueries({ queryKey: ['app.state'] });
      }),
      api.on('project.taken', () => void client.invalidateQueries({ queryKey: ['project.info'] })),
      api.on('project.altered', () => void client.invalidateQueries({ queryKey: ['app.state'] })),
      api.on('project.verified', () => void client.invalidateQueries({ queryKey: ['project.info'] })),
      fresh.forget,
    ];
    return () => stops.forEach((stop) => stop());
  }, [api, client, fresh]);
  return (
    <ApiContext value={fresh.api}>
      <QueryClientProvider client={client}>{children}</QueryClientProvider>
    </ApiContext>
  );
}

/** A read, cached until a commit makes it stale. With a null input nothing is read. */
export function useCall<N extends RendererCallName>(
  name: N,
  input: CallInput<N> | null,
): UseQueryResult<CallOutput<N>, ApiError> {
  const api = useApi();
  return useQuery<CallOutput<N>, ApiError>({
    queryKey: [name, input],
    queryFn: input === null ? skipToken : () => api.read(name, input),
  });
}

/** A read that shows the answer to its previous input (`isPlaceholderData`) until the new one arrives. */
export function useCallOrBefore<N extends RendererCallName>(
  name: N,
  input: CallInput<N>,
): UseQueryResult<CallOutput<N>, ApiError> {
  const api = useApi();
  return useQuery<CallOutput<N>, ApiError, CallOutput<N>, readonly [N, CallInput<N>]>({
    queryKey: [name, input],
    queryFn: () => api.read(name, input),
    placeholderData: (before) => before,
  });
}

/**
 * The answer to the present input; until it arrives, the answer to the previous one (`isOld`). `of`: the input that the answer belongs to.
 * Draw by `of`, not by the present input: an old answer under new settings would be wrong.
 */
export function useAnswer<N extends RendererCallName, I extends CallInput<N>>(name: N, input: I) {
  const { data, error } = useCall(name, input);
  const [last, setLast] = useState<{ readonly data: CallOutput<N>; readonly of: I } | null>(null);
  if (data !== undefined && last?.data !== data) setLast({ data, of: input });
  const isOld = data === undefined && error === null && last !== null;
  return { data: data ?? (isOld ? last.data : undefined), of: isOld ? last.of : input, error, isOld };
}

/** As {@link useCall}, for several inputs of one call; the answers are in the order of the inputs. */
export function useCalls<N extends RendererCallName>(
  name: N,
  inputs: readonly CallInput<N>[],
): readonly UseQueryResult<CallOutput<N>, ApiError>[] {
  const api = useApi();
  return useQueries({
    queries: inputs.map((input) => ({
      queryKey: [name, input],
      queryFn: () => api.read(name, input),
    })),
  }) as readonly UseQueryResult<CallOutput<N>, ApiError>[];
}

/** An answer younger than this (ms) was requested by another component that appeared at the same time. */
const SAME_VIEW = 2000;

/** A read that is repeated whenever a component with it appears. Until it is answered, no component gets the earlier answer. */
export function useFreshCall<N extends RendererCallName>(
  name: N,
  input: CallInput<N>,
): UseQueryResult<CallOutput<N>, ApiError> {
  const client = useQueryClient();
  const hash = hashKey([name, input]);
  useEffect(() => {
    const since = Date.now() - SAME_VIEW;
    void client.resetQueries({
      predicate: ({ queryHash, state }) =>
        queryHash === hash && Math.max(state.dataUpdatedAt, state.errorUpdatedAt) < since && state.status !== 'pending',
    });
  }, [client, hash]);
  return useCall(name, input);
}

/** An expensive read waits until nothing was written for this time, ms. */
const AT_REST = 1200;

/**
 * An expensive read that is not urgent: made once nothing has been written for a while, not after each commit.
 * Undefined until it is answered, and if it fails; errors are reported where the same call is urgent.
 */
export function useCallAtRest<N extends RendererCallName>(name: N, input: CallInput<N>): CallOutput<N> | undefined {
  const api = useApi();
  const client = useQueryClient();
  const hash = hashKey([name, input]);
  const latest = useRef(input);
  const [answer, setAnswer] = useState<{ readonly hash: string; readonly data: CallOutput<N> } | null>(null);
  useEffect(() => {
    latest.current = input;
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const ask = (): void => {
      const own = latest.current;
      client
        .fetchQuery({ queryKey: [name, own], queryFn: () => api.read(name, own), staleTime: Infinity })
        .then((data) => (gone ? undefined : setAnswer({ hash, data })))
        .catch(() => undefined);
    };
    const wait = (): void => {
      clearTimeout(timer);
      timer = setTimeout(ask, AT_REST);
    };
    timer = setTimeout(ask, client.getQueryData([name, latest.current]) === undefined ? AT_REST / 4 : 0);
    const stop = api.on('project.changed', wait);
    return () => {
      gone = true;
      clearTimeout(timer);
      stop();
    };
  }, [api, client, name, hash]);
  return answer?.hash === hash ? answer.data : undefined;
}

/** A read whose answer is known already; it is made only when a commit makes it stale. */
export function useKnown<N extends RendererCallName>(
  name: N,
  input: CallInput<N>,
  known: CallOutput<N>,
): CallOutput<N> {
  const api = useApi();
  const client = useQueryClient();
  const { data } = useQuery<CallOutput<N>, ApiError>({
    queryKey: [name, input],
    queryFn: () => api.read(name, input),
    initialData: () => known,
    // While reads are being repeated after a commit, the known answer may be older than the commit.
    refetchOnMount: () => (isBehind(client) ? 'always' : true),
    // An answer from an earlier visit is not shown again: the known one is newer.
    gcTime: 0,
  });
  return data ?? known;
}

const isBehind = (client: QueryClient): boolean =>
  client
    .getQueryCache()
    .getAll()
    .some(({ state }) => state.isInvalidated || state.fetchStatus === 'fetching');

/** A part of a read’s answer. The object stays the same while its content does, whatever else changes. */
export function usePart<N extends RendererCallName, T>(
  name: N,
  input: CallInput<N>,
  part: (output: CallOutput<N>) => T,
): T | undefined {
  const api = useApi();
  return useQuery<CallOutput<N>, ApiError, T>({
    queryKey: [name, input],
    queryFn: () => api.read(name, input),
    select: part,
  }).data;
}

/** Makes a read outside of rendering, from the cache if it is there. */
export function useAsk(): <N extends RendererCallName>(name: N, input: CallInput<N>) => Promise<CallOutput<N>> {
  const api = useApi();
  const client = useQueryClient();
  return useCallback(
    (name, input) => client.ensureQueryData({ queryKey: [name, input], queryFn: () => api.read(name, input) }),
    [api, client],
  );
}

/** The cached answer of a read, if there is one: for key handlers, which cannot wait. */
export function usePeek(): <N extends RendererCallName>(name: N, input: CallInput<N>) => CallOutput<N> | undefined {
  const client = useQueryClient();
  return useCallback((name, input) => client.getQueryData([name, input]), [client]);
}

/**
 * A write, or any call with an effect. What it changed is read again on the host’s `project.changed`. Calls of the host
 * commit nothing; after them the app’s own state is read again.
 */
export function useWrite<N extends RendererCallName>(
  name: N,
): UseMutationResult<CallOutput<N>, ApiError, CallInput<N>> {
  const api = useApi();
  const client = useQueryClient();
  return useMutation<CallOutput<N>, ApiError, CallInput<N>>({
    mutationKey: [name],
    mutationFn: (input) => api.call(name, input),
    onSuccess: async () => {
      if (name.startsWith('app.')) await client.invalidateQueries({ queryKey: ['app.state'] });
    },
  });
}

/** Listens to an event while the component is mounted. */
export function useHostEvent<E extends EventName>(event: E, listener: (payload: EventPayload<E>) => void): void {
  const api = useApi();
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => api.on(event, (payload) => latest.current(payload)), [api, event]);
}
