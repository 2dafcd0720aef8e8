import { describe, expect, it } from 'vitest';
import { initialsOf } from '../../../../renderer/ui/Badge.tsx';
import { familyOf, familyStyle, restOf } from '../../../../renderer/ui/FamilySign.tsx';
import { fitColumns, type Fitting } from '../../../../renderer/ui/DataGrid.tsx';

describe('initials', () => {
  it('are two letters of a name in any script', () => {
    expect(initialsOf('A. Lindqvist')).toBe('AL');
    expect(initialsOf('jeanne marie moreau')).toBe('JM');
    expect(initialsOf('王小明')).toBe('王小');
    expect(initialsOf('𠮷田')).toBe('𠮷田');
    expect(initialsOf('Analyst')).toBe('AN');
    expect(initialsOf('  ')).toBe('?');
  });
});

describe('a top-level category', () => {
  it('is the first part of a code', () => {
    expect(familyOf('SYS.VSETC.PLACE')).toBe('SYS');
    expect(restOf('SYS.VSETC.PLACE')).toBe('VSETC.PLACE');
    expect(restOf('SYS')).toBe('');
  });

  it('has tokens if it is built in, and its own colour otherwise', () => {
    expect(familyStyle('TRF.PAIR', '#123456')).toEqual({ className: 'f-trf', style: {} });
    expect(familyStyle('HEALTH.X', '#123456')).toEqual({ className: 'f-own', style: { '--own': '#123456' } });
  });
});

describe('columns', () => {
  const columns: readonly (Fitting & { id: string })[] = [
    { id: 'title', width: '--w' },
    { id: 'publisher', width: '--w', drop: 1 },
    { id: 'published', width: '--w', drop: 2 },
    { id: 'passages', width: '--w' },
  ];
  const fit = (room: number): string =>
    fitColumns(columns, room, 10, () => 100)
      .map(({ id }) => id)
      .join();

  it('are dropped in their order where there is no room, except those that must stay', () => {
    expect(fit(430)).toBe('title,publisher,published,passages');
    expect(fit(429)).toBe('title,publisher,passages');
    expect(fit(319)).toBe('title,passages');
    expect(fit(5)).toBe('title,passages');
  });
});
