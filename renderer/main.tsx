import './main.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nProvider } from 'react-aria-components';
import { ApiProvider, chooseTransport, createApi, makeQueryClient } from './api/index.ts';
import { App } from './shell/App.tsx';
import { ErrorBoundary } from './shell/ErrorBoundary.tsx';
import { withNewsPassing } from './common/notices/notices.ts';
import { commitPendingOnLeave } from './common/drafts/pending-commits.ts';
import { withNameAsked } from './common/people/name-asked.ts';
import { watchFailures } from './shell/failures.ts';
import { startI18n } from './shell/strings.ts';

startI18n();
commitPendingOnLeave();
const root = document.getElementById('root');
if (root === null) throw new Error('The page has no element #root.');

const api = withNewsPassing(withNameAsked(createApi(chooseTransport(), import.meta.env.DEV)));
watchFailures(api);
createRoot(root).render(
  <StrictMode>
    <I18nProvider locale="en-GB">
      <ApiProvider api={api} client={makeQueryClient()}>
        <ErrorBoundary>
          <App />
        </ErrorBoundary>
      </ApiProvider>
    </I18nProvider>
  </StrictMode>,
);
