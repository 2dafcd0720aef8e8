import type { FigureEdit, FigureInText } from '../../../shared/contract/figure-cards.ts';
import { isNumberTyped as isNumber, numberTyped as typed, unitChoices, unitTyped } from '../../common/figures/words.ts';
import { placeTyped } from '../../common/places/PlaceField.tsx';
import type { Words } from '../../common/strings/use-translation.ts';

/** The contents of the fields. An empty end of the interval means open. */
export interface Draft {
  readonly value: string;
  readonly low: string;
  readonly high: string;
  readonly unit: string;
  readonly qualifier: FigureInText['qualifier'];
  readonly kind: FigureInText['kind'];
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  /** The name of a place. */
  readonly place: string;
}

/** The fields for a card made from words. A number in digits is filled in. */
export const newDraft = (words: string): Draft => ({
  value: isNumber(words) ? typed(words) : '',
  low: '',
  high: '',
  unit: '',
  qualifier: 'exact',
  kind: 'actual',
  from: '',
  to: '',
  subject: '',
  place: '',
});

type Names = ReadonlyMap<string, string>;

export const draftOf = (figure: FigureInText, names: Names, t: Words): Draft => ({
  value: figure.value,
  low: figure.interval.low ?? '',
  high: figure.interval.high ?? '',
  unit: unitChoices(t).find(({ id }) => id === figure.unit)?.words ?? figure.unit ?? '',
  qualifier: figure.qualifier,
  kind: figure.kind,
  from: figure.period?.from ?? '',
  to: figure.period?.to ?? '',
  subject: figure.subject,
  place: figure.place === null ? '' : (names.get(figure.place) ?? figure.place),
});

const orNull = (text: string): string | null => (text.trim() === '' ? null : typed(text));
const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text.trim());

/** Returns only the changed values, so that unchanged ones keep the words they come from. */
export function editOf(draft: Draft, before: Draft, names: Names, t: Words): FigureEdit {
  const differs = (...fields: readonly (keyof Draft)[]): boolean => fields.some((one) => draft[one] !== before[one]);
  return {
    ...(differs('value', 'low', 'high')
      ? { value: { value: typed(draft.value), low: orNull(draft.low), high: orNull(draft.high) } }
      : {}),
    ...(differs('unit') ? { unit: unitTyped(draft.unit, t) } : {}),
    ...(differs('qualifier') ? { qualifier: draft.qualifier } : {}),
    ...(differs('kind') ? { kind: draft.kind } : {}),
    ...(differs('from', 'to')
      ? { period: draft.from.trim() === '' ? null : { from: draft.from.trim(), to: draft.to.trim() } }
      : {}),
    ...(differs('subject') ? { subject: draft.subject.trim() } : {}),
    ...(differs('place') ? { place: placeTyped(draft.place, names) } : {}),
  };
}

/** The reading of a card made from words. Without ends the interval is exactly the value. */
export function editOfNew(draft: Draft, names: Names, t: Words): FigureEdit {
  const value = typed(draft.value);
  const isExact = draft.low.trim() === '' && draft.high.trim() === '';
  const ends = isExact ? { low: value, high: value } : { low: orNull(draft.low), high: orNull(draft.high) };
  return { ...editOf(draft, newDraft(''), names, t), value: { value, ...ends } };
}

/** Whether the fields are valid: numbers can be read, and there are both days or none. */
export function isReadable({ value, low, high, from, to }: Draft): boolean {
  const hasDays = isDay(from) && isDay(to);
  return (
    isNumber(value) &&
    [low, high].every((end) => end.trim() === '' || isNumber(end)) &&
    (hasDays || (from.trim() === '' && to.trim() === ''))
  );
}
