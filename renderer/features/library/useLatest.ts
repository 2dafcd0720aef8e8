import { useEffect, useRef, type RefObject } from 'react';

/** The newest of a value, for what outlives one drawing. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useEffect(() => {
    latest.current = value;
  });
  return latest;
}
