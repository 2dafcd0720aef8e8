import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { personId, placeChoiceId, sourceId } from '../../../shared/model/index.ts';
import type { Readable } from '../../db/types.ts';
import type { WriteContext } from '../../project/context.ts';
import { choicesOf } from '../../project/places/choices.ts';

/** Decisions on names, as far as this version understands them. */
export const listChoices = (db: Readable): CallOutput<'places.choices'>['choices'] =>
  choicesOf(db).flatMap(({ id, source, text, place, person }) => {
    const known = placeChoiceId.safeParse(id).data;
    const of = sourceId.safeParse(source).data;
    if (known === undefined || of === undefined) return [];
    return [
      {
        id: known,
        source: of,
        text,
        place: place === '' ? null : place,
        person: personId.safeParse(person).data ?? null,
      },
    ];
  });

export function unchoose({ db }: WriteContext, { id }: CallArgs<'places.unchoose'>): CallOutput<'places.unchoose'> {
  const one = choicesOf(db).find((choice) => choice.id === id);
  if (one === undefined)
    throw new Fault('NOT_FOUND', 'No such decision in this project. Choose one from the list.', { id });
  db.commit(`Ask again what “${one.text}” means`, [{ entity: 'placechoice', id, field: 'deleted', value: true }]);
  return {};
}
