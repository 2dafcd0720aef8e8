import type { CallArgs } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import type { PassageId, Translation } from '../../../shared/model/index.ts';
import type { Edit } from '../../db/types.ts';
import { translationIdOf } from '../../project/ids.ts';
import type { WriteContext } from '../../project/context.ts';
import { passageOf } from '../../project/passages/passages.ts';
import { translationRecords } from './queries.ts';
import { quoted } from './move.ts';

/** Sets a passage's translation into a language; an empty text removes it. */
export function translate(context: WriteContext, input: CallArgs<'translations.set'>): Translation | null {
  const { passage: id, text, method, base } = input;
  const language = canonicalLanguage(input.language);
  const passage = passageOf(context, id);
  if (passage.deleted)
    throw new Fault('NOT_ALLOWED', 'This passage is in the trash. Restore it before you translate it.', { id });
  const existing = passage.translations.find((one) => one.language === language) ?? null;
  const there = existing?.text ?? '';
  if (base !== undefined && there !== base && there !== text)
    throw new Fault('EXISTS', 'This translation was edited elsewhere. Compare both versions, then save again.', { id });
  // Saving an unchanged text must not make the acting person its author.
  if (existing !== null && there === text && existing.method === method) return existing;
  const label = `${text.trim() === '' ? 'Remove translation of' : existing === null ? 'Translate' : 'Edit translation of'} ${quoted(passage)}`;
  context.db.commit(label, editsFor(context, id, language, existing, input));
  return passageOf(context, id).translations.find((one) => one.language === language) ?? null;
}

function editsFor(
  context: WriteContext,
  passage: PassageId,
  language: string,
  existing: Translation | null,
  { text, method }: CallArgs<'translations.set'>,
): Edit[] {
  const id = existing?.id ?? translationIdOf(passage, language);
  if (text.trim() === '')
    return existing === null ? [] : [{ entity: 'translation', id, field: 'deleted', value: true }];
  const isKnown = context.db.all(translationRecords, { passage }).some((row) => row.id === id);
  return [
    ...(isKnown
      ? [{ entity: 'translation' as const, id, field: 'deleted' as const, value: false }]
      : [
          { entity: 'translation' as const, id, field: 'passage' as const, value: passage },
          { entity: 'translation' as const, id, field: 'language' as const, value: language },
        ]),
    { entity: 'translation', id, field: 'draft', value: { text, person: context.person.id, method } },
  ];
}

/** A BCP 47 code in canonical form, so that EN and en are one translation. Throws BAD_INPUT. */
function canonicalLanguage(language: string): string {
  try {
    const [canonical] = Intl.getCanonicalLocales(language);
    if (canonical !== undefined) return canonical;
  } catch {
    // A RangeError; the sentence below says more than its message.
  }
  throw new Fault('BAD_INPUT', `“${language}” isn’t a valid language code. Use en, fr or zh-Hant, for example.`, {
    language,
  });
}
