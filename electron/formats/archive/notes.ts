import { LIMITS } from './limits.ts';
import type { Damages } from './records.ts';

/** The notes on one archive, without repetitions, limited in number. */
export interface Notes {
  add(note: string): void;
  list(): readonly string[];
}

export function createNotes(): Notes {
  const notes = new Set<string>();
  return {
    add: (note) => {
      if (notes.size < LIMITS.notes) notes.add(note);
    },
    list: () => [...notes],
  };
}

export const several = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** A summary of the damage in one WARC, in words. `records` were read from it. */
export function noteDamages(notes: Notes, name: string | null, damages: Damages, records: number): void {
  const where = name === null ? 'The file' : `“${name}”`;
  if (damages.gaveUp) notes.add(`${where} is damaged in more than ${LIMITS.damages} places; the rest wasn’t read.`);
  if (damages.cut)
    notes.add(`${where} is cut off in or after record ${records}: it wasn’t fully downloaded or written.`);
  if (damages.members > 0)
    notes.add(
      `${where} is damaged: ${several(damages.members, 'compressed part', 'compressed parts')} can’t be fully unpacked.`,
    );
  if (damages.lied > 0)
    notes.add(
      `${where} has ${several(damages.lied, 'record whose length is wrong', 'records whose length is wrong')}; each was read up to the next record.`,
    );
  const lost = damages.searched - damages.lied - damages.members - (damages.cut ? 1 : 0);
  if (lost > 0 && !damages.gaveUp)
    notes.add(`${where} is damaged: some bytes belong to no record (${several(lost, 'place', 'places')}).`);
}
