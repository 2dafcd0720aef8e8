import { signersOfAll } from '../../project/people/signers.ts';
import type { LogOf } from '../../project/people/unsigned-reasons.ts';
import { taggedPlaces, type TaggedRow } from './queries.ts';

/** The live tags with their places, each of whoever counts as its coder: one that its person never signed is of who signed it. */
export function tagsNow(reader: LogOf): readonly TaggedRow[] {
  const { of } = signersOfAll(reader);
  const rows = reader.db.all(taggedPlaces, {});
  return of.size === 0 ? rows : rows.map((row) => ({ ...row, person: of.get(row.id) ?? row.person }));
}
