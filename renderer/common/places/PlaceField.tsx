import { useMemo } from 'react';
import { useCall } from '../../api/index.ts';
import { Field } from '../../ui/Field.tsx';

/** The names of all places, by id. Places with the same name are told apart by their Chinese names, or else by their ids. */
export function usePlaceNames(): ReadonlyMap<string, string> {
  const places = useCall('places.list', {}).data?.places;
  return useMemo(() => {
    const all = places ?? [];
    const fullOf = ({ name, chinese }: (typeof all)[number]): string => `${name} (${chinese ?? ''})`;
    const names = countsOf(all.map(({ name }) => name));
    const full = countsOf(all.map(fullOf));
    const isOne = (counts: ReadonlyMap<string, number>, text: string): boolean => counts.get(text) === 1;
    return new Map(
      all.map((one) => {
        const { id, name, chinese } = one;
        const told = chinese !== null && isOne(full, fullOf(one)) ? fullOf(one) : `${name} (${id})`;
        return [id, isOne(names, name) ? name : told] as const;
      }),
    );
  }, [places]);
}

function countsOf(texts: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}

/** The place that somebody typed or chose: the id if the text is a place’s name, else the text itself; null if nothing was typed. */
export function placeTyped(typed: string, names: ReadonlyMap<string, string>): string | null {
  const text = typed.trim();
  const known = [...names].find(([id, name]) => id === text || name === text);
  return text === '' ? null : (known?.[0] ?? text);
}

/** How many characters must be typed before places are offered. */
const FROM = 2;
const MOST = 20;

interface PlaceFieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly names: ReadonlyMap<string, string>;
  readonly onChange: (place: string) => void;
}

/** A place by its name. */
export function PlaceField({ names, value, ...field }: PlaceFieldProps) {
  const typed = value.trim().toLowerCase();
  const offered =
    typed.length < FROM ? [] : [...names.values()].filter((name) => name.toLowerCase().includes(typed)).slice(0, MOST);
  return <Field {...field} value={value} suggestions={offered} maxLength={200} />;
}
