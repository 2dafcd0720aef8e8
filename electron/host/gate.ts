import { contract, isCallName, type EngineCallName, type HostCallName } from '../../shared/contract/index.ts';
import { fail, Fault, ok, toErrorData, type Result } from '../../shared/errors.ts';
import { logError } from '../log/log.ts';
import { parseInput } from '../engine/contract.ts';
import type { HostCalls } from './app-calls.ts';
import { mayCallWhileLocked, windowsLocked } from './lock.ts';
import type { OpenProject } from './engines.ts';
import type { WindowId } from './shell.ts';
import type { Workspace } from './workspace.ts';

/**
 * Every call of a page comes through here, by IPC or HTTP, after the transport has checked who sent it. A page may only
 * make the calls meant for it, with input as the contract says. Errors are returned as data, never thrown.
 */
export interface Gate {
  call(window: WindowId, name: unknown, input: unknown): Promise<Result<unknown>>;
}

export function createGate(hostCalls: HostCalls, workspace: Workspace): Gate {
  const callHost = <N extends HostCallName>(window: WindowId, name: N, input: unknown): Promise<unknown> =>
    hostCalls[name](window, parseInput(name, input));

  const openIn = async (window: WindowId): Promise<OpenProject> => {
    const open = await workspace.project(window);
    if (open === null) throw new Fault('NOT_FOUND', 'No project is open in this window. Open or create one first.');
    return open;
  };

  const callEngine = async <N extends EngineCallName>(window: WindowId, name: N, input: unknown): Promise<unknown> => {
    const args = parseInput(name, input);
    return (await openIn(window)).engine.run(name, args);
  };

  /** Each window has its own view state. */
  const callView = async (window: WindowId, name: 'view.get' | 'view.set', input: unknown): Promise<unknown> => {
    if (name === 'view.set') {
      const args = parseInput(name, input);
      return workspace.views.write(window, await openIn(window), args);
    }
    const { key } = parseInput(name, input);
    return workspace.views.read(window, await openIn(window), key);
  };

  return {
    async call(window, name, input) {
      if (typeof name !== 'string' || !isCallName(name)) {
        return fail('NOT_ALLOWED', 'There is no such call.', { call: String(name).slice(0, 100) });
      }
      workspace.lock.noted(window);
      const started = performance.now();
      try {
        if (workspace.lock.isLocked() && !mayCallWhileLocked(name)) throw windowsLocked();
        if (name === 'view.get' || name === 'view.set') return ok(await callView(window, name, input));
        if (isHostCall(name)) return ok(await callHost(window, name, input));
        if (isPageCall(name)) return ok(await callEngine(window, name, input));
        return fail('NOT_ALLOWED', 'This call takes paths and is not for pages.', { call: name });
      } catch (thrown) {
        // Errors of an engine have been logged by the engine.
        if (!isPageCall(name)) logError(thrown, { event: 'call-failed', call: name, ms: performance.now() - started });
        return { ok: false, error: toErrorData(thrown) };
      }
    },
  };
}

type PageCallName = {
  [N in EngineCallName]: (typeof contract)[N]['kind'] extends 'read' | 'write' ? N : never;
}[EngineCallName];

const isHostCall = (name: keyof typeof contract): name is HostCallName => contract[name].kind === 'host';
const isPageCall = (name: keyof typeof contract): name is PageCallName =>
  contract[name].kind === 'read' || contract[name].kind === 'write';
