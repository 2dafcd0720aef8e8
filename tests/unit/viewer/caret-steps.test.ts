import { describe, expect, it } from 'vitest';
import { caretStep, paragraphAround, wordAround, wordStep } from '../../../renderer/viewer/caret-steps.ts';

const word = (text: string, at: number): string => {
  const { start, end } = wordAround(text, at);
  return text.slice(start, end);
};

describe('the word at a place', () => {
  it('is a word of the language, in English, Chinese and Uyghur', () => {
    expect(word('surplus labour force', 9)).toBe('labour');
    expect(word('农村富余劳动力转移就业', 9)).toBe('就业');
    expect(word('ئىشقا ئورۇنلاشتۇرۇش توغرىسىدا', 8)).toBe('ئورۇنلاشتۇرۇش');
  });

  it('continues over a line’s end inside a Chinese word, and keeps the line feed in the selection', () => {
    const text = '有组织转移就\n业工作';
    expect(word(text, 7)).toBe('就\n业');
    expect(word(text, 5)).toBe('就\n业');
  });

  it('does not join English words over a line’s end', () => {
    expect(word('labour\nforce', 7)).toBe('force');
  });

  it('is empty in an empty text and the last word past the end', () => {
    expect(wordAround('', 3)).toEqual({ start: 0, end: 0 });
    expect(word('one two', 99)).toBe('two');
  });
});

describe('steps of the caret', () => {
  it('never end inside a surrogate pair or before a mark', () => {
    const text = 'a𠀀e\u0301b';
    const stops: number[] = [];
    for (let at = 0; at < text.length; at = caretStep(text, at, true)) stops.push(at);
    expect(stops).toEqual([0, 1, 3, 5]);
    expect(caretStep(text, 5, false)).toBe(3);
    expect(caretStep(text, 3, false)).toBe(1);
    expect(caretStep(text, 0, false)).toBe(0);
  });

  it('go word by word in both directions, over spaces and points', () => {
    const text = 'one, two three';
    expect(wordStep(text, 0, true)).toBe(3);
    expect(wordStep(text, 3, true)).toBe(8);
    expect(wordStep(text, 14, false)).toBe(9);
    expect(wordStep(text, 9, false)).toBe(5);
    expect(wordStep(text, 14, true)).toBe(14);
    expect(wordStep(text, 0, false)).toBe(0);
  });
});

it('go from line feed to line feed by paragraph in plain text', () => {
  const text = 'first\n\nthird line\nlast';
  expect(paragraphAround(text, 2)).toEqual({ start: 0, end: 5 });
  expect(paragraphAround(text, 9)).toEqual({ start: 7, end: 17 });
  expect(paragraphAround(text, 20)).toEqual({ start: 18, end: 22 });
  expect(paragraphAround(text, 6)).toEqual({ start: 6, end: 6 });
});
