import type { Dossier } from '../../formats/dossier/model.ts';

/** Fields without text from people or documents: hashes, ids, names of kinds, times. */
const FIXED: ReadonlySet<string> = new Set([
  'template',
  'label',
  'picture',
  'as',
  'state',
  'kind',
  'at',
  'madeAt',
  'original',
  'language',
  'readBy',
  'gaps',
  'sha256',
  'head',
  'fingerprint',
  'reads',
  'operation',
  'reading',
  'conversions',
  'warnings',
  'check',
]);
const ID = /^(?:[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}|[0-9a-f]{64})$/;

/** A dossier with `change` applied to every text. `change` also gets the names of the enclosing fields, outermost first. */
export function withTexts(dossier: Dossier, change: (text: string, fields: readonly string[]) => string): Dossier {
  return mapped(dossier, [], change);
}

function mapped<T>(value: T, fields: readonly string[], change: (text: string, fields: readonly string[]) => string): T;
function mapped(
  value: unknown,
  fields: readonly string[],
  change: (text: string, fields: readonly string[]) => string,
): unknown {
  if (typeof value === 'string') return ID.test(value) ? value : change(value, fields);
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((one: unknown) => mapped(one, fields, change));
  return Object.fromEntries(
    Object.entries(value).map(([name, one]: [string, unknown]) => [
      name,
      FIXED.has(name) ? one : mapped(one, [...fields, name], change),
    ]),
  );
}
