import type { pageStyles as contract } from '../../../shared/contract/page-styles.ts';
import type { Handlers } from '../../project/context.ts';
import { answerPageStyles, takePendingPage, pendingPage } from '../../project/sources/page-styles.ts';

/** The calls by which a window reports what a page's styles do: shared/contract/page-styles.ts. */
export const pageStylesHandlers: Handlers<typeof contract> = {
  'pageStyles.take': ({ project }, { token }) => ({ mine: takePendingPage(project, token) }),
  'pageStyles.page': ({ project }, { token }) => pendingPage(project, token),
  'pageStyles.done': ({ project }, answer) => {
    answerPageStyles(project, answer);
    return {};
  },
};
