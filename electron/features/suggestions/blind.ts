import { blindAssignment } from '../../project/blind-copy.ts';
import type { ReadContext, WriteContext } from '../../project/context.ts';
import { liveAssignments } from './queries.ts';

/** Somebody codes blind in this copy of the project: whatever points at words would speak to them. */
export const isBlind = ({ db, project }: ReadContext | WriteContext): boolean =>
  blindAssignment({ project }, db.all(liveAssignments, {})) !== null;
