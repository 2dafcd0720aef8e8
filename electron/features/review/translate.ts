import type { CallArgs } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import type { PassageId, Translation } from '../../../shared/model/index.ts';
import type { Edit } from '../../db/types.ts';
import { translationIdOf } from '../../project/ids.ts';
import type { WriteContext } from '../../project/context.ts';
import { passageOf } from '../../project/passages/passages.ts';
import { translationRecords } from './queries.ts';
import { quoted } from './move.ts';

/** Sets what a passage says in another language; an empty text removes it. */
export function translate(context: WriteContext, input: CallArgs<'translations.set'>): Translation | null {
  const { passage: id, text, method, base } = input;
  const language = canonicalLanguage(input.language);
  const passage = passageOf(context, id);
  if (passage.deleted)
    throw new Fault('NOT_ALLOWED', 'This passage is in the trash. Restore it before you translate it.', { id });
  const standing = passage.translations.find((one) => one.language === language) ?? null;
  const there = standing?.text ?? '';
  if (base !== undefined && there !== base && there !== text)
    throw new Fault('EXISTS', 'This translation was edited elsewhere. Compare both versions, then save again.', { id });
  // Saving the same words again takes nothing over from whoever wrote them.
  if (standing !== null && there === text && standing.method === method) return standing;
  const label = `${text.trim() === '' ? 'Remove translation of' : standing === null ? 'Translate' : 'Edit translation of'} ${quoted(passage)}`;
  context.db.commit(label, editsFor(context, id, language, standing, input));
  return passageOf(context, id).translations.find((one) => one.language === language) ?? null;
}

function editsFor(
  context: WriteContext,
  passage: PassageId,
  language: string,
  standing: Translation | null,
  { text, method }: CallArgs<'translations.set'>,
): Edit[] {
  const id = standing?.id ?? translationIdOf(passage, language);
  if (text.trim() === '')
    return standing === null ? [] : [{ entity: 'translation', id, field: 'deleted', value: true }];
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

/** BCP 47 in one way of writing, so that EN and en are one translation. BAD_INPUT. */
function canonicalLanguage(language: string): string {
  try {
    const [canonical] = Intl.getCanonicalLocales(language);
    if (canonical !== undefined) return canonical;
  } catch {
    // A RangeError, whose words say no more than the sentence below.
  }
  throw new Fault('BAD_INPUT', `“${language}” isn’t a valid language code. Use en, fr or zh-Hant, for example.`, {
    language,
  });
}
