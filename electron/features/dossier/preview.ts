import type { CallArgs } from '../../../shared/contract/index.ts';
import type { DossierExhibit, DossierPreview, DossierWarning } from '../../../shared/contract/dossier.ts';
import { claimId, passageId, sourceId } from '../../../shared/model/index.ts';
import { toErrorData } from '../../../shared/errors.ts';
import { isVouched } from '../../../shared/review/status.ts';
import type { QueryFault } from '../../../shared/query/faults.ts';
import type { Dossier, Exhibit } from '../../formats/dossier/model.ts';
import type { ReadContext } from '../../project/context.ts';
import { Masking } from '../../project/masks/masking.ts';
import { chosenFor } from './chosen.ts';
import { compose, type Knows } from './compose.ts';
import { whyNotDrawn } from './shown.ts';

/** A summary of the dossier before it is made. `refused` says why it can't be made. */
export async function preview(
  context: ReadContext,
  knows: Knows,
  asked: CallArgs<'dossier.preview'>,
): Promise<DossierPreview> {
  const chosen = await chosenFor(context, asked.from);
  if (chosen.faults.length > 0) return { ...NOTHING, faults: chosen.faults.map(plainFault) };
  try {
    const { dossier } = await compose(context, knows, { asked, chosen, keys: [], samples: 0 });
    return shown(dossier, new Masking(context));
  } catch (thrown) {
    const { code, message } = toErrorData(thrown);
    if (code !== 'TOO_LARGE' && code !== 'UNMASKED') throw thrown;
    return { ...NOTHING, refused: [{ code, message }] };
  }
}

const plainFault = ({ code, span, sentence, mends }: QueryFault) => ({
  code,
  span: { ...span },
  sentence,
  mends: mends.map((mend) => ({ ...mend, span: { ...mend.span } })),
});

const NOTHING: DossierPreview = {
  faults: [],
  exhibits: [],
  groups: [],
  counts: {
    exhibits: 0,
    documents: 0,
    bytes: 0,
    origins: 0,
    copies: 0,
    translated: 0,
    working: 0,
    categories: 0,
    gaps: 0,
    figures: null,
    masks: 0,
  },
  alpha: null,
  warnings: [],
  refused: [],
};

function shown(dossier: Dossier, masking: Masking): DossierPreview {
  const documents = new Map(dossier.documents.map((one) => [one.id, one]));
  const exhibits = dossier.exhibits.map((one): DossierExhibit => {
    const document = documents.get(one.document);
    const { passage } = one;
    return {
      number: one.number,
      label: one.label,
      passages: [passage.id, ...(passage.also ?? [])].map((id) => passageId.parse(id)),
      source: sourceId.parse(one.document),
      title: document?.title ?? '',
      kind: document?.kind ?? 'text',
      page: passage.page,
      quote: passage.quote,
      language: document?.language ?? null,
      translation: translationOf(one),
      picture: whyNotDrawn(masking, one) === null ? one.picture : 'words',
      isProtected: one.isProtected,
      state: passage.state,
      isDisputed: one.isDisputed,
      claims: one.claims.map(({ number, as }) => ({
        claim: claimId.parse(dossier.claims[number - 1]?.id),
        as,
        isUnanswered: isUnanswered(dossier, one, number),
      })),
      isKept: one.isKept,
    };
  });
  const origins = new Set(dossier.documents.map(({ id, text }) => text ?? id)).size;
  return {
    ...NOTHING,
    exhibits,
    groups: dossier.groups.map(({ claim, document, exhibits: numbers }) => {
      const of = claim === null ? undefined : dossier.claims[claim - 1];
      return {
        claim: of === undefined ? null : claimId.parse(of.id),
        document: document === null ? null : sourceId.parse(document),
        text: of?.claim ?? documents.get(document ?? '')?.title ?? '',
        exhibits: [...numbers],
        unanswered: of?.unanswered ?? 0,
      };
    }),
    counts: {
      exhibits: exhibits.length,
      documents: dossier.documents.length,
      bytes: dossier.documents.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0),
      origins,
      copies: dossier.documents.length - origins,
      translated: exhibits.filter(({ translation }) => translation === 'approved').length,
      working: exhibits.filter(({ translation }) => translation === 'working').length,
      categories: dossier.categories.length,
      gaps: dossier.documents.reduce((sum, { gaps }) => sum + gaps.length, 0),
      figures: dossier.figures?.figures.length ?? null,
      masks: dossier.masks.reduce((sum, { count }) => sum + count, 0),
    },
    alpha: dossier.agreement?.alpha ?? null,
    warnings: warningsOf(dossier, exhibits),
  };
}

function translationOf({ passage }: Exhibit): DossierExhibit['translation'] {
  if (passage.translations.length === 0) return 'none';
  return passage.translations.some(({ state }) => state === 'approved') ? 'approved' : 'working';
}

function isUnanswered({ claims }: Dossier, { passage }: Exhibit, claim: number): boolean {
  const ids = [passage.id, ...(passage.also ?? [])];
  return (claims[claim - 1]?.against ?? []).some(
    (one) => one.as === 'contradicts' && one.answer === '' && ids.includes(one.passage),
  );
}

function warningsOf(dossier: Dossier, exhibits: readonly DossierExhibit[]): DossierWarning[] {
  const numbers = (fits: (one: DossierExhibit) => boolean): number[] =>
    exhibits.filter(fits).map(({ number }) => number);
  const onClaims = dossier.claims.flatMap(({ id, claim: text, unanswered, trashed, supports, exhibits: own }) => {
    const of = { claim: claimId.parse(id), text, exhibits: [...own] };
    return [
      ...(unanswered > 0 ? [{ kind: 'unanswered' as const, ...of }] : []),
      ...(supports.passages === 0 ? [{ kind: 'noSupport' as const, ...of }] : []),
      ...(trashed > 0 ? [{ kind: 'trashed' as const, ...of }] : []),
    ];
  });
  const onExhibits = (
    [
      ['translation', ({ translation }) => translation === 'working'],
      ['disputed', ({ isDisputed }) => isDisputed],
      ['notApproved', ({ state }) => !isVouched(state)],
      ['noPicture', ({ picture }) => picture === 'words'],
      ['protected', ({ isProtected }) => isProtected],
      ['kept', ({ isKept }) => isKept],
    ] as const satisfies readonly (readonly [string, (one: DossierExhibit) => boolean])[]
  ).map(([kind, fits]) => ({ kind, exhibits: numbers(fits) }));
  return [
    ...onClaims,
    ...onExhibits.filter((one) => one.exhibits.length > 0),
    ...(dossier.shows.summary && dossier.summary.trim() === '' ? [{ kind: 'summary' as const, exhibits: [] }] : []),
  ];
}
