import type { CallArgs, CallOutput, EngineCallName } from '../../shared/contract/index.ts';
import { claimsHandlers } from '../features/claims/handlers.ts';
import { codebookHandlers } from '../features/codebook/handlers.ts';
import { codingHandlers } from '../features/coding/handlers.ts';
import { collectionsHandlers } from '../features/collections/handlers.ts';
import { copiesHandlers } from '../features/copies/handlers.ts';
import { dossierHandlers } from '../features/dossier/handlers.ts';
import { draftsHandlers } from '../features/drafts/handlers.ts';
import { draftReportHandlers } from '../features/drafts/report.ts';
import { evidenceHandlers } from '../features/evidence/handlers.ts';
import { addFiles } from '../features/sources/import/as-part.ts';
import { exchangeHandlers } from '../features/exchange/handlers.ts';
import { figuresHandlers } from '../features/figures/handlers.ts';
import { measuresHandlers } from '../features/measures/handlers.ts';
import { masksHandlers } from '../features/masks/handlers.ts';
import { mergeHandlers } from '../features/merge/handlers.ts';
import { passagesHandlers } from '../features/passages/handlers.ts';
import { peopleHandlers } from '../features/people/handlers.ts';
import { placesHandlers } from '../features/places/handlers.ts';
import { projectFileHandlers } from '../features/export/handlers.ts';
import { projectHandlers } from '../features/project/handlers.ts';
import { relationsHandlers } from '../features/relations/handlers.ts';
import { reviewHandlers } from '../features/review/handlers.ts';
import { searchHandlers } from '../features/search/handlers.ts';
import { pageStylesHandlers } from '../features/page-styles/handlers.ts';
import { snapshotsHandlers } from '../features/snapshots/handlers.ts';
import { timestampsHandlers } from '../features/snapshots/timestamps.ts';
import { suggestionsHandlers } from '../features/suggestions/handlers.ts';
import { sourcesHandlers } from '../features/sources/handlers.ts';
import { trashHandlers } from '../features/trash/handlers.ts';
import { versionsHandlers } from '../features/versions/handlers.ts';
import { viewsHandlers } from '../features/views/handlers.ts';
import type { WriteContext } from '../project/context.ts';

/**
 * Every engine call with its handler. The handler of a `read` call takes a ReadContext, so the compiler keeps it from
 * committing; here it is given the wider context.
 */
type AllHandlers = {
  readonly [N in EngineCallName]: (context: WriteContext, input: CallArgs<N>) => CallOutput<N> | Promise<CallOutput<N>>;
};

export const handlers: AllHandlers = {
  ...projectHandlers,
  ...projectFileHandlers,
  ...sourcesHandlers,
  ...passagesHandlers,
  ...codebookHandlers,
  ...claimsHandlers,
  ...masksHandlers,
  ...collectionsHandlers,
  ...trashHandlers,
  ...searchHandlers,
  ...placesHandlers,
  ...figuresHandlers,
  ...relationsHandlers,
  ...measuresHandlers,
  ...evidenceHandlers,
  ...exchangeHandlers(addFiles),
  ...copiesHandlers,
  ...dossierHandlers({
    agreement: codingHandlers['agreement.report'],
    conflicts: mergeHandlers['merge.conflicts'],
    figures: figuresHandlers['figures.cards'],
    relations: relationsHandlers['relations.recorded'],
  }),
  ...draftsHandlers,
  ...draftReportHandlers,
  ...viewsHandlers,
  ...suggestionsHandlers,
  ...pageStylesHandlers,
  ...versionsHandlers,
  ...peopleHandlers,
  ...mergeHandlers,
  ...reviewHandlers,
  ...codingHandlers,
  ...snapshotsHandlers,
  ...timestampsHandlers,
};
