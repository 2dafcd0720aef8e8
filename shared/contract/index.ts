import type { z } from 'zod';
import { app } from './app.ts';
import { claims } from './claims.ts';
import { codebook } from './codebook.ts';
import { coding } from './coding.ts';
import { collections } from './collections.ts';
import { copies } from './copies.ts';
import type { CallKind } from './define.ts';
import { dossier } from './dossier.ts';
import { dossierOut } from './dossier-out.ts';
import { dossierCheck } from './dossier-check.ts';
import { draftReports } from './draft-report.ts';
import { drafts } from './drafts.ts';
import { evidence } from './evidence.ts';
import { evidenceSelection } from './evidence-selection.ts';
import { exchange } from './exchange.ts';
import { masks } from './masks.ts';
import { figuresTable } from './figures-table.ts';
import { measures } from './measures.ts';
import { merge } from './merge.ts';
import { passages } from './passages.ts';
import { people } from './people.ts';
import { figureCards } from './figure-cards.ts';
import { figures } from './figure-readings.ts';
import { places } from './places.ts';
import { projectFile } from './export.ts';
import { project } from './project.ts';
import { relations } from './relations.ts';
import { review } from './review.ts';
import { search } from './search.ts';
import { pageStyles } from './page-styles.ts';
import { snapshots } from './snapshots.ts';
import { suggestions } from './suggestions.ts';
import { sources } from './sources.ts';
import { timeAuthorities } from './time-authorities.ts';
import { timestamps } from './timestamps.ts';
import { trash } from './trash.ts';
import { versions } from './versions.ts';
import { views } from './views.ts';

/** The whole contract: every call a renderer, a host or the command line can make, by name. */
export const contract = {
  ...app,
  ...project,
  ...projectFile,
  ...sources,
  ...pageStyles,
  ...passages,
  ...codebook,
  ...claims,
  ...masks,
  ...dossier,
  ...dossierOut,
  ...dossierCheck,
  ...drafts,
  ...draftReports,
  ...collections,
  ...copies,
  ...search,
  ...places,
  ...figures,
  ...figureCards,
  ...relations,
  ...figuresTable,
  ...measures,
  ...evidence,
  ...evidenceSelection,
  ...exchange,
  ...views,
  ...suggestions,
  ...trash,
  ...versions,
  ...people,
  ...merge,
  ...review,
  ...coding,
  ...snapshots,
  ...timestamps,
  ...timeAuthorities,
};

export type Contract = typeof contract;
export type CallName = keyof Contract;
export type CallInput<N extends CallName> = z.input<Contract[N]['input']>;
export type CallArgs<N extends CallName> = z.output<Contract[N]['input']>;
export type CallOutput<N extends CallName> = z.output<Contract[N]['output']>;

type NamesOf<K extends CallKind> = { [N in CallName]: Contract[N]['kind'] extends K ? N : never }[CallName];
export type HostCallName = NamesOf<'host'>;
export type EngineCallName = NamesOf<'read' | 'write' | 'program'>;
/** What a renderer may call. */
export type RendererCallName = NamesOf<'read' | 'write' | 'host'>;

export const isCallName = (name: string): name is CallName => Object.hasOwn(contract, name);

export * from './define.ts';
export * from './events.ts';
