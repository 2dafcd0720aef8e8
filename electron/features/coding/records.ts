import { z } from 'zod';
import {
  adjudication,
  type Adjudication,
  assignment,
  type Assignment,
  sampleUnit,
} from '../../../shared/model/index.ts';
import type { Readable } from '../../db/types.ts';
import { adjudications, type AdjudicationRow, assignments, type AssignmentRow, removedAssignments } from './queries.ts';

/** The assignments, oldest first. One whose fields make no sense (half a merge, somebody else's program) is left out. */
export const readAssignments = (db: Readable): Assignment[] => db.all(assignments, {}).flatMap(toAssignment);

/** Those that were taken back, oldest first. */
export const readRemovedAssignments = (db: Readable): Assignment[] =>
  db.all(removedAssignments, {}).flatMap(toAssignment);

function toAssignment(row: AssignmentRow): Assignment[] {
  const read = assignment.safeParse({
    ...row,
    name: row.name ?? '',
    coderName: row.coderName ?? '',
    units: z.array(sampleUnit).safeParse(json(row.sample)).data,
    seed: row.seed ?? 0,
    codebook: row.codebook ?? '',
    leadDone: row.leadDone === 1,
    coderDone: row.coderDone === 1,
    at: row.createdAt,
  });
  return read.success ? [read.data] : [];
}

/** What was decided, oldest first. */
export const readAdjudications = (db: Readable): Adjudication[] => db.all(adjudications, {}).flatMap(toAdjudication);

function toAdjudication(row: AdjudicationRow): Adjudication[] {
  const read = adjudication.safeParse({
    ...row,
    categories: json(row.categories),
    compared: json(row.compared),
    at: row.createdAt,
  });
  return read.success ? [read.data] : [];
}

const json = (text: string | null): unknown => (text === null ? null : JSON.parse(text));
