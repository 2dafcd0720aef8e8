import { describe, expect, it } from 'vitest';
import { createApi } from '../../../../renderer/api/client.ts';
import { ApiError, errorDataOf } from '../../../../renderer/api/api-error.ts';
import { asResult, type Transport } from '../../../../renderer/api/transport.ts';
import type { HostEvent } from '../../../../shared/contract/http.ts';
import { fail, ok, type Result } from '../../../../shared/errors.ts';

class PaperTransport implements Transport {
  readonly calls: unknown[] = [];
  listeners: ((event: HostEvent) => void)[] = [];
  readonly #answer: Result<unknown>;
  constructor(answer: Result<unknown>) {
    this.#answer = answer;
  }
  call(name: string, input: unknown): Promise<Result<unknown>> {
    this.calls.push([name, input]);
    return Promise.resolve(this.#answer);
  }
  offer(): Promise<Result<unknown>> {
    return Promise.resolve(this.#answer);
  }
  listen(listener: (event: HostEvent) => void): () => void {
    this.listeners.push(listener);
    return () => {
      this.listeners = this.listeners.filter((one) => one !== listener);
    };
  }
  tell(event: string, payload: unknown): void {
    for (const listener of this.listeners) listener({ event, payload });
  }
}

describe('the api', () => {
  it('returns the value of a successful call', async () => {
    const transport = new PaperTransport(ok({ undo: 'Tag passage', redo: null }));
    await expect(createApi(transport, true).call('history.state', {})).resolves.toEqual({
      undo: 'Tag passage',
      redo: null,
    });
    expect(transport.calls).toEqual([['history.state', {}]]);
  });

  it('rejects with the host’s error', async () => {
    const api = createApi(new PaperTransport(fail('DISK_FULL', 'The disk is full. Free some space.')), false);
    const thrown: unknown = await api.call('history.undo', {}).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(ApiError);
    expect(errorDataOf(thrown)).toEqual({ code: 'DISK_FULL', message: 'The disk is full. Free some space.' });
  });

  it('checks outputs against the contract in development only', async () => {
    const broken = ok({ undo: 5 });
    await expect(createApi(new PaperTransport(broken), true).call('history.state', {})).rejects.toThrow(
      'breaks the contract',
    );
    await expect(createApi(new PaperTransport(broken), false).call('history.state', {})).resolves.toEqual({ undo: 5 });
  });

  it('passes on an event of the contract, and drops an invalid one', () => {
    const transport = new PaperTransport(ok({}));
    const api = createApi(transport, false);
    const heard: unknown[] = [];
    const stop = api.on('project.opened', (payload) => heard.push(payload));
    transport.tell('project.opened', { title: 'Liuquan', showing: 1 });
    transport.tell('project.opened', { title: 7, showing: 2 });
    transport.tell('project.unknown', { title: 'x' });
    transport.tell('project.closed', {});
    expect(heard).toEqual([{ title: 'Liuquan', showing: 1 }]);
    stop();
    expect(transport.listeners).toHaveLength(0);
  });

  it('subscribes to the transport once, however many listeners there are', () => {
    const transport = new PaperTransport(ok({}));
    const api = createApi(transport, false);
    const stops = [
      api.on('project.opened', () => undefined),
      api.on('project.closed', () => undefined),
      api.on('project.opened', () => undefined),
    ];
    expect(transport.listeners).toHaveLength(1);
    stops.forEach((stop) => stop());
    expect(transport.listeners).toHaveLength(0);
  });

  it('accepts only tokens for offered files', async () => {
    await expect(
      createApi(new PaperTransport(ok([{ token: '12345678', name: 'a.pdf' }])), false).offer([]),
    ).resolves.toEqual([{ token: '12345678', name: 'a.pdf' }]);
    await expect(createApi(new PaperTransport(ok([{ path: '/home/x/a.pdf' }])), false).offer([])).rejects.toThrow(
      'token',
    );
  });
});

/** A transport that answers when the test says so. */
class SlowTransport extends PaperTransport {
  readonly #waiting: ((answer: Result<unknown>) => void)[] = [];
  constructor() {
    super(ok(null));
  }
  override call(name: string, input: unknown): Promise<Result<unknown>> {
    this.calls.push([name, input]);
    return new Promise((answered) => this.#waiting.push(answered));
  }
  /** Answers the oldest call that waits. */
  answer(value: unknown): void {
    this.#waiting.shift()?.(ok(value));
  }
}

describe('an opening whose event and state arrive apart', () => {
  const state = (showing: number, title: string | null, locked = false) => ({
    locked,
    showing,
    project: title === null ? null : { title },
  });
  const page = async () => {
    const transport = new SlowTransport();
    const api = createApi(transport, false);
    const heard: unknown[] = [];
    api.on('project.opened', ({ title }) => heard.push(title));
    api.on('project.closed', () => heard.push(null));
    const answered = async (value: unknown): Promise<void> => {
      const read = api.call('app.state', {});
      transport.answer(value);
      await read;
    };
    await answered(state(0, null));
    return { transport, heard, answered };
  };

  it('resets the page once: the event first, as it was sent', async () => {
    const { transport, heard, answered } = await page();
    transport.tell('project.opened', { title: 'County', showing: 1 });
    await answered(state(1, 'County'));
    expect(heard).toEqual(['County']);
  });

  it('resets the page once: the state first, before anything of the project is read', async () => {
    const { transport, heard, answered } = await page();
    await answered(state(1, 'County'));
    expect(heard).toEqual(['County']);
    transport.tell('project.opened', { title: 'County', showing: 1 });
    await answered(state(1, 'County'));
    expect(heard).toEqual(['County']);
  });

  it('is told again when the same project opens again, as after a backup was restored', async () => {
    const { transport, heard, answered } = await page();
    await answered(state(1, 'County'));
    await answered(state(2, 'County'));
    transport.tell('project.opened', { title: 'County', showing: 3 });
    expect(heard).toEqual(['County', 'County', 'County']);
  });

  it('resets nothing for an older state that comes late, nor for the first state of a page', async () => {
    const { transport, heard, answered } = await page();
    transport.tell('project.opened', { title: 'County', showing: 4 });
    await answered(state(3, 'Other'));
    expect(heard).toEqual(['County']);
  });

  it('closes the page’s project once, and tells each time why there is none', async () => {
    const { transport, heard, answered } = await page();
    await answered(state(1, 'County'));
    await answered(state(2, null));
    transport.tell('project.closed', { showing: 2 });
    expect(heard).toEqual(['County', null]);
    transport.tell('project.closed', {});
    expect(heard).toEqual(['County', null, null]);
  });

  it('waits for the end of a lock', async () => {
    const { heard, answered } = await page();
    await answered(state(1, 'County'));
    await answered(state(2, null, true));
    await answered(state(3, 'County'));
    expect(heard).toEqual(['County', 'County']);
  });
});

describe('a read overtaken by a commit', () => {
  const touching = (...entities: string[]) => ({ entities, label: 'Tag passage' });
  const reading = () => {
    const transport = new SlowTransport();
    const api = createApi(transport, false);
    api.on('project.changed', () => undefined);
    return { transport, read: api.read('passages.list', {}) };
  };

  it('is repeated as often as that happens, and only the last answer counts', async () => {
    const { transport, read } = reading();
    transport.tell('project.changed', touching('passage'));
    transport.answer('before the first commit');
    await expect.poll(() => transport.calls.length).toBe(2);
    transport.tell('project.changed', touching('tag'));
    transport.answer('before the second commit');
    await expect.poll(() => transport.calls.length).toBe(3);
    transport.answer('after both');
    expect(await read).toBe('after both');
    expect(transport.calls).toEqual(Array(3).fill(['passages.list', {}]));
  });

  it('is not repeated if the commit does not concern it, came after it, or it is not a read', async () => {
    const { transport, read } = reading();
    transport.tell('project.changed', touching('snapshot'));
    transport.answer('first');
    expect(await read).toBe('first');
    transport.tell('project.changed', touching('passage'));
    const api = createApi(transport, false);
    api.on('project.changed', () => undefined);
    const call = api.call('passages.list', {});
    transport.tell('project.changed', touching('passage'));
    transport.answer('second');
    expect(await call).toBe('second');
    expect(transport.calls).toHaveLength(2);
  });
});

describe('an answer of the host', () => {
  it('is a result, or an error of the host', () => {
    expect(asResult({ ok: true, value: 1 })).toEqual({ ok: true, value: 1 });
    expect(asResult({ ok: false, error: { code: 'NOT_FOUND', message: 'm' } })).toEqual({
      ok: false,
      error: { code: 'NOT_FOUND', message: 'm' },
    });
    for (const odd of [null, 'x', { ok: 'yes' }, { ok: false, error: { code: 'WHAT', message: 'm' } }, undefined]) {
      expect(asResult(odd)).toMatchObject({ ok: false, error: { code: 'INTERNAL' } });
    }
  });
});
