import type { Api } from '../api/index.ts';
import { notify } from '../common/notices/notices.ts';
import { say } from '../common/strings/use-translation.ts';
import { openDialog } from '../common/workbench/workbench.ts';

/** A page that fails at every frame must not fill the log. */
const MOST_RECORDED = 20;
const LIMITS = { lines: 40, line: 500, name: 100 };

let api: Api | null = null;
let recorded = 0;

/** From now on what nothing in this page catches is written to the local log, and said. */
export function watchFailures(to: Api): void {
  api = to;
  const heard = (thrown: unknown): void => {
    recordError(thrown);
    sayFailed();
  };
  // Without an error it is a remark of the browser's, such as that a ResizeObserver comes round again.
  window.addEventListener('error', ({ error }) => (error instanceof Error ? heard(error) : undefined));
  window.addEventListener('unhandledrejection', ({ reason }) => heard(reason));
}

/** Sends an error to the local log: its name and where it happened, not what it says. */
export function recordError(thrown: unknown): void {
  if (api === null || !(thrown instanceof Error) || recorded >= MOST_RECORDED) return;
  recorded += 1;
  const stack = (thrown.stack ?? '')
    .split('\n')
    .filter((line) => /^\s*at |@/.test(line))
    .slice(0, LIMITS.lines)
    .map((line) => line.slice(0, LIMITS.line));
  // Where the host is gone there is no log either, and the next call says so.
  api.call('app.reportError', { name: thrown.name.slice(0, LIMITS.name), stack }).catch(() => undefined);
}

export const sayFailed = (): void =>
  notify('bad', say('failures.unexpected'), [], {
    act: { label: say('failures.diagnostics'), run: () => openDialog('diagnostics') },
  });
