import type { settling as contract } from '../../../shared/contract/page-styles.ts';
import type { Handlers } from '../../project/context.ts';
import { answerSettling, takeSettling, unsettledPage } from '../../project/sources/page-styles.ts';

/** A window says what a page's styles do: shared/contract/page-styles.ts. */
export const settlingHandlers: Handlers<typeof contract> = {
  'settle.take': ({ project }, { token }) => ({ mine: takeSettling(project, token) }),
  'settle.page': ({ project }, { token }) => unsettledPage(project, token),
  'settle.done': ({ project }, answer) => {
    answerSettling(project, answer);
    return {};
  },
};
