import { describe, expect, it } from 'vitest';
import { finderFor } from '../../../../electron/project/places/own.ts';
import { readDraft } from '../../../../shared/drafts/check-draft.ts';
import { CONVENTIONS } from '../../../../shared/drafts/conventions.ts';

const named = (text: string): string[][] => {
  const places = finderFor({ names: [], places: [] }).find(text, { year: 2024 });
  return readDraft(text, 'hard', CONVENTIONS['publisher-date'], '2024-05-17', { places }).places.map((one) => [
    one.text,
    one.other,
  ]);
};

describe('a place in a draft', () => {
  it('is called by two names where another name of it stands before', () => {
    expect(named('Workers left Kashgar Prefecture in May. Kashi Prefecture sent more in June.')).toEqual([
      ['Kashi Prefecture', 'Kashgar Prefecture'],
    ]);
    expect(named('Workers left Lop County in May. More left Luopu County. Luopu County is poor.')).toEqual([
      ['Luopu County', 'Lop County'],
      ['Luopu County', 'Lop County'],
    ]);
  });

  it('is called by two names where all of them may mean the same city, county or prefecture', () => {
    expect(named('Workers left Hotan in May. Khotan sent more in June, and Hetian in July. Hotan is large.')).toEqual([
      ['Khotan', 'Hotan'],
      ['Hetian', 'Hotan'],
    ]);
    // What is named with its kind is another name of one of them only.
    expect(named('Workers left Hotan Prefecture in May. Khotan sent more in June.')).toEqual([]);
  });

  it('is called by one name with and without the word for its unit, by a short form, and in another script', () => {
    expect(named('Kashgar Prefecture grew. In Kashgar Prefecture’s towns it did not.')).toEqual([]);
    expect(
      named('The Xinjiang Uyghur Autonomous Region (XUAR) grew. Xinjiang is large, and the XUAR is poor.'),
    ).toEqual([]);
    expect(named('Lop County (洛浦县) grew. In 洛浦县 it rained.')).toEqual([]);
  });

  it('keeps the names of others: in quotations, in citations, and in brackets right after the draft’s own', () => {
    expect(named('Lop County (Luopu County) grew. Lop County is poor.')).toEqual([]);
    expect(
      named('Lop County grew. They wrote “Luopu County has grown well” (Luopu County Government, May 3).'),
    ).toEqual([]);
  });
});
