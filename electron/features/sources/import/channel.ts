/** A queue that several takers empty while it is still being filled. */
export interface Channel<T> {
  put(item: T): void;
  /** No more will come: takers that wait are told so. */
  end(): void;
  /** The next item; undefined when the channel has ended and is empty. */
  take(): Promise<T | undefined>;
}

export function createChannel<T>(): Channel<T> {
  const items: T[] = [];
  const takers: ((item: T | undefined) => void)[] = [];
  let ended = false;
  return {
    put: (item) => {
      const taker = takers.shift();
      if (taker === undefined) items.push(item);
      else taker(item);
    },
    end: () => {
      ended = true;
      for (const taker of takers.splice(0)) taker(undefined);
    },
    take: () => {
      if (items.length > 0 || ended) return Promise.resolve(items.shift());
      return new Promise((resolve) => takers.push(resolve));
    },
  };
}

/** Runs one piece of work after the other, in the order in which they are asked for; one that fails stops none. */
export function createTurns(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine;
    return mine;
  };
}
