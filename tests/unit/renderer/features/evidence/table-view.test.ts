import { expect, it, vi } from 'vitest';
import { USUAL_COLUMNS } from '../../../../../renderer/features/evidence/state.ts';
import { fitting } from '../../../../../renderer/features/evidence/table-view.ts';

/** As in renderer/styles/tokens.css, in CSS pixels. */
const PIXELS: Readonly<Record<string, number>> = {
  '--key': 18,
  '--s-3': 12,
  '--s-5': 24,
  '--col-s': 68,
  '--col-date': 112,
  '--col-name': 160,
  '--quote-least': 384,
};
vi.mock('../../../../../renderer/ui/token.ts', () => ({ tokenPixels: (name: string) => PIXELS[name] ?? 0 }));

it('leaves the quote its room: usual columns are left out one by one, in a window of 1024 pixels, and none where there is room', () => {
  expect(fitting(USUAL_COLUMNS, 1400)).toEqual({ shown: USUAL_COLUMNS, leftOut: [] });
  const { shown, leftOut } = fitting(USUAL_COLUMNS, 1024);
  expect(leftOut).toEqual(['person', 'grade']);
  expect(shown).toEqual(['category', 'source', 'act', 'state']);
  // With the groups beside it the source goes as well, as in the design.
  expect(fitting(USUAL_COLUMNS, 1024 - 84).leftOut).toEqual(['person', 'grade', 'source']);
});

it('never leaves out a column that somebody chose beside the usual ones', () => {
  const chosen = [...USUAL_COLUMNS, 'memo', 'places'] as const;
  const { shown, leftOut } = fitting(chosen, 400);
  expect(leftOut).toEqual(['person', 'grade', 'source']);
  expect(shown).toContain('memo');
  expect(shown).toContain('places');
});
