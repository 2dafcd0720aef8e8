import { expect, it } from 'vitest';
import { timeOf } from '../../../../electron/formats/archive/lookup.ts';

it('times of records are the same in every time zone of the machine', () => {
  const zone = process.env['TZ'];
  try {
    for (const place of ['UTC', 'Asia/Shanghai', 'America/New_York']) {
      process.env['TZ'] = place;
      const noon = Date.UTC(2024, 4, 6, 12);
      expect(timeOf('2024-05-06T12:00:00Z')).toBe(noon);
      expect(timeOf('2024-05-06T12:00:00')).toBe(noon);
      expect(timeOf('2024-05-06 12:00:00')).toBe(noon);
      expect(timeOf('2024-05-06T20:00:00.5+08:00')).toBe(noon + 500);
      expect([timeOf('2024-05'), timeOf('2024')]).toEqual([Date.UTC(2024, 4), Date.UTC(2024)]);
      // As no archive writes times, and as each machine would read it in its own zone.
      expect([timeOf('May 6, 2024 12:00'), timeOf('2024-13-77T00:00:00Z'), timeOf(null)]).toEqual([0, 0, 0]);
    }
  } finally {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  }
});
