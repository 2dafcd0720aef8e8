import { EventEmitter } from 'node:events';

/** The arguments of Node's emitters. The events' own types are Electron's, in the program that listens. */
type Listener = Parameters<EventEmitter['on']>[1];

export const notImplemented = (what: string): Error =>
  new Error(`The stand-in does not implement ${what}: implement it in tests/support/standin, or run on real Electron.`);

/** Names that the language, inspectors and promises look up on any object; these may be missing. */
const PROBED = new Set(['then', 'toJSON', 'constructor', '__esModule', 'default', 'domain', 'asymmetricMatch']);

/**
 * The object, except that reading a property it does not have throws: what the program uses and the stand-in lacks must not
 * go unnoticed.
 */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key, receiver): unknown {
      if (typeof key === 'string' && !(key in object) && !PROBED.has(key)) throw notImplemented(`${name}.${key}`);
      return Reflect.get(object, key, receiver);
    },
  });
}

/** Throws on an option that is not listed. */
export function onlyKnown(name: string, options: object, known: readonly string[]): void {
  const unknown = Object.keys(options).filter((key) => !known.includes(key));
  if (unknown.length > 0) throw notImplemented(`${name} with ${unknown.join(', ')}`);
}

/** An emitter that rejects listeners for events it will never emit. */
export class KnownEvents extends EventEmitter {
  private readonly called: string;
  private readonly events: readonly string[];

  constructor(called: string, events: readonly string[]) {
    super();
    this.setMaxListeners(0);
    this.called = called;
    this.events = events;
  }

  override on(event: string, listener: Listener): this {
    if (!this.events.includes(event)) throw notImplemented(`the event ${this.called} "${event}"`);
    return super.on(event, listener);
  }

  override addListener(event: string, listener: Listener): this {
    return this.on(event, listener);
  }
}

/** An event that can be prevented. */
export interface Preventable {
  defaultPrevented: boolean;
  preventDefault(): void;
}
export function preventable<T extends object>(about: T): T & Preventable {
  const event = {
    ...about,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  };
  return event;
}
