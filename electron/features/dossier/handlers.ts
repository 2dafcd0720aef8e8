import type { dossier as contract } from '../../../shared/contract/dossier.ts';
import type { Handlers } from '../../project/context.ts';
import type { Knows } from './compose.ts';
import { preview } from './preview.ts';
import { savedDossiers } from './saved.ts';

/** `knows`: what other features know of agreement and conflicts. See shared/contract/dossier.ts. */
export const dossierHandlers = (knows: Knows): Handlers<typeof contract> => ({
  ...savedDossiers,
  'dossier.preview': (context, asked) => preview(context, knows, asked),
});
