import { deleted, person } from './common-fields.ts';
import type { Entity, Field } from './kinds.ts';

/** What the log can say of views: part of the registry. */
export const VIEWS = {
  /** A saved filter of the evidence with what it shows. A newer version may have more shapes, columns and settings: they are kept. */
  view: {
    name: { kind: 'text', name: 'Name', writable: true, required: true },
    /** In the language of queries. It can name people, in any spelling, so that views are in no file with pseudonyms. */
    query: { kind: 'text', name: 'Filter', writable: true },
    shape: { kind: 'text', name: 'Shape' },
    columns: { kind: 'json', name: 'Columns' },
    sort: { kind: 'json', name: 'Order' },
    group: { kind: 'text', name: 'Grouping' },
    /** How the table and each figure are shown: an object of settings. Absent, or without a setting: as usual. */
    table: { kind: 'json', name: 'Table' },
    matrix: { kind: 'json', name: 'Matrix' },
    timeline: { kind: 'json', name: 'Timeline' },
    places: { kind: 'json', name: 'Places' },
    coverage: { kind: 'json', name: 'Coverage' },
    /** Of a saved table of figures: its conditions, order and groups, and what is compared over. */
    figures: { kind: 'json', name: 'Figures' },
    /** Of a saved search: what is searched. */
    scopes: { kind: 'json', name: 'Where to search' },
    /** Of a saved search: which hits are listed, as an object of settings like those of a figure. */
    search: { kind: 'json', name: 'Which hits' },
    person,
    deleted,
  },
} as const satisfies Partial<Record<Entity, Readonly<Record<string, Field>>>>;
