import type { Figure } from './figure.ts';
import { HUNDRED, Rational } from './rational.ts';
import { type Candidate, isPercentage, type Suggested, type Surroundings } from './surroundings.ts';
import { isWorded } from './worded.ts';

/** Whether two figures belong to a percentage, or to another percentage near it. */

const AGREE = new Set(['exact', 'rounds', 'truncates']);
export const agrees = ({ check: { verdict } }: Suggested): boolean => AGREE.has(verdict);

export const TENTH = Rational.of(1, 10);

/** Whether another percentage lies between a percentage and a pair that fails: do not report that the pair fails. */
export function isPastAnother(
  { kind, inputs, check: { verdict } }: Suggested,
  percentage: Figure,
  near: readonly Figure[],
  around: Surroundings,
): boolean {
  if (kind !== 'growth' || verdict !== 'fails') return false;
  // Another clause has its own change: “up 17 percent; those of men rose from 489 to 557”.
  if (inputs.every((one) => one.start >= percentage.end && /[;；]/.test(around.between(percentage, one)))) return true;
  const from = Math.min(...inputs.map(({ end }) => end));
  const to = Math.max(...inputs.map(({ start }) => start));
  const isBetween = ({ start }: Figure): boolean =>
    (percentage.end <= start && start < from) || (to < start && start < percentage.start);
  return near.some((other) => isPercentage(other) && isBetween(other));
}

/**
 * Whether a pair belongs to another percentage, which it gives or whose words name it: “Sales rose 19.2 percent to A from B, those of old
 * shops 2.7 percent”.
 */
export function isOfAnotherPercentage(
  { kind, inputs, printed, check: { verdict } }: Suggested,
  near: readonly Figure[],
  around: Surroundings,
): boolean {
  if (kind !== 'growth' || printed === null) return false;
  const from = Math.min(...inputs.map(({ start }) => start));
  const to = Math.max(...inputs.map(({ start }) => start));
  const [earliest] = inputs.filter(({ start }) => start === from);
  return near.some((other) => {
    if (other.sentence !== inputs[0]?.sentence) return false;
    const isAmong = from < other.start && other.start < to && !(from < printed.start && printed.start < to);
    // A change in words owns its pair: “42,000, almost halving compared to 83,000”.
    if (isWorded(other)) return isAmong && verdict === 'fails';
    if (!isPercentage(other) || other === printed) return false;
    const isLed = other.end <= from && earliest !== undefined && LEADS.test(around.between(other, earliest));
    if (other.language === 'en' && (isAmong || (isLed && printed.start > from))) return true;
    return (
      verdict === 'fails' &&
      (['growth', 'decline'] as const).some((operation) =>
        AGREE.has(around.suggest('growth', operation, inputs, other).check.verdict),
      )
    );
  });
}
/** Words between a percentage and its two values: “6.0 percent to 888 million from”. */
const LEADS = /^[^.;\d]{0,40}\b(?:to|from) [^.;\d]{0,48}$/;

export const isHere = (inputs: readonly Figure[], { sentence }: Figure): boolean =>
  inputs.some((input) => input.sentence === sentence);

/**
 * Whether a pair of the sentence before has the same subject: “it”, “the number”, or only words that occur there. A percentage with a decimal
 * hardly agrees with another pair by chance.
 */
export function isOfSame({ inputs }: Candidate, percentage: Figure, around: Surroundings): boolean {
  const [first] = inputs;
  // The words refer back: “This amounts to 14 percent”.
  const isSaidAgain = AGAIN_NAMED.test(subjectOf(around.sentenceTo(percentage)));
  if (isSaidAgain && percentage.language === 'en' && inputs.some(({ sentence }) => sentence > percentage.sentence))
    return false;
  if (percentage.language === 'zh' || (percentage.step !== null && percentage.step.compare(TENTH) <= 0)) return true;
  const subject = subjectOf(around.sentenceTo(first));
  if (AGAIN_NAMED.test(subject) || isSaidAgain) return true;
  const own = new Set(wordsOf(around.sentenceTo(percentage)));
  const words = wordsOf(subject);
  return words.length > 0 && words.every((word) => own.has(word));
}
/** Verbs, before which the subject of a sentence stands. */
const VERB =
  /\b(?:was|were|is|are|had|has|have|rose|fell|grew|stood|reached|came|amounted|represent\w*|mean[st]|increased|decreased|dropped|declined|climbed|averaged|totall?ed|earned)\b/i;
const subjectOf = (words: string): string => words.replace(WHO_SAID, '').split(VERB)[0] ?? '';
/** A speaker, who is not the subject: “It said that”. */
const WHO_SAID = /^(?:it|he|she|they|[^,.;]{3,40}) (?:said|says|reported|added|estimated|announced)(?: that)? /i;
const AGAIN_NAMED = /\b(?:it|its|they|their|these|this|that)\b|^the (?:number|figure|total|value|amount|count|rate) $/i;
const NO_SUBJECT =
  /^(?:with|from|during|over|last|this|quarter|month|year|period|half|first|second|third|fourth|january|february|march|april|june|july|august|september|october|november|december|ended|that|same)$/;
const wordsOf = (sentence: string): string[] =>
  (sentence.toLowerCase().match(/[a-z]{4,}/g) ?? [])
    .filter((word) => !NO_SUBJECT.test(word))
    .map((word) => word.replace(/s$/, ''));

/**
 * Whether two shares are of the same whole, which is printed elsewhere: 少数民族183151人，占24.37%，其中回族176176人，占23.45% (“183,151 minorities, 24.37%,
 * of whom 176,176 Hui, 23.45%”).
 */
export function isOfTheSame(
  percentage: Figure,
  part: Figure,
  whole: Figure,
  near: readonly Figure[],
  around: Surroundings,
): boolean {
  const own = near.find((one) => one.start >= whole.end && one.end <= part.start && one.unit === 'percent');
  if (own === undefined || !/^[，,]约?占/.test(around.between(whole, own))) return false;
  const [one, other] = [part.value.times(own.value), whole.value.times(percentage.value)];
  return (
    one
      .minus(other)
      .absolute()
      .times(HUNDRED)
      .compare(other.times(Rational.of(2))) <= 0
  );
}
