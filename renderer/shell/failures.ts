import type { Api } from '../api/index.ts';
import { notify } from '../common/notices/notices.ts';
import { say } from '../common/strings/use-translation.ts';
import { openDialog } from '../common/workbench/workbench.ts';

/** The most errors recorded: a page that fails in every frame must not fill the log. */
const MOST_RECORDED = 20;
const LIMITS = { lines: 40, line: 500, name: 100 };

let api: Api | null = null;
let recorded = 0;

/** Reports uncaught errors: to the local log, and to the person. */
export function watchFailures(to: Api): void {
  api = to;
  const report = (thrown: unknown): void => {
    recordError(thrown);
    sayFailed();
  };
  // An event without an Error is a browser warning, such as a ResizeObserver loop.
  window.addEventListener('error', ({ error }) => (error instanceof Error ? report(error) : undefined));
  window.addEventListener('unhandledrejection', ({ reason }) => report(reason));
}

/** Sends an error to the local log: its name and location, not its message. */
export function recordError(thrown: unknown): void {
  if (api === null || !(thrown instanceof Error) || recorded >= MOST_RECORDED) return;
  recorded += 1;
  const stack = (thrown.stack ?? '')
    .split('\n')
    .filter((line) => /^\s*at |@/.test(line))
    .slice(0, LIMITS.lines)
    .map((line) => line.slice(0, LIMITS.line));
  // If the host has ended there is no log either, and the next call reports it.
  api.call('app.reportError', { name: thrown.name.slice(0, LIMITS.name), stack }).catch(() => undefined);
}

export const sayFailed = (): void =>
  notify('bad', say('failures.unexpected'), [], {
    act: { label: say('failures.diagnostics'), run: () => openDialog('diagnostics') },
  });
