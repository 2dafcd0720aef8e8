/** What crosses between the page's world and the preload's: functions and promises by number, everything else cloned. */
export interface WorldBridge {
  out(value: unknown): unknown;
  in(value: unknown): unknown;
  fire(type: string, detail: unknown): void;
}

/**
 * One end of `contextBridge`. Both worlds hold a wrapper of one DOM object, a MessagePort used as a private EventTarget:
 * Blink clones a CustomEvent's detail from world to world, and dispatching is synchronous. The function's source text is run
 * inside pages, so it uses nothing from outside itself.
 */
export function makeBridge(port: EventTarget, me: string, you: string): WorldBridge {
  type Crossing =
    { f: number } | { p: number } | { a: Crossing[] } | { o: [string, Crossing][] } | { e: string } | { v: unknown };
  type Answer = { ok: boolean; value: Crossing };
  const functions = new Map<number, (...args: unknown[]) => unknown>();
  const numbers = new WeakMap<object, number>();
  const waiting = new Map<number, (answer: Answer) => void>();
  let count = 0;
  let answer: Answer | null = null;

  const fire = (type: string, detail: unknown): void => void port.dispatchEvent(new CustomEvent(me + type, { detail }));
  const hear = <T>(type: string, listener: (detail: T) => void): void =>
    port.addEventListener(you + type, (event) => listener((event as CustomEvent<T>).detail));
  const failed = (thrown: unknown): Answer => ({
    ok: false,
    value: { e: thrown instanceof Error ? thrown.message : String(thrown) },
  });

  function out(value: unknown): Crossing {
    if (typeof value === 'function') {
      const number = numbers.get(value) ?? (count += 1);
      numbers.set(value, number);
      functions.set(number, value as (...args: unknown[]) => unknown);
      return { f: number };
    }
    if (value instanceof Promise) {
      const number = (count += 1);
      value
        .then((result) => ({ ok: true, value: out(result) }), failed)
        .then(
          (settled) => fire('settled', { number, ...settled }),
          (thrown) => fire('settled', { number, ...failed(thrown) }),
        );
      return { p: number };
    }
    if (value instanceof Error) return { e: value.message };
    if (Array.isArray(value)) return { a: value.map(out) };
    if (typeof value === 'object' && value !== null && Object.prototype.toString.call(value) === '[object Object]') {
      return { o: Object.entries(value).map(([key, inner]) => [key, out(inner)]) };
    }
    // Primitives and what Blink itself clones: File, Blob, ArrayBuffer …
    return { v: value };
  }

  function into(crossing: Crossing): unknown {
    if ('f' in crossing) return (...args: unknown[]) => call(crossing.f, args);
    if ('p' in crossing) {
      return new Promise((resolve, reject) =>
        waiting.set(crossing.p, ({ ok, value }) => (ok ? resolve(into(value)) : reject(into(value)))),
      );
    }
    if ('a' in crossing) return crossing.a.map(into);
    if ('o' in crossing) return Object.fromEntries(crossing.o.map(([key, inner]) => [key, into(inner)]));
    if ('e' in crossing) return new Error(crossing.e);
    return crossing.v;
  }

  function call(number: number, args: unknown[]): unknown {
    answer = null;
    fire('call', { number, args: args.map(out) });
    const got: Answer | null = answer;
    answer = null;
    if (got === null) throw new Error('The other world did not answer: its page is gone');
    const { ok, value } = got as Answer;
    if (!ok) throw into(value);
    return into(value);
  }

  hear<{ number: number; args: Crossing[] }>('call', ({ number, args }) => {
    let result: Answer;
    try {
      result = { ok: true, value: out(functions.get(number)?.(...args.map(into))) };
    } catch (thrown) {
      result = failed(thrown);
    }
    fire('answer', result);
  });
  hear<Answer>('answer', (got) => {
    answer = got;
  });
  hear<Answer & { number: number }>('settled', ({ number, ...settled }) => {
    waiting.get(number)?.(settled);
    waiting.delete(number);
  });
  return { out, in: (value) => into(value as Crossing), fire };
}
