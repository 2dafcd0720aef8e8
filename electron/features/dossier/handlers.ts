import type { dossier } from '../../../shared/contract/dossier.ts';
import type { dossierCheck } from '../../../shared/contract/dossier-check.ts';
import type { dossierOut } from '../../../shared/contract/dossier-out.ts';
import type { Handlers } from '../../project/context.ts';
import { checkFolder } from './check.ts';
import type { Knows } from './compose.ts';
import { exportDossier, show } from './out.ts';
import { preview } from './preview.ts';
import { savedDossiers } from './saved.ts';

/** See shared/contract/dossier.ts. `knows`: the functions of other features for agreement and conflicts. */
export const dossierHandlers = (knows: Knows): Handlers<typeof dossier & typeof dossierOut & typeof dossierCheck> => ({
  ...savedDossiers,
  'dossier.preview': (context, asked) => preview(context, knows, asked),
  'dossier.show': (context, asked) => show(context, knows, asked),
  'dossier.export': (context, asked) => exportDossier(context, knows, asked),
  'dossier.verify': ({ pool, signal }, { path, passwords }) => checkFolder(pool, path, { signal, passwords }),
});
