import { useEffect, useMemo, useRef, type KeyboardEvent } from 'react';
import { create } from 'zustand';
import type { CallInput } from '../../../shared/contract/index.ts';
import { TIMELINE_DATES } from '../../../shared/contract/view-figures.ts';
import { errorDataOf, useAsk } from '../../api/index.ts';
import { notifyError } from '../../common/notices/notices.ts';
import { setAt, useEvidence, type TimelineDates } from './state.ts';

interface Typed {
  /** The digits of year, month and day typed so far; empty if none. */
  readonly digits: string;
  /** No passage has the date that is typed. */
  readonly isMissing: boolean;
}
const NONE: Typed = { digits: '', isMissing: false };
/** A date that is typed into the table goes to its first passage: 2021, 202103 for the month, 20210305 for the day. */
export const useTypedDate = create<Typed>()(() => NONE);

/** The numbers of digits that make a whole year, month or day: only then the table goes to the date. */
const WHOLE: readonly number[] = [4, 6, 8];
const LONGEST = 8;
/** A digit typed later than this after the last one begins a new date, in ms. */
const PAUSE = 3000;

/** Returns the typed digits as a date, with dots for the missing ones: 202103 as 2021-03-··. */
export const writtenDate = (digits: string): string => {
  const padded = digits.padEnd(LONGEST, '·');
  return `${padded.slice(0, 4)}-${padded.slice(4, 6)}-${padded.slice(6)}`;
};

/** Which date the digits mean: the one that rows are sorted or grouped by, otherwise the date of the act. */
export const useDateOfDigits = (): TimelineDates =>
  useEvidence(({ sort, group }) => {
    const sorted = TIMELINE_DATES.find((one) => one === sort?.column);
    return sorted ?? (group === 'publishedYear' ? 'published' : 'act');
  });

/** Returns a key handler, which returns whether the key was part of a date. `input`: the order of rows. `onFound`: called with the row that was found. */
export function useDateKeys(
  input: CallInput<'evidence.rows'>,
  onFound: (position: number) => void,
): (event: KeyboardEvent) => boolean {
  const ask = useAsk();
  const date = useDateOfDigits();
  const digits = useTypedDate((state) => state.digits);
  useEffect(() => {
    const timer = setTimeout(() => useTypedDate.setState(NONE), PAUSE);
    return () => clearTimeout(timer);
  }, [digits]);
  useEffect(() => () => useTypedDate.setState(NONE), []);
  const latest = useRef(onFound);
  useEffect(() => {
    latest.current = onFound;
  });
  return useMemo(() => {
    const { query, within, sort, group } = input;
    const go = async (begins: string): Promise<void> => {
      try {
        const asked = { query: query ?? '', within: within ?? [], sort: sort ?? [], group: group ?? null };
        const { position } = await ask('evidence.dated', { ...asked, date, begins });
        if (position !== null) {
          setAt(position);
          latest.current(position);
        }
        if (useTypedDate.getState().digits === begins) useTypedDate.setState({ isMissing: position === null });
      } catch (thrown) {
        notifyError(errorDataOf(thrown));
      }
    };
    return ({ key, ctrlKey, metaKey, altKey }) => {
      if (ctrlKey || metaKey || altKey) return false;
      const before = useTypedDate.getState().digits;
      if (before !== '' && (key === 'Escape' || key === 'Backspace')) {
        useTypedDate.setState({ digits: key === 'Escape' ? '' : before.slice(0, -1), isMissing: false });
        return true;
      }
      if (!/^\d$/.test(key)) return false;
      const after = before.length === LONGEST ? key : before + key;
      useTypedDate.setState({ digits: after, isMissing: false });
      if (WHOLE.includes(after.length)) void go(after);
      return true;
    };
  }, [ask, date, input]);
}
