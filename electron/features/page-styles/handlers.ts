import type { settling as contract } from '../../../shared/contract/page-styles.ts';
import type { Handlers } from '../../project/context.ts';
import { answerPageStyles, takePendingPage, pendingPage } from '../../project/sources/page-styles.ts';

/** A window says what a page's styles do: shared/contract/page-styles.ts. */
export const settlingHandlers: Handlers<typeof contract> = {
  'settle.take': ({ project }, { token }) => ({ mine: takePendingPage(project, token) }),
  'settle.page': ({ project }, { token }) => pendingPage(project, token),
  'settle.done': ({ project }, answer) => {
    answerPageStyles(project, answer);
    return {};
  },
};
