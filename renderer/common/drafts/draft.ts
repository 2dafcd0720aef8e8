import { useEffect, useRef, useState } from 'react';
import { onGoing } from './pending-commits.ts';

/**
 * What is being typed or chosen, until the stored one says something new: then it is gone for good. Were it only set aside,
 * an undo would bring it back into the field, and leaving the field would save it again.
 */
export function useDraft<T>(stored: T): [T, (value: T) => void] {
  const [draft, setDraft] = useState({ stored, value: stored });
  if (draft.stored !== stored) setDraft({ stored, value: stored });
  return [draft.stored === stored ? draft.value : stored, (value) => setDraft({ stored, value })];
}

/**
 * Does what leaving a field does also when the field goes while one types in it, or the whole window: nobody's words are
 * lost. It may be done twice for one text: what is stored already must not be stored again.
 */
export function useLeaving(leave: () => void): void {
  const latest = useRef(leave);
  useEffect(() => {
    latest.current = leave;
  });
  useEffect(() => {
    const end = onGoing(() => latest.current());
    return () => {
      end();
      latest.current();
    };
  }, []);
}
