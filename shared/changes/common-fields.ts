/** Fields that many kinds of record have. */

export const deleted = { kind: 'bool', name: 'Trash state' } as const;
export const person = { kind: 'ref', name: 'Person', to: ['person'] } as const;
export const onPassage = { kind: 'ref', name: 'Passage', to: ['passage'], depends: true } as const;
