/** A value sent between the worlds and the main process, as JSON. Lists encode what JSON cannot. */
export type Wire =
  null | boolean | number | string | ['u'] | ['n', string] | ['a', Wire[]] | ['o', { [key: string]: Wire }];

export interface Codec {
  encode(value: unknown): Wire;
  decode(wire: Wire): unknown;
}

/**
 * The part of structured cloning that the program uses. Anything else throws, as Electron does for values that cannot be
 * cloned. The function's source text is also run inside pages, so it uses nothing from outside itself.
 */
export function makeCodec(): Codec {
  function encode(value: unknown): Wire {
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (value === undefined) return ['u'];
    if (typeof value === 'number') {
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : ['n', Object.is(value, -0) ? '-0' : String(value)];
    }
    if (Array.isArray(value)) return ['a', value.map(encode)];
    if (typeof value === 'object') {
      const prototype: unknown = Object.getPrototypeOf(value);
      const plain = prototype === null || Object.getPrototypeOf(prototype) === null;
      if (plain) return ['o', Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, encode(inner)]))];
    }
    throw new Error(`An object could not be cloned (by the stand-in): ${Object.prototype.toString.call(value)}`);
  }
  function decode(wire: Wire): unknown {
    if (!Array.isArray(wire)) return wire;
    switch (wire[0]) {
      case 'u':
        return undefined;
      case 'n':
        return Number(wire[1]);
      case 'a':
        return wire[1].map(decode);
      case 'o':
        return Object.fromEntries(Object.entries(wire[1]).map(([key, inner]) => [key, decode(inner)]));
    }
  }
  return { encode, decode };
}
