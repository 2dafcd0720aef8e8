import { dossierTemplate } from '../model/dossier.ts';
import { deleted, person } from './common-fields.ts';
import type { Entity, Field } from './kinds.ts';

/** What the log can say of dossiers: part of the registry. Conclusions of the team, so they are in no blind copy. */
export const DOSSIERS = {
  /** A choice of passages to go out as numbered exhibits. A query can name people, so that dossiers are in no file with pseudonyms. */
  dossier: {
    title: { kind: 'text', name: 'Title', writable: true, required: true },
    template: { kind: 'text', name: 'Template', schema: dossierTemplate },
    /** Which passages: claims, filters, a query, or passages. */
    chosen: { kind: 'json', name: 'Contents' },
    summary: { kind: 'text', name: 'Summary', writable: true, keepBoth: 'text' },
    order: { kind: 'json', name: 'Order' },
    leftOut: { kind: 'json', name: 'Left out' },
    shows: { kind: 'json', name: 'What is shown' },
    person,
    deleted,
  },
} as const satisfies Partial<Record<Entity, Readonly<Record<string, Field>>>>;
