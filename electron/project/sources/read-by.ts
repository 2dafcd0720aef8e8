import { z } from 'zod';
import { sourceId, type SourceId } from '../../../shared/model/index.ts';
import type { ReadContext } from '../context.ts';

const readSchema = z.array(sourceId).catch([]);

/** The key under which this folder on this computer stores which sources a person has read, beside the view state. */
export const readKey = ({ person }: Pick<ReadContext, 'person'>): string => `read ${person.id}`;

/** The sources this person has read. */
export const readBy = (context: Pick<ReadContext, 'person' | 'project'>): SourceId[] =>
  readSchema.parse(context.project.local(readKey(context)) ?? []);
